/* Verbs about a runbook, from the first look at it to its approval. */
import type {Verb} from '../args.ts';
import {acting, cutover, flag, json, option, runbook, settings, t0, workspace} from '../options.ts';

export const runbooks: readonly Verb[] = [
	{
		name: 'check',
		about: 'reads a runbook and prints what was read, and every problem',
		detail: [
			'Runs nothing. Problems are lines of `path:line:column  severity  code  message fix`.',
			'Exit 0, or 2 where there is an error. With --watch it goes on until Ctrl-C, and reads again at each save.',
		],
		examples: ['check runbook.md', 'check runbook.md --t0 22:00 --watch'],
		arguments: [runbook],
		options: [
			t0,
			flag('watch', 'read again whenever the runbook or its settings are saved'),
			json,
			settings,
			workspace,
		],
		load: () => import('../verbs/check.ts'),
	},
	{
		name: 'init',
		about: 'writes a small valid starter runbook with its settings',
		detail: ['Never overwrites: exit 1 where a file is there already.', 'For a runbook that exists there is adopt.'],
		examples: ['init runbook.md'],
		arguments: [
			{
				name: 'FILE',
				about: 'the runbook to write, such as runbook.md; settings go to runbook.cutover.yaml beside it',
				completes: 'file',
			},
		],
		options: [],
		load: () => import('../verbs/init.ts'),
	},
	{
		name: 'adopt',
		about: 'maps a runbook that is not written for this program, and writes the map beside it',
		detail: [
			'Proposes what each part is taken as and asks what only a person knows; the Markdown is never changed. On a terminal it is a page, elsewhere exit 3 while questions are open.',
			'After an edit of the runbook it asks which text each lost or changed anchor means now.',
			'--answer also corrects: line.N=step, gate, trigger, rollback, sign-off or none; takes.ID, at.ID and owner.ID of a step.',
			'--yes takes the defaults; then somebody must look at the map (--review) before a cutover begins.',
		],
		examples: ['adopt plan.md', 'adopt plan.md --answer zero=switch --yes', 'adopt plan.md --review --by vera'],
		arguments: [runbook],
		options: [
			option('answer', 'ID=VALUE', 'answers a question', {many: true}),
			flag('yes', 'take every default that is not answered'),
			flag('json', 'print the open questions as JSON'),
			flag('review', 'the map was looked at: take over its words as they are now'),
			option('by', 'NAME', 'who looked at the map'),
			settings,
			workspace,
		],
		load: () => import('../verbs/adopt.ts'),
	},
	{
		name: 'begin',
		about: 'shows what will run, approves exactly these bytes, and begins a cutover',
		detail: [
			'The id of the cutover is the last line of stdout.',
			'A second open cutover of the same file is refused without --new.',
		],
		examples: ['begin runbook.md --t0 22:00 --ticket CHG-4821 --environment production'],
		arguments: [runbook],
		options: [
			t0,
			option('ticket', 'ID', 'change ticket'),
			option('environment', 'NAME', 'what is cut over, such as production'),
			flag('new', 'begin although one of this file is open'),
			...acting.filter(option => option !== cutover),
			settings,
			workspace,
		],
		load: () => import('../verbs/begin.ts'),
	},
	{
		name: 'approve',
		about: 'shows what changed since the approval, and approves it',
		detail: [
			'With --confirm DIGEST it approves only where what is there now has this digest (its first 8 characters are enough).',
			'Refused after T0.',
		],
		examples: ['approve', 'approve --confirm sha256:9f2c41aa'],
		arguments: [],
		options: acting,
		load: () => import('../verbs/approve.ts'),
	},
];
