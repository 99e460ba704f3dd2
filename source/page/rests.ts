/*
What a decision by link rests on, in lines that change only when it does: no clock runs in them, and nothing that an attempt put
out. Their text is kept with the act, and an act on another text than the one that was shown is not taken.
*/

import {runbookOf, type Situation} from '../commands/situation.ts';
import type {Observation} from '../cutover/model/command.ts';
import type {RollbackPath} from '../cutover/model/runbook.ts';
import {signOffText} from '../cutover/snapshot/sign-offs.ts';
import {progressWord, type StageSnapshot, undoneWork} from '../cutover/snapshot/stages.ts';
import {counted, times} from '../text/counted.ts';
import type {WebAct} from './acts.ts';
import {dated} from './table.ts';

export type Rest = {readonly situation: Situation; readonly observed: Observation; readonly on: string};

/** With its date and offset: the text is read again by others, elsewhere. */
const when = dated;

type Lines = (rest: Rest) => readonly string[];

const overview: Lines = ({situation: {snapshot, state}}) => {
	const moved = state.t0Before.length;
	return [
		`${snapshot.title}${snapshot.ticket === null ? '' : `, ${snapshot.ticket}`}${snapshot.environment === null ? '' : `, ${snapshot.environment}`}`,
		`T0 ${when(snapshot.t0)}${moved === 0 ? '' : `, moved ${times(moved)}`}`,
		`Status: ${snapshot.status}${state.hold === null || snapshot.status !== 'hold' ? '' : state.hold.cause === 'gate' ? `, ${state.hold.on ?? 'a gate'} failed` : `, ${state.hold.reason}`}`,
		...snapshot.changed.map(path => `Changed since the approval: ${path}`),
	];
};

const gates: Lines = ({situation: {snapshot}}) =>
	snapshot.gates.map(
		({id, title, verdict, until}) =>
			`${id} ${title}: ${verdict.toUpperCase()}${verdict === 'pass' && until !== null ? `, valid until ${when(until)}` : ''}`,
	);

const votes: Lines = ({situation: {snapshot}}) =>
	(snapshot.poll?.votes ?? []).map(
		({role, vote, by}) => `Vote of ${role}: ${vote === null ? 'none yet' : `${vote.toUpperCase()} by ${by ?? role}`}`,
	);

const pathText = ({kind, workflow, script}: RollbackPath): string =>
	workflow === undefined ? (script ?? kind) : `workflow ${workflow}`;

const rollback: Lines = ({situation}) => {
	const found = runbookOf(situation).rollback;
	if (found === null) return ['Rollback: the runbook has none'];
	const {preferred, fallback} = found;
	return [
		`Rollback: ${[preferred, fallback].flatMap(path => (path === null ? [] : [pathText(path)])).join(', else ')}`,
	];
};

const endpoints: Lines = ({situation: {snapshot}}) =>
	snapshot.endpoints.map(
		({name, state, critical, answered}) =>
			`Endpoint ${name}: ${state}${answered === null ? '' : `, ${answered} as two people say`}${critical ? '' : ' (not critical)'}`,
	);

const stageLine = (stage: StageSnapshot): string => `${stage.id} ${stage.action}: ${progressWord(stage)}`;

const stages: Lines = ({situation: {snapshot}}) =>
	snapshot.stages.filter(({planned}) => planned >= snapshot.t0).map(stageLine);

const undone: Lines = ({situation: {snapshot, state}}) => undoneWork(state, snapshot.stages).map(stageLine);

const triggers: Lines = ({situation: {snapshot}}) =>
	snapshot.triggers.map(
		({id, text, state, outages}) =>
			`Trigger ${id} ${text}: ${state}${outages === 0 ? '' : `, ${counted(outages, 'outage')} since T0`}`,
	);

const files = (paths: readonly string[], {observed}: Rest): readonly string[] =>
	paths.map(path => `File ${path}: ${observed.files[path] ?? 'missing'}`);

const gate: Lines = rest => {
	const {situation, on} = rest;
	const found = runbookOf(situation).gates.find(({id}) => id === on);
	const words = situation.snapshot.gates.find(({id}) => id === on)?.words ?? [];
	if (found === undefined) return [];
	return [
		`${found.id} ${found.title}`,
		...(found.passWhen === '' ? [] : [`Passes when: ${found.passWhen}`]),
		...files(found.files, rest),
		...words.map(({group, yes, by}) => `${group}: ${yes ? 'yes' : 'NO'} by ${by}`),
	];
};

const trigger: Lines = ({situation: {snapshot}, on}) =>
	snapshot.triggers
		.filter(({id}) => id === on)
		.flatMap(({id, text, state, facts}) => [
			`Trigger ${id} ${text}: ${state}`,
			...facts.map(
				(fact, index) =>
					`${index + 1} ${fact.text}: yes ${fact.yes.join(', ') || 'nobody'}, no ${fact.no.join(', ') || 'nobody'}`,
			),
		]);

const signOff: Lines = rest => {
	const {situation, on} = rest;
	const item = situation.snapshot.signOffs.find(({id}) => id === on);
	if (item === undefined) return [];
	return [
		signOffText(item),
		...files(
			item.requires.flatMap(need => (need.kind === 'file' ? [need.of] : [])),
			rest,
		),
		...item.blockedBy.map(line => `Missing: ${line}`),
	];
};

const relayed: Lines = ({situation: {snapshot}, on}) =>
	snapshot.unconfirmed
		.filter(({entry}) => String(entry) === on)
		.map(({entry, by, words}) => `Entry ${entry}, passed on by ${by}: "${words}"`);

const path: Lines = ({situation: {snapshot}}) =>
	snapshot.rollback === null ? [] : [`Rollback path ${snapshot.rollback.path}: ${snapshot.rollback.state}`];

const lines: Readonly<Record<WebAct, readonly Lines[]>> = {
	vote: [overview, gates, undone, votes, rollback, endpoints],
	keep: [overview, stages, triggers, endpoints, votes],
	acknowledge: [gate],
	answer: [overview, trigger, endpoints],
	sign: [signOff],
	confirmRelay: [relayed],
	prove: [path, endpoints],
	note: [overview],
	hold: [overview],
};

/** The runbook last, by its digest. */
export const restsOn = (act: WebAct, rest: Rest): readonly string[] => [
	...lines[act].flatMap(of => of(rest)),
	`Runbook ${runbookOf(rest.situation).digest}`,
];
