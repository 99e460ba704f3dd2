/*
What was sent to each target of `notify`, and what is being sent: kept in a file, so that the next watcher goes on. A message that was
being sent when a watcher was lost is sent again, the same with the same id.
*/
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {type NotifyTarget, notifyTargetText} from '../cutover/model/notify.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import type {Message} from '../notifications/channel.ts';
import {numberOf} from '../text/fields.ts';

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

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What this program wrote: a message with an id is one. */
const isMessage = (value: unknown): value is Message =>
	isObject(value) && typeof value['id'] === 'string' && typeof value['text'] === 'string';

function reportedIn(value: unknown): Reported {
	if (!isObject(value)) return nothingReported;
	const {seq, names, sending} = value;
	const found = isObject(sending) && isMessage(sending['message']) ? sending : null;
	return {
		seq: numberOf(seq) ?? 0,
		names: namesIn(names),
		sending:
			found === null || !isMessage(found['message'])
				? null
				: {
						message: found['message'],
						seq: numberOf(found['seq']) ?? 0,
						names: namesIn(found['names']),
						since: numberOf(found['since']) ?? 0,
					},
	};
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

/** Changes when another watcher wrote the file, or it came from the host that led before. */
function traceOf(file: Path): string {
	const found = ifExists(() => statSync(file));
	return found === null ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

export function notifiedIn(folder: Path): Notified {
	const file = fileIn(folder);
	const known = new Map<string, Reported>();
	let trace = '';
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
			try {
				replaceFile(file, Buffer.from(`${JSON.stringify(Object.fromEntries(known))}\n`));
				trace = traceOf(file);
			} catch {
				// Written with the next one.
			}
		},
	};
}
