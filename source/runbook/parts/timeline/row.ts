/*
A row of the timeline as it is read, and what looks like a timeline before one is chosen.
*/
import type {Section} from '../../document.ts';
import {words} from '../../words/synonyms.ts';
import {says} from '../../words/words.ts';
import type {Offset} from './offset.ts';

export type StageRow = {
	readonly id: string;
	readonly offsetSeconds: number;
	readonly owners: readonly string[];
	readonly action: string;
	readonly evidence: string;
	/** Its time box, where a column gives one. */
	readonly durationSeconds: number | null;
	readonly line: number;
	readonly column: number;
	readonly more: Readonly<Record<string, string>>;
	/** Seconds of the day that stand beside its offset, and in a column of their own. */
	readonly clocks?: readonly number[];
	/** What its table has no column for. */
	readonly lacks?: readonly ('owner' | 'action')[];
};

/** A table, a list or sections that read as a timeline, or as a part of one; the rows are read when it is chosen. */
export type Candidate = {
	readonly line: number;
	readonly section: Section;
	/** Whether its cells look like times, readable or not. */
	readonly looks: boolean;
	/** Null where a row has no time that can be read. */
	readonly offsets: readonly (Offset | null)[];
	readonly underHeading: number;
	/** Its times are times of day, and no row is known to be T0. */
	readonly isUnanchored?: boolean;
	/** Sections that are its stages, where it consists of sections. */
	readonly stages: readonly Section[];
	readonly rows: () => readonly StageRow[];
};

export const hasZero = ({offsets}: Pick<Candidate, 'offsets'>): boolean =>
	offsets.some(offset => offset?.seconds === 0);

export const mostly = (offsets: readonly (Offset | null)[]): boolean => {
	const hits = offsets.filter(offset => offset !== null).length;
	return hits > 0 && hits * 2 >= offsets.length;
};

/** How surely a heading promises the timeline: 2 by its own words, 1 as some plan, 0 as a plan of something else. */
export function headingRank(section: Section): number {
	const named = section.own.has('timeline') || section.parent === null ? section : section.parent;
	const isAside = [section, named].some(({heading}) => says(heading, words.aside));
	if (!section.topics.has('timeline') || isAside) return 0;
	return says(named.heading, words.timeline) ? 2 : 1;
}
