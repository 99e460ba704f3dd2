/** The rollback of a map: the script or workflow that an entry names. Steps by hand are recorded by people. */

import {type Rollback, type RollbackPath, usualProof} from '../../cutover/model/runbook.ts';
import {byWorkflow, hallmark, pathNamed, scriptPath} from '../../rollback/drivers.ts';
import {isPath, pathOf} from '../../text/code.ts';
import type {Read} from '../settings/read.ts';
import type {Settings} from '../settings/settings.ts';
import {codesAt, type Place} from './places.ts';

type Located = {
	readonly entry: NonNullable<NonNullable<Settings['reading']>['rollback']>[number];
	readonly place: Place;
	readonly index: number;
};

export function rollbackOf(
	within: (place: Place, text: string) => boolean,
	entries: readonly Located[],
	complain: Read['complain'],
	at: (index: number) => {readonly line: number; readonly column: number},
): Rollback | null {
	const found = new Map<string, RollbackPath>();
	let environment: Readonly<Record<string, string>> = {};
	for (const {entry, place, index} of entries) {
		const path = entry.path ?? 'preferred';
		if (entry.workflow !== undefined) {
			found.set(path, {kind: byWorkflow, workflow: entry.workflow, inputs: entry.with ?? {}});
			environment = Object.fromEntries(
				Object.entries(entry.with ?? {}).map(([name, value]) => [name.toUpperCase().replaceAll('-', '_'), value]),
			);
		}
		if (entry.run === undefined) continue;
		const run = entry.run === 'code' ? (codesAt(place)[0] ?? '') : entry.run;
		const named = pathNamed(run) ?? (isPath(run) ? scriptPath(pathOf(run)) : null);
		if (!named || !within(place, hallmark(named))) complain('reading-code', at(index), {words: entry.from});
		else found.set(path, {...named, ...(named.workflow === undefined ? {reference: entry.reference ?? null} : {})});
	}
	const [first] = entries;
	if (!first || found.size === 0) return null;
	return {
		preferred: found.get('preferred') ?? null,
		fallback: found.get('fallback') ?? null,
		environment,
		...usualProof,
		line: first.place.line,
	};
}
