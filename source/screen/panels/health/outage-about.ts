/*
What an outage trigger waits for, in a few words: whose outage, how long, and who said so.
*/

import {listed} from '../../../cutover/decide/refusal.ts';
import {usual} from '../../../cutover/health/outage/watch.ts';
import {criticalOf, type OutageTrigger} from '../../../cutover/model/runbook.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {counted} from '../../../text/counted.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';

const triggerOf = ({state}: PanelProps, id: string): OutageTrigger | null => {
	const found = state.runbook?.triggers.find(trigger => trigger.id === id);
	return found?.kind === 'outage' ? found : null;
};

const whose = (names: readonly string[], of: OutageTrigger['of']): string => {
	if (names.length === 1) return names[0] ?? '';
	if (of === 'all') return `all ${names.length} critical endpoints`;
	return of === undefined || of === 'any' ? 'any critical endpoint' : `${of} of ${names.length} critical endpoints`;
};

/** `any critical endpoint down more than 10:00`; `(set)` where the settings say so and not the runbook's words. */
export const aboutOutage = (props: PanelProps, {id, text}: TriggerSnapshot): string => {
	const trigger = triggerOf(props, id);
	if (trigger === null) return text;
	const critical = criticalOf(props.state.runbook);
	const who = whose(
		critical.map(({name}) => name),
		trigger.of,
	);
	const threshold = minutes(trigger.thresholdSeconds * 1000);
	const limit = trigger.strict ? `more than ${threshold}` : `${threshold} or more`;
	const own = critical.flatMap(({name, thresholdSeconds}) =>
		thresholdSeconds === undefined ? [] : [` · ${name} ${minutes(thresholdSeconds * 1000)}`],
	);
	return `${who} down ${limit}${trigger.thresholdSet ? ' (set)' : ''}${own.join('')}`;
};

/** A rollback begins by itself a minute after it fired. */
export const isAutomatic = (props: PanelProps, id: string): boolean => triggerOf(props, id)?.automatic === true;

/** Per cent of the threshold at which it warns. */
export const warnedAt = (props: PanelProps, id: string): readonly number[] =>
	[...(triggerOf(props, id)?.warn ?? usual.warn)].sort((a, b) => a - b);

/** How many fails and how many good samples in a row count. */
export const patienceText = (props: PanelProps, id: string): string => {
	const {confirm = usual.confirm, restore = usual.restore} = triggerOf(props, id) ?? {};
	const warns = warnedAt(props, id).map(percent => `${percent} %`);
	const ends = restore === 1 ? 'one good sample ends an outage' : `${restore} good samples in a row end an outage`;
	return `warns at ${listed(warns)}; fires after ${confirm} fails in a row at least; ${ends}`;
};

/** Whose words the threshold is. */
export const sourceText = ({text, thresholdSet}: TriggerSnapshot): string =>
	thresholdSet ? `the threshold is set in the settings; the runbook says: ${text}` : `the runbook says: ${text}`;

export const sumText = ({outages, downSeconds, down, firesAt}: TriggerSnapshot): string =>
	outages === 0
		? `since T0: ${down === null && firesAt === null ? 'no outage' : 'down now, not confirmed yet'}`
		: `since T0: ${counted(outages, 'outage')}, ${minutes(downSeconds * 1000)} down in all`;
