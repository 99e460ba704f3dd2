/*
The stages as a calendar (RFC 5545), one event each. An event keeps its UID when T0 moves, and its SEQUENCE grows: calendars that
took an earlier one move it.
*/
import {stamp} from '../../text/time.ts';
import type {State} from '../model/state.ts';
import type {Snapshot} from './snapshot.ts';
import type {StageSnapshot} from './stages.ts';

/** `20310308T210000Z`. */
const time = (ms: number): string => stamp(ms).replaceAll(/[-:]|\.\d+/g, '');

const escaped = (text: string): string =>
	text
		.replaceAll(/[\\;,]/g, '\\$&')
		.replaceAll(/\r?\n/g, '\\n')
		.replaceAll(/\p{Cc}/gu, ' ');

const mostBytes = 75;

/** A line of at most 75 bytes, continued on lines that begin with a space; no character is split. */
function folded(line: string): string {
	const parts: string[] = [''];
	for (const character of line) {
		const last = parts.at(-1) ?? '';
		if (Buffer.byteLength(last + character) > mostBytes) parts.push(` ${character}`);
		else parts[parts.length - 1] = last + character;
	}
	return parts.join('\r\n');
}

/** A stage lasts until the next one begins, and an hour at most; the last of them a quarter of an hour. */
function endOf(stages: readonly StageSnapshot[], {planned}: StageSnapshot): number {
	const next = stages.map(stage => stage.planned).filter(each => each > planned);
	return next.length === 0 ? planned + 900_000 : Math.min(Math.min(...next), planned + 3_600_000);
}

/** A rehearsal is said in every title. Ends in a line break. */
export function calendarOf(
	snapshot: Snapshot,
	{rehearsal, abandoned, t0Started}: Pick<State, 'rehearsal' | 'abandoned' | 't0Started'>,
): string {
	const {id, title, ticket, environment, stages, count, now} = snapshot;
	const off = abandoned === null ? [] : ['STATUS:CANCELLED'];
	// The start of T0 moves what is planned after it.
	const sequence = count - 1 + (t0Started === null ? 0 : 1) + off.length;
	const about = [ticket, environment, title].filter(text => text !== null).join(' · ');
	const events = stages.flatMap(stage => [
		'BEGIN:VEVENT',
		`UID:${escaped(`${stage.id}.${id}`)}@cutover-tui`,
		`SEQUENCE:${sequence}`,
		`DTSTAMP:${time(now)}`,
		`DTSTART:${time(stage.planned)}`,
		`DTEND:${time(endOf(stages, stage))}`,
		`SUMMARY:${escaped(`${rehearsal === null ? '' : 'REHEARSAL: '}${stage.id} ${stage.action}`)}`,
		`DESCRIPTION:${escaped([about, stage.owners.join(', ')].filter(text => text !== '').join('\n'))}`,
		...off,
		'END:VEVENT',
	]);
	const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//cutover-tui//EN', 'METHOD:PUBLISH', ...events];
	return [...lines, 'END:VCALENDAR'].map(line => `${folded(line)}\r\n`).join('');
}
