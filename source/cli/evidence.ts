/*
The evidence of an open or closed cutover in one of its formats.
*/
import {evidenceFields} from '../cutover/evidence-fields.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import {stand} from '../cutover/stand.ts';
import {type Format, formats} from '../evidence/formats.ts';
import {collect} from '../evidence/package.ts';
import {Misuse} from './misuse.ts';

export function evidenceOf(
	{journal, clock}: {readonly journal: Journal; readonly clock: Clock},
	format: Format,
): string {
	const state = journal.state();
	const {runbook} = state;
	if (runbook === null) throw new Misuse('This cutover was never begun: there is no evidence.');
	const at = state.closed?.at ?? Math.max(clock.now(), state.at);
	const standing = stand(state, at, journal.seen(), null);
	return formats[format](
		collect({runbook, state, entries: journal.entries(), standing, fields: evidenceFields(state), at}),
	);
}
