/**
 * Whatever is killed, and whenever: what the journal, `status` and the screen say of an attempt afterwards is what happened.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {rounds} from './rounds.ts';

/** Tests `count` rounds of random kills, from the seed in KILLS_SEED or a new one; what is wrong names its seed. */
export function killSuite(count: number): void {
	test(`${count} rounds of random kills of runner, scribe, watcher, screen and client leave no wrong verdict`, {
		timeout: 300_000 + count * 4000,
	}, async t => {
		const seed = Number(process.env['KILLS_SEED'] ?? Date.now() % 1_000_000);
		const all = await rounds(count, 4, seed, t);
		assert.deepEqual(
			all.flatMap(({wrong}) => wrong),
			[],
		);
		assert.equal(all.length, count);
		assert.ok(
			all.some(({outcome}) => outcome === 'lost'),
			'no runner was lost',
		);
		assert.ok(
			all.some(({outcome}) => outcome === 'pass'),
			'no attempt passed',
		);
	});
}
