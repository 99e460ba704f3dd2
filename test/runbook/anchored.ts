/** Which lines of a document its map holds to, and what a change of each of them does. */
import assert from 'node:assert/strict';
import {load} from 'js-yaml';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {type Anchor, placesFor, watched} from '../../source/runbook/adopt/anchors.ts';
import {placesIn, seen} from '../../source/runbook/adopt/places.ts';
import {chainOf, withoutNumber} from '../../source/runbook/document.ts';
import {adopted, mapOf, readByMap} from './adopted.ts';
import {codes, read} from './sample.ts';

type Entry = Partial<Anchor> & {readonly in?: string};
type Reading = Record<string, readonly (Entry | string)[]>;

/** Lines that the entries of a map take, those that it ignores, and those that its anchors name. */
export function linesOf(text: string, settings: string) {
	const lines = text.split('\n');
	const places = placesIn(lines);
	const {reading} = load(settings) as {reading: Reading};
	const taken = new Set<number>();
	const ignored = new Set<number>();
	const named = new Set<number>();
	for (const [key, entries] of Object.entries(reading)) {
		if (!Array.isArray(entries) || key === 'owner') continue;
		for (const given of entries) {
			const entry: Entry = typeof given === 'string' ? {from: given} : given;
			const anchor: Anchor = {...entry, from: entry.from ?? entry.in ?? ''};
			const [place, ...others] = placesFor(anchor, places);
			assert.ok(place && others.length === 0, anchor.from);
			for (const {line: from, end} of watched(anchor, place, places))
				for (let line = from; line <= end; line++) (key === 'ignore' ? ignored : taken).add(line);
			if (key === 'ignore' || anchor.each !== undefined) named.add(place.line);
			const {under} = anchor;
			if (under === undefined) continue;
			const leads = places.filter(({line, text: words}) => line < place.line && words === place.lead);
			const above = chainOf(place.kind === 'heading' ? place.section.parent : place.section);
			const found = [...above.filter(({heading}) => isCalled(heading, under)), ...leads.slice(-1)];
			for (const {line} of found) named.add(line);
		}
	}
	return {taken, ignored, named};
}

const isCalled = (heading: string, under: string): boolean =>
	seen(withoutNumber(heading)) === seen(withoutNumber(under));

export const isRule = (line: string): boolean => /^\s*\|[\s:|-]+\|\s*$/.test(line);

/** Lines of its headings; a bold line over a list is one as well. */
export const headingsOf = (text: string): ReadonlySet<number> =>
	new Set(placesIn(text.split('\n')).flatMap(({kind, line}) => (kind === 'heading' ? line : [])));

const whole = ({stages, gates, triggers, rollback, signOffs}: Runbook) => ({
	stages: stages.map(({line: _, ...one}) => one),
	gates: gates.map(({line: _, ...one}) => one),
	triggers: triggers.map(({line: _, ...one}) => one),
	signOffs: signOffs.map(({line: _, ...one}) => one),
	rollback: rollback && {...rollback, line: 0},
});

/** One word of a line is another, the line is gone, or it is there twice. */
const changes: readonly ((line: string) => readonly string[])[] = [
	line => [line.replace(/[\p{L}]{3}(?![^`]*`[^`]*$)/u, 'zqx')],
	() => [],
	line => [line, line],
];

/** A change of an anchored text is an error that names it, a change of any other text changes nothing that is read: at every `every`th line. */
export function changesAreNoticed(every: number): void {
	let noticed = 0;
	for (const {name, text} of adopted) {
		const settings = mapOf(text);
		const before = readByMap(text).runbook;
		if (!before) continue;
		const {taken, named} = linesOf(text, settings);
		const headings = headingsOf(text);
		text.split('\n').forEach((line, index, all) => {
			const number = index + 1;
			if (
				number % every !== 0 ||
				!/[\p{L}]{3}/u.test(line) ||
				/^\s*```/.test(line) ||
				(/^# /.test(line) && !taken.has(number))
			)
				return;
			changes.forEach((change, kind) => {
				if (kind > 0 && (number % 3 !== 0 || !taken.has(number))) return;
				const changed = change(line);
				if (changed.length === 1 && changed[0] === line) return;
				const after = read(all.toSpliced(index, 1, ...changed).join('\n'), {settings});
				const errors = after.problems.filter(({severity}) => severity === 'error');
				const where = `${name}:${number} ${kind} ${line}`;
				// What heads a table twice is text the first time; where a heading is none any more, what stands above goes on.
				const isTwice = kind === 2 && isRule(all[number] ?? '');
				if (taken.has(number) && !isTwice) {
					assert.ok(
						codes(errors).some(code => code === 'reading-changed' || code === 'reading-place'),
						where,
					);
					assert.ok(
						errors.some(({message}) => message.includes('"')),
						where,
					);
					noticed++;
				} else if (named.has(number)) assert.ok(errors.length > 0, where);
				else if ((isTwice || headings.has(number)) && errors.length > 0)
					assert.ok(codes(errors).includes('reading-changed'), where);
				else {
					assert.ok(after.runbook, `${where}: ${errors[0]?.message}`);
					assert.deepEqual(whole(after.runbook), whole(before), where);
				}
			});
		});
	}
	assert.ok(noticed > 1000 / every, String(noticed));
}
