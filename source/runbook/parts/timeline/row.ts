/* A row of the timeline, its times and durations, and what looks like a timeline before one is chosen. */
import type {Stage} from '../../../cutover/model/runbook.ts';
import type {Section} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Cell, Table} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {says, words} from '../../words/words.ts';
import {type Clocks, clockAt} from './clock.ts';
import {durationOf} from './duration.ts';
import {farthestSeconds, isUnit, type Offset, type Offsets} from './offset.ts';

export type StageRow = Pick<Stage, 'id' | 'offsetSeconds' | 'owners' | 'action' | 'evidence' | 'line' | 'more'> & {
	/** Its time box, where a column gives one. */
	readonly durationSeconds: number | null;
	readonly column: number;
	/** Seconds of the day that are beside its offset, and in a column of their own. */
	readonly clocks?: readonly (number | null)[];
	/** What its table has no column for. */
	readonly lacks?: readonly ('owner' | 'action')[];
};

/** A table, a list or sections that read as a timeline, or as a part of one; the rows are read when it is chosen. */
export type Candidate = {
	readonly line: number;
	readonly section: Section;
	readonly offsets: Offsets;
	/** How surely it is meant, where that is not by its heading. */
	readonly rank?: number;
	/** Its times are times of day, which count from the row at T0. */
	readonly clocks?: Clocks;
	/** Sections that are its stages, where it consists of sections. */
	readonly stages: readonly Section[];
	/** By these offsets, where it is a part of a timeline that T0 is elsewhere in. */
	readonly rows: (offsets?: Offsets) => readonly StageRow[];
};

/** Times of day of which none is known to be T0. */
export const isUnanchored = ({clocks}: Candidate): boolean => clocks?.zero === null;

export const hasZero = ({offsets}: Pick<Candidate, 'offsets'>): boolean =>
	offsets.some(offset => offset?.seconds === 0);

/** Whether most texts are times; beside a T0 those that only seem to be count, so that each is reported at its place. */
export function areTimes(texts: readonly string[], offsets: Offsets): boolean {
	const hits = offsets.filter(offset => offset !== null).length;
	const seem = texts.filter((text, at) => offsets[at] || /^[a-z] ?[-+\u2010-\u2015\u2212] ?\d/i.test(text)).length;
	return hits > 0 && (hits * 2 >= texts.length || (seem * 2 >= texts.length && hasZero({offsets})));
}

/** Messages, contacts, training: times that are there are of something else. */
export const isAside = ({heading}: Section): boolean => says(heading, words.aside);

/** How surely a heading promises the timeline: 2 by its own words, 1 as some plan, 0 as a plan of something else. */
export function headingRank(section: Section): number {
	const named = section.own.has('timeline') || section.parent === null ? section : section.parent;
	if (!section.topics.has('timeline') || isAside(section) || isAside(named)) return 0;
	return says(named.heading, words.timeline) ? 2 : 1;
}

const named =
	/^(?:.*?(?:[([（]\s*(?:in )?|,\s*(?:in )?|\sin )([\p{L}]+)\.?\s*[)\]）]?|((?:second|minute|hour|day|week)s))$/iu;

/** The word where it counts time; of an unknown unit no number can be read. */
const unitWord = (word = ''): string => (word !== '' && isUnit(word) ? word : '');

/** The unit in which a column counts, by its header: `Offset (h)`; empty where it says none. */
export function unitNamed(header: string): string {
	const [, word, alone] = named.exec(plain(header).trim()) ?? [];
	return unitWord(word ?? alone);
}
export const unitIn = ({header}: Table, index: number | undefined): string =>
	unitNamed(header.cells[index ?? -1]?.text ?? '');

const spoken = [
	/\b(?:times?|offsets?|zeiten|T|units?)\b(?![^.;]*\bduration)[^.;,|]{0,30}?(?:\b(?:in|are|is)|[:：])\s+([\p{L}]{3,})/iu,
	/\s[([]\s*(?:all |times? )*(?:in\s+)?([\p{L}]+)\.?\s*[)\]]\s*$/iu,
] as const;

const units = new WeakMap<Section, string>();

/** The unit of numbers without one, where the section says it above its times, or its headings do; else empty. */
export function unitSaid(section: Section | null): string {
	if (section === null) return '';
	const known = units.get(section);
	if (known !== undefined) return known;
	const texts = section.blocks.flatMap(block => (block.kind === 'paragraph' ? [plain(block.text)] : []));
	const said = [section.heading, ...texts].flatMap(text => spoken.map(way => unitWord(way.exec(text)?.[1])));
	const unit = said.find(word => word !== '') ?? unitSaid(section.parent);
	units.set(section, unit);
	return unit;
}

export const saysNoLength = (text: string): boolean => /^(?:|-|–|—|n\/a)$/i.test(text);

/** `unit`: of a number without one, minutes where it is empty. */
export const lengthOf = (text: string, unit = ''): number | null =>
	durationOf(text) ?? (/^\d{1,4}(?:\.\d)?$/.test(text) ? durationOf(`${text} ${unit || 'min'}`) : null);

export function durationIn(cell: Cell, stage: string, {complain}: Reading, unit = ''): number | null {
	const text = plain(cell.text);
	if (saysNoLength(text)) return null;
	const seconds = lengthOf(text, unit);
	if (seconds === null || seconds === 0) complain('duration-unread', cell, {text, stage});
	return seconds === 0 ? null : seconds;
}

/** The offset again, once it was complained of where it is none or too far. */
export function checkedOffset(offset: Offset | null, at: Cell, {complain}: Reading): Offset | null {
	if (!offset && plain(at.text) === '') complain('offset-empty', at, {});
	else if (!offset) complain('offset-unread', at, {text: plain(at.text)});
	else if (Math.abs(offset.seconds) > farthestSeconds) complain('offset-far', at, {text: offset.id});
	return offset;
}

const inside = /(?:^|[\s(/|@,[])(\d{1,2}[:.h][0-5]\d(?::[0-5]\d)?\s?(?:am|pm|uhr)?)(?=$|[\s)/|,\]])/i;

export const clockBeside = (cell: string): number | null => {
	const found = inside.exec(plain(cell).replace(/T ?[+-] ?\d{1,3}:\d\d/i, ' '))?.[1];
	return found === undefined ? null : (clockAt(found)?.seconds ?? null);
};
