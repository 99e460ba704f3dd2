// Instants and durations as text, both ways. An instant is a number, milliseconds since the epoch: it compares, subtracts
// and survives JSON, and only here does it meet a calendar. Nothing here reads the clock: the caller says what time it is.
// A day or hour that does not exist rolls over in a Date, so what was read must also read back the same.
import {addDays} from 'date-fns/addDays';
import {addHours} from 'date-fns/addHours';
import {addMinutes} from 'date-fns/addMinutes';
import {format} from 'date-fns/format';
import {set} from 'date-fns/set';

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
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `2031-03-08T21:00:00.000Z`: UTC with milliseconds, for journal and JSON. Throws RangeError when `ms` is no instant. */
export const stamp = (ms: number): string => new Date(ms).toISOString();

/** `21:47:19` in the local zone. */
export const wall = (ms: number): string => format(ms, 'HH:mm:ss');

/** `21:47` in the local zone. */
export const wallShort = (ms: number): string => format(ms, 'HH:mm');

/** `22:00:00`, with its date in front where that is not today's. */
export const wallOn = (ms: number, today: number): string =>
	day(ms) === day(today) ? wall(ms) : `${day(ms)} ${wall(ms)}`;

/** `+01:00`: the local zone's offset at that instant. */
export const zone = (ms: number): string => format(ms, 'xxx');

/** `2031-03-08` in the local zone. */
export const day = (ms: number): string => format(ms, 'yyyy-MM-dd');

/** `2031-03-08T22:00:00+01:00`: RFC 3339 with the local offset, whole seconds. */
export const local = (ms: number): string => format(ms, "yyyy-MM-dd'T'HH:mm:ssxxx");

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

/**
 * The first instant after `now` whose local wall clock reads exactly this. On the night the clocks go back a time comes
 * twice, and on the night they go forward one does not come at all: that one is tomorrow's.
 */
function nextAt(hours: number, minutes: number, seconds: number, now: number): number | null {
	const asked = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
	for (const days of [0, 1, 2, 3]) {
		const first = set(addDays(now, days), {hours, minutes, seconds, milliseconds: 0});
		const repeated = addHours(first, 12).getTimezoneOffset() - addHours(first, -12).getTimezoneOffset();
		for (const again of [0, repeated]) {
			const ms = addMinutes(first, again).getTime();
			if (ms > now && wall(ms) === asked) return ms;
		}
	}
	return null;
}

/** WHEN -> ms since the epoch: RFC 3339, `HH:MM[:SS]` (the next one in local time, after `now`) or `+DURATION` from `now`; null when it is none of them. */
export function parseWhen(text: string, now: number): number | null {
	const time = timeOfDay.exec(text);
	if (time) return nextAt(Number(time[1]), Number(time[2]), Number(time[3] ?? 0), now);
	if (!text.startsWith('+')) return parseInstant(text);
	const ms = parseDuration(text.slice(1));
	return ms === null || Number.isNaN(new Date(now + ms).getTime()) ? null : now + ms;
}
