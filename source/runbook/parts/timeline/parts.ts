/*
A timeline in parts: tables or lists that stand under one heading about it ("Before T0", "T0", "After T0") and go on where the
one before them ended are one.
*/
import type {Section} from '../../document.ts';
import {words} from '../../words/synonyms.ts';
import {says} from '../../words/words.ts';
import {type Candidate, hasZero} from './row.ts';

/** The heading that promises the timeline above a candidate. */
function homeOf(section: Section): Section | null {
	if (section.own.has('timeline')) return section;
	return section.parent && homeOf(section.parent);
}

/** Never backwards, and with one moment zero, which only one of them has. */
function goOn(parts: readonly Candidate[]): boolean {
	const times = parts.flatMap(({offsets}) => offsets.flatMap(offset => offset?.seconds ?? []));
	return parts.filter(hasZero).length === 1 && times.every((time, index) => time >= (times[index - 1] ?? time));
}

const joined = (parts: readonly [Candidate, ...(readonly Candidate[])]): Candidate => ({
	...parts[0],
	offsets: parts.flatMap(({offsets}) => offsets),
	underHeading: Math.max(...parts.map(({underHeading}) => underHeading)),
	stages: parts.flatMap(({stages}) => stages),
	rows: () => parts.flatMap(part => part.rows()),
});

/** The candidates, those that are parts of one as one; `note` is called for it. */
export function inParts(candidates: readonly Candidate[], note: (sentence: string) => void): readonly Candidate[] {
	// A part may have a heading of its own: "Go/no-go".
	const groups = Map.groupBy(
		candidates.filter(({section}) => !says(section.heading, words.aside)),
		({section}) => homeOf(section),
	);
	const beside = Map.groupBy(
		candidates.filter(one => homeOf(one.section) === null && !says(one.section.heading, words.aside)),
		({section}) => `${section.parent?.line ?? 0} ${section.level}`,
	);
	for (const group of beside.values()) {
		const [first, ...others] = group.toSorted((a, b) => a.line - b.line);
		const sections = new Set(group.map(({section}) => section));
		if (first && others.length > 0 && sections.size === group.length) groups.set(first.section, [first, ...others]);
	}
	let known = candidates;
	for (const [home, group] of groups) {
		const [first, ...others] = group.toSorted((a, b) => a.line - b.line);
		if (home === null || !first || others.length === 0 || !goOn([first, ...others])) continue;
		note(
			`The timeline under "${home.heading}" stands in ${group.length} parts, from line ${first.line} on; they are read as one.`,
		);
		known = [...known.filter(one => !group.includes(one)), joined([first, ...others])];
	}
	return known;
}
