/* Tables of steps: with a column of times, or in an order of their own. */

import {dayAt} from '../parts/timeline/clock.ts';
import {durationOf} from '../parts/timeline/duration.ts';
import {unitNamed, unitSaid} from '../parts/timeline/row.ts';
import {dayIn, isLength, lengthIn, type Mark, markOf, weekdayOf, wholeHour} from './marks.ts';
import {goingOn, grouped, type Place} from './places.ts';
import {fromMarks, inOrder, isElsewhere, type Marked, type Timeline, topics, withNames, withZero} from './step.ts';
import type {Lines} from './step-owner.ts';
import {beginsWith, isOnly, rankIn, saysOf} from './topics.ts';

/** A column by its header, else by what most of its cells are. */
function columnOf(
	rows: readonly Place[],
	is: (cell: string, header?: string) => boolean,
	subject: 'time' | 'day' | null,
): number {
	const [first] = rows;
	if (!first) return -1;
	const share = (column: number): number =>
		rows.filter(({cells}) => is(cells[column] ?? '', first.header[column])).length / rows.length;
	const named =
		subject === null ? -1 : first.header.findIndex((header, column) => saysOf(header, subject) && share(column) >= 0.5);
	return named !== -1 ? named : first.header.findIndex((_, column) => share(column) >= 0.6);
}

/** What a row says, without the columns that count it, and those of who, when and how far it is: empty where that is all of it. */
export function rowSays({kind, header, cells, text}: Place): string {
	if (kind !== 'row') return '';
	const isBeside = (name = ''): boolean =>
		isOnly(name, 'owner') || isOnly(name, 'besides') || isOnly(name, 'takes') || isOnly(name, 'response');
	const isCount = (name = '', cell = ''): boolean =>
		isOnly(name, 'order') && /^\W*[A-Za-z]{0,3}\d[\d.]*\W*$/.test(cell);
	let from = 0;
	let to = cells.length;
	while (from < to && (isCount(header[from], cells[from]) || cells[from] === '' || header[from]?.trim() === '#'))
		from++;
	while (to > from + 1 && (isBeside(header[to - 1]) || cells[to - 1] === '')) to--;
	const said = cells
		.slice(from, to)
		.filter(cell => cell !== '')
		.join(' | ');
	return said !== text && text.includes(said) ? said : '';
}

const columnNamed = ({header}: Place, subject: 'action' | 'owner' | 'takes' | 'order'): number => {
	const isIt = (text: string): boolean => isOnly(text, subject) || (subject === 'takes' && isOnly(text, 'minutes'));
	const named = header.filter(text => isIt(text) && !(subject === 'action' && isOnly(text, 'order')));
	// Of "Team" and "Responsible", of "Phase" and "Task" the surer word.
	const [best] = named.toSorted((a, b) => rankIn(a, subject) - rankIn(b, subject));
	const only = best === undefined ? -1 : header.indexOf(best);
	const isBack = (text: string): boolean => saysOf(text, 'back') || saysOf(text, 'undo');
	return only !== -1 ? only : header.findIndex(text => saysOf(text, subject) && !isBack(text));
};

/** Rows that a row names as those it waits for, by what counts them: `2, 3`. */
function awaited({header, cells}: Place, rows: readonly Place[]): readonly Place[] {
	const cell = cells[header.findIndex(text => isOnly(text, 'depends'))] ?? '';
	const named = new Set(cell.split(/\s*[,;&+]\s*/));
	return rows.filter(row => named.has(row.cells[0] ?? ''));
}

/** Of numbers without one: by the header, else by what is said above the table. */
const unitOf = ({header, section}: Place, column: number): string =>
	unitNamed(header[column] ?? '') || unitSaid(section);

/** A number alone, in a unit that is said, counts from the begin. */
const elapsed = (cell: string, unit: string): Mark | null => {
	const seconds = unit !== '' && /^\d{1,4}(?:\.\d{1,2})?$/.test(cell) ? durationOf(`${cell} ${unit}`) : null;
	return seconds === null ? null : {kind: 'clock', seconds, days: null, weekday: null, later: 0};
};

/** How long a row takes; a number alone is in the unit that is said, else in minutes where it is whole. */
function takesOf(place: Place, column: number): number | null {
	const cell = place.cells[column] ?? '';
	const unit = unitOf(place, column) || (/^\d{1,3}$/.test(cell) ? 'min' : '');
	return lengthIn(cell) ?? elapsed(cell, unit)?.seconds ?? null;
}

function rowsOf(rows: readonly Place[]): readonly Marked[] {
	const said = unitSaid(rows[0]?.section ?? null);
	const whole = (cell: string, header = ''): string => (isOnly(header, 'hour') ? wholeHour(cell) : cell);
	const isTime = (cell: string, header?: string): boolean =>
		markOf(whole(cell, header)) !== null || elapsed(cell, said) !== null;
	const column = columnOf(rows, isTime, 'time');
	const day = columnOf(rows, cell => weekdayOf(cell) !== -1 || dayAt(cell)?.rest === '', 'day');
	let today: ReturnType<typeof dayIn> = null;
	let above: Mark | null = null;
	return rows.flatMap(place => {
		const cell = whole(place.cells[column] ?? '', place.header[column]);
		// A cell that goes on over several rows is empty in all but the first of them; what heads rows says nothing else.
		const others = place.cells.filter((text, at) => text !== '' && !isOnly(place.header[at] ?? '', 'order'));
		const isMerged = cell === '' && others.length > 1;
		const mark = isMerged ? above : (markOf(cell, unitOf(place, column)) ?? elapsed(cell, unitOf(place, column)));
		if (!mark) return [];
		above = mark;
		const said = place.cells[day] ?? '';
		const weekday = weekdayOf(said);
		today = weekday === -1 ? (dayIn(said) ?? today) : {days: null, weekday};
		return [{place, mark: mark.kind === 'clock' ? {...mark, ...today} : mark}];
	});
}

function rowSteps(timeline: Timeline): Timeline {
	const rows = timeline.steps.map(({place}) => place);
	/** Without a name that says so, by what its cells are: `Est.` */
	const lengths = columnOf(rows, (cell, header = '') => isLength(cell) && !saysOf(header, 'back'), null);
	return withNames({
		...timeline,
		steps: timeline.steps.map(step => {
			const {place} = step;
			const action = columnNamed(place, 'action');
			const owner = columnNamed(place, 'owner');
			const named = columnNamed(place, 'takes');
			const takes = named === -1 ? lengths : named;
			return {
				...step,
				title: place.cells[action] || place.text,
				owner: (owner === action ? null : place.cells[owner]) || null,
				takes: takes === -1 ? null : takesOf(place, takes),
				after: awaited(place, rows),
			};
		}),
	});
}

/** "If no-go: go home": what is done where the go/no-go says no is no step. */
export const isRefused = (text: string): boolean => beginsWith(text, 'if') && saysOf(text, 'refused');

/** "2" over "2-1" and "2-2", whose lengths it sums up. */
const headsOthers = ({cells: [number = '']}: Place, rows: readonly Place[]): boolean =>
	/^\d+$/.test(number) && rows.some(({cells}) => new RegExp(`^${number}[.-]\\d`).test(cells[0] ?? ''));

/** Tables of one header under one heading that go on where the last one ended are one. */
export function tablesOf(places: readonly Place[], lines: Lines): readonly Timeline[] {
	const tables = grouped(
		places.filter(({kind}) => kind === 'row'),
		({block}) => block,
	).filter(([first]) => first && !isElsewhere(first));
	const joined = goingOn(
		tables,
		(last, first) =>
			last.section.parent === first.section.parent &&
			last.section.parent !== null &&
			(last.header.join('|') === first.header.join('|') ||
				[last, first].every(({section}) => dayIn(section.heading) !== null)),
	);
	return joined.flatMap(rows => {
		const isOut = (cell: string): boolean => isOnly(cell, 'pause') || isRefused(cell);
		const kept = rows.filter(row => !row.cells.some(isOut) && !headsOthers(row, rows));
		const timed = grouped(kept, ({block}) => block).flatMap(table => withZero(rowsOf(table), table));
		const found = timed.length >= Math.max(2, kept.length / 2) ? fromMarks(35, timed, lines) : null;
		if (found) return [rowSteps(found)];
		const [first] = kept;
		const header = first?.header ?? [];
		if (!first || kept.length < 3 || columnNamed(first, 'action') === -1) return [];
		const isSteps = header.some(text => saysOf(text, 'takes') || saysOf(text, 'owner') || saysOf(text, 'time'));
		if (!isSteps && !kept.some(({text}) => saysOf(text, 'vote'))) return [];
		const isProcess = first !== undefined && topics(first).some(text => saysOf(text, 'process'));
		const isOrder = isProcess || header.some(text => isOnly(text, 'order') || /#\s*$/.test(text));
		const ordered = inOrder(18, kept, lines);
		// Their headings say when: they need no numbers.
		const isPlaced = ordered.steps.some(({at}) => at !== null);
		return isOrder || isPlaced ? [rowSteps({...ordered, score: ordered.score + (isPlaced ? 24 : 0)})] : [];
	});
}
