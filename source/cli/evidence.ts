/* The evidence of an open or closed cutover, as one of its formats writes it. */

import {evolveAll} from '../cutover/evolve/evolve.ts';
import {initial, nothingSeen} from '../cutover/model/initial.ts';
import type {Clock, Entry, Journal} from '../cutover/ports.ts';
import {evidenceFields} from '../cutover/snapshot/evidence-fields.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {asHtml} from '../evidence/formats/html.ts';
import type {Write} from '../evidence/formats.ts';
import {collect} from '../evidence/package.ts';
import {format as lineOf} from '../journal/entry.ts';
import type {Environment} from '../net/proxy.ts';
import {showDaysBeside} from '../text/time.ts';
import {UsageError} from './usage-error.ts';
import {program} from './version.ts';
import {showZone} from './zone.ts';

export function evidenceOf(
	{
		journal,
		clock,
	}: {readonly journal: Pick<Journal, 'state' | 'entries' | 'observed'>; readonly clock: Pick<Clock, 'now'>},
	write: Write,
): string {
	const state = journal.state();
	const {runbook} = state;
	if (runbook === null) throw new UsageError('This cutover was never begun: there is no evidence.');
	const at = state.closed?.at ?? Math.max(clock.now(), state.at);
	// Of a closed cutover it says what the journal says and nothing else, so that it can be made anew to compare, on any day.
	const observed = state.closed === null ? journal.observed() : nothingSeen;
	const before = showDaysBeside(() => at);
	try {
		const entries = journal.entries();
		return write(
			collect({
				program: program(),
				runbook,
				state,
				entries,
				lines: () => entries.map(lineOf),
				snapshot: snapshotOf(state, at, observed, null),
				fields: evidenceFields(state),
				at,
			}),
		);
	} finally {
		showDaysBeside(before);
	}
}

/** The evidence in HTML as this program writes it of a closed cutover, from its entries alone and in its own zone. */
export function pageOf(env: Environment, entries: readonly Entry[]): string {
	const state = evolveAll(initial, entries);
	showZone(env, state.zone, state.t0);
	return evidenceOf(
		{
			journal: {state: () => state, entries: () => entries, observed: () => nothingSeen},
			clock: {now: () => state.at},
		},
		asHtml,
	);
}
