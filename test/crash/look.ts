/*
Looks at what a crash left, as the next person does: reads it, goes on with it, reads it again. Answers with the first thing
that is wrong. Runs the same code as the writer, wrong writers' too, because repairing is part of writing.
*/
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {systemClock} from '../../source/cli/clock.ts';
import type {Entry, Journal} from '../../source/cutover/ports.ts';
import {claim, readRecord, reserve} from '../../source/disk/atomic-file.ts';
import {makeFolder} from '../../source/disk/file.ts';
import {origin} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {createFolder, listFolders, openFolder} from '../../source/journal/folder.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {openProgress, progressFile} from '../../source/journal/progress.ts';
import {attemptFolder, ownerFile, resultFile} from '../../source/processes/folder.ts';
import {begin, command, dana, untouched} from '../journal/cutover.ts';
import {approvedBytes, clock, cutover, heads, room} from './night.ts';

/** The longest append of the writer, and one more that its own repair may add. */
const inFlight = 3;

const still = {...systemClock, now: clock};

async function readAll(folder: string): Promise<readonly Entry[]> {
	const store = fileStore(folder, still);
	try {
		return await store.pull(origin);
	} finally {
		await store.close();
	}
}

function lost(folder: string, entries: readonly Entry[], acknowledged: readonly string[]): string | null {
	let newest = 0;
	for (const what of acknowledged) {
		const [kind, number = '', hash] = what.split(' ');
		const ref = {target: {stage: 'T-60'}, attempt: Number(number)};
		if (kind === 'entry' && entries[Number(number) - 1]?.hash !== hash) return `acknowledged and lost: entry ${number}`;
		if (kind === 'entry') newest = Math.max(newest, Number(number));
		if (kind === 'owner' && readRecord(ownerFile(folder, ref)) === null) return 'acknowledged and lost: owner record';
		if (kind === 'result' && readRecord(resultFile(folder, ref)) === null)
			return 'acknowledged and lost: result record';
	}
	return newest > 0 && entries.length > newest + inFlight ? `${entries.length - newest} entries of nobody` : null;
}

function halfWritten(folder: string, entries: readonly Entry[]): string | null {
	const progress = join(folder, progressFile);
	if (existsSync(progress)) {
		const {head} = JSON.parse(readFileSync(progress, 'utf8'));
		if (head.seq > entries.length) return 'progress is ahead of the journal';
	}
	if (entries.length > 0 && !readFileSync(join(folder, 'runbook.md')).equals(approvedBytes))
		return 'begun, and the approved bytes are not there';
	for (const attempt of [1, 2]) {
		const ref = {target: {stage: 'T-60'}, attempt};
		for (const file of [ownerFile(folder, ref), resultFile(folder, ref)]) {
			if (!existsSync(file)) continue;
			if (readRecord(file) === null) return `a torn record: ${file}`;
			if (!entries.some(entry => entry.type === 'started' && entry.data.attempt === attempt))
				return 'an attempt that nobody started';
		}
	}
	return null;
}

function attemptGoesOn(folder: string): string | null {
	const ref = {target: {stage: 'T-60'}, attempt: 9};
	makeFolder(attemptFolder(folder, ref));
	if (!claim(ownerFile(folder, ref), {pid: 2})) return 'an attempt of nobody has an owner';
	reserve(resultFile(folder, ref), room)({commands: []});
	return readRecord(resultFile(folder, ref)) === null ? 'a result that was not kept' : null;
}

async function goOnWith(journal: Journal): Promise<void> {
	if (journal.entries().length === 0) await journal.decide(begin('begin again'), dana);
	const answer = await journal.decide(command('note', {text: 'we go on', on: null}, 'again'), dana);
	if (answer.refused) throw new Error(answer.why);
}

const repeated = (entries: readonly Entry[]): boolean => {
	const notes = entries.filter(entry => entry.type === 'noted').map(entry => entry.cause);
	return new Set(notes).size < notes.length;
};

async function goOn(folder: string, before: readonly Entry[]): Promise<string | null> {
	const progress = openProgress(folder);
	const journal = await openJournal({
		store: fileStore(folder, still),
		clock: still,
		look: () => untouched,
		onAppended: progress.save,
	});
	try {
		if (before.length > 0) progress.fix(journal.state(), heads(journal.entries()));
		await goOnWith(journal);
		if (progress.fault() !== null) return `progress: ${progress.fault()?.message}`;
	} finally {
		await journal.close();
	}
	const after = await readAll(folder);
	if (after.at(-1)?.hash !== journal.entries().at(-1)?.hash) return 'what was appended afterwards is lost';
	if (before.some(({hash}, index) => after[index]?.hash !== hash)) return 'what stood there is another one';
	if (repeated(after)) return 'recorded twice';
	const kept = readdirSync(folder).filter(name => name.startsWith('journal.torn-')).length;
	const told = after.filter(entry => entry.type === 'repaired').length;
	if (kept !== told) return `${kept} torn ends are kept, ${told} are told`;
	return progress.fix(journal.state(), heads(after)) === 'current' ? null : 'progress is not of the newest entry';
}

/** Acts on the cutover while somebody else does; answers with what was acknowledged. */
export async function act(root: string): Promise<readonly string[]> {
	const journal = await openJournal({
		store: fileStore(join(root, cutover), still),
		clock: still,
		look: () => untouched,
	});
	try {
		const answer = await journal.decide(command('note', {text: 'meanwhile', on: null}, 'another'), dana);
		return answer.refused ? [] : answer.entries.map(({seq, hash}) => `entry ${seq} ${hash}`);
	} finally {
		await journal.close();
	}
}

/** `root`: where cutovers live. Null where all is well. */
export async function wrong(root: string, acknowledged: readonly string[]): Promise<string | null> {
	try {
		listFolders(root);
		const folder = existsSync(join(root, cutover)) ? openFolder(root, cutover) : createFolder(root, cutover);
		if (folder === null) return 'the folder is neither there nor free';
		const entries = await readAll(folder);
		return (
			lost(folder, entries, acknowledged) ??
			halfWritten(folder, entries) ??
			(await goOn(folder, entries)) ??
			attemptGoesOn(folder)
		);
	} catch (error) {
		return String(error);
	}
}
