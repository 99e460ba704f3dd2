/*
Where the timeline of a runbook may be: places of one kind that carry times, or that are in an order. Structure comes first, words
only rank.
*/
import type {Section} from '../document.ts';
import {unitSaid} from '../parts/timeline/row.ts';
import {
	asClock,
	asideIn,
	dayIn,
	dayMarkOf,
	lengthSaid,
	type Mark,
	markOf,
	stretchIn,
	timeIn,
	weekdayOf,
	withoutMark,
} from './marks.ts';
import {goingOn, grouped, type Place} from './places.ts';
import {
	fromMarks,
	inOrder,
	isBeside,
	isElsewhere,
	isStep,
	type Marked,
	type Timeline,
	timeSaid,
	topics,
	withZero,
} from './step.ts';
import {type Lines, ownerOf} from './step-owner.ts';
import {isRefused, tablesOf} from './step-tables.ts';
import {saysOf, topicOf, withoutBrackets} from './topics.ts';

/** Groups of places whose times do not go back. */
const runsOf = (places: readonly Marked[]): readonly (typeof places)[] =>
	goingOn(
		places.map(one => [one]),
		({mark: last}, {mark}) =>
			last.kind === 'offset' && mark.kind === 'offset'
				? mark.seconds >= last.seconds
				: asClock(last).kind === asClock(mark).kind,
	);

function marked(places: readonly Place[]): readonly Marked[] {
	/** `Stop (05:30)`, where most of a list say when in brackets. */
	const areClocked = places.filter(place => clockIn(place) !== null).length * 2 > places.length;
	const areMilitary = places.length > 2 && places.every(({text}) => military.test(text));
	return places.flatMap(place => {
		// "2 weeks before" begins with no number of a heading.
		const unit = unitSaid(place.kind === 'heading' ? place.section.parent : place.section);
		const mark =
			markOf(areMilitary ? place.text.replace(military, '$1:$2') : place.text, unit) ??
			markOf(place.raw, unit) ??
			(place.kind === 'heading' ? null : asideMark(place)) ??
			(place.kind === 'heading' || areClocked ? clockIn(place) : null);
		return mark ? [{place, mark}] : [];
	});
}

/** `Freeze (09:00)`; "Preparation (1 week before)" holds what must be done by then. */
function clockIn({text}: Place): Mark | null {
	const mark = timeIn(text);
	return mark?.kind === 'clock' ? mark : null;
}

/** `Freeze the zone [ops, 1 h before]` */
function asideMark({text}: Place): Mark | null {
	const seconds = asideIn(text);
	return seconds === null ? null : {kind: 'offset', seconds};
}

/** Of items that say when, some may name the day alone. */
function withDays(list: readonly Place[]): readonly Marked[] {
	const found = marked(list);
	if (!found.some(({mark}) => mark.kind === 'clock')) return found;
	return list.flatMap(place => {
		const mark = found.find(one => one.place === place)?.mark ?? dayMarkOf(place.text);
		return mark ? [{place, mark}] : [];
	});
}

/** `Friday (T-0)` alone on its line is the day of the times below it. */
function underDays(list: readonly Place[]): readonly Marked[] {
	const heads = list.filter(({text}) => weekdayOf(text) !== -1 && !/\d{1,2}[:.h]\d\d/.test(text));
	return marked(list.filter(place => heads.length < 2 || !heads.includes(place))).map(({place, mark}) => {
		const today = dayIn(heads.findLast(({line}) => line < place.line)?.text ?? '');
		return {place, mark: mark.kind === 'clock' && heads.length > 1 ? {...mark, ...today} : mark};
	});
}

/** `0145 Go/no-go`, where all of a list begin so. */
const military = /^([01]\d|2[0-3])([0-5]\d)(?=[\s:,\u2013-])/;

/** Lists that are each alone under a heading or label of their own, one after the other below one that holds them all. */
const joined = (lists: readonly (readonly Place[])[]): readonly (readonly Place[])[] =>
	goingOn(
		lists,
		(last, {section, lead}) => (last.section !== section || last.lead !== lead) && isBeside(last.section, section),
	).filter(list => list[0]?.block !== list.at(-1)?.block);

/** "D-7" and "D-Day" over times of day are the days of those, and no steps. */
function areDays(headed: readonly Marked[], places: readonly Place[]): boolean {
	const clocked = places.filter(({text, cells}) => [text, ...cells].some(one => markOf(one)?.kind === 'clock'));
	const heads = headed.filter(({place, mark: {seconds}}) => {
		const inside = clocked.filter(({line}) => line > place.line && line <= place.end);
		return seconds % 86_400 === 0 && inside.length > 1;
	});
	return heads.length * 2 > headed.length;
}

/** Headings that are under no other of them. */
const outermost = <M extends {readonly place: Place}>(found: readonly M[]): readonly M[] =>
	found.filter(({place}) => !found.some(other => other.place.line < place.line && other.place.end >= place.line));

/** Items by list; one that goes on counting where another of its section ended ("Then:") is a part of it. */
function numberedLists(places: readonly Place[], lines: Lines): readonly (readonly Place[])[] {
	const numberOf = ({line}: Place): number =>
		Number(/^\s*(\d{1,3})[.)]/.exec(lines[line - 1] ?? '')?.[1] ?? Number.NaN);
	const items = places.filter(({kind, parent, isOrdered}) => kind === 'item' && parent === null && isOrdered);
	return goingOn(
		grouped(items, ({block}) => block),
		(last, first) => last.section === first.section && numberOf(first) === numberOf(last) + 1,
	);
}

/** "Phase 4" under another heading goes on where "Phase 3" ended: "Monday", "Tuesday". */
function counted(groups: readonly (readonly Place[])[]): readonly (readonly Place[])[] {
	const numberOf = ({text}: Place): number => Number(/\d{1,3}/.exec(text)?.[0] ?? Number.NaN);
	return goingOn(
		groups,
		(last, first) => isBeside(first.section, last.section) && numberOf(first) === numberOf(last) + 1,
	);
}

/** Behind the last that is numbered on from there: "5. Verify" is a step where nothing is below it, too. */
function endOfNumbers(headings: readonly Place[], last: number): number {
	if (headings[last]?.isOrdered !== true) return last + 1;
	const other = headings.findIndex(({isOrdered}, index) => index > last && !isOrdered);
	return other === -1 ? headings.length : other;
}

/** `Step 1 – Lock the tills`, with its labels on the lines below it. */
const isStepLine = ({kind, text, line, block, end}: Place): boolean =>
	kind === 'line' && line === block && end > line && isStep(text);

/** Sub-headings, numbered headings or labels that are in an order. */
function orders(places: readonly Place[], lines: Lines): readonly Timeline[] {
	const isTitled = (place: Place): boolean =>
		place.kind === 'heading' || isStepLine(place) || (place.kind === 'line' && /^\s*(?:\*\*|__)/.test(place.raw));
	const titles = places.filter(place => isTitled(place) && !isElsewhere(place));
	const groups = grouped(titles, ({kind, section}) => (kind === 'heading' ? section.parent : section));
	const stepped = groups.map(group =>
		group.filter(({text, raw}) => isStep(text) || isStep(raw.replace(/^[#\s*_]+/, ''))),
	);
	const found = counted(stepped)
		.filter(steps => steps.length > 1)
		.map(steps => inOrder(24 + (steps.length > 2 ? 0 : -8), steps, lines));
	for (const group of groups) {
		const parent: Section | null = group[0]?.kind === 'heading' ? (group[0]?.section.parent ?? null) : null;
		const others = group.filter(place => place.kind === 'heading' && !isPart(place));
		const isProcess = parent !== null && parent.heading !== '' && saysOf(parent.heading, 'process');
		const isWork = ({text, section}: Place): boolean =>
			lengthSaid(text) !== null || places.some(place => place.kind === 'code' && place.section === section);
		const [from, to] = [others.findIndex(isWork), others.findLastIndex(isWork)];
		const stretched = group.filter(({text}) => stretchIn(text) !== null);
		const numbered = others.filter(({isOrdered}) => isOrdered);
		const named = others.filter(({text}) => saysOf(text, 'path') || saysOf(text, 'step'));
		const ways: readonly (readonly [boolean, number, readonly Place[]])[] = [
			[isProcess && others.length > 2, 16, group.filter(({kind}) => kind === 'heading')],
			// "Prepare (30 min)", "Switch" over commands: with what is between the first and the last of them.
			[others.filter(isWork).length > 2, 10, others.slice(from, endOfNumbers(others, to))],
			[stretched.length > 2, 20, stretched],
			[numbered.length > 3, 10, numbered],
			[isProcess && named.length > 2, 14, named],
		];
		for (const [isWay, base, steps] of ways) if (isWay) found.push(inOrder(base, steps, lines));
	}
	for (const items of numberedLists(places, lines)) {
		const [first] = items;
		const isProcess = first !== undefined && topics(first).some(text => saysOf(text, 'process'));
		if (
			!first ||
			items.length < (isProcess ? 2 : 3) ||
			isElsewhere(first) ||
			topics(first).some(text => topicOf(text, false) === 'gates' && !saysOf(withoutBrackets(text), 'process'))
		)
			continue;
		// A document that is one list, with its gates or its rollback beside it, means its items.
		const isAll = places.every(place => place.kind !== 'heading' || isPart(place));
		found.push(inOrder(isAll || isProcess ? 14 : 2, items, lines));
	}
	return found;
}

const isPart = ({text}: Place): boolean => {
	const about = topicOf(text, false);
	if (about === 'after' || (about === 'gates' && saysOf(text, 'path'))) return false;
	return about !== null && !isStep(text) && !saysOf(text, 'vote') && !saysOf(text, 'decide');
};

const isOfProcess = ({section}: Place): boolean => saysOf(section.heading, 'process');

/** The timelines that a document may mean, the likeliest first. `lines`: of the file. */
export function timelinesOf(places: readonly Place[], lines: Lines): readonly Timeline[] {
	const free = places.filter(place => !isElsewhere(place));
	const isLabel = ({kind, raw}: Place): boolean => kind === 'line' && /^\s*(?:\*\*|__)/.test(raw);
	const headed = marked(free.filter(({kind}) => kind === 'heading'));
	const fromZero = headed.filter(({mark}) => mark.kind === 'offset');
	const titles = [
		areDays(fromZero, free) ? [] : withZero(fromZero, free),
		outermost(headed.filter(({mark}) => mark.kind === 'clock')),
		marked(free.filter(isLabel)),
		places.flatMap(place => {
			const mark = place.kind === 'heading' || isStepLine(place) ? markOf(timeSaid(place, lines)) : null;
			return mark && !isElsewhere(place, true) ? [{place, mark}] : [];
		}),
	];
	const headings = titles.flatMap(runsOf);
	const lists = grouped(
		free.filter(({kind, parent}) => kind === 'item' && parent === null),
		({block}) => block,
	);
	const timed = lists.filter(list => marked(list).length > list.length / 2);
	const loose = grouped(
		free.filter(({kind, text}) => (kind === 'line' || kind === 'code') && !isRefused(withoutMark(text))),
		({section, kind, block}) => (kind === 'line' ? section : block),
	);
	const plain = grouped(
		free.filter(({kind, parent, isOrdered}) => kind === 'item' && parent === null && !isOrdered),
		({block}) => block,
	);
	const isPhase = ([first]: readonly Place[]): boolean =>
		first?.section.parent?.heading !== '' ||
		(topicOf(first.section.heading, false) === null && !isStep(first.section.heading));
	const below = [...Map.groupBy(plain.filter(isPhase), ([first]) => first?.section.parent ?? null).values()].flatMap(
		joined,
	);
	const bullets = [...plain, ...below].filter(([first, , third], _, all) => {
		// A document that is one list means its items.
		if (all.length === 1 && first && third && free.every(({kind}) => kind !== 'heading')) return true;
		const isBelow = first && below.some(([one]) => one === first);
		// "Freeze", "Migrate", "Validate", "Shift traffic" right below the title are the phases of one that is about the work.
		if (isBelow && first.section.parent?.heading === '')
			return below.some(([one, ...list]) => one === first && list.some(isOfProcess));
		const nearest = isBelow ? first.section.parent?.heading : first && topics(first)[0];
		return (
			third !== undefined && nearest !== undefined && saysOf(nearest, 'process') && topicOf(nearest, false) === null
		);
	});
	const found = [
		...headings.flatMap(run => fromMarks(40, run, lines) ?? []),
		...tablesOf(places, lines),
		...lists.flatMap(list => fromMarks(30, withZero(withDays(list), list), lines) ?? []),
		// Lists under one heading each, as tables: "Morning", "Afternoon".
		...joined(timed).flatMap(list => runsOf(marked(list)).flatMap(run => fromMarks(31, run, lines) ?? [])),
		...loose.flatMap(list =>
			runsOf(underDays(list)).flatMap(run => fromMarks(list[0]?.kind === 'code' ? 22 : 30, run, lines) ?? []),
		),
		...orders(places, lines),
		...bullets.map(items => inOrder(6, items, lines)),
	].map(one => prepared(one, free, lines));
	return found.filter(({score}) => score >= 16).toSorted((a, b) => b.score - a.score);
}

/** Steps without times, after headings that begin before T0: the days before the day. */
function prepared(timeline: Timeline, free: readonly Place[], lines: Lines): Timeline {
	const [first] = timeline.steps;
	if (!first || timeline.steps.some(({at}) => at !== null)) return timeline;
	const before = marked(free.filter(({kind, end}) => kind === 'heading' && end < first.place.line));
	const times = before.map(({mark}) => (mark.kind === 'offset' ? mark.seconds : 0));
	const isDaysBefore = times.length > 0 && times.every((time, index) => time < 0 && time >= (times[index - 1] ?? time));
	if (!isDaysBefore) return timeline;
	const steps = before.map(({place}, index) => ({
		place,
		title: place.text,
		at: times[index] ?? 0,
		isFromZero: true as const,
		takes: null,
		owner: ownerOf(place, lines),
	}));
	return {...timeline, steps: [...steps, ...timeline.steps], score: timeline.score + 4 * steps.length};
}
