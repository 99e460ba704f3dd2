/*
What the settings change in a runbook that was read: each function takes a part and gives it back as it is in force.
*/

import type * as z from 'zod/mini';
import type {Expect} from '../../cutover/model/expect.ts';
import type {Gate, LogFile, OutageTrigger, Remote, Rollback, Stage, Trigger} from '../../cutover/model/runbook.ts';
import {defined} from '../../text/fields.ts';
import {sameName} from '../../text/same-name.ts';
import {secondsIn} from '../../text/time.ts';
import {offsetOf} from '../parts/timeline/offset.ts';
import type * as shape from './shape.ts';

export const findGate = <G extends {readonly id: string}>(gates: readonly G[], id: string): G | null =>
	gates.find(gate => sameName(gate.id, id)) ?? null;

/** A stage by its id, or by another way of writing its time. */
export function findStage<S extends {readonly id: string; readonly offsetSeconds: number}>(
	stages: readonly S[],
	id: string,
): S | null {
	const exact = stages.find(stage => sameName(stage.id, id));
	if (exact) return exact;
	const at = offsetOf(id)?.seconds;
	const [only, ...others] = stages.filter(stage => stage.offsetSeconds === at);
	return at !== undefined && others.length === 0 ? (only ?? null) : null;
}

export const expectIn = ({exit, ...rest}: z.infer<typeof shape.expect>): Expect =>
	defined({...rest, exit: typeof exit === 'number' ? [exit] : exit});

type ById<S extends z.ZodMiniType> = Readonly<Record<string, z.infer<S>>>;

const settingOf = <T>(settings: Readonly<Record<string, T>> | undefined, find: (id: string) => boolean): T | null =>
	Object.entries(settings ?? {}).find(([id]) => find(id))?.[1] ?? null;

export const gatesInForce = (gates: readonly Gate[], all: ById<typeof shape.gate>): readonly Gate[] =>
	gates.map(gate => {
		const set = settingOf(all, id => sameName(id, gate.id));
		if (!set) return gate;
		return {
			...gate,
			kind: set.playbook === undefined ? gate.kind : 'playbook',
			playbook: set.playbook ?? null,
			timeoutSeconds: secondsIn(set.timeout) ?? gate.timeoutSeconds,
			maxAgeSeconds: secondsIn(set.maxAge) ?? gate.maxAgeSeconds,
			paths: set.paths ?? gate.paths,
			need: set.need ?? gate.need,
			...defined({host: set.host, expect: set.expect && expectIn(set.expect)}),
		};
	});

const logsIn = (logs: readonly z.infer<typeof shape.log>[]): readonly LogFile[] =>
	logs.map(({file, errors, max}) => ({file, errors: errors ?? 'ERROR|FATAL', max: max ?? 0}));

export const stagesInForce = (
	stages: readonly Stage[],
	gates: readonly Gate[],
	all: ById<typeof shape.stage>,
): readonly Stage[] =>
	stages.map(stage => {
		const set = settingOf(all, id => findStage(stages, id) === stage);
		if (!set) return stage;
		return {
			...stage,
			playbook: set.playbook ?? null,
			timeoutSeconds: secondsIn(set.timeout) ?? stage.timeoutSeconds,
			gates: set.gates?.flatMap(id => findGate(gates, String(id))?.id ?? []) ?? stage.gates,
			start: set.start ?? stage.start,
			...defined({host: set.host, logs: set.logs && logsIn(set.logs)}),
		};
	});

const outageInForce = (
	trigger: OutageTrigger,
	{threshold, of, restore, confirm, warn}: z.infer<typeof shape.trigger>,
): OutageTrigger => ({
	...trigger,
	...(threshold === undefined ? {} : {thresholdSeconds: secondsIn(threshold) ?? 0, thresholdSet: true as const}),
	...defined({of, restore, confirm, warn: warn?.map(text => Number.parseInt(text, 10))}),
});

export const triggersInForce = (triggers: readonly Trigger[], all: ById<typeof shape.trigger>): readonly Trigger[] =>
	triggers.map(trigger => {
		const set = all[trigger.id];
		if (!set) return trigger;
		const automatic = set.automatic === true ? {automatic: true} : {};
		if (trigger.kind === 'outage') return {...outageInForce(trigger, set), ...automatic};
		const answerSeconds = secondsIn(set.answer) ?? trigger.answerSeconds;
		return {...trigger, need: set.need ?? trigger.need, answerSeconds, ...automatic};
	});

/** Null where the settings name no repository or no ref: a dispatch needs both. */
function remoteIn({repository, ref, token, api}: z.infer<typeof shape.rollback>): Remote | null {
	if (repository === undefined || ref === undefined) return null;
	return {
		repository,
		ref,
		token: token ?? 'GITHUB_TOKEN',
		api: (api ?? 'https://api.github.com').replace(/\/+$/, ''),
	};
}

export const rollbackInForce = (rollback: Rollback | null, set: z.infer<typeof shape.rollback>): Rollback | null =>
	rollback && {
		...rollback,
		remote: remoteIn(set),
		settleSeconds: secondsIn(set.settle) ?? rollback.settleSeconds,
		proveSeconds: secondsIn(set.prove) ?? rollback.proveSeconds,
	};
