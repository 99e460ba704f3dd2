/*
The evidence of an open or closed cutover in one of its formats.
*/

import type {EvidenceFormat} from '../cutover/model/evidence-format.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import {evidenceFields} from '../cutover/snapshot/evidence-fields.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {formats} from '../evidence/formats.ts';
import {collect} from '../evidence/package.ts';
import {format as lineOf} from '../journal/entry.ts';
import {UsageError} from './usage-error.ts';

export function evidenceOf(
	{
		journal,
		clock,
	}: {readonly journal: Pick<Journal, 'state' | 'entries' | 'observed'>; readonly clock: Pick<Clock, 'now'>},
	format: EvidenceFormat,
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
