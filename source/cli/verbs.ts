/*
Every verb of the command line: its words, its help and its completion; the parser, `--help`, `complete` and docs/cli.md
are made of this table. A verb's file is loaded only when it is named, because ink, react and zx cost 0.2 to 0.6 s.
*/

import {catalogue} from '../commands/catalogue.ts';
import type {Verb} from './args.ts';
import {verbsOf} from './from-catalogue.ts';
import {as, cutover, option, plain, role, runbook, settings, state, store, t0, workspace} from './options.ts';
import {runbooks} from './table/runbooks.ts';
import {snapshots} from './table/snapshots.ts';
import {tools} from './table/tools.ts';

/** The verb without a name: `cutover-tui [RUNBOOK]`. */
export const open: Verb = {
	name: '',
	about: 'opens the screen',
	detail: [
		'Resumes the open cutover of this runbook, or begins one. Without a runbook it opens the only open cutover. With several it asks which; with none it offers the rehearsal, the runbooks of this folder, and what is closed.',
		'It needs a terminal on stdin and stdout; everything that the screen does is also a command.',
		'With --plain (or TERM=dumb, or ACCESSIBLE=1) there is no full screen: one line an event, and a prompt that takes every command.',
	],
	examples: ['runbook.md', 'runbook.md --t0 22:00 --ticket CHG-4821', 'runbook.md --plain'],
	arguments: [{...runbook, optional: true}],
	options: [
		t0,
		option('ticket', 'ID', 'change ticket'),
		option('environment', 'NAME', 'what is cut over'),
		plain,
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
