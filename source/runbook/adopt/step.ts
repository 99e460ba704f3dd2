/* One step of a timeline: where it is, when it begins, how long it takes, who does it. */

import type {Section} from '../document.ts';
import {marksZero} from '../parts/timeline/clock.ts';
import {saysStop} from './labels.ts';
import {
	asClock,
	dayIn,
	instantIn,
	isLength,
	laidOut,
	lengthBehind,
	lengthIn,
	lengthSaid,
	type Mark,
	markOf,
	spanIn,
	stretchIn,
} from './marks.ts';
import type {Place} from './places.ts';
import {bodyOf, bracketedOwner, cellsOf, type Lines, labelSaid, namesOf, ownerOf} from './step-owner.ts';
import {above, beginsWith, endsWith, isOnly, saysOf, topicOf} from './topics.ts';

export type Step = {
	readonly place: Place;
	/** What is done, without the time and the columns of others. */
	readonly title: string;
	/** Seconds: from T0, or from any moment where no step is T0. */
	readonly at: number | null;
	/** Its time counts from T0, among others that are times of day. */
	readonly isFromZero?: true;
	readonly takes: number | null;
	readonly owner: string | null;
	/** Those that it says it waits for. */
	readonly after?: readonly Place[];
	/** What is in it are gates, and no work of its own. */
	readonly holdsGates?: true;
};

export type Timeline = {
	readonly steps: readonly Step[];
	/** Whether the times count from T0. */
	readonly isAnchored: boolean;
	readonly score: number;
};

export const topics = (place: Place): readonly string[] => above(place).map(({text}) => text);

/** Parts about something else hold no timeline: rollback, sign-offs, contacts, messages. `isTimed`: its own label says when. */
export function isElsewhere(place: Place, isTimed = false): boolean {
	const own = place.kind === 'heading' ? [place.text] : [];
	const texts = [...own, ...topics(place)];
	return texts.some((text, index) => {
		if (saysOf(text, 'never') && !isStep(text)) return index >= own.length || !markOf(text);
		// "Phase 5: Backout" is none of the phases that are gone through.
		if (markOf(text) || isStep(text) || (isTimed && index === 0))
			return index < own.length && topicOf(text, false) === 'rollback';
		// "Approval to continue" is a step of a procedure, "Approvals" is none.
		if (
			index < own.length &&
			saysOf(text, 'decide') &&
			!isOnly(text, 'sign') &&
			topics(place).some(one => saysOf(one, 'process'))
		)
			return false;
		const about = topicOf(
			text,
			texts.slice(index + 1).some(one => saysOf(one, 'back')),
		);
		return (
			about === 'triggers' ||
			about === 'rollback' ||
			about === 'signOffs' ||
			(about === 'none' && !saysOf(text, 'process'))
		);
	});
}

export const isStep = (text: string): boolean => {
	const line = text.replace(/^[^\p{L}\p{N}]+/u, '');
	return beginsWith(line, 'step') && /^[\p{L}]+(?: [\p{L}]+)?[\s#.-]*\d{1,3}(?!\d)/u.test(line);
};

/** `When: T-45` among the lines under a heading. */
export function timeSaid({line, end}: Place, lines: Lines): string {
	const body = lines.slice(line, Math.min(end, line + 8));
	const next = body.findIndex(text => text.startsWith('#'));
	const own = next === -1 ? body : body.slice(0, next);
	const text = own.find(one => labelSaid(one, 'time') !== null) ?? '';
	// With the mark in brackets behind it: `When: 21:00 (T0)`.
	return text.slice(text.indexOf(labelSaid(text, 'time') ?? ''));
}

/**
`Go/no-go (DBA, Network)` beside `Load (DBA)` and `Route (Network)`: several in brackets, each of whom does a step by himself; behind a
heading what surely is a role.
*/
function withBrackets(steps: readonly Step[]): readonly Step[] {
	const known = new Set(steps.flatMap(({owner}) => owner?.toLowerCase() ?? []));
	return steps.map(step => {
		if (step.owner !== null) return step;
		const role = bracketedOwner(step.place.text);
		if (role !== null && endsWith(role, 'roleEnd')) return {...step, owner: role};
		const [, inside = ''] = /[([]([^()[\]]{2,80})[)\]]\s*$/.exec(step.place.text) ?? [];
		const names = inside.split(/\s*[,;+&/]\s*/);
		return names.every(name => known.has(name.toLowerCase())) ? {...step, owner: names.join(', ')} : step;
	});
}

export function withNames(timeline: Timeline): Timeline {
	const {steps} = timeline;
	if (steps.some(({owner}) => owner !== null)) return {...timeline, steps: withBrackets(steps)};
	const titles = steps.map(({place, title}) => ({...place, text: title, raw: title}));
	const named = namesOf(steps.map(({place}) => place)) ?? namesOf(titles);
	return {
		...timeline,
		steps: named ? steps.map((step, index) => ({...step, owner: named[index] ?? null})) : withBrackets(steps),
	};
}

/** What the items or rows of a phase come to, of those that say how long they take. */
function sumOf(place: Place, lines: Lines): number | null {
	const lengthsIn = (line: string): number | null =>
		line.startsWith('|') ? lengthIn(cellsOf(line).find(isLength) ?? '') : lengthBehind(line.trim());
	const parts = bodyOf(place, lines).filter(line => /^(?:[-*+]|\d{1,2}[.)])\s|^\|/.test(line));
	const lengths = place.kind === 'heading' ? parts.flatMap(line => lengthsIn(line) ?? []) : [];
	return lengths.length === 0 ? null : lengths.reduce((sum, one) => sum + one, 0);
}

const lengthOf = (place: Place, lines: Lines): number | null =>
	lengthSaid(place.text) ??
	bodyOf(place, lines)
		.slice(0, 8)
		.filter(line => saysOf(line, 'takes'))
		.map(lengthSaid)
		.find(one => one !== null) ??
	sumOf(place, lines) ??
	bodyOf(place, lines)
		.map(line => (/^\s+[-*+]|^\s+\d/.test(line) ? lengthSaid(line) : null))
		.reduce<number | null>((most, one) => (one === null ? most : Math.max(most ?? 0, one)), null);

const score = (base: number, places: readonly Place[], isAnchored: boolean): number =>
	base +
	Math.min(20, places.length * 2) +
	(isAnchored ? 30 : 0) +
	(places.some(one => topics(one).some(text => saysOf(text, 'process'))) ? 8 : 0) +
	(places.some(({text}) => saysOf(text, 'vote')) ? 6 : 0) +
	(places.some(({text}) => saysOf(text, 'zero')) ? 4 : 0) +
	Math.min(8, places.filter(({end, line}) => end > line).length);

export type Marked = {readonly place: Place; readonly mark: Mark};

/** Headings of the same level. */
export const isBeside = (one: Section, other: Section): boolean => one.level === other.level;

/** Between "1 hour before" and "30 minutes after" is T0, where only one heading, item or row beside them has no time: "Launch". */
export function withZero(found: readonly Marked[], all: readonly Place[]): readonly Marked[] {
	const seconds = found.map(({mark}) => (mark.kind === 'offset' ? mark.seconds : 0));
	const [last, next] = [found[seconds.findLastIndex(one => one < 0)], found[seconds.findIndex(one => one > 0)]];
	if (!last || !next || seconds.includes(0)) return found;
	const [zero, ...others] = all.filter(
		({kind, line, section}) =>
			kind === last.place.kind &&
			line > last.place.line &&
			line < next.place.line &&
			isBeside(section, last.place.section),
	);
	if (!zero || others.length > 0) return found;
	const isInside = ({line, kind}: Place): boolean => kind !== 'heading' && line > zero.line && line <= zero.end;
	if (all.some(place => isInside(place) && markOf(place.text) !== null)) return found;
	return [...found, {place: zero, mark: {kind: 'offset' as const, seconds: 0}}].toSorted(
		(a, b) => a.place.line - b.place.line,
	);
}

/** A time of day without a day is of the day that the nearest heading names; later ones under that heading may be past midnight. */
function onItsDay({place, mark}: Marked, index: number, all: readonly Marked[]): Mark {
	if (mark.kind === 'offset' || mark.days !== null || mark.weekday !== null) return mark;
	const dayOf = (one = place): string => topics(one).find(text => dayIn(text) !== null) ?? '';
	const day = index > 0 && dayOf(all[index - 1]?.place) === dayOf() ? null : dayIn(dayOf());
	return day ? {...mark, days: day.days, weekday: day.weekday} : mark;
}

export function fromMarks(base: number, found: readonly Marked[], lines: Lines): Timeline | null {
	if (found.length < 2) return null;
	const isMixed = found.some(({mark}) => mark.kind === 'clock');
	const marks = isMixed ? found.map(({place, mark}) => ({place, mark: asClock(mark)})) : found;
	const at = laidOut(marks.map(onItsDay));
	const zeros = found.flatMap(({mark}, index) => (mark.kind === 'offset' && mark.seconds === 0 ? [index] : []));
	const marked = zeros.length > 0 ? zeros : found.flatMap(({place}, index) => (marksZero(place.text) ? [index] : []));
	const zero = isMixed && marked.length === 1 ? (marked[0] ?? -1) : -1;
	/** Seconds of the day that T0 is at, where it is one of the times of day. */
	const from = marks[zero]?.mark.kind === 'clock' ? (at[zero] ?? 0) : 0;
	const isAnchored = zeros.length > 0 || marks[zero]?.mark.kind === 'clock';
	const places = found.map(({place}) => place);
	const steps = marks.map(
		({place, mark}, index): Step => ({
			place,
			title: place.text,
			at: (at[index] ?? 0) - (mark.kind === 'clock' ? from : 0),
			...(isMixed && mark.kind === 'offset' ? {isFromZero: true} : {}),
			takes: spanIn(place.text),
			owner: ownerOf(place, lines),
		}),
	);
	return withNames({
		steps: steps.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)),
		isAnchored,
		score: score(base, places, isAnchored) - (isAnchored ? 0 : found.some(({mark}) => mark.kind === 'clock') ? 6 : 20),
	});
}

/** Brackets that begin at 0 and go on from step to step say when, and not how long. */
function stretchesOf(places: readonly Place[]): ReadonlyMap<Place, NonNullable<ReturnType<typeof stretchIn>>> {
	const found = places.map(({text}) => stretchIn(text));
	const goesOn = found.every(
		(one, index) => one && (one.to ?? Infinity) > one.from && one.from > (found[index - 1]?.from ?? -1),
	);
	const isWhole = goesOn && found.length > 1 && found[0]?.from === 0;
	return new Map(
		isWhole ? places.flatMap((place, index) => (found[index] ? [[place, found[index]] as const] : [])) : [],
	);
}

/** "4. Rollback", with its steps under it. */
export function headsPart({kind, text, line, end}: Place): boolean {
	const about = topicOf(text, false);
	return kind === 'item' && end > line && (about === 'triggers' || (about === 'rollback' && beginsWith(text, 'back')));
}

type Begin = Pick<Step, 'at' | 'isFromZero'>;

/** When the first of those under each heading begins, by the headings that say when; none where that is not in their order. */
function beginsOf(places: readonly Place[]): ReadonlyMap<Place, Begin> {
	let line = 0;
	const found = places.flatMap((place): readonly Marked[] => {
		const own = place.kind === 'heading' || place.kind === 'line' ? [{text: place.text, line: place.line}] : [];
		// The label before it leads to no other label.
		const outer = above(place).filter(({line: at}) => at !== place.line);
		const [said] = [...own, ...outer].filter(({text}) => instantIn(text) !== null);
		const mark = said && said.line !== line ? instantIn(said.text) : null;
		line = said?.line ?? 0;
		return mark ? [{place, mark}] : [];
	});
	const at = laidOut(found.map(({mark}) => mark));
	const isOrdered = at.every((seconds, index) => index === 0 || seconds >= (at[index - 1] ?? seconds));
	if (found.length < 2 || !isOrdered) return new Map();
	return new Map(
		found.map(({place, mark}, index) => [
			place,
			{at: at[index] ?? 0, ...(mark.kind === 'offset' ? {isFromZero: true} : {})},
		]),
	);
}

export function inOrder(base: number, given: readonly Place[], lines: Lines): Timeline {
	const places = given.filter(place => !saysStop(place.text) && !headsPart(place));
	const stretches = stretchesOf(places);
	const begins = beginsOf(places);
	return withNames({
		steps: places.map(place => {
			const stretch = stretches.get(place);
			return {
				place,
				title: place.text,
				at: stretch?.from ?? null,
				...begins.get(place),
				takes: stretch ? stretch.to && stretch.to - stretch.from : lengthOf(place, lines),
				owner: ownerOf(place, lines),
			};
		}),
		isAnchored: false,
		score: score(base, places, false),
	});
}
