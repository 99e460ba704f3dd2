/*
What a shell may offer for a word: ids of the open cutover's runbook, cutovers, files. A completion that fails offers
nothing, because nobody reads an error in the middle of typing.
*/
import {readdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {Args, Completes} from './args.ts';
import {meant} from './choose.ts';
import {cutovers, stateRoot} from './compose.ts';

export type Offered = {readonly value: string; readonly about: string};

function files(call: Args, typed: string, wanted: (name: string) => boolean): readonly Offered[] {
	const folder = typed.endsWith('/') ? typed : dirname(typed);
	return readdirSync(resolve(call.io.cwd, folder), {withFileTypes: true})
		.filter(entry => entry.isDirectory() || wanted(entry.name))
		.map(entry => ({
			value: `${folder === '.' && !typed.startsWith('./') ? entry.name : join(folder, entry.name)}${entry.isDirectory() ? '/' : ''}`,
			about: '',
		}));
}

function runbookOf(call: Args): Runbook | null {
	const open = meant(cutovers(stateRoot(call)));
	return open.length === 1 ? (open[0]?.state.runbook ?? null) : null;
}

const rows = (call: Args, of: (runbook: Runbook) => readonly Offered[]): readonly Offered[] => {
	const runbook = runbookOf(call);
	return runbook === null ? [] : of(runbook);
};

const gates = ({gates: all}: Runbook): readonly Offered[] => all.map(({id, title}) => ({value: id, about: title}));
const stages = ({stages: all}: Runbook): readonly Offered[] => all.map(({id, action}) => ({value: id, about: action}));

const sources = {
	runbook: (call, typed) => files(call, typed, name => name.endsWith('.md')),
	file: (call, typed) => files(call, typed, () => true),
	cutover: call => cutovers(stateRoot(call)).map(({id, title}) => ({value: id, about: title})),
	gate: call => rows(call, gates),
	stage: call => rows(call, stages),
	target: call => rows(call, runbook => [...gates(runbook), ...stages(runbook)]),
	trigger: call => rows(call, ({triggers}) => triggers.map(({id, text}) => ({value: id, about: text}))),
	signOff: call => rows(call, ({signOffs}) => signOffs.map(({id, text}) => ({value: id, about: text}))),
	role: call => rows(call, ({roles}) => roles.map(value => ({value, about: ''}))),
	field: call =>
		rows(call, ({evidence}) => evidence.flatMap(({field}) => (field === null ? [] : [{value: field, about: ''}]))),
} satisfies {[K in Completes]: (call: Args, typed: string) => readonly Offered[]};

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);

export function offers(call: Args, completes: Completes, typed: string): readonly Offered[] {
	try {
		return sources[completes](call, typed).map(({value, about}) => ({value, about: plain(about)}));
	} catch {
		return [];
	}
}
