import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {origin} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {write} from '../store-contract.ts';
import {assertWhole, startWriter, staysWhole, type Writer} from './crowd.ts';
import {cutoverFolder} from './place.ts';

/** Four writers; each is killed after a few entries, `kills` times in all, and another takes its place. */
async function killed(folder: string, kills: number): Promise<readonly string[]> {
	const acknowledged: string[] = [];
	let left = kills;
	const keepOne = async (session: number): Promise<void> => {
		for (let life = 1; left > 0; life++) {
			let until = randomInt(1, 12);
			const writer: Writer = startWriter([folder], `writer ${session} life ${life} turn`, line => {
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

test('four writers killed at random repeat no number, lose nothing acknowledged, and leave a journal to go on with', async () => {
	const folder = cutoverFolder();
	const acknowledged = await killed(folder, 24);
	assert.ok(acknowledged.length >= 24);
	const store = fileStore(folder, systemClock);
	await assertWhole(store, acknowledged);
	await write(store, 'after it all');
	await assertWhole(fileStore(folder, systemClock), acknowledged);
	await store.close();
});

test('an act that meets a stopped writer is recorded once the writer continues', async () => {
	const folder = cutoverFolder();
	const store = fileStore(folder, systemClock);
	let lines = 0;
	const busy = Promise.withResolvers<void>();
	const writer = startWriter([folder], 'stopped', () => {
		if (++lines === 5) busy.resolve();
	});
	await busy.promise;
	writer.child.kill('SIGSTOP');
	const mine = write(store, 'mine');
	writer.child.kill('SIGCONT');
	const [entry] = await mine;
	writer.child.kill('SIGKILL');
	await writer.ended;
	assert.ok((await store.pull(origin)).some(one => one.hash === entry?.hash));
	await store.close();
});

test('four writers killed and stopped at random for two seconds: no number twice, none missing, no long silence', () =>
	staysWhole(2000));
