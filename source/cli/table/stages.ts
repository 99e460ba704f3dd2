/* Verbs that run gates and stages, or answer for them. */
import type {Verb} from '../args.ts';
import {acting, early, reason, relayed} from '../options.ts';
import {stage} from './words.ts';

export const stages: readonly Verb[] = [
	{
		name: 'run',
		about: "runs a gate's check or a stage's playbook, or records the outcome that only a person can say",
		detail: [
			'Streams the output. Ctrl-C or a kill detaches and never stops what runs. Exit 0 passed, 1 not.',
			'`run T0` takes --confirm T0; without a playbook it returns at once and the stage waits for its outcome.',
			'With --result it records an outcome; with --result and --note every item that --item does not name is answered as a whole.',
		],
		arguments: [{name: 'TARGET', about: 'a gate or a stage, such as G1 or T-60', completes: 'target'}],
		options: [
			{name: 'detach', value: null, about: 'return as soon as it is started'},
			{name: 'resume', value: null, about: 'go on at the first step not done'},
			early,
			reason,
			{name: 'result', value: 'RESULT', about: 'the outcome of a stage', choices: ['pass', 'fail']},
			{name: 'note', value: 'TEXT', about: 'what was seen'},
			{name: 'reference', value: 'TEXT', about: 'where it is recorded, such as a deployment id'},
			{name: 'ticket', value: 'ID', about: 'ticket of T0, where it differs'},
			{name: 'at', value: 'WHEN', about: 'when an act outside was really done'},
			{
				name: 'item',
				value: 'NAME=RESULT',
				about: 'one answer of a checklist, such as "critical logs=pass"',
				many: true,
			},
			...acting,
		],
		load: () => import('../verbs/run.ts'),
	},
	{
		name: 'skip',
		about: 'leaves a stage out; never T0 or a decision',
		detail: [],
		arguments: [stage],
		options: [reason, ...acting],
		load: () => import('../verbs/skip.ts'),
	},
	{
		name: 'done',
		about: 'marks a failed or lost stage done',
		detail: [],
		arguments: [stage],
		options: [reason, {name: 'attach', value: 'FILE', about: 'what shows it', completes: 'file'}, ...acting],
		load: () => import('../verbs/done.ts'),
	},
	{
		name: 'stop',
		about: 'ends a running attempt: TERM to its whole tree, KILL after its grace',
		detail: [],
		arguments: [{name: 'TARGET', about: 'a stage or a gate', completes: 'target'}],
		options: [reason, ...acting],
		load: () => import('../verbs/stop.ts'),
	},
	{
		name: 'acknowledge',
		about: 'says yes, or no, to an acknowledgement or statement that a gate asks for',
		detail: ['--role is the group that speaks, such as L1.'],
		arguments: [{name: 'GATE', about: 'the gate', completes: 'gate'}],
		options: [{name: 'no', value: null, about: 'deny it, which takes a --reason'}, reason, ...relayed, ...acting],
		load: () => import('../verbs/acknowledge.ts'),
	},
];
