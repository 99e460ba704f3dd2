/* Verbs beside the cutover. */
import type {Verb} from '../call.ts';
import {confirm, json, settings, state, workspace} from '../options.ts';
import {runbook} from './words.ts';

export const tools: readonly Verb[] = [
	{
		name: 'rehearse',
		about: 'rehearses the whole cutover, on a faster clock',
		detail: [
			'Without a runbook it rehearses the sample, which cuts a small service over that ends with it. It works in a copy of the workspace, and keeps its cutovers apart from those that are meant.',
			'With --auto it plays every role itself and needs no terminal; the clock then goes at real speed while something runs.',
			'What a runbook of your own runs, it really runs: with --auto a T0 with a playbook takes --confirm T0.',
		],
		arguments: [{...runbook, optional: true}],
		options: [
			{name: 'auto', value: null, about: 'plays every role itself'},
			{name: 'speed', value: 'N', about: 'how many times as fast the clock runs: 10 unless given, with --auto 600'},
			confirm,
			settings,
			workspace,
			state,
		],
		load: () => import('../rehearse.ts'),
	},
	{
		name: 'doctor',
		about: 'what this machine lacks, and what endangers detached runs',
		detail: ['Exit 0 where nothing is missing, 1 where something is.'],
		arguments: [{...runbook, optional: true}],
		options: [json, state, settings, workspace],
		load: () => import('../verbs/doctor.ts'),
	},
	{
		name: 'complete',
		about: 'prints the completion script of a shell',
		detail: [
			'bash: source <(cutover-tui complete bash) · zsh: source <(cutover-tui complete zsh) · fish: cutover-tui complete fish | source',
		],
		arguments: [{name: 'SHELL', about: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish']}],
		options: [],
		load: () => import('../verbs/complete.ts'),
	},
];
