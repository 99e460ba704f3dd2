/** Every act of the screen by name: the catalogue's commands, then the deeds of the screen itself. */

import {type Catalogue, type CommandName, catalogue, commandNames} from '../../commands/catalogue.ts';
import {relayOf} from '../../commands/relay.ts';
import {isProblem, type Spec} from '../../commands/spec.ts';
import type {Act} from './act.ts';
import type {ActName} from './effect.ts';
import {own} from './own.ts';
import {selectedFor, situationOf, targetsOf} from './selection.ts';
import {whatRuns} from './what-runs.ts';

/** Copied into the evidence by the shell, which then sends the command. */
const attachFile: Act['effect'] = ({file = ''}, of) => ({kind: 'attach', of, file: file.trim()});

const sent =
	(spec: Spec): Act['effect'] =>
	(values, on, at) => {
		const relayed = spec.relayable ? relayOf(values) : null;
		if (relayed !== null && isProblem(relayed)) return relayed;
		const steps = spec.steps(values, on, situationOf(at));
		if (isProblem(steps)) return steps;
		const as = values['role'] ?? null;
		return {kind: 'send', steps, as, confirm: [], ...(relayed === null ? {} : {relayed})};
	};

/** Recorded by the shell, which makes the link. */
const inviting =
	(spec: Spec): Act['effect'] =>
	(values, on, at) => {
		const effect = sent(spec)(values, on, at);
		if (isProblem(effect) || effect.kind !== 'send') return effect;
		const [step] = effect.steps;
		return step === undefined ? effect : {kind: 'invite', step, as: effect.as};
	};

/** Commands that the shell does more for than to send them. */
const byShell: Readonly<Partial<Record<CommandName, (spec: Spec) => Act['effect']>>> = {
	attach: () => attachFile,
	invite: inviting,
};

const actOf = (name: CommandName, spec: Spec): Act => ({
	title: spec.title,
	help: spec.help,
	fields: spec.fields.filter(({only}) => only !== 'line'),
	relayable: spec.relayable === true,
	asks: spec.asks ?? null,
	course: spec.course === true,
	nothing: spec.nothing ?? null,
	on: at => selectedFor(name, spec, at),
	targets: at => targetsOf(spec, at),
	titleOn: (at, on) => spec.titleOn?.(situationOf(at), on) ?? '',
	fits: (at, on) => spec.fits?.(situationOf(at), on) ?? true,
	unless: () => null,
	probe: (at, on) => spec.probe(situationOf(at), on),
	lines: (at, on) => whatRuns(name, at, on) ?? spec.about?.(situationOf(at), on) ?? [],
	effect: (byShell[name] ?? sent)(spec),
});

/** The acts of any catalogue, with the screen's own. */
const actsOf = (entries: Catalogue): Readonly<Record<string, Act>> => ({
	...Object.fromEntries(Object.entries(entries).map(([name, spec]) => [name, actOf(name as CommandName, spec)])),
	...own,
});

export const acts = actsOf(catalogue) as Readonly<Record<ActName, Act>>;

export const actNames: readonly ActName[] = [...commandNames, ...(Object.keys(own) as (keyof typeof own)[])];

/** What `B` and Enter offer on the rollback screen. */
export const ofRollback = ['prove', 'cancel', 'rollback', 'adoptRun', 'byHand'] as const satisfies readonly ActName[];

/** What `t` and Enter offer on a trigger. */
export const ofTriggers = [
	'answer',
	'ask',
	'observed',
	'down',
	'up',
	'standDown',
	'dismiss',
] as const satisfies readonly ActName[];
