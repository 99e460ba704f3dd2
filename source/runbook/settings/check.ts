/*
What a setting says against the runbook: names that nothing has, values that change nothing or could never come true.
*/
import type * as z from 'zod/mini';
import {neverPassed} from '../../cutover/model/never-set.ts';
import {usualProof} from '../../cutover/model/runbook.ts';
import {rollbackPaths} from '../../cutover/model/script.ts';
import {durationText, parseDuration, parseInstant, secondsIn} from '../../text/time.ts';
import {findGate, findStage} from './apply.ts';
import type {Against} from './setting.ts';
import type * as shape from './shape.ts';
import type {Keys} from './yaml.ts';

type ById<S extends z.ZodMiniType> = Readonly<Record<string, z.infer<S>>>;
type Named = {readonly id: string};

const listed = (parts: readonly Named[]): string => (parts.length === 0 ? 'none' : parts.map(({id}) => id).join(', '));

/** `key`: the setting. */
const unfit = ({complain, keyAt}: Against, key: string, below: Keys, what: string): void =>
	complain('settings-unfit', keyAt(...below), {key: [key, ...below].join('.'), what});

/** Ids that nothing has; and two ways of writing one id: which of the two is in force is nothing to guess. */
function checkIds<T extends Named>(
	{complain, keyAt}: Against,
	group: 'gate' | 'stage' | 'trigger',
	ids: readonly string[],
	parts: readonly T[],
	find: (id: string) => T | null,
): void {
	const observed = new Set<T>();
	for (const id of ids) {
		const meant = find(id);
		if (meant === null) complain('settings-unknown', keyAt(id), {what: group, name: id, names: listed(parts)});
		else if (observed.has(meant)) complain('settings-double', keyAt(id), {key: `${group}s.${meant.id}`});
		else observed.add(meant);
	}
}

export function checkPass(names: readonly string[], {complain, at}: Against): void {
	for (const [index, name] of names.entries())
		if (neverPassed.test(name)) complain('settings-pass-never', at(index), {name});
}

export function checkGates(set: ById<typeof shape.gate>, against: Against): void {
	const {gates} = against.runbook;
	checkIds(against, 'gate', Object.keys(set), gates, id => findGate(gates, id));
	for (const [id, {need}] of Object.entries(set))
		if (need && findGate(gates, id)?.kind !== 'acknowledgement')
			unfit(against, 'gates', [id, 'need'], `gate ${id} asks no groups`);
}

export function checkStages(set: ById<typeof shape.stage>, against: Against): void {
	const {gates, stages} = against.runbook;
	checkIds(against, 'stage', Object.keys(set), stages, id => findStage(stages, id));
	for (const [id, stage] of Object.entries(set))
		stage.gates?.forEach((gate, index) => {
			if (findGate(gates, String(gate))) return;
			const named = {what: 'gate', name: String(gate), names: listed(gates)};
			against.complain('settings-unknown', against.at(id, 'gates', index), named);
		});
}

export function checkTriggers(all: ById<typeof shape.trigger>, against: Against): void {
	const {triggers, endpoints = []} = against.runbook;
	const find = (id: string) => triggers.find(trigger => trigger.id === id) ?? null;
	checkIds(against, 'trigger', Object.keys(all), triggers, find);
	const count = endpoints.filter(({critical}) => critical).length;
	for (const [id, set] of Object.entries(all)) {
		const kind = find(id)?.kind;
		if (kind === 'outage' && set.need) unfit(against, 'triggers', [id, 'need'], `trigger ${id} is an outage`);
		if (kind === 'outage' && set.answer) unfit(against, 'triggers', [id, 'answer'], `trigger ${id} is an outage`);
		for (const key of ['threshold', 'warn', 'of', 'restore', 'confirm'] as const)
			if (kind === 'confirmation' && set[key] !== undefined)
				unfit(against, 'triggers', [id, key], `trigger ${id} is confirmed by people`);
		// By hand, without endpoints, the number means nothing and harms nothing.
		if (kind === 'outage' && typeof set.of === 'number' && count > 0 && set.of > count)
			against.complain('settings-endpoint-few', against.at(id, 'of'), {id, need: set.of, count});
	}
}

export function checkRollback(set: z.infer<typeof shape.rollback>, against: Against): void {
	const {repository, ref} = set;
	const missing = repository === undefined ? 'repository' : 'ref';
	if ((repository === undefined) !== (ref === undefined))
		against.complain('settings-remote', against.keyAt(), {missing});
	const hasWorkflow = rollbackPaths(against.runbook).some(({workflow}) => workflow !== undefined);
	for (const key of ['repository', 'ref', 'token', 'api'] as const)
		if (set[key] !== undefined && !hasWorkflow)
			unfit(against, 'rollback', [key], 'the runbook names no workflow to roll back with');
	checkProof(set, against);
}

/** Health proves a rollback once every critical endpoint was up for the settle time. */
function checkProof(set: z.infer<typeof shape.rollback>, {runbook, complain, keyAt}: Against): void {
	const settle = secondsIn(set.settle) ?? usualProof.settleSeconds;
	const prove = secondsIn(set.prove) ?? usualProof.proveSeconds;
	if (prove > settle || !runbook.endpoints?.some(({critical}) => critical)) return;
	const [said, within] = [durationText(settle), durationText(prove)];
	complain('settings-prove', keyAt(set.prove === undefined ? 'settle' : 'prove'), {settle: said, prove: within});
}

/** A window that is none, or a rollback that is longer than it. */
export function checkWindow(window: z.infer<typeof shape.changeWindow>, {complain, keyAt}: Against): void {
	const [start, end] = [window.start, window.end].map(time => (time === undefined ? null : parseInstant(time)));
	const takes = window.rollback === undefined ? null : parseDuration(window.rollback);
	const wrong = (key: keyof typeof window, what: string) => complain('settings-window', keyAt(key), {key, what});
	if (start != null && end != null && end <= start) wrong('end', 'ends before it begins');
	else if (start != null && end != null && takes !== null && takes > end - start)
		wrong('rollback', 'is shorter than a rollback');
	else if (end == null && takes !== null) wrong('rollback', 'has no end: how long a rollback takes says nothing');
}
