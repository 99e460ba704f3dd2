import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Store} from '../../source/cutover/ports.ts';
import {origin} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {textsIn, write} from '../store-contract.ts';
import {cutoverFolder} from './place.ts';

type Writer = {readonly child: ChildProcess; readonly ended: Promise<unknown>};

/** Starts a writer; `stored` is called with each line that it says. */
function startWriter(folder: string, name: string, stored: (line: string) => void): Writer {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder, name], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const lines = createInterface({input: child.stdout ?? process.stdin});
	lines.on('line', stored);
	return {child, ended: Promise.all([once(child, 'exit'), once(lines, 'close')])};
}

/** Four writers; each is killed after a few entries, `kills` times in all, and another takes its place. */
async function killed(folder: string, kills: number): Promise<readonly string[]> {
	const acknowledged: string[] = [];
	let left = kills;
	const keepOne = async (seat: number): Promise<void> => {
		for (let life = 1; left > 0; life++) {
			let until = randomInt(1, 12);
			const writer: Writer = startWriter(folder, `writer ${seat} life ${life} turn`, line => {
				acknowledged.push(line);
				if (--until === 0) writer.child.kill('SIGKILL');
			});
			await writer.ended;
			left--;
		}
	};
	await Promise.all([1, 2, 3, 4].map(keepOne));
	return acknowledged;
}

function checkWhole(store: Store, acknowledged: readonly string[]): void {
	const entries = store.read(origin);
	assert.deepEqual(
		entries.map(entry => entry.seq),
		Array.from({length: entries.length}, (_, index) => index + 1),
	);
	const there = new Set(entries.map(entry => `stored ${entry.seq} ${entry.hash}`));
	assert.deepEqual(
		acknowledged.filter(line => !there.has(line)),
		[],
	);
	const texts = textsIn(store).filter(text => text !== 'repaired');
	assert.equal(new Set(texts).size, texts.length);
}

test('four writers killed at random repeat no number, lose nothing acknowledged, and leave a journal to go on with', async () => {
	const folder = cutoverFolder();
	const acknowledged = await killed(folder, 24);
	assert.ok(acknowledged.length >= 24);
	const store = fileStore(folder, systemClock);
	checkWhole(store, acknowledged);
	await write(store, 'after it all');
	checkWhole(fileStore(folder, systemClock), acknowledged);
	store.close();
});

test('an act that finds the journal held by a stopped writer is recorded once that goes on', async () => {
	const folder = cutoverFolder();
	const store = fileStore(folder, systemClock);
	let lines = 0;
	const busy = Promise.withResolvers<void>();
	const writer = startWriter(folder, 'stopped', () => {
		if (++lines === 5) busy.resolve();
	});
	await busy.promise;
	writer.child.kill('SIGSTOP');
	const mine = write(store, 'mine');
	writer.child.kill('SIGCONT');
	const [entry] = await mine;
	writer.child.kill('SIGKILL');
	await writer.ended;
	assert.ok(store.read(origin).some(one => one.hash === entry?.hash));
	store.close();
});
