/** Gates, triggers, rollback and sign-offs of a runbook that the strict reader reads, as parts of a map. */

import type {Gate, Runbook} from '../../cutover/model/runbook.ts';
import {hallmark} from '../../rollback/drivers.ts';
import {filesOfCommand, isPath, pathOf} from '../../text/code.ts';
import {durationText} from '../../text/time.ts';
import {codesAt} from './anchors.ts';
import type {FoundPart, FoundParts} from './parts-found.ts';
import {type Place, seen as seenText} from './places.ts';
import type {Entry} from './proposal.ts';
import {rowSays} from './step-tables.ts';

/** `stageOf`: the stage that judges a gate, by its id in the map. `places`: of the document; `source`: its lines. */
export function partsRead(
	seen: Runbook | null,
	places: readonly Place[],
	source: readonly string[],
	stageOf: (gate: string) => string | null,
): FoundParts {
	const take = (line: number, rest: (place: Place) => Entry): readonly FoundPart[] => {
		const place = places.find(one => one.line === line);
		return place ? [{place, rest: rest(place)}] : [];
	};
	const beforeOf = (id: string): Entry => {
		const stage = stageOf(id);
		return stage === null ? {} : {before: stage};
	};
	const isFiles = (place: Place, files: readonly string[]): boolean =>
		codesAt(place).filter(isPath).map(pathOf).join() === files.join();
	const citesOf = (gate: Gate, place: Place): Entry => {
		const run = gate.commands.flatMap(filesOfCommand);
		const cited = gate.files.filter(file => !run.includes(file));
		const isSaid = gate.kind === 'files' && isFiles(place, gate.files);
		return cited.length === 0 || isSaid ? {} : {cites: cited, ...(gate.kind === 'files' ? {files: 'code'} : {})};
	};
	const isCode = (place: Place, commands: readonly string[]): boolean =>
		codesAt(place).join('\n') === commands.join('\n');
	const gates = (seen?.gates ?? []).flatMap(gate =>
		take(gate.line, place => ({
			...(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(gate.id) ? {id: gate.id} : {}),
			...(gate.kind === 'command' ? {run: isCode(place, gate.commands) ? 'code' : gate.commands} : {}),
			...beforeOf(gate.id),
			...(gate.expect === undefined ? {} : {expect: gate.expect}),
			...(gate.kind === 'files' && isFiles(place, gate.files) ? {files: 'code'} : {}),
			...citesOf(gate, place),
			...(gate.kind === 'acknowledgement' ? {acknowledge: gate.groups, need: gate.need} : {}),
			...(gate.owners.length > 0 ? {owner: gate.owners} : {}),
			...(place.kind === 'row' && gate.title !== place.text && seenText(place.text).includes(seenText(gate.title))
				? {says: gate.title}
				: {}),
		})),
	);
	const triggers = (seen?.triggers ?? []).flatMap(trigger =>
		take(trigger.line, place => {
			const isPart = seen?.triggers.some(other => other !== trigger && other.line === trigger.line) ?? false;
			const says = isPart ? trigger.text : rowSays(place);
			const part: Entry = {
				...(says === '' ? {} : {says}),
				...(trigger.roles.length > 0 ? {ask: trigger.roles} : {}),
			};
			if (trigger.kind !== 'outage') return part;
			return {...part, outage: durationText(trigger.thresholdSeconds), ...(trigger.strict ? {} : {atLimit: true})};
		}),
	);
	const rollback = (
		[
			['preferred', seen?.rollback?.preferred],
			['fallback', seen?.rollback?.fallback],
		] as const
	).flatMap(([path, way]) => {
		if (!way) return [];
		const short = hallmark(way);
		const holds = places.filter(one => source.slice(one.line - 1, one.end).some(text => text.includes(short)));
		const place =
			holds
				.filter(({line}) => line >= (seen?.rollback?.line ?? 1))
				.toSorted((a, b) => a.end - a.line - (b.end - b.line))[0] ?? holds.at(-1);
		const reference: Entry = way.reference ? {reference: way.reference} : {};
		const run: Entry =
			way.workflow === undefined
				? {
						run:
							way.script === undefined
								? (way.commands ?? []).join(' && ')
								: [way.script, ...(way.args ?? [])].join(' '),
					}
				: {workflow: way.workflow, ...(Object.keys(way.inputs ?? {}).length > 0 ? {with: way.inputs} : {})};
		return place ? take(place.line, () => ({path, ...run, ...reference})) : [];
	});
	const signOffs = (seen?.signOffs ?? []).flatMap(sign => take(sign.line, () => ({role: sign.role})));
	return {gates, triggers, rollback, signOffs};
}
