/*
What was sent to each target of `notify`, and what is being sent: kept in a file, so that the next watcher goes on. A message that was
being sent when a watcher was lost is sent again, the same with the same id.
*/
import {join} from 'node:path';
import {type NotifyTarget, notifyTargetText} from '../cutover/model/notify.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {ifPossible} from '../disk/fault.ts';
import {traceOf} from '../disk/file.ts';
import type {Message} from '../notifications/channel.ts';
import {fieldsOf, numberOf} from '../text/fields.ts';

/** A message on its way. `seq`, `names`: what is reported once it is over; `since`: when it was first tried, ms. */
export type Sending = {
	readonly message: Message;
	readonly seq: number;
	readonly names: readonly string[];
	readonly since: number;
};

/** `seq`: of the last entry that was sent. `names`: of notices that time brought. */
export type Reported = {readonly seq: number; readonly names: readonly string[]; readonly sending: Sending | null};

export const nothingReported: Reported = {seq: 0, names: [], sending: null};

const fileIn = (folder: Path): Path => join(folder, 'notified.json');

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What this program wrote: a message with an id is one. */
function isMessage(value: unknown): value is Message {
	const {id, text} = fieldsOf(value) ?? {};
	return typeof id === 'string' && typeof text === 'string';
}

function sendingIn(value: unknown): Sending | null {
	const {message, seq, names, since} = fieldsOf(value) ?? {};
	return isMessage(message)
		? {message, seq: numberOf(seq) ?? 0, names: namesIn(names), since: numberOf(since) ?? 0}
		: null;
}

function reportedIn(value: unknown): Reported {
	const {seq, names, sending} = fieldsOf(value) ?? {};
	return {seq: numberOf(seq) ?? 0, names: namesIn(names), sending: sendingIn(sending)};
}

/** Two targets may say the same words; each has a place of its own, that stays when its `on` changes. */
export const placesOf = (targets: readonly NotifyTarget[]): ReadonlyMap<string, NotifyTarget> => {
	const places = new Map<string, NotifyTarget>();
	for (const target of targets) {
		const text = notifyTargetText(target);
		let place = text;
		for (let count = 2; places.has(place); count++) place = `${text} #${count}`;
		places.set(place, target);
	}
	return places;
};

export type Notified = {
	of(place: string): Reported;
	/** Where the disk does not take it, this process knows it all the same: nothing is sent twice by it. */
	keep(place: string, reported: Reported): void;
};

export function notifiedIn(folder: Path): Notified {
	const file = fileIn(folder);
	const known = new Map<string, Reported>();
	let trace = '';
	/** Another watcher wrote the file, or it came from the host that led before. */
	const readOn = (): void => {
		const now = traceOf(file);
		if (now === trace) return;
		trace = now;
		for (const [place, value] of Object.entries(readRecord(file) ?? {})) {
			const found = reportedIn(value);
			if (found.seq >= (known.get(place)?.seq ?? 0)) known.set(place, found);
		}
	};
	return {
		of(place) {
			readOn();
			return known.get(place) ?? nothingReported;
		},
		keep(place, reported) {
			known.set(place, reported);
			// Else it is written with the next one.
			ifPossible(() => {
				replaceFile(file, Object.fromEntries(known));
				trace = traceOf(file);
			});
		},
	};
}
