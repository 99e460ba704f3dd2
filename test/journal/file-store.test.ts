import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {origin, seal} from '../../source/journal/entry.ts';
import {headIn, remark, textsIn, write} from '../store-contract.ts';
import {cutoverFolder} from './place.ts';
import {again, fault, flip, kept, recorded} from './recorded.ts';

const run = promisify(execFile);

test('a line holds exactly what `log --json` prints', async () => {
	const {file} = await recorded('one', 'two');
	const [first = '', second = ''] = readFileSync(file, 'utf8').trimEnd().split('\n');
	assert.deepEqual(Object.keys(JSON.parse(first)), ['seq', 'at', 'type', 'by', 'data', 'cause', 'previous', 'hash']);
	assert.deepEqual(Object.keys(JSON.parse(first).by), ['name', 'login', 'role', 'tty', 'ssh', 'strength']);
	assert.equal(JSON.parse(second).previous, JSON.parse(first).hash);
});

test('the chain can be checked with sha256sum alone', async () => {
	const {file} = await recorded('one', 'two');
	const script = String.raw`p=
		while IFS= read -r line; do
			hash=$(grep -o '[0-9a-f]\{64\}"}$' <<< "$line" | head -c 64)
			body=$(sed 's/,"hash":"[0-9a-f]*"}$/}/' <<< "$line")
			[ "$(printf %s "$p$body" | sha256sum | cut -c1-64)" = "$hash" ] || exit 1
			p=$hash
		done < "$1"`;
	await run('bash', ['-c', script, 'bash', file]);
	flip(file, 20);
	await assert.rejects(run('bash', ['-c', script, 'bash', file]));
});

test('no other account can read what is recorded', async () => {
	const before = process.umask(0o000);
	try {
		const {folder} = await recorded('one');
		for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
	} finally {
		process.umask(before);
	}
});

test('a journal that is gone is a fault, and no new one is begun in its place', async () => {
	const {folder, file, store} = await recorded('one');
	const head = await headIn(store);
	renameSync(file, `${file}.away`);
	await assert.rejects(store.pull(head), fault('gone', /is not there any more/));
	await assert.rejects(
		store.append(head, seal(head, [remark('two')])),
		fault('gone', /cannot be written; nothing was recorded/),
	);
	assert.deepEqual(readdirSync(folder).includes('journal.ndjson'), false);
	renameSync(`${file}.away`, file);
	await write(store, 'two');
	assert.deepEqual(await textsIn(store), ['one', 'two']);
});

test('a watcher is notified within two seconds when the folder is gone', async () => {
	const {folder, store} = await recorded('one');
	const reported = Promise.withResolvers<void>();
	const stop = store.watch(reported.resolve);
	rmSync(folder, {recursive: true});
	await reported.promise;
	stop();
});

test('a link in the place of the journal is not followed', async () => {
	const folder = cutoverFolder();
	const victim = join(folder, 'victim');
	writeFileSync(victim, 'mine');
	symlinkSync(victim, join(folder, 'journal.ndjson'));
	await assert.rejects(again(folder).append(origin, seal(origin, [remark('one')])), fault('owner', /Symbolic link/));
	assert.equal(readFileSync(victim, 'utf8'), 'mine');
});

test('a lock that was deleted or replaced is not the lock', async () => {
	const {folder, store} = await recorded('one');
	rmSync(join(folder, 'lock.db'));
	await write(store, 'two');
	writeFileSync(join(folder, 'new'), '', {mode: 0o600});
	renameSync(join(folder, 'new'), join(folder, 'lock.db'));
	await Promise.all([write(store, 'three'), write(again(folder), 'four')]);
	assert.equal((await textsIn(store)).length, 4);
});

test('a lock that holds something is named as damaged', async () => {
	const {folder} = await recorded('one');
	writeFileSync(join(folder, 'lock.db'), 'not a lock '.repeat(100));
	await assert.rejects(write(again(folder), 'two'), fault('broken', /lock of the journal is damaged/));
});

test('on a full disk nothing is half written, and appending continues once there is room', async () => {
	const {folder, file} = await recorded('one');
	const size = statSync(file).size;
	const writer = join(import.meta.dirname, 'writer.ts');
	for (const room of [1, 100, 4096]) {
		const {stdout} = await run('prlimit', [
			`--fsize=${size + room}`,
			process.execPath,
			writer,
			folder,
			'once',
			'x'.repeat(5000),
		]);
		assert.match(
			stdout,
			/^fault full The journal cannot be written; nothing was recorded\. File size limit reached: .*\(EFBIG\)/,
		);
		assert.equal(statSync(file).size, size);
	}
	await write(again(folder), 'two');
	assert.deepEqual(await textsIn(again(folder)), ['one', 'two']);
	assert.deepEqual(kept(folder), []);
});

test('a journal that may not be written can still be read', {
	skip: process.getuid?.() === 0 && 'root may write everything',
}, async () => {
	const {folder, file} = await recorded('one');
	chmodSync(file, 0o400);
	assert.deepEqual(await textsIn(again(folder)), ['one']);
	await assert.rejects(write(again(folder), 'two'), fault('denied', /Permission denied/));
});
