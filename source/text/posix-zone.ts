/*
A TZ rule in POSIX's form, `CET-1CEST,M3.5.0,M10.5.0/3`: what its clocks show at any instant, calculated, because no calendar
of Node knows it.
*/

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;

/** First ms, in UTC as if it were the wall, of a change in that year; `time` in ms after midnight. */
type Change = {midnight(year: number): number; readonly time: number};

/** Ms ahead of UTC. */
type Rule = {readonly standard: number; readonly summer: number; readonly begins: Change; readonly ends: Change};

const name = '(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)';
const span = String.raw`[+-]?\d{1,3}(?::\d\d(?::\d\d)?)?`;
const shape = new RegExp(`^${name}(${span})${name}(${span})?(?:,([^,]+),([^,]+))?$`);

/** `-1:30` in ms. */
function spanIn(text: string): number {
	const [hours = '0', minutes = '0', seconds = '0'] = text.replace(/^[+-]/, '').split(':');
	const ms = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000;
	return text.startsWith('-') ? -ms : ms;
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

/** `M3.5.0`: the last Sunday of March. */
function weekdayOf(year: number, month: number, week: number, weekday: number): number {
	const first = Date.UTC(year, month - 1, 1);
	const last = Date.UTC(year, month, 0);
	const day = first + (((weekday - new Date(first).getUTCDay() + 7) % 7) + (week - 1) * 7) * dayMs;
	return day > last ? day - 7 * dayMs : day;
}

const between = (value: number, from: number, to: number): boolean => value >= from && value <= to;

/** `M3.5.0/2`, `J60` (29 February is never counted) or `59` (from 0 on); null where it is none of them. */
function changeIn(text: string): Change | null {
	const [, date = '', at = '2'] = new RegExp(`^([MJ]?[0-9.]+)(?:/(${span}))?$`).exec(text) ?? [];
	const time = spanIn(at);
	const [month = 0, week = 0, weekday = 0] = /^M(\d{1,2})\.(\d)\.(\d)$/.exec(date)?.slice(1).map(Number) ?? [];
	if (between(month, 1, 12) && between(week, 1, 5) && between(weekday, 0, 6))
		return {time, midnight: year => weekdayOf(year, month, week, weekday)};
	const [, julian, count = ''] = /^(J?)(\d{1,3})$/.exec(date) ?? [];
	const number = Number(count);
	if (count === '' || !between(number, julian === 'J' ? 1 : 0, 365)) return null;
	const counted = (year: number): number =>
		julian === 'J' ? number - 1 + (isLeap(year) && number >= 60 ? 1 : 0) : number;
	return {time, midnight: year => Date.UTC(year, 0, 1) + counted(year) * dayMs};
}

/** Where no rule is named, the system takes that of the United States. */
const usual = ['M3.2.0', 'M11.1.0'] as const;

function ruleIn(text: string): Rule | null {
	if (!/\d/.test(text)) return null;
	const [, offset = '', summerOffset, begin = usual[0], end = usual[1]] = shape.exec(text) ?? [];
	const [begins, ends] = [changeIn(begin), changeIn(end)];
	if (offset === '' || begins === null || ends === null) return null;
	const standard = 0 - spanIn(offset);
	const summer = summerOffset === undefined ? standard + hour : 0 - spanIn(summerOffset);
	return [standard, summer].every(ms => Math.abs(ms) <= 25 * hour) ? {standard, summer, begins, ends} : null;
}

const rules = new Map<string, Rule | null>();

function knownRule(text: string): Rule | null {
	const known = rules.get(text);
	if (known !== undefined) return known;
	const rule = ruleIn(text);
	rules.set(text, rule);
	return rule;
}

/** Whether it is such a rule, with summer time. */
export const isPosixRule = (text: string): boolean => knownRule(text) !== null;

/** Ms that its clocks are ahead of UTC at that instant; null where it is no such rule. South of the equator the year begins in summer. */
export function posixOffset(text: string, ms: number): number | null {
	const rule = knownRule(text);
	if (rule === null) return null;
	const {standard, summer, begins, ends} = rule;
	const year = new Date(ms + standard).getUTCFullYear();
	const from = begins.midnight(year) + begins.time - standard;
	const to = ends.midnight(year) + ends.time - summer;
	const isSummer = from < to ? ms >= from && ms < to : ms >= from || ms < to;
	return isSummer ? summer : standard;
}
