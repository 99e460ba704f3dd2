// What the clocks of a time zone show at an instant: by a rule in POSIX's form, or else by the zones that V8 knows.
import {isPosixRule, posixOffset} from './posix-zone.ts';

const second = 1000;

/** A name, or an offset as `+01:00`: of what else Temporal would take as a zone, a time with one is none. */
const shape = /^(?:[A-Za-z][\w+/-]*|[+-]\d\d(?::?\d\d)?)$/;

/** Whether a zone is known: `Europe/Berlin`, `UTC`, `+01:00`, `CET-1CEST,M3.5.0,M10.5.0/3`. */
export function isZone(name: string): boolean {
	if (isPosixRule(name)) return true;
	try {
		return shape.test(name) && Number.isFinite(askedOffset(0, name));
	} catch {
		return false;
	}
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Ms that a zone is ahead of UTC, by zone and quarter of an hour: clocks change at no other instants. */
const offsets = new Map<string, number>();
const quarterMs = 900 * second;
const mostOffsets = 20_000;

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const fields = {
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	} as const;
	const made = new Intl.DateTimeFormat('en-CA', {timeZone: zone, hourCycle: 'h23', era: 'short', ...fields});
	formats.set(zone, made);
	return made;
}

/** By the calendar, which every Node has. */
export function calendarOffset(ms: number, zone: string): number {
	const parts = new Map(
		formatOf(zone)
			.formatToParts(ms)
			.map(({type, value}) => [type, value]),
	);
	const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
	const year = parts.get('era')?.startsWith('B') ? 1 - part('year') : part('year');
	const wallTime = new Date(0);
	wallTime.setUTCFullYear(year, part('month') - 1, part('day'));
	wallTime.setUTCHours(part('hour'), part('minute'), part('second'));
	return wallTime.getTime() - Math.floor(ms / second) * second;
}

/** Making a calendar takes as long as half a start of Node, so it is asked only where there is no Temporal (Node before 26). */
function askedOffset(ms: number, zone: string): number {
	if (globalThis.Temporal === undefined) return calendarOffset(ms, zone);
	return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
}

/** The machine's own zone, by name. */
export const ownZone = (): string =>
	globalThis.Temporal?.Now.timeZoneId() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';

/** Ms that the clocks of a zone, or the machine's own where it is null, are ahead of UTC at that instant. */
export function offsetIn(zone: string | null, ms: number): number {
	if (zone === 'UTC') return 0;
	if (zone === null) return -new Date(ms).getTimezoneOffset() * 60 * second;
	const key = `${zone} ${Math.floor(ms / quarterMs)}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	if (offsets.size > mostOffsets) offsets.clear();
	const found = posixOffset(zone, ms) ?? askedOffset(ms, zone);
	offsets.set(key, found);
	return found;
}
