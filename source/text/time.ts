// Instants and durations as text, both ways. An instant is a number, milliseconds since the epoch: it compares, subtracts
// and survives JSON, and only here does it meet a calendar. Nothing here reads the clock: the caller says what time it is.
// A day or hour that does not exist rolls over in a Date, so what was read must also read back the same.

import {addDays} from 'date-fns/addDays';
import {counted} from './counted.ts';
import {offsetIn, ownZone} from './zone-offset.ts';

const second = 1000;
const units = [
	{name: 'd', ms: 86_400 * second},
	{name: 'h', ms: 3600 * second},
	{name: 'm', ms: 60 * second},
	{name: 's', ms: second},
	{name: 'ms', ms: 1},
] as const;

const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const duration = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;
const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

const two = (n: number) => String(n).padStart(2, '0');

/** RFC 3339 with offset -> ms since the epoch; null for anything else, a 30th of February included. Below a millisecond is cut off. */
export function parseInstant(text: string): number | null {
	const found = rfc3339.exec(text);
	if (!found) return null;
	const [, date, time, fraction = '', sign, hours = '0', minutes = '0'] = found;
	const asUtc = `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
	const ms = new Date(asUtc).getTime();
	if (Number.isNaN(ms) || stamp(ms) !== asUtc) return null;
	const offset = (Number(hours) * 60 + Number(minutes)) * 60 * second;
	return sign === '-' ? ms + offset : ms - offset;
}

/** RFC 3339 with offset -> ms since the epoch. Throws RangeError where `parseInstant` says null. */
export function instant(text: string): number {
	const ms = parseInstant(text);
	if (ms === null) throw new RangeError(`Not an RFC 3339 time with offset: ${JSON.stringify(text)}`);
	return ms;
}

/** `Sat, 08 Mar 2031 21:00:00 GMT`, as HTTP's Date header has it -> ms since the epoch; null for anything else. */
export function parseHttpDate(text: string): number | null {
	const ms = httpDate.test(text) ? new Date(text).getTime() : Number.NaN;
	return Number.isNaN(ms) || new Date(ms).toUTCString() !== text ? null : ms;
}

/** `Nov 28 23:59:59 2026 GMT`, as certificates are printed -> ms since the epoch; null for anything else. */
export function parseCertificateTime(text: string): number | null {
	const ms = /^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4} GMT$/.test(text) ? new Date(text).getTime() : Number.NaN;
	return Number.isNaN(ms) ? null : ms;
}

/** `2 days`, `1 hour`, `12 minutes`: a duration in ms in its largest unit, rounded down. */
export function roughly(ms: number): string {
	const minutesAll = Math.floor(Math.abs(ms) / (60 * second));
	const [count, unit] =
		minutesAll >= 1440
			? [Math.floor(minutesAll / 1440), 'day']
			: minutesAll >= 60
				? [Math.floor(minutesAll / 60), 'hour']
				: [minutesAll, 'minute'];
	return counted(count, unit);
}

/** `2031-03-08T21:00:00.000Z`: UTC with milliseconds, for journal and JSON. Throws RangeError when `ms` is no instant. */
export const stamp = (ms: number): string => new Date(ms).toISOString();

/** Null: the machine's own. `withOffset`: the clocks change around the time that matters, so every time says its own. */
type Shown = {readonly zone: string | null; readonly withOffset: boolean; readonly doubt: string | null};
let shown: Shown = {zone: null, withOffset: false, doubt: null};

const offsetAt = (ms: number): number => offsetIn(shown.zone, ms);

const aroundMs = 36 * 3600 * second;

/**
Shows all times in this zone from now on, or in the machine's own where it is null. Where its clocks change within a day and
a half of `around`, every time says its offset: 01:30 may come twice. `doubt`: why the zone is a guess.
*/
export function showTimesIn(zone: string | null, around: number | null, doubt: string | null = null): void {
	const withOffset = around !== null && offsetIn(zone, around - aroundMs) !== offsetIn(zone, around + aroundMs);
	shown = {zone, withOffset, doubt};
}

/** The zone that times are shown in. */
export const zoneShown = (): string => shown.zone ?? ownZone();

const localIso = (ms: number): string => new Date(ms + offsetAt(ms)).toISOString();

/** Seconds since the epoch that the zone's clocks show: a board asks for some two thousand times of day each second. */
const localSeconds = (ms: number): number => Math.floor((ms + offsetAt(ms)) / second);
const daySeconds = 86_400;
const dayNumber = (ms: number): number => Math.floor(localSeconds(ms) / daySeconds);

function timeIn(ms: number): string {
	const seconds = localSeconds(ms) % daySeconds;
	const {h, m, s} = parts(seconds < 0 ? seconds + daySeconds : seconds);
	return `${two(h)}:${two(m)}:${two(s)}`;
}

/** `+01:00`: the zone's offset at that instant. */
export const zone = (ms: number): string => offsetText(offsetAt(ms));

function offsetText(aheadMs: number): string {
	const ahead = Math.round(aheadMs / (60 * second));
	return `${ahead < 0 ? '-' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
}

/** `15:18 -05:00`: the time of day in another zone; null where its clocks show the same. */
export function wallIn(ms: number, zone: string): string | null {
	const ahead = offsetIn(zone, ms);
	if (ahead === offsetAt(ms)) return null;
	return `${new Date(ms + ahead).toISOString().slice(11, 16)} ${offsetText(ahead)}`;
}

const mayOffset = (ms: number): string => (shown.withOffset ? zone(ms) : '');

/** `2031-03-08`. */
export const day = (ms: number): string => localIso(ms).slice(0, -14);

let today: (() => number) | null = null;

/** From now on a time of another day than `now`'s is shown with its day, everywhere; null: no time is. Answers with what was said before. */
export function showDaysBeside(now: (() => number) | null): (() => number) | null {
	const before = today;
	today = now;
	return before;
}

const dayBefore = (ms: number, now: number | undefined): string =>
	now === undefined || dayNumber(ms) === dayNumber(now) ? '' : `${day(ms).slice(-5)} `;

/** As `wall`, with the day before it where that is another than `now`'s: `03-09 21:47:19`. */
export const wallOn = (ms: number, now: number | undefined): string =>
	`${dayBefore(ms, now)}${timeIn(ms)}${mayOffset(ms)}`;

/** As `wallShort`, with the day before it where that is another than `now`'s. */
export const wallShortOn = (ms: number, now: number | undefined): string =>
	`${dayBefore(ms, now)}${timeIn(ms).slice(0, 5)}${mayOffset(ms)}`;

/** `21:47:19`; `03-09 21:47:19` on another day; `21:47:19+01:00` on the day that the clocks change. */
export const wall = (ms: number): string => wallOn(ms, today?.());

/** `21:47`; `03-09 21:47` on another day; `21:47+01:00` on the day that the clocks change. */
export const wallShort = (ms: number): string => wallShortOn(ms, today?.());

/** `21:47:19 +01:00`: what the clocks show now. */
export const wallAndZone = (ms: number): string => `${timeIn(ms)} ${zone(ms)}`;

/** Columns that the `wall` of each of these takes; of a time of today without any. */
export const wallWidth = (...times: readonly (number | null)[]): number =>
	Math.max(shown.withOffset ? 14 : 8, ...times.map(ms => (ms === null ? 0 : wall(ms).length)));

/** `2031-03-08T22:00:00+01:00`: RFC 3339 with its offset, whole seconds. */
export const local = (ms: number): string => `${localIso(ms).slice(0, -5)}${zone(ms)}`;

/**
 * Floor before the sign goes: what is still to come rounds up and what has passed rounds down, so that a clock that runs
 * from before zero to after it shows each second for one second, zero too.
 */
const wholeSeconds = (ms: number) => Math.abs(Math.floor(ms / second));

function parts(seconds: number) {
	return {h: Math.floor(seconds / 3600), m: Math.floor(seconds / 60) % 60, s: seconds % 60};
}

/** `00:12:41`: hh:mm:ss of a duration in ms, without its sign; hours go on beyond 99. */
export function clock(ms: number): string {
	const {h, m, s} = parts(wholeSeconds(ms));
	return `${two(h)}:${two(m)}:${two(s)}`;
}

const short = (seconds: number) => {
	const {h, m, s} = parts(seconds);
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
};

/** `02:15`: mm:ss of a duration in ms, without its sign; `1:02:15` from an hour on. */
export const minutes = (ms: number): string => short(wholeSeconds(ms));

/** `+00:42` late, `-01:05` early, empty below a second; `ms` is real minus planned. */
export function slip(ms: number): string {
	const seconds = Math.trunc(ms / second);
	if (seconds === 0) return '';
	return (seconds > 0 ? '+' : '-') + short(Math.abs(seconds));
}

/** `500ms`, `90s`, `10m`, `1h30m`, `2d` -> ms. Zero (`0s`) is a duration; a sign, a missing unit or anything else is null. */
export function parseDuration(text: string): number | null {
	const found = duration.exec(text);
	if (!found || text === '') return null;
	const ms = units.reduce((sum, unit, index) => sum + Number(found[index + 1] ?? 0) * unit.ms, 0);
	return Number.isSafeInteger(ms) ? ms : null;
}

/** Seconds -> `10m`, `1h30m`, `2d`, `500ms`, `0s`: what `parseDuration` reads, with `-` before it when negative. */
export function durationText(seconds: number): string {
	let rest = Math.round(Math.abs(seconds) * second);
	if (rest === 0) return '0s';
	let text = seconds < 0 ? '-' : '';
	for (const unit of units) {
		const count = Math.floor(rest / unit.ms);
		if (count > 0) text += `${count}${unit.name}`;
		rest -= count * unit.ms;
	}
	return text;
}

/** Instants after `now`, in order, at which clocks of the zone show this time of day: on such a day twice or not at all. */
function comesAt([, hours = '', minutes = '', seconds = '00']: readonly string[], now: number): readonly number[] {
	const asked = `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
	const found = [-1, 0, 1, 2, 3].flatMap(days => {
		const midday = addDays(new Date(`${day(now)}T12:00:00Z`), days).getTime();
		const asUtc = Date.parse(`${new Date(midday).toISOString().slice(0, 10)}T${asked}Z`);
		return [-1, 1].map(side => asUtc - offsetAt(asUtc + side * 86_400 * second));
	});
	return [...new Set(found)].filter(ms => ms > now && timeIn(ms) === asked).toSorted((a, b) => a - b);
}

/** Why a time of day cannot be placed without asking: it comes twice, or not at all; null where it can. */
export function doubtOf(text: string, now: number): string | null {
	const time = timeOfDay.exec(text);
	if (time && shown.doubt !== null) return `${shown.doubt}: write ${text} with its date and offset.`;
	const [first, second_] = time ? comesAt(time, now) : [];
	if (first === undefined) return null;
	if (second_ !== undefined && second_ - first < aroundMs / 3)
		return `${text} comes twice on ${day(first)}: write ${local(first)} or ${local(second_)}.`;
	const [, hours = '', minutes = '', seconds = '00'] = time ?? [];
	const isToday = `${hours.padStart(2, '0')}:${minutes}:${seconds}` > timeIn(now);
	const expected = addDays(new Date(`${day(now)}T12:00:00Z`), isToday ? 0 : 1)
		.toISOString()
		.slice(0, 10);
	return day(first) <= expected
		? null
		: `${text} does not come on ${expected}, when the clocks go forward: write another time, or ${local(first)}.`;
}

/** WHEN -> ms since the epoch: RFC 3339, `HH:MM[:SS]` (the next one in the zone shown, after `now`) or `+DURATION` from `now`, at a whole second, as it is shown; null when it is none of them. */
export function parseWhen(text: string, now: number): number | null {
	const time = timeOfDay.exec(text);
	if (time) return comesAt(time, now)[0] ?? null;
	if (!text.startsWith('+')) return parseInstant(text);
	const ms = parseDuration(text.slice(1));
	return ms === null || Number.isNaN(new Date(now + ms).getTime()) ? null : Math.ceil((now + ms) / 1000) * 1000;
}

export const stampOrNull = (ms: number | null): string | null => (ms === null ? null : stamp(ms));

/** Seconds of a duration that was checked, `1h30m`; null of none. */
export const secondsIn = (duration: string | undefined): number | null =>
	duration === undefined ? null : (parseDuration(duration) ?? 0) / 1000;
