import assert from 'node:assert/strict';
import {appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {origin, seal} from '../../source/journal/entry.ts';
import {fileCatalog} from '../../source/journal/file-catalog.ts';
import {headIn, remark, textsIn, write} from '../store-contract.ts';
import {again, fault, flip, kept, recorded} from './recorded.ts';

test('a line that is not whole yet is waited for, and left as it is', async () => {
	const {file, store} = await recorded('one');
	const [whole] = await write(store, 'two');
	const text = readFileSync(file, 'utf8');
	assert.ok(whole);
	for (const cut of [1, 40, text.length / 2 - 1]) {
		writeFileSync(file, text.slice(0, -cut));
		const reader = again(join(file, '..'));
		assert.deepEqual(await textsIn(reader), ['one']);
		assert.equal(statSync(file).size, text.length - cut);
		writeFileSync(file, text);
		assert.deepEqual(await reader.pull(await headIn(reader)), []);
		assert.deepEqual(await textsIn(reader), ['one', 'two']);
	}
});

test('a torn last line is cut off by the next writer, kept beside the journal, and reported in it', async () => {
	const {folder, file} = await recorded('one', 'two');
	appendFileSync(file, '{"seq":3,"at":"2031');
	const store = again(folder);
	assert.deepEqual(await textsIn(store), ['one', 'two']);
	await write(store, 'three');
	assert.deepEqual(await textsIn(again(folder)), ['one', 'two', 'repaired', 'three']);
	const repaired = (await store.pull(origin))[2];
	assert.ok(repaired?.type === 'repaired');
	assert.equal(repaired.data.bytes, 19);
	assert.equal(repaired.by.strength, 'process');
	assert.equal(readFileSync(join(folder, repaired.data.keptIn), 'utf8'), '{"seq":3,"at":"2031');
	assert.equal(statSync(join(folder, repaired.data.keptIn)).mode & 0o777, 0o600);
});

test('a writer that never opened the torn journal before repairs it too', async () => {
	const {folder, file, store} = await recorded('one');
	appendFileSync(file, 'x');
	await write(store, 'two');
	assert.deepEqual(await textsIn(store), ['one', 'repaired', 'two']);
	assert.deepEqual(kept(folder).length, 1);
});

test('an append that was cut between its entries never happened', async () => {
	for (const left of [2, 3]) {
		const {folder, file, store} = await recorded('one');
		await write(store, 'begun', 'started', 'shown');
		const lines = readFileSync(file, 'utf8').split('\n');
		writeFileSync(file, `${lines.slice(0, left).join('\n')}\n`);
		const other = again(folder);
		assert.deepEqual(await textsIn(other), ['one']);
		await write(other, 'two');
		assert.deepEqual(await textsIn(again(folder)), ['one', 'repaired', 'two']);
	}
});

test('zeros that a power cut left where a line should be are a torn tail', async () => {
	const first = (bytes: Buffer, size: number) =>
		Buffer.concat([bytes.subarray(0, size), Buffer.alloc(60), bytes.subarray(size + 60)]);
	const all = (bytes: Buffer, size: number) => Buffer.concat([bytes.subarray(0, size), Buffer.alloc(512)]);
	for (const damage of [first, all]) {
		const {folder, file, store} = await recorded('one');
		const size = statSync(file).size;
		await write(store, 'two', 'three');
		writeFileSync(file, damage(readFileSync(file), size));
		const other = again(folder);
		assert.deepEqual(await textsIn(other), ['one']);
		await write(other, 'four');
		assert.deepEqual(await textsIn(again(folder)), ['one', 'repaired', 'four']);
	}
});

test('a damaged line in the middle is refused by readers and writers, and nothing is cut', async () => {
	const {folder, file} = await recorded('one', 'two', 'three');
	const text = readFileSync(file, 'utf8');
	const offsets = {text: text.indexOf('two'), 'line feed': text.indexOf('\n'), zeros: text.indexOf('two')};
	for (const [what, offset] of Object.entries(offsets)) {
		writeFileSync(file, text);
		flip(file, offset, what === 'zeros' ? '\0' : 'X');
		const broken = readFileSync(file);
		const store = again(folder);
		await assert.rejects(store.pull(origin), fault('broken', /Entry [12] of the journal is damaged/), what);
		await assert.rejects(
			store.append(origin, seal(origin, [remark('four')])),
			fault('broken', /nothing can be recorded/),
			what,
		);
		assert.deepEqual(readFileSync(file), broken);
		assert.deepEqual(kept(folder), []);
	}
});

test('a whole last line that was changed is refused, not cut off: it had been acknowledged', async () => {
	const {folder, file} = await recorded('one', 'two');
	const text = readFileSync(file, 'utf8');
	for (const offset of [text.lastIndexOf('two'), text.length - 1]) {
		writeFileSync(file, text);
		flip(file, offset);
		await assert.rejects(again(folder).pull(origin), fault('broken', /Entry 2/));
		await assert.rejects(write(again(folder), 'three'), fault('broken', /Entry 2/));
		assert.deepEqual(kept(folder), []);
	}
});

test('a line that was taken out, doubled or moved is damage', async () => {
	const {folder, file} = await recorded('one', 'two', 'three');
	const [one, two, three] = readFileSync(file, 'utf8').trimEnd().split('\n');
	for (const lines of [
		[one, three],
		[two, three],
		[one, two, two, three],
		[one, three, two],
	]) {
		writeFileSync(file, `${lines.join('\n')}\n`);
		await assert.rejects(again(folder).pull(origin), fault('broken', /Entry [123]/));
	}
});

test('an append that a failing disk took back is taken back by its readers too', async () => {
	const {file, store, folder} = await recorded('one');
	const reader = again(folder);
	await write(store, 'ghost');
	assert.deepEqual(await textsIn(reader), ['one', 'ghost']);
	const head = await headIn(reader);
	truncateSync(file, statSync(file).size / 2 - 1);
	const size = readFileSync(file, 'utf8').indexOf('\n') + 1;
	truncateSync(file, size);
	const other = again(folder);
	await write(other, 'other');
	assert.equal(await reader.append(head, seal(head, [remark('late')])), 'conflict');
	assert.deepEqual(
		(await reader.pull(head)).map(entry => entry.seq),
		[1, 2],
	);
	assert.deepEqual(await textsIn(reader), ['one', 'other']);
});

test('missing acknowledged entries are a fault, even when the rest is whole', async () => {
	const {file, store} = await recorded('one', 'two', 'three');
	const head = await headIn(store);
	truncateSync(file, readFileSync(file, 'utf8').indexOf('\n') + 1);
	await assert.rejects(store.pull(head), fault('broken', /ends at entry 1, \d were recorded/));
});

test('a journal that lacks the entry which progress.json names is refused until that file is moved away', async () => {
	const {folder, file, store} = await recorded('one', 'two', 'three');
	const head = await headIn(store);
	const progress = join(folder, 'progress.json');
	const opened = () => fileCatalog(join(folder, '..'), systemClock).journal(basename(folder), systemClock);
	writeFileSync(progress, JSON.stringify({head}));
	assert.deepEqual(await textsIn(await opened()), ['one', 'two', 'three']);
	const text = readFileSync(file, 'utf8');
	for (const left of [2, 1]) {
		writeFileSync(file, text.split('\n').slice(0, left).join('\n').concat('\n{"seq":'));
		await assert.rejects(
			(await opened()).pull(origin),
			fault('broken', new RegExp(`ends at entry ${left}, and entry 3`)),
		);
	}
	rmSync(progress);
	assert.deepEqual(await textsIn(await opened()), ['one']);
});
