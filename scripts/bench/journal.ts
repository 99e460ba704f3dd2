/** The journal: reading and folding a long one with its chain checked, opening one, and appending an entry that lasts. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {systemClock} from '../../source/cli/clock.ts';
import type {Entry, Fact, Journal} from '../../source/cutover/ports.ts';
import {verifyFolder} from '../../source/evidence/verify.ts';
import {follows, format, headOf, origin, read, seal} from '../../source/journal/entry.ts';
import {fileStore, journalFile} from '../../source/journal/file-store.ts';
import {foldOn, nothing} from '../../source/journal/fold.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {begin, command, dana, untouched} from '../../test/journal/cutover.ts';
import {median, ms, p50p99, type Row, ratio, timed} from './figure.ts';

const many = 100_000;
const usual = 10_000;
const appends = 300;
const rounds = 5;

const note = (index: number): Fact => ({
	type: 'noted',
	data: {text: `remark ${index}: the queue drains at its usual pace`, on: index % 2 === 0 ? 'G1' : null},
	at: '2031-03-08T21:00:00.000Z',
	by: dana,
	cause: `bench-${index}`,
});

const begun = (): Fact => {
	const {type, data} = begin();
	return {type: 'begun', data, at: '2031-03-08T20:00:00.000Z', by: dana, cause: type};
};

/** A cutover's folder below `place`, with a journal of that many entries, each appended alone. */
export function folderOf(place: string, count: number, name = `entries-${count}`): string {
	const folder = join(place, name);
	mkdirSync(folder, {mode: 0o700});
	const entries: Entry[] = [];
	for (let index = 0; index < count; index++) {
		const last = entries.at(-1);
		entries.push(...seal(last === undefined ? origin : headOf(last), [index === 0 ? begun() : note(index)]));
	}
	writeFileSync(join(folder, journalFile), entries.map(entry => `${format(entry)}\n`).join(''), {mode: 0o600});
	return folder;
}

/** The median of a few rounds, in ms. */
async function usually(work: () => unknown): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) times.push(await timed(work));
	return median(times);
}

async function folding(place: string): Promise<Row> {
	const folder = folderOf(place, many);
	const fold = await usually(async () => {
		const store = fileStore(folder, systemClock);
		const {state} = foldOn(nothing(), await store.pull(origin));
		await store.close();
		if (state.seq !== many) throw new Error(`Folded ${state.seq} of ${many} entries.`);
	});
	const parse = await usually(() => {
		for (const line of readFileSync(join(folder, journalFile), 'utf8').trimEnd().split('\n')) JSON.parse(line);
	});
	return [
		`fold of ${many.toLocaleString('en')} entries, chain checked`,
		ms(fold),
		`${ratio(fold, parse)} JSON.parse of its lines; at most 1 s`,
	];
}

async function verifying(place: string): Promise<Row> {
	const folder = folderOf(place, many, 'verified');
	const took = await usually(async () => {
		const {events} = await verifyFolder(folder, {origin, read, follows}, {closed: false, head: null});
		if (events !== many) throw new Error(`Verified ${events} of ${many} entries.`);
	});
	return [`verify of ${many.toLocaleString('en')} entries`, ms(took), 'chain and files; at most 2 s'];
}

const open = (folder: string): Promise<Journal> =>
	openJournal({store: fileStore(folder, systemClock), clock: systemClock, look: () => untouched});

async function opening(place: string): Promise<Row> {
	const [empty, full] = [folderOf(place, 0), folderOf(place, usual)];
	const openAndClose = (folder: string) => async (): Promise<void> => (await open(folder)).close();
	const bare = await usually(openAndClose(empty));
	const added = (await usually(openAndClose(full))) - bare;
	return [
		`opening a cutover of ${usual.toLocaleString('en')} entries`,
		`${ms(added)} more`,
		`than an empty one (${ms(bare)}); at most 100 ms`,
	];
}

async function appending(place: string): Promise<Row> {
	const folder = join(place, 'appends');
	mkdirSync(folder, {mode: 0o700});
	const journal = await open(folder);
	await journal.decide(begin(), dana);
	const times: number[] = [];
	for (let index = 0; index < appends; index++)
		times.push(await timed(() => journal.decide(command('note', {text: `remark ${index}`, on: null}), dana)));
	await journal.close();
	return [`append that lasts, ${appends} of them`, p50p99(times), 'decided, locked, synced'];
}

/** `place`: an empty folder, mode 0700. */
export const journalRows = async (place: string): Promise<readonly Row[]> => [
	await folding(place),
	await verifying(place),
	await opening(place),
	await appending(place),
];
