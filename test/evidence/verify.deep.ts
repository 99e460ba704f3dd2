/** Tampering in every class of place, many times; clean cutovers, many times; a long journal. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {seal} from '../../source/journal/entry.ts';
import {startWriter} from '../journal/crowd.ts';
import {closedCutover, copyOf, flip, linesOf, sealedPaths, verify, writeLines} from './closed-cutover.ts';

const tries = 2000;

test(`${tries} changes at random places are all seen`, async t => {
	const folder = await closedCutover(t, {notes: 20});
	const paths = sealedPaths(folder);
	const lines = linesOf(folder);
	let unseen = 0;
	for (let number = 0; number < tries; number++) {
		const copy = copyOf(folder);
		const kind = number % 4;
		const at = randomInt(lines.length);
		if (kind < 2) {
			const path = paths[randomInt(paths.length)] ?? 'journal.ndjson';
			flip(copy, path, randomInt(readFileSync(join(folder, path)).length), randomInt(1, 256));
		} else if (kind === 2) writeLines(copy, lines.slice(0, at));
		else writeLines(copy, [...lines.slice(0, at), lines[randomInt(lines.length)] ?? '', ...lines.slice(at)]);
		if ((await verify(copy, {closed: true})).valid) unseen++;
		rmSync(dirname(copy), {recursive: true});
	}
	assert.equal(unseen, 0);
});

test('200 clean cutovers hold', async t => {
	for (let number = 0; number < 200; number++) {
		const folder = await closedCutover(t, {notes: randomInt(1, 30), close: number % 2 === 0});
		const {valid, text} = await verify(folder, {closed: number % 2 === 0});
		assert.ok(valid, text);
	}
});

test('200 cutovers whose writers were killed hold', async t => {
	for (let number = 0; number < 200; number++) {
		const folder = await closedCutover(t, {notes: 1, close: false});
		const stored: string[] = [];
		let begun = (): void => {};
		const first = new Promise<void>(resolve => {
			begun = resolve;
		});
		const {child, ended} = startWriter([folder], `writer ${number}`, line => {
			stored.push(line);
			begun();
		});
		await first;
		await wait(randomInt(0, 40));
		child.kill('SIGKILL');
		await ended;
		const {valid, text, events} = await verify(folder);
		assert.ok(valid, text);
		assert.ok(events >= stored.length);
	}
});

test('100,000 entries are verified in under two seconds', async t => {
	const folder = await closedCutover(t, {notes: 1, close: false});
	const first = linesOf(folder);
	const last = JSON.parse(first.at(-1) ?? '');
	const facts = Array.from({length: 100_000}, (_, at) => ({
		type: 'noted' as const,
		data: {text: `note ${at}`, on: null},
		at: last.at,
		by: last.by,
		cause: `n${at}`,
	}));
	let head = {seq: last.seq, hash: last.hash};
	const lines = facts.map(fact => {
		const [entry] = seal(head, [fact]);
		if (entry === undefined) throw new Error('nothing was sealed');
		head = {seq: entry.seq, hash: entry.hash};
		return JSON.stringify(entry);
	});
	writeFileSync(join(folder, 'journal.ndjson'), `${[...first, ...lines].join('\n')}\n`);
	const began = performance.now();
	const {valid, events} = await verify(folder);
	assert.deepEqual([valid, events], [true, first.length + 100_000]);
	assert.ok(performance.now() - began < 2000);
});
