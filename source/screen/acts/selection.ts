/** What the selected row means to an act: a gate, a stage, a trigger, a sign-off or a field, or nothing of the kind. */

import type {CommandName} from '../../commands/catalogue.ts';
import {type Choice, choice} from '../../commands/field.ts';
import {runbookOf, type Situation} from '../../commands/situation.ts';
import type {Spec, TargetKind} from '../../commands/spec.ts';
import {sameName} from '../../text/same-name.ts';
import {rowForNext} from '../state/auto-select.ts';
import {chosenIn} from '../state/rows.ts';
import type {View} from '../state/view.ts';
import type {ScreenContext} from './act.ts';

/** On the poll what YOU or NEXT speaks of, so that the key beside it does that; else the stage of the poll. */
const ofPoll = (at: ScreenContext): string | null => {
	const item = rowForNext(at);
	return item?.pane === 'gates' || item?.pane === 'stages' ? item.id : (at.snapshot.poll?.stage ?? null);
};

/** What the run screen shows, or the selected gate or stage. */
export const gateOrStage = (at: ScreenContext): string | null => {
	if (at.view.screen === 'run') return at.view.target;
	if (at.view.screen === 'poll') return ofPoll(at);
	return chosenIn('gates', at) ?? chosenIn('stages', at);
};

/** The keys of the agent, a key file, or a signature made elsewhere. */
const signersIn = ({toSign}: View): readonly Choice[] => [
	...(toSign?.keys ?? []).map(({key, name, allowed}) =>
		choice(key, `agent: ${name}${allowed ? '' : ' (not allowed)'}`),
	),
	choice('file', 'key file'),
	choice('elsewhere', 'elsewhere'),
];

const situations = new WeakMap<ScreenContext, Situation>();

/** As the catalogue sees it; made once for all that a footer asks of one screen. */
export const situationOf = (at: ScreenContext): Situation => {
	const known = situations.get(at) ?? {
		...at,
		person: at.view.person,
		signers: signersIn(at.view),
		chosen: at.opening === null ? (gateOrStage(at) ?? chosenIn('triggers', at) ?? chosenIn('signOffs', at)) : null,
	};
	situations.set(at, known);
	return known;
};

/** What it speaks of, from what is selected on the screen. */
const selected: Readonly<Record<TargetKind, (at: ScreenContext) => string | null>> = {
	gate: gateOrStage,
	stage: gateOrStage,
	'gate or stage': gateOrStage,
	trigger: at => chosenIn('triggers', at),
	'sign-off': at => chosenIn('signOffs', at),
	'evidence field': at => chosenIn('fields', at),
	'evidence field or sign-off': at => chosenIn('fields', at) ?? chosenIn('signOffs', at),
	role: () => null,
	link: ({snapshot}) => {
		const open = snapshot.links.filter(({state}) => state === 'sent' || state === 'opened');
		return open.length === 1 ? (open[0]?.link ?? null) : null;
	},
	entry: ({snapshot, view}) => {
		const mine = snapshot.unconfirmed.filter(({speaker}) => sameName(speaker, view.person.name));
		return mine.length === 1 ? String(mine[0]?.entry ?? '') : null;
	},
};

const gates = (situation: Situation): readonly Choice[] =>
	runbookOf(situation).gates.map(gate => choice(gate.id, `${gate.id} ${gate.title}`));

const stages = (situation: Situation): readonly Choice[] =>
	runbookOf(situation).stages.map(stage => choice(stage.id, stage.id));

/** What a command could speak of where its entry does not say. */
const all: Readonly<Partial<Record<TargetKind, (situation: Situation) => readonly Choice[]>>> = {
	gate: gates,
	stage: stages,
	'gate or stage': situation => [...gates(situation), ...stages(situation)],
};

export const targetsOf = ({target, targets}: Spec, at: ScreenContext): readonly Choice[] => {
	if (target === undefined) return [];
	const situation = situationOf(at);
	return targets?.(situation) ?? all[target]?.(situation) ?? [];
};

/** A running attempt is stopped where it is looked at, whatever else could be. */
const anyOfItsKind: ReadonlySet<CommandName> = new Set(['stop']);

export const selectedFor = (name: CommandName, spec: Spec, at: ScreenContext): string | null => {
	if (spec.target === undefined) return null;
	const id = selected[spec.target](at);
	if (id === null || anyOfItsKind.has(name)) return id;
	return targetsOf(spec, at).some(({value}) => value === id) ? id : null;
};
