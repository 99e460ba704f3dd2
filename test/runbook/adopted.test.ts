import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from 'js-yaml';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {type Anchor, placesFor, watched} from '../../source/runbook/adopt/anchors.ts';
import {placesIn} from '../../source/runbook/adopt/places.ts';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {frontLines} from '../../source/runbook/settings/source.ts';
import {adopted, differences, mapOf} from './adopted.ts';
import {codes, read} from './sample.ts';

test('the default answers mean what a release manager says, in each of thirty manners', () => {
	assert.ok(adopted.length >= 30);
	for (const one of adopted) {
		assert.ok(
			one.meant.every(line => line !== ''),
			one.name,
		);
		assert.deepEqual(differences(one), [], one.name);
	}
});

test('at most ten questions are asked, and what is left is an error only where a person must say more', () => {
	for (const {name, text, meant} of adopted) {
		const {questions, parts} = propose(read(text), {});
		assert.ok(questions.length <= 10, name);
		const {problems} = read(text, {settings: mapOf(text)});
		const errors = problems.filter(({severity}) => severity === 'error');
		const isAsked = meant.some(line => line.startsWith('ask '));
		if (parts.get('stages')?.length) assert.equal(errors.length, isAsked ? 1 : 0, `${name}: ${errors[0]?.message}`);
	}
});

type Entry = Partial<Anchor> & {readonly in?: string};
type Reading = Record<string, readonly (Entry | string)[]>;

/** Lines that the entries of a map take, those that it ignores, and those that its anchors name. */
function linesOf(text: string, settings: string) {
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
			if (anchor.under === undefined) continue;
			for (let above = place.kind === 'heading' ? place.section.parent : place.section; above; above = above.parent)
				named.add(above.line);
		}
	}
	return {taken, ignored, named};
}

const isRule = (line: string): boolean => /^\s*\|[\s:|-]+\|\s*$/.test(line);
const isStructure = (line: string, next: string): boolean =>
	/^[\s>]*$|^\s*#|^\s*(?:---+|===+|\*\*\*+|```.*|~~~.*)\s*$|^\s*<!--/.test(line) || isRule(line) || isRule(next);

/** Lines of its headings; a bold line over a list is one as well. */
const headingsOf = (text: string): ReadonlySet<number> =>
	new Set(placesIn(text.split('\n')).flatMap(({kind, line}) => (kind === 'heading' ? line : [])));

test('every line of a document is taken by an entry of its map, ignored, or reported as not used', () => {
	for (const {name, text} of adopted) {
		const settings = mapOf(text);
		const {taken, ignored} = linesOf(text, settings);
		const {unused} = read(text, {settings});
		const headings = headingsOf(text);
		const numbers = unused.flatMap(({what}) => [...what.matchAll(/(\d+)(?:-(\d+))?(?=,|$)/g)]);
		const reported = (line: number): boolean =>
			unused.some(one => !one.what.startsWith('text on') && one.line <= line && one.end >= line) ||
			numbers.some(([, from, to]) => Number(from) <= line && Number(to ?? from) >= line);
		text.split('\n').forEach((line, index, all) => {
			const number = index + 1;
			if (number <= frontLines(all)) return;
			if (isStructure(line, all[number] ?? '') || headings.has(number) || taken.has(number) || ignored.has(number))
				return;
			const inFence = unused.some(one => one.what.includes('fence') && one.line <= number);
			assert.ok(reported(number) || inFence, `${name}:${number} ${line}`);
		});
	}
});

const single = (text: string): string =>
	mapText(
		propose(read(text), {}, (_, entries) => entries),
		'plan.md',
		'vera',
		'2031-03-01',
	);

test('one entry for each row, box or item means the same as an entry for every one of them', () => {
	let saved = 0;
	for (const {name, text} of adopted) {
		const [long, short] = [single(text), mapOf(text)];
		const [apart, together] = [read(text, {settings: long}), read(text, {settings: short})];
		assert.deepEqual(together.seen, apart.seen, name);
		assert.deepEqual(together.unused, apart.unused, name);
		assert.deepEqual(codes(together.problems), codes(apart.problems), name);
		saved += long.split('\n').length - short.split('\n').length;
	}
	assert.ok(saved > 300, String(saved));
});

const whole = ({stages, gates, triggers, rollback, signOffs}: Runbook) => ({
	stages: stages.map(({line: _, ...one}) => one),
	gates: gates.map(({line: _, ...one}) => one),
	triggers: triggers.map(({line: _, ...one}) => one),
	signOffs: signOffs.map(({line: _, ...one}) => one),
	rollback: rollback && {...rollback, line: 0},
});

test('settings beside a map are checked as all settings are', () => {
	const [one] = adopted.filter(({text}) => read(text, {settings: mapOf(text)}).runbook !== null);
	assert.ok(one);
	const settings = `${mapOf(one.text)}signatures: required\ngates: {zz9: {timeout: 5m}}\n`;
	assert.deepEqual(codes(read(one.text, {settings}).problems).toSorted(), ['settings-signers', 'settings-unknown']);
});

/** One word of a line is another, the line is gone, or it stands there twice. */
const changes: readonly ((line: string) => readonly string[])[] = [
	line => [line.replace(/[\p{L}]{3}(?![^`]*`[^`]*$)/u, 'zqx')],
	() => [],
	line => [line, line],
];

test('a change of an anchored text is an error that names it, a change of any other text changes nothing that is read', () => {
	let noticed = 0;
	for (const {name, text} of adopted) {
		const settings = mapOf(text);
		const before = read(text, {settings}).runbook;
		if (!before) continue;
		const {taken, named} = linesOf(text, settings);
		const headings = headingsOf(text);
		text.split('\n').forEach((line, index, all) => {
			const number = index + 1;
			if (!/[\p{L}]{3}/u.test(line) || /^\s*```/.test(line) || (/^# /.test(line) && !taken.has(number))) return;
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
	assert.ok(noticed > 500);
});
