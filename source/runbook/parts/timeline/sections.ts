/* Sections and lines that begin with a time, as stages of a timeline. */
import {exactRank} from '../../columns.ts';
import {chainOf, isUnder, type Section, tellsOf, withoutNumber} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Reading} from '../../reading.ts';
import {markSection} from '../../unused.ts';
import {normal, says, words} from '../../words/words.ts';
import {clockAt, clocksOf, offsetsBy, timedText} from './clock.ts';
import {afterTime, behindClock, gaps} from './list.ts';
import {countedDays, looksTimed, mayBeTimed, type Offset, offsetAt, offsetOf, unknownUnits} from './offset.ts';
import {below, type Piece, type ProseTimeline, piecesOf, rowsOfProse} from './prose.ts';
import {type Candidate, headingRank, unitSaid} from './row.ts';

type Timed = {readonly offset: Offset | null; readonly title: string};

const atEnd =
	/^(.*?\S)\s*(?:[([（]\s*([tdhjlw] ?[-+=0\u2010-\u2015\u2212±][^()[\]（）]{0,40}|t)[)\]）](?:\s*[:：]\s*(.+))?|(?:\s[–—@-]|,)\s*(t ?[^\s–—]{1,20}(?: \w{1,8})?))$/is;

/** `T-60 Preflight`, `2.1 T0: Switch`, `Preflight (T-60)`, `Switch – T0`. */
export function timedHeading(heading: string, unit = ''): Timed | null {
	const text = withoutNumber(heading).replace(/^at (?=t ?[-+0])/i, '');
	// "2 days before" begins with no number of a heading.
	const found = offsetAt(heading, unit) ?? offsetAt(text, unit);
	if (found) return {offset: found.offset, title: afterTime(found.rest)};
	const [, name = '', bracketed, after, dashed] = atEnd.exec(text) ?? [];
	const offset = offsetOf(bracketed ?? dashed ?? '', {unit});
	if (offset) return {offset, title: after === undefined ? name : `${name}: ${after}`};
	// A time in brackets that cannot be read is no heading without a time.
	if (/^t ?[-+\u2010-\u2015\u2212] ?\d/i.test(bracketed ?? '')) return {offset: null, title: name};
	return looksTimed(text) || clockAt(text) ? {offset: null, title: text} : null;
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

function toldIn({blocks}: Section): readonly ProseTimeline[] {
	const reported: Grown[] = [];
	for (const piece of blocks.flatMap(piecesOf)) {
		const timed = piece.kind === 'line' ? timedLine(piece.cell.text) : null;
		if (timed && piece.kind === 'line') reported.push({...timed, at: piece.cell, body: []});
		else reported.at(-1)?.body.push(piece);
	}
	return reported;
}

type TimedSection = Timed & {readonly section: Section; readonly begins: boolean; readonly isSpan: boolean};

const spans = /T ?[-+]? ?\d[^()]{0,8}?(?:\bto\b|–|—|->|→|…|\bbis\b|\buntil\b| - )\s*T/i;

/** Sections whose heading has a time. "Before the move (T-90 to T-0)" only holds others, "Checks (T-5)" in a stage is a part of it. */
function timedSections({document: {sections}}: Reading): readonly TimedSection[] {
	const headings = countedDays(sections.map(({heading}) => heading));
	const timed = sections.flatMap((section, index): readonly TimedSection[] => {
		const heading = headings[index] ?? '';
		const found = heading === '' ? null : timedHeading(heading, unitSaid(section.parent));
		if (!found) return [];
		const text = withoutNumber(heading);
		return [
			{
				section,
				...found,
				begins: (offsetAt(heading) ?? offsetAt(text)) !== null || clockAt(text) !== null,
				isSpan: spans.test(text),
			},
		];
	});
	const isStage = (one: TimedSection): boolean => {
		const below = timed.filter(other => other !== one && isUnder(other.section, one.section));
		if (below.length === 0) return true;
		const isFull = one.section.blocks.some(({kind}) => kind === 'list' || kind === 'table' || kind === 'fence');
		// "T0 Turn" over "T+5: ten percent" is a stage, "T-4h Before" over "T-4h: Freeze" only heads them.
		const isEarlier = below.every(({offset}) => offset && one.offset && offset.seconds > one.offset.seconds);
		return one.begins && !one.isSpan && (isFull || isEarlier || below.every(other => !other.begins));
	};
	const stages = new Set(timed.filter(isStage));
	const heads = new Set([...stages].map(({section}) => section));
	const isPart = ({section, begins}: TimedSection): boolean =>
		!begins && chainOf(section.parent).some(above => heads.has(above));
	return [...stages].filter(one => !isPart(one));
}

/** A line that is a time and what then happens, in bold: `**T-45 mins: Deploy**`. */
const isBoldTime = (piece: Piece): Timed | null =>
	piece.kind === 'line' && !piece.joined && /^\s*(\*\*|__)[^*_]{1,120}\1\s*[:：]?\s*$/.test(piece.cell.text)
		? timedLine(piece.cell.text)
		: null;

/** The items of a list as stages, where each begins with a time; null where one does not, or the only one is at another time than `head`. */
function timedItems(piece: Piece, head: Offset | null): readonly Grown[] | null {
	if (piece.kind !== 'list') return null;
	const begun = piece.items.map(({text}): Timed | null => {
		const line = mayBeTimed(text) ? offsetAt(plain(text)) : null;
		return line && {offset: line.offset, title: afterTime(line.rest)};
	});
	const times = begun.map(one => one?.offset?.seconds ?? 0);
	if (times.length < 2 && times[0] !== head?.seconds) return null;
	// "T-120 ops: freeze" as well, where each is later than the one before.
	const areLater = times.every((time, index) => index === 0 || time > (times[index - 1] ?? time));
	const found = piece.items.flatMap((item, index): readonly Grown[] => {
		const timed = timedLine(item.text) ?? (areLater ? begun[index] : null);
		return timed?.offset ? [{...timed, at: item, body: [...below(item)]}] : [];
	});
	return found.length === piece.items.length ? found : null;
}

/** A section, and each bold time in it with what follows, where what follows is a list, or a list of times: stages within a stage. */
function withBoldTimes(stage: ProseTimeline): readonly ProseTimeline[] {
	const found: Grown[] = [{...stage, body: []}];
	stage.body.forEach((piece, index) => {
		const items = timedItems(piece, stage.offset);
		if (items) {
			found.push(...items);
			return;
		}
		const timed = stage.body[index + 1]?.kind === 'list' ? isBoldTime(piece) : null;
		if (timed && piece.kind === 'line') found.push({...timed, at: piece.cell, body: []});
		else found.at(-1)?.body.push(piece);
	});
	const [head, second] = found;
	// "T-1 Hour: Countdown" over "T-60 mins: Back up" only heads it.
	const onlyHeads = head && second?.offset && head.offset?.seconds === second.offset.seconds;
	return onlyHeads && head.body.every(({kind}) => kind === 'line') ? found.slice(1) : found;
}

/** Sections of a stage that are stages themselves tell nothing of it. */
const bodyOf = (section: Section, stages: ReadonlySet<Section>, sections: readonly Section[]): readonly Piece[] =>
	sections
		.filter(one => tellsOf(one, section) && chainOf(one).find(above => stages.has(above)) === section)
		.flatMap(one => [...(one === section ? [] : headingPiece(one)), ...one.blocks.flatMap(piecesOf)]);

/** `### Owner: Platform` in a stage says who does it, and `### Owner` leads to it; any other heading says what is under it. */
function headingPiece({heading, line}: Section): readonly Piece[] {
	const [, label = '', value = ''] = /^([^:：]{1,30})[:：]?\s*(.*)$/s.exec(heading) ?? [];
	const text = exactRank(normal(label), 'owner', {}) === null ? heading : `${label}: ${value}`;
	return [{kind: 'line', cell: {text, line, column: 1}, joined: false}];
}

/** Those of one parent, or of several where they go on from one to the next and only one is T0. */
function groupsOf(timed: readonly TimedSection[]): readonly (readonly TimedSection[])[] {
	const parents = new Set(timed.map(({section}) => section.parent));
	const zeros = new Set(timed.flatMap(({offset, section}) => (offset?.seconds === 0 ? [section.parent] : [])));
	const inOrder = timed.toSorted((a, b) => a.section.line - b.section.line);
	const times = inOrder.map(({offset}) => offset?.seconds ?? 0);
	const goesOn = times.every((time, index) => time >= (times[index - 1] ?? time));
	const isAbout = ({section}: TimedSection): boolean => !says(section.parent?.heading ?? '', words.aside);
	if (parents.size > 1 && zeros.size === 1 && goesOn && inOrder.every(isAbout)) return [inOrder];
	return [...parents].map(parent => timed.filter(({section}) => section.parent === parent));
}

/** What may be timelines, or parts of one, of which each section or paragraph is a stage. `promised`: paragraphs only under a heading about it. */
export function fromSections(reading: Reading, promised: boolean): readonly Candidate[] {
	const {sections} = reading.document;
	const candidateOf = (
		reported: readonly ProseTimeline[],
		section: Section,
		stages: readonly Section[],
	): Candidate => ({
		line: reported[0]?.at.line ?? 1,
		section,
		offsets: reported.map(({offset}) => offset),
		stages,
		rows: () => {
			const own = stages.length === 0 ? [section] : sections.filter(one => stages.some(stage => tellsOf(one, stage)));
			for (const one of own) markSection(one);
			return rowsOfProse(reported, reading);
		},
	});
	const timed = timedSections(reading);
	const headings = timed.map(({section}) => withoutNumber(section.heading));
	const unknown = unknownUnits(headings, reading.roles);
	const known = timed.map((one, index) => (unknown.has(index) ? {...one, offset: null} : one));
	const inSections = groupsOf(known).flatMap(group => {
		const texts = group.map(({section}) => withoutNumber(section.heading));
		const own = group.map(({offset}) => offset);
		const clocks = group.length < 2 ? null : clocksOf(texts.map(timedText), own, reading.t0);
		const offsets = clocks ? offsetsBy(clocks) : [];
		const stages = group.map(({section}) => section);
		const all = new Set(stages);
		const reported = group.flatMap(({section, offset, title}, index) =>
			withBoldTimes({
				...(clocks?.at[index]
					? {offset: offsets[index] ?? null, title: afterTime(behindClock(texts[index] ?? ''))}
					: {offset, title}),
				at: {text: section.heading, line: section.line, column: 1},
				body: bodyOf(section, all, sections),
			}),
		);
		const above = stages[0]?.parent ?? sections[0];
		return above ? [{...candidateOf(reported, above, stages), ...(clocks ? {clocks} : {})}] : [];
	});
	const inLines = sections
		.filter(section => (promised ? headingRank(section) > 0 : section.topics.size === 0))
		.filter(section => known.length < 2 || !known.some(one => one.offset && one.section === section))
		.map(section => candidateOf(toldIn(section), section, []));
	return [...inSections, ...inLines].filter(({offsets}) => offsets.length > 0);
}
