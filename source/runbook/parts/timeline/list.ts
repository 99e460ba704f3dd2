/* A timeline as a list whose items begin with a time. */

import {checkList} from '../../columns.ts';
import type {Placed} from '../../document.ts';
import {unfolded} from '../../items.ts';
import {plain} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import type {Reading} from '../../reading.ts';
import {clockAt, clocksOf, offsetsBy, spanEnd, timedText, timeFirst} from './clock.ts';
import {countedDays, looksTimed, mayBeTimed, type Offsets, offsetAt, signedDay, unknownUnits} from './offset.ts';
import {below, labels, type ProseTimeline, rowsOfProse} from './prose.ts';
import {areTimes, type Candidate, type StageRow, unitSaid} from './row.ts';

/** The second time of a span: `to T+1 Hour`, `→ T0`. */
const untilTime = /^\s*(?:to|until|till|through|bis|[-–—~→⇒…]|->|=>|\.{2,3})\s*(?=T ?[-+=\u2010-\u2015\u2212]? ?\d)/i;

/** Without what is between a time, or the end of its span, and what is said of it. */
export function afterTime(rest: string): string {
	const [until] = untilTime.exec(rest) ?? [];
	const said = until === undefined ? rest : (offsetAt(rest.slice(until.length))?.rest ?? rest);
	return said.replace(/^[\s+:：\-–—·|,.)）\]]+/, '');
}

/** What is behind a time of day, its span and its mark: "22:00 (T0) Switch". */
export function behindClock(line: string): string {
	const rest = clockAt(line)?.rest ?? '';
	return (spanEnd(rest)?.rest ?? rest).replace(/^\s*[/|-]?\s*[([]?T[-=+]?0[)\]]?/i, '');
}

/** Wide gaps are those of columns: `T-90  DBA  checks`. */
export const gaps = /\u3000+| {2,}|\t+/g;

const saidIn = ({text}: Item): string => {
	const line = signedDay(plain(text.replace(gaps, ' | ').replaceAll(' · ', ' – ')));
	return afterTime(offsetAt(line)?.rest ?? behindClock(line));
};

function rowsOf(list: List, offsets: Offsets, reading: Reading): readonly StageRow[] {
	const described = list.items.map((item, index): ProseTimeline => {
		const whole = unfolded(item, labels, reading);
		return {offset: offsets[index] ?? null, title: saidIn(whole), at: item, body: below(whole)};
	});
	return rowsOfProse(described, reading);
}

/** The list with the times in front that all of its items end with. */
function withTimesFirst(list: List): List {
	const items = list.items.flatMap((item): readonly Item[] => {
		const [first, ...others] = item.lines;
		const text = first ? timeFirst(plain(first.text)) : null;
		if (!first || text === null) return [];
		const lines = [{...first, text}, ...others];
		return [{...item, lines, text: lines.map(line => line.text).join(' ')}];
	});
	return items.length > 1 && items.length === list.items.length ? {...list, items} : list;
}

/** `hoped`: under a heading that promises the timeline a list counts although its times cannot be read, so that each is reported. */
export function fromList({block: list, section}: Placed<List>, reading: Reading, hoped = false): Candidate | null {
	const block = section.topics.has('timeline') ? withTimesFirst(list) : list;
	const texts = countedDays(block.items.map(({text}) => (mayBeTimed(text) ? plain(text) : '')));
	const unknown = unknownUnits(texts, reading.roles);
	const unit = unitSaid(section);
	const own = texts.map(text => (text === '' ? null : (offsetAt(text, unit)?.offset ?? null)));
	const timed = block.items.map(({text}) => timedText(plain(text)));
	const clocks = clocksOf(timed, own, reading.t0);
	const looks = hoped && block.items.some(({text}) => looksTimed(plain(text)));
	if (!looks && !clocks && !areTimes(texts, own)) return null;
	const offsets = clocks ? offsetsBy(clocks) : own.map((offset, index) => (unknown.has(index) ? null : offset));
	return {
		line: block.line,
		section,
		offsets,
		...(clocks ? {clocks} : {}),
		stages: [],
		rows: (given = offsets) => {
			checkList(list, reading.complain);
			return rowsOf(block, given, reading);
		},
	};
}
