/*
Reads on from where it ended, without the lock. Each time it checks the newest append again too: a writer whose disk failed
takes back what it wrote, and others may have read that already. More than this one append never goes; where entries are
missing that was confirmed, somebody took them away, and nothing goes on.
*/
import {constants} from 'node:fs';
import {type Entry, StoreFault} from '../cutover/ports.ts';
import type {Head} from '../cutover/store.ts';
import {ifExists} from '../disk/fault.ts';
import {readFrom, withFile} from '../disk/file.ts';
import {guarded} from './fault.ts';
import {brokenFault, type Mark, type Scan, scan, start} from './scan.ts';

/** A line that is taken back and written anew while it is read looks damaged for a moment. */
const tries = 3;

/** How far was read: `end` is behind the newest append, `before` in front of it. */
type Place = {readonly before: Mark; readonly end: Mark};

export type Reader = {
	/** Entries behind `after`; where that one was taken back, all there are. */
	read(after: Head): readonly Entry[];
	/** Where to read on for one who knows `head`. */
	placeOf(head: Head): Mark;
	/** This process appended up to here, and it was acknowledged. */
	stored(place: Place): void;
};

const same = (one: Head, other: Head): boolean => one.seq === other.seq && one.hash === other.hash;

const holds = ({entries}: Scan, from: Mark, head: Head): boolean =>
	head.seq === from.head.seq ? same(head, from.head) : entries[head.seq - from.head.seq - 1]?.hash === head.hash;

const goneFault = (path: string, {seq}: Head): StoreFault =>
	new StoreFault(
		'gone',
		`The journal is gone: ${path} is not there any more (${seq} entries were read from it).`,
		'Bring the folder of the cutover back to its place, whole.',
	);

const shorterFault = (path: string, {seq}: Head, found: number): StoreFault =>
	new StoreFault(
		'broken',
		`Entries of the journal are missing: ${path} ends at entry ${found}, ${seq} were recorded.`,
		'Bring journal.ndjson back as it was; nothing is recorded until then.',
	);

export function openReader(path: string): Reader {
	let place: Place = {before: start, end: start};
	let firm: Head = start.head;

	const scanFrom = (from: Mark): Scan | null =>
		guarded('The journal cannot be read', path, () =>
			ifExists(() => withFile(path, constants.O_RDONLY, fd => scan(readFrom(fd, from.offset), from))),
		);

	/** All of it, checked from the first byte. */
	const whole = (after: Head): Scan | null => {
		for (let left = tries; ; left--) {
			const found = scanFrom(start);
			if (found === null && Math.max(after.seq, place.end.head.seq) > 0) throw goneFault(path, after);
			if (found === null || found.damaged === null) return found;
			if (left === 1) throw brokenFault(found.damaged, path);
		}
	};

	return {
		read(after) {
			const {before, end} = place;
			const near = same(after, end.head) || same(after, before.head);
			const next = near && after.seq > 0 ? scanFrom(before) : null;
			if (next !== null && next.damaged === null && holds(next, before, after)) {
				place = next;
				return next.entries.slice(after.seq - before.head.seq);
			}
			const all = whole(after);
			if (all === null) return [];
			for (const head of [before.head, firm])
				if (!holds(all, start, head)) throw shorterFault(path, head, all.end.head.seq);
			place = all;
			return holds(all, start, after) ? all.entries.slice(after.seq) : all.entries;
		},
		placeOf: head => (same(head, place.end.head) ? place.before : start),
		stored(reached) {
			place = reached;
			firm = reached.end.head;
		},
	};
}
