/** The rollback of a map: the script or workflow that an entry names. Steps by hand are recorded by people. */

import {type Rollback, type RollbackPath, usualProof} from '../../cutover/model/runbook.ts';
import {byWorkflow, hallmark, pathNamed, scriptPath} from '../../rollback/drivers.ts';
import {isPath, pathOf} from '../../text/code.ts';
import {environmentOf} from '../parts/rollback/rollback.ts';
import type {Read} from '../settings/read.ts';
import type {ReadingMap} from '../settings/reading.ts';
import {codesAt} from './anchors.ts';
import type {Place} from './places.ts';
import type {Row} from './rows.ts';

type Located = Row<NonNullable<ReadingMap['rollback']>[number]>;

export function rollbackOf(
	within: (place: Place, text: string) => boolean,
	entries: readonly Located[],
	complain: Read['complain'],
	at: (index: number) => {readonly line: number; readonly column: number},
): Rollback | null {
	const found = new Map<string, RollbackPath>();
	let inputs: Readonly<Record<string, string>> = {};
	for (const {entry, place, index} of entries) {
		const path = entry.path ?? 'preferred';
		if (entry.workflow !== undefined) {
			inputs = entry.with ?? {};
			found.set(path, {kind: byWorkflow, workflow: entry.workflow, inputs});
		}
		if (entry.run === undefined) continue;
		const run = entry.run === 'code' ? (codesAt(place)[0] ?? '') : entry.run;
		const named = pathNamed(run) ?? (isPath(run) ? scriptPath(pathOf(run)) : null);
		if (!named || !within(place, hallmark(named))) complain('reading-code', at(index), {words: entry.from});
		else found.set(path, {...named, ...(named.workflow === undefined ? {reference: entry.reference ?? null} : {})});
	}
	const [first] = entries;
	if (!first || found.size === 0) return null;
	const [preferred, fallback] = [found.get('preferred') ?? null, found.get('fallback') ?? null];
	const environment = environmentOf(inputs, [preferred, fallback], (name, variable) =>
		complain('rollback-input-never', at(first.index), {name, variable}),
	);
	return {preferred, fallback, environment, ...usualProof, line: first.place.line};
}
