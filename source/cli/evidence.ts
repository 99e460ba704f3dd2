/*
The evidence of an open or closed cutover in one of its formats.
*/

import type {Clock, Journal} from '../cutover/ports.ts';
import {evidenceFields} from '../cutover/snapshot/evidence-fields.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {type Format, formats} from '../evidence/formats.ts';
import {collect} from '../evidence/package.ts';
import {format as lineOf} from '../journal/entry.ts';
import {UsageError} from './usage-error.ts';

export function evidenceOf(
	{journal, clock}: {readonly journal: Journal; readonly clock: Clock},
	format: Format,
): string {
	const state = journal.state();
	const {runbook} = state;
	if (runbook === null) throw new UsageError('This cutover was never begun: there is no evidence.');
	const at = state.closed?.at ?? Math.max(clock.now(), state.at);
	const snapshot = snapshotOf(state, at, journal.observed(), null);
	const entries = journal.entries();
	return formats[format](
		collect({
			runbook,
			state,
			entries,
			lines: () => entries.map(lineOf),
			snapshot,
			fields: evidenceFields(state),
			at,
		}),
	);
}
