/*
The evidence block's fields, filled from the journal by their names (RULES E2). A field that no rule knows, and one
whose matter was not reached, is null until somebody sets it or says why it is not recorded.
*/
import {sameName} from '../../text/same-name.ts';
import {local, wallShort} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {dispatchOf} from '../decide/rules/path.ts';
import {attemptText, pathIn, rowIn} from '../model/attempt-target.ts';
import {measuredText, overruledText} from '../model/checklist.ts';
import {identityText, notProvenApart, type Person} from '../model/person.ts';
import type {Runbook, Stage} from '../model/runbook.ts';
import type {Judgement, Poll, State, Vote} from '../model/state.ts';
import {outages} from './outage-text.ts';

export type Field = {readonly field: string; readonly value: string | null};

type Filler = (state: State, runbook: Runbook) => string | null;

/** How relayed words came, and whether their speaker stands by them (RULES D5). */
const relayed = (state: State, {relay}: Person): string => {
	if (!relay) return '';
	const confirmed = relay.entry !== undefined && state.relays[relay.entry]?.confirmed;
	return `, RELAYED by ${relay.by} over ${relay.channel} "${relay.words}", ${confirmed ? 'confirmed' : 'not confirmed'}`;
};

const person = (state: State, by: Person, role = by.role): string =>
	`${role ? `${by.name} (${role})` : by.name}${relayed(state, by)}`;

/** With how surely the name is known, for acts that several people answer for. */
const knownPerson = (state: State, by: Person, role = by.role): string =>
	`${person(state, by, role)} [${identityText(by)}]`;

const gateText = (state: State, id: string): string => {
	const gate = state.gates[id];
	const judgement = gate?.judgement;
	if (!gate || !judgement) return `${id} not judged`;
	const cause = state.remarks[id]?.text ?? 'no cause given';
	const before =
		judgement.verdict === 'pass' && gate.fails > 0
			? ` (attempt ${judgement.attempt}, ${gate.fails} failed: ${cause})`
			: '';
	const words = Object.entries(gate.words)
		.filter(([, word]) => word.yes)
		.map(([group, word]) => `${group} ${word.by.name}${relayed(state, word.by)} [${identityText(word.by)}]`);
	return `${id} ${judgement.verdict.toUpperCase()}${before}${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
};

const gates: Filler = (state, runbook) =>
	runbook.gates.every(({id}) => !state.gates[id]?.judgement)
		? null
		: runbook.gates.map(({id}) => gateText(state, id)).join('; ');

const logs = (state: State, of: string): readonly string[] =>
	Object.values(state.attempts)
		.filter(({target, ended, within}) => rowIn(target) === of && ended !== null && within === null)
		.map(attempt => {
			const {outcome = '', exit = null, log = null} = attempt.ended ?? {};
			return `${attemptText(attempt)} ${outcome.toUpperCase()}${exit === null ? '' : `, exit code ${exit}`}${log ? `, ${log.path} sha256 ${log.sha256}` : ''}`;
		});

const attached = (state: State, of: string): readonly string[] =>
	state.attachments.filter(file => file.of === of).map(file => `${file.name} sha256 ${file.sha256}`);

const outcomeText = (state: State, stage: Stage): string | null => {
	const was = state.stages[stage.id];
	if (!was?.outcome || was.ended === null) return null;
	return `${was.outcome} at ${local(was.ended)}${was.by && was.by.strength !== 'process' ? ` by ${person(state, was.by)}` : ''}${was.reason ? `: ${was.reason}` : ''}`;
};

const joined = (parts: readonly (string | null | undefined)[]): string | null => {
	const there = parts.filter(part => part !== null && part !== undefined && part !== '');
	return there.length === 0 ? null : there.join('; ');
};

/** A command gate passes when its commands exit 0; what a failed one said is in its reason. */
const exitText = (runbook: Runbook, id: string, judgement: Judgement): string => {
	const command = runbook.gates.find(gate => gate.id === id)?.kind === 'command';
	if (judgement.verdict === 'pass') return command ? ', exit code 0' : '';
	return judgement.reason ? `: ${judgement.reason}` : '';
};

/** The gates of a checks stage; a log of their own where they were judged outside its attempts. */
const ofGates = (state: State, runbook: Runbook, stage: Stage): readonly string[] =>
	stage.gates.flatMap(id => {
		const judgement = state.gates[id]?.judgement;
		if (!judgement) return [];
		const {log} = judgement;
		const apart = log && !log.path.startsWith(`attempts/${stage.id}-`) ? `, ${log.path} sha256 ${log.sha256}` : '';
		return [`${id} ${judgement.verdict.toUpperCase()}${exitText(runbook, id, judgement)}${apart}`];
	});

const checks = (state: State, stage: Stage): string | null => {
	const gatesOf = state.runbook ? ofGates(state, state.runbook, stage) : [];
	const own = [...logs(state, stage.id), ...attached(state, stage.id)];
	const outcome = outcomeText(state, stage);
	return outcome === null && own.length === 0 && gatesOf.length === 0 ? null : joined([outcome, ...gatesOf, ...own]);
};

const vote = (state: State, given: Vote): string =>
	`${given.vote.toUpperCase()} ${knownPerson(state, given.by, given.role)} ${local(given.at)}${given.early ? `, early: ${given.early}` : given.reason ? ` (${given.reason})` : ''}`;

const votes = (state: State, poll: Poll | null): string | null => {
	const given = Object.values(poll?.votes ?? {});
	return given.length === 0
		? null
		: joined([...given.map(each => vote(state, each)), notProvenApart(given.map(({by}) => by))]);
};

const notReached = (state: State): string | null =>
	state.abandoned ? `not reached: abandoned (${state.abandoned.reason ?? ''})` : null;

const decision = (state: State): string | null => {
	const frozen = state.frozen ? `frozen by ${person(state, state.frozen.by)}: ${state.frozen.text}` : null;
	const given = votes(state, state.polls.go);
	return given === null ? notReached(state) : joined([given, frozen]);
};

const act = (state: State, stage: Stage): string | null => {
	if (state.t0Started === null) return notReached(state);
	const was = state.stages[stage.id];
	return joined([
		`begun ${local(state.t0Started)}`,
		state.ticketAtT0 ? `ticket ${state.ticketAtT0}` : null,
		was?.reference ? `reference ${was.reference}` : null,
		outcomeText(state, stage),
		...logs(state, stage.id),
	]);
};

const verification = (state: State, stage: Stage): string | null => {
	const was = state.stages[stage.id];
	const items = Object.values(was?.items ?? {}).map(item => {
		const how = overruledText(item) || measuredText(was?.measured[item.name]);
		const whole = item.whole ? ' (answered as a whole)' : '';
		return `${item.name} ${item.result.toUpperCase()}${whole} by ${item.by.name}${relayed(state, item.by)}${how && `, ${how}`}`;
	});
	const parts = [outcomeText(state, stage), ...items, was?.note, outages(state), ...attached(state, stage.id)];
	return joined(parts) ?? notReached(state);
};

const rollbackText = (state: State): string | null => {
	const {rollback} = state;
	if (!rollback) return null;
	const by = rollback.byHand
		? `by hand (${rollback.byHand.path}, ${rollback.byHand.reference})`
		: rollback.tried.map(({target}) => pathIn(target)).join(', then ');
	const proof = rollback.proved
		? `proved ${local(rollback.proved.at)} by ${person(state, rollback.proved.by)}: ${rollback.proved.reason ?? ''}`
		: `NOT RESTORED: ${rollback.failed?.reason ?? 'proof awaited'}`;
	const sent = dispatchOf(state);
	const dispatched =
		sent &&
		`${sent.workflow} at ${sent.ref} of ${sent.repository}, ${sent.run === null ? (sent.accepted ? 'run not found' : 'not accepted') : `run ${sent.run} ${sent.reported?.conclusion ?? sent.reported?.state ?? 'sent'} ${sent.url ?? ''}`.trim()}`;
	return joined([
		`rollback begun ${local(rollback.begun.at)} by ${person(state, rollback.begun.by)}: ${rollback.begun.reason ?? ''}`,
		by,
		dispatched,
		proof,
	]);
};

const closing = (state: State): string | null =>
	rollbackText(state) ?? (state.kept ? votes(state, state.polls.keep) : null) ?? notReached(state);

const manual = (state: State, stage: Stage): string | null =>
	joined([outcomeText(state, stage), state.stages[stage.id]?.note, ...attached(state, stage.id)]);

const byStage = {checks, decision, act, verification, closing, manual} satisfies Record<
	Stage['kind'],
	(state: State, stage: Stage) => string | null
>;

/** Nothing fired so far; final once the cutover is decided. */
const triggered: Filler = (state, runbook) => {
	const now = runbook.triggers
		.filter(({id}) => state.triggers[id]?.fired)
		.map(
			({id, text}) =>
				`trigger ${id} (${text}) fired ${local(state.triggers[id]?.fired?.at ?? 0)}: ${listed(state.triggers[id]?.fired?.facts ?? [])}`,
		);
	const before = runbook.triggers.flatMap(({id}) =>
		(state.triggers[id]?.firedBefore ?? []).map(firing => `trigger ${id} fired ${local(firing.at)}, ${firing.reason}`),
	);
	return joined([...now, ...before, rollbackText(state)]) ?? 'none';
};

const general: readonly {name: RegExp; fill: Filler; set: boolean}[] = [
	{
		name: /^(cutover|change)?\s*ticket|^change(?: (?:id|no\.?|number|request|record))?$/i,
		fill: state => state.ticketAtT0 ?? state.ticket,
		set: true,
	},
	{name: /^environment/i, fill: state => state.environment, set: true},
	{
		name: /^operator|^(?:started|begun|run|executed) by$/i,
		fill: state => (state.begun ? `${person(state, state.begun.by)}, identity: ${identityText(state.begun.by)}` : null),
		set: true,
	},
	{name: /^gate results?/i, fill: gates, set: false},
	{name: /rollback trigger/i, fill: triggered, set: false},
	{name: /^rollback/i, fill: state => rollbackText(state) ?? 'none', set: false},
];

/** Other names of what the one stage of a kind leaves; whole, so that a field of somebody's own is not taken for one. */
const ofKind: readonly {name: RegExp; kind: Stage['kind']}[] = [
	{name: /^go(?:\s?\/\s?no[- ]?go)?(?: decision)?$/i, kind: 'decision'},
	{name: /^(?:move|switch(?:over)?|cutover)(?: (?:reference|execution|time))?$|^execution reference$/i, kind: 'act'},
	{name: /^(?:verification|validation)(?: results?)?$/i, kind: 'verification'},
	{name: /^(?:closure|closing|final|keep(?: or roll ?back)?) decision$/i, kind: 'closing'},
];

/** Where several stages are of the kind, the name does not say which is meant. */
const stageByKind = ({stages}: Runbook, field: string): Stage | undefined => {
	const kind = ofKind.find(({name}) => name.test(field.trim()))?.kind;
	const [only, ...others] = stages.filter(stage => stage.kind === kind);
	return others.length === 0 ? only : undefined;
};

/** `T-60 evidence`, `switch evidence`: an id holds no space. */
const stageIn = ({stages}: Runbook, field: string): Stage | undefined => {
	const [name = ''] = field.replaceAll(/[−–]/g, '-').split(' ', 1);
	return stages.find(({id}) => sameName(id, name));
};

type Found = {readonly fill: Filler; readonly set: boolean} | null;

const findFiller = (runbook: Runbook, field: string): Found => {
	const stage = stageIn(runbook, field) ?? stageByKind(runbook, field);
	if (stage) return {fill: state => byStage[stage.kind](state, stage), set: false};
	return general.find(({name}) => name.test(field)) ?? null;
};

const fillers = new WeakMap<Runbook, Map<string, Found>>();

/** Sought once for each field: it is one of many stages, and every snapshot asks. */
const filler = (runbook: Runbook, field: string): Found => {
	const known = fillers.get(runbook) ?? new Map<string, Found>();
	if (known.size === 0) fillers.set(runbook, known);
	const found = known.get(field);
	if (found !== undefined) return found;
	const sought = findFiller(runbook, field);
	known.set(field, sought);
	return sought;
};

/** Names of the fields, in the order of the template. */
export const fieldNames = (state: State): readonly string[] =>
	(state.runbook?.evidence ?? []).flatMap(({field}) => (field === null ? [] : [field]));

/** Whether the program knows what to put there; nothing but a person fills any other. */
export const isFilled = (runbook: Runbook, field: string): boolean => filler(runbook, field) !== null;

/** The journal fills it, and nobody sets it. */
export const filledByRule = (state: State, field: string): boolean =>
	state.runbook !== null && filler(state.runbook, field)?.set === false;

/** What the program knows of a field by itself; null where it knows nothing. */
export const knownFact = (state: State, field: string): string | null =>
	state.runbook && (filler(state.runbook, field)?.fill(state, state.runbook) ?? null);

/** What a field holds, null while there is nothing but perhaps a reason why not. A correction keeps what was known. */
export const recordedValue = (state: State, field: string): string | null => {
	const known = knownFact(state, field);
	const set = state.fields[field];
	if (set === undefined) return known;
	return known === null || known === set.value
		? set.value
		: `${known}, corrected by ${set.by.name} ${wallShort(set.at)}: ${set.value}`;
};

const shown = (state: State, field: string): string | null => {
	const missing = state.notRecorded[field];
	return recordedValue(state, field) ?? (missing === undefined ? null : `not recorded: ${missing}`);
};

/** Every field with its value as it stands, one line each (line breaks as ` / `); null: nobody has said. */
export const evidenceFields = (state: State): readonly Field[] => {
	const {runbook} = state;
	if (runbook === null) return [];
	return fieldNames(state).map(field => ({
		field,
		value: shown(state, field)?.replaceAll(/\s*\r?\n\s*/g, ' / ') ?? null,
	}));
};
