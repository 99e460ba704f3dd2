/*
Sections and lines that begin with a time, as stages of a timeline.
*/
import {type Section, withoutNumber} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Reading} from '../../reading.ts';
import {afterTime, gaps} from './list.ts';
import {looksTimed, mayBeTimed, type Offset, offsetAt, offsetOf} from './offset.ts';
import {blocksUnder, type Piece, type ProseTimeline, piecesOf, rowsOfProse} from './prose.ts';
import {type Candidate, headingRank} from './row.ts';

type Timed = {readonly offset: Offset | null; readonly title: string};

const atEnd = /^(.*\S)\s*(?:[([（]\s*(t[^()[\]（）]{1,30})[)\]）]|\s[–—-]\s*(t ?[^\s–—]{1,20}(?: \w{1,8})?))$/is;

/** `T-60 Preflight`, `2.1 T0: Switch`, `Preflight (T-60)`, `Switch – T0`. */
export function timedHeading(heading: string): Timed | null {
	const text = withoutNumber(heading);
	const found = offsetAt(text);
	if (found) return {offset: found.offset, title: afterTime(found.rest)};
	const [, title = '', bracketed, dashed] = atEnd.exec(text) ?? [];
	const offset = offsetOf(bracketed ?? dashed ?? '');
	if (offset) return {offset, title};
	return looksTimed(text) ? {offset: null, title: text} : null;
}

/** A line that begins with a time: nothing, a mark or a gap follows, or the time is emphasised. */
function timedLine(text: string): Timed | null {
	const found = mayBeTimed(text) ? offsetAt(plain(text)) : null;
	if (!found) return null;
	const isHead =
		/^(?:\*\*|__|`)/.test(text) ||
		/^\s*(?:$|[:：|,.)(（[–—]|-\s)/.test(found.rest) ||
		/^\S{1,8}(?: {2,}|\t+)\S/.test(text);
	const {rest} = offsetAt(plain(text.replace(gaps, ' | '))) ?? found;
	return isHead ? {offset: found.offset, title: afterTime(rest)} : null;
}

type Grown = Timed & {readonly at: ProseTimeline['at']; body: Piece[]};

/** Lines of a section that begin with a time, each with what stands under it. */
function toldIn({blocks}: Section): readonly ProseTimeline[] {
	const reported: Grown[] = [];
	for (const piece of blocks.flatMap(piecesOf)) {
		const timed = piece.kind === 'line' ? timedLine(piece.cell.text) : null;
		if (timed && piece.kind === 'line') reported.push({...timed, at: piece.cell, body: []});
		else reported.at(-1)?.body.push(piece);
	}
	return reported;
}

const candidateOf = (
	reported: readonly ProseTimeline[],
	section: Section,
	stages: readonly Section[],
	reading: Reading,
): Candidate => ({
	line: reported[0]?.at.line ?? 1,
	section,
	looks: true,
	offsets: reported.map(({offset}) => offset),
	underHeading: headingRank(section),
	stages,
	rows: () => rowsOfProse(reported, reading),
});

type TimedSection = Timed & {readonly section: Section};

/** Sections whose heading has a time, but for those that only hold others such. */
function timedSections({document: {sections}}: Reading): readonly TimedSection[] {
	const timed = sections.flatMap(section => {
		const found = section.heading === '' ? null : timedHeading(section.heading);
		return found ? [{section, ...found}] : [];
	});
	const above = new Set(timed.map(({section}) => section.parent));
	return timed.filter(({section}) => !above.has(section));
}

/** What may be timelines, or parts of one, of which each section or paragraph is a stage. `promised`: paragraphs only under a heading about it. */
export function fromSections(reading: Reading, promised: boolean): readonly Candidate[] {
	const {sections} = reading.document;
	const timed = timedSections(reading);
	const parents = [...new Set(timed.map(({section}) => section.parent))];
	const inSections = parents.map(parent => {
		const own = timed.filter(({section}) => section.parent === parent);
		const reported = own.map(({section, offset, title}) => ({
			offset,
			title,
			at: {text: section.heading, line: section.line, column: 1},
			body: blocksUnder(section, sections).flatMap(piecesOf),
		}));
		const above = parent ?? sections[0];
		const stages = own.map(({section}) => section);
		return above ? candidateOf(reported, above, stages, reading) : null;
	});
	const inLines = sections
		.filter(section => (promised ? headingRank(section) > 0 : section.topics.size === 0))
		.map(section => candidateOf(toldIn(section), section, [], reading));
	return [...inSections, ...inLines].flatMap(candidate => (candidate?.offsets.length ? [candidate] : []));
}
