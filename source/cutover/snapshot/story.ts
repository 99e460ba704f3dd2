/* Where the cutover stands, in plain lines: for the update that a closing stage sends, and for any playbook that asks. */

import {local, minutes} from '../../text/time.ts';
import type {Observation} from '../model/command.ts';
import type {State} from '../model/state.ts';
import type {EndpointSnapshot} from './endpoints.ts';
import type {GateSnapshot} from './gates.ts';
import type {Snapshot} from './snapshot.ts';
import {snapshotOf} from './snapshot-of.ts';
import type {StageSnapshot} from './stages.ts';
import type {TriggerSnapshot} from './triggers.ts';

const time = (ms: number | null): string => (ms === null ? 'not yet' : local(ms));

const because = (reason: string | null): string => (reason === null || reason === '' ? '' : ` (${reason})`);

const gateLine = ({id, verdict, title, reason}: GateSnapshot): string =>
	`${id} ${verdict}: ${title}${verdict === 'pass' ? '' : because(reason)}`;

const stageLine = ({id, state, ended, reference}: StageSnapshot): string =>
	`${id} ${state}${ended === null ? '' : ` at ${local(ended)}`}${reference === null ? '' : `, reference ${reference}`}`;

const endpointLine = ({name, state, since, reason}: EndpointSnapshot): string =>
	`${name} ${state}${since === null ? '' : ` since ${local(since)}`}${state === 'up' ? '' : because(reason)}`;

/** What happened on it since T0; none where nothing did. */
function triggerLines({id, text, firedAt, outages, downSeconds}: TriggerSnapshot): readonly string[] {
	const down = outages === 0 ? [] : [`${outages} outages since T0, ${minutes(downSeconds * 1000)} in all`];
	const fired = firedAt === null ? [] : [`fired at ${local(firedAt)}`];
	const facts = [...fired, ...down];
	return facts.length === 0 ? [] : [`trigger ${id} (${text}): ${facts.join(', ')}`];
}

function rollbackLines({rollback}: Snapshot): readonly string[] {
	if (rollback === null) return [];
	const {path, state, reason, run, url} = rollback;
	return [
		`rollback ${state}, path ${path}${run === null ? '' : `, run ${run} ${url ?? ''}`.trimEnd()}${because(reason)}`,
	];
}

/** A line each; nothing in them is a secret or a guess. */
export function storyOf(state: State, at: number, observed: Observation): readonly string[] {
	if (state.runbook === null) return [];
	const whole = snapshotOf(state, at, observed, null);
	const triggers = whole.triggers.flatMap(triggerLines);
	return [
		`${whole.title}: ${whole.headline.word} ${whole.headline.text}`.trimEnd(),
		`ticket ${whole.ticket ?? 'none'}, environment ${whole.environment ?? 'not named'}`,
		`T0 planned ${time(whole.t0)}, begun ${time(whole.t0Started)}`,
		...whole.gates.map(gateLine),
		...whole.stages.map(stageLine),
		...whole.endpoints.map(endpointLine),
		...(triggers.length > 0 ? triggers : ['no trigger fired, no outage since T0']),
		...rollbackLines(whole),
	];
}
