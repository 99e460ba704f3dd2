/*
`writer.ts ROOT`: a night of a cutover in a few appends, by the program's own code: the folder, the approved bytes, begin, a
remark, an attempt with its owner record, an append of several entries, the attempt's end and its result record. Says what is
acknowledged once it is. After a fault it asks once more with the same id, as a person or the next runner would. Its clock
stands still, so that two runs differ in nothing but the names of temporary files. Where it finds a night it goes on with it.
*/
import {writeSync} from 'node:fs';
import process from 'node:process';
import {systemClock} from '../../source/cli/clock.ts';
import {keepBytes} from '../../source/cli/keep-bytes.ts';
import type {Command, Observation} from '../../source/cutover/model/command.ts';
import {claim, reserve} from '../../source/disk/atomic-file.ts';
import {makeFolder} from '../../source/disk/file.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {createFolder, openFolder} from '../../source/journal/folder.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {openProgress} from '../../source/journal/progress.ts';
import {attemptFolder, ownerFile, resultFile} from '../../source/processes/folder.ts';
import {begin, command, dana, untouched, watcher} from '../journal/cutover.ts';
import {approvedBytes, clock, cutover, heads, room} from './night.ts';

const [root = ''] = process.argv.slice(2);
const acknowledge = (what: string): number => writeSync(1, `ack ${what}\n`);

// Without a handler the kernel ends a process that reaches its file size limit.
process.on('SIGXFSZ', () => {});

async function twice<T>(work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		writeSync(2, `${error}\n`);
		return work();
	}
}

const folder = await twice(() => createFolder(root, cutover) ?? openFolder(root, cutover));
let seen: Observation = untouched;
const progress = openProgress(folder);
const journal = await twice(() =>
	openJournal({
		store: fileStore(folder, {...systemClock, now: clock}),
		clock: {...systemClock, now: clock},
		look: () => seen,
		onAppended: progress.save,
	}),
);
const first = journal.entries().length;
if (first > 0) progress.fix(journal.state(), heads(journal.entries()));

const tell = (order: Command, by = dana): Promise<void> =>
	twice(async () => {
		const answer = await journal.decide(order, by);
		if (answer.refused) throw new Error(`${answer.rule}: ${answer.why}`);
		for (const {seq, hash} of answer.entries) acknowledge(`entry ${seq} ${hash}`);
	});

async function attempt(): Promise<void> {
	await tell(
		command(
			'run',
			{target: 'T-60', resume: false, reference: null, ticket: null, early: false, reason: null},
			`run-${first}`,
		),
	);
	const number = journal.state().stages['T-60']?.attempts ?? 0;
	const ref = {target: {stage: 'T-60'}, attempt: number};
	const mine = await twice(() => {
		makeFolder(attemptFolder(folder, ref));
		return claim(ownerFile(folder, ref), {pid: 1, start: 1, boot: 'first'});
	});
	// A name that is there already is nobody's promise: whoever gave it may have failed to make it last.
	if (mine) acknowledge(`owner ${number}`);
	const finish = await twice(() => reserve(resultFile(folder, ref), room));
	seen = {...untouched, approved: {'runbook.md': `sha256:${first}`}};
	await tell(command('note', {text: 'while it runs', on: null}, `meanwhile-${first}`));
	await tell(
		command(
			'end',
			{...ref, outcome: 'fail', exit: 1, reason: 'a path is missing', log: null, still: []},
			`end-${first}`,
		),
		watcher,
	);
	try {
		finish({commands: []});
		acknowledge(`result ${number}`);
	} catch (error) {
		// The journal has it: nobody asks for a second one.
		writeSync(2, `${error}\n`);
	}
}

if (first === 0) {
	await twice(() => keepBytes(folder, {bytes: {runbook: approvedBytes, settings: null}, contents: []}));
	await tell(begin('begin'));
}
await tell(command('note', {text: 'x'.repeat(200), on: null}, `note-${first}`));
if (first === 0) await attempt();
await tell(command('note', {text: 'after it all', on: null}, `after-${first}`));
await journal.close();
