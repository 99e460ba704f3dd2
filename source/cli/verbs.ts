/*
Every verb of the command line: its words, its help and its completion; the parser, `--help`, `complete` and docs/cli.md
are made of this table. A verb's file is loaded only when it is named, because ink, react and zx cost 0.2 to 0.6 s.
*/
import {catalogue} from '../commands/catalogue.ts';
import type {Verb} from './args.ts';
import {verbsOf} from './from-catalogue.ts';
import {as, cutover, role, settings, state, store, workspace} from './options.ts';
import {runbooks} from './table/runbooks.ts';
import {snapshots} from './table/snapshots.ts';
import {tools} from './table/tools.ts';
import {runbook, t0} from './table/words.ts';

/** The verb without a name: `cutover-tui [RUNBOOK]`. */
export const open: Verb = {
	name: '',
	about: 'opens the screen',
	detail: [
		'Resumes the open cutover of this runbook, or begins one. Without a runbook it opens the only open cutover, or lists them.',
		'It needs a terminal on stdin and stdout; every act of the screen is also a command.',
		'With --plain (or TERM=dumb, or ACCESSIBLE=1) there is no full screen: one line an event, and a prompt that takes every command.',
	],
	examples: ['runbook.md', 'runbook.md --t0 22:00 --ticket CHG-4821', 'runbook.md --plain'],
	arguments: [{...runbook, optional: true}],
	options: [
		t0,
		{name: 'ticket', value: 'ID', about: 'change ticket'},
		{name: 'environment', value: 'NAME', about: 'what is cut over'},
		{name: 'plain', value: null, about: 'no full screen: one line an event, and a prompt'},
		as,
		role,
		cutover,
		state,
		store,
		settings,
		workspace,
	],
	load: () => import('./verbs/open.ts'),
};

export const verbs: readonly Verb[] = [...runbooks, ...snapshots, ...verbsOf(catalogue), ...tools];
