/*
A line of the journal and its place in the chain. The hash covers the hash before it and the line's own text without its
last member, so that `tail -n +N | head -1` and any sha256 can check it: no byte of a line can change unseen, not even in
its spaces. Events appended at once carry `batch`: what ends before the last of them was cut in between, and counts for nothing.
*/
import {hash as digest} from 'node:crypto';
import type {Entry, Fact} from '../cutover/ports.ts';
import type {Head} from '../cutover/store.ts';
import {json} from '../text/clean.ts';
import {parsed} from '../text/fields.ts';

/** Before the first entry. */
export const origin: Head = {seq: 0, hash: ''};

export const headOf = (entry: Entry): Head => ({seq: entry.seq, hash: entry.hash});

const close = (hash: string): string => `,"hash":"${hash}"}`;
const closeLength = close('0'.repeat(64)).length;

const chained = (previous: string, body: string): string => digest('sha256', previous + body);

/** The entry's line up to its hash, as a JSON document of its own. The keys always have this order. */
const bodyOf = ({seq, at, type, by, data, cause, batch, previous}: Omit<Entry, 'hash'>): string =>
	json({
		seq,
		at,
		type,
		by: {
			name: by.name,
			login: by.login,
			role: by.role,
			tty: by.tty,
			ssh: by.ssh,
			strength: by.strength,
			key: by.key,
			signed: by.signed,
			relay: by.relay,
			web: by.web,
			shown: by.shown,
		},
		data,
		cause,
		batch,
		previous,
	});

/** One line without its line feed, as `log --json` prints it. */
export const format = (entry: Entry): string => bodyOf(entry).slice(0, -1) + close(entry.hash);

function isEntry(value: unknown): value is Entry {
	if (typeof value !== 'object' || value === null) return false;
	const {seq, at, type, by, data, cause, previous, hash} = value as Readonly<Record<string, unknown>>;
	const texts = [at, type, cause, previous, hash].every(text => typeof text === 'string');
	return (
		texts &&
		Number.isSafeInteger(seq) &&
		typeof by === 'object' &&
		by !== null &&
		typeof data === 'object' &&
		data !== null
	);
}

function parse(line: string): Entry | null {
	const value = parsed(line);
	return isEntry(value) ? value : null;
}

/** The entry of a line whose own hash fits, at any place in the journal; else null. Its `type` may be one that only a newer version knows. */
export function read(line: string): Entry | null {
	const entry = parse(line);
	if (entry === null) return null;
	const body = `${line.slice(0, -closeLength)}}`;
	return line.endsWith(close(entry.hash)) && chained(entry.previous, body) === entry.hash ? entry : null;
}

/** Whether it comes right after that head. */
export const follows = (entry: Entry, {seq, hash}: Head): boolean => entry.seq === seq + 1 && entry.previous === hash;

function sealOne(fact: Fact, {seq, hash: previous}: Head, batch: Entry['batch']): Entry {
	const place = {seq: seq + 1, previous, ...(batch && {batch})};
	const body = bodyOf({...fact, ...place});
	// Read back, so that it is exactly what others will read.
	const entry = parse(body.slice(0, -1) + close(chained(previous, body)));
	if (entry === null) throw new TypeError(`Not an event that can be journaled: ${body}`);
	return entry;
}

/** Facts -> entries that follow `head`, one after the other. `complete`: adds what depends on the place in the chain. */
export function seal(
	head: Head,
	facts: readonly Fact[],
	complete: (fact: Fact, after: Head) => Fact = fact => fact,
): readonly Entry[] {
	const batch = facts.length > 1 ? {first: head.seq + 1, last: head.seq + facts.length} : undefined;
	const entries: Entry[] = [];
	let after = head;
	for (const fact of facts) {
		const entry = sealOne(complete(fact, after), after, batch);
		entries.push(entry);
		after = headOf(entry);
	}
	return entries;
}
