import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {systemClock} from '../../source/cli/clock.ts';
import {type Store, StoreFault} from '../../source/cutover/ports.ts';
import {origin, seal} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {headIn, remark, textsIn, write} from '../store-contract.ts';
import {cutoverFolder} from './place.ts';

const run = promisify(execFile);

/** A folder with a journal of these remarks, one append each. */
async function recorded(...texts: readonly string[]): Promise<{folder: string; file: string; store: Store}> {
	const folder = cutoverFolder();
	const store = fileStore(folder, systemClock);
	for (const text of texts) await write(store, text);
	return {folder, file: join(folder, 'journal.ndjson'), store};
}

const again = (folder: string): Store => fileStore(folder, systemClock);

const fault = (code: StoreFault['code'], words: RegExp) => (error: unknown) => {
	assert.ok(error instanceof StoreFault);
	assert.equal(error.code, code);
	assert.match(error.message, words);
	assert.notEqual(error.mend, '');
	return true;
};

/** Changes the byte at `offset` into another one. */
function flip(file: string, offset: number, byte = 'X'): void {
	const fd = openSync(file, 'r+');
	writeSync(fd, byte, offset);
	closeSync(fd);
}

const kept = (folder: string): readonly string[] =>
	readdirSync(folder).filter(name => name.startsWith('journal.torn-'));

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

test('nobody else can read what is recorded', async () => {
	const before = process.umask(0o000);
	try {
		const {folder} = await recorded('one');
		for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
	} finally {
		process.umask(before);
	}
});

test('a line that is not whole yet is waited for, and left as it is', async () => {
	const {file, store} = await recorded('one');
	const [whole] = await write(store, 'two');
	const text = readFileSync(file, 'utf8');
	assert.ok(whole);
	for (const cut of [1, 40, text.length / 2 - 1]) {
		writeFileSync(file, text.slice(0, -cut));
		const reader = again(join(file, '..'));
		assert.deepEqual(textsIn(reader), ['one']);
		assert.equal(statSync(file).size, text.length - cut);
		writeFileSync(file, text);
		assert.deepEqual(reader.read(headIn(reader)), []);
		assert.deepEqual(textsIn(reader), ['one', 'two']);
	}
});

test('a torn last line is cut off by the next writer, kept beside the journal, and told in it', async () => {
	const {folder, file} = await recorded('one', 'two');
	appendFileSync(file, '{"seq":3,"at":"2031');
	const store = again(folder);
	assert.deepEqual(textsIn(store), ['one', 'two']);
	await write(store, 'three');
	assert.deepEqual(textsIn(again(folder)), ['one', 'two', 'repaired', 'three']);
	const repaired = store.read(origin)[2];
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
	assert.deepEqual(textsIn(store), ['one', 'repaired', 'two']);
	assert.deepEqual(kept(folder).length, 1);
});

test('an append that was cut between its entries never happened', async () => {
	for (const left of [2, 3]) {
		const {folder, file, store} = await recorded('one');
		await write(store, 'begun', 'started', 'shown');
		const lines = readFileSync(file, 'utf8').split('\n');
		writeFileSync(file, `${lines.slice(0, left).join('\n')}\n`);
		const other = again(folder);
		assert.deepEqual(textsIn(other), ['one']);
		await write(other, 'two');
		assert.deepEqual(textsIn(again(folder)), ['one', 'repaired', 'two']);
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
		assert.deepEqual(textsIn(other), ['one']);
		await write(other, 'four');
		assert.deepEqual(textsIn(again(folder)), ['one', 'repaired', 'four']);
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
		assert.throws(() => store.read(origin), fault('broken', /Entry [12] of the journal is damaged/), what);
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
		assert.throws(() => again(folder).read(origin), fault('broken', /Entry 2/));
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
		assert.throws(() => again(folder).read(origin), fault('broken', /Entry [123]/));
	}
});

test('an append that a failing disk took back is taken back by its readers too', async () => {
	const {file, store, folder} = await recorded('one');
	const reader = again(folder);
	await write(store, 'ghost');
	assert.deepEqual(textsIn(reader), ['one', 'ghost']);
	const head = headIn(reader);
	truncateSync(file, statSync(file).size / 2 - 1);
	const size = readFileSync(file, 'utf8').indexOf('\n') + 1;
	truncateSync(file, size);
	const other = again(folder);
	await write(other, 'other');
	assert.equal(await reader.append(head, seal(head, [remark('late')])), 'conflict');
	assert.deepEqual(
		reader.read(head).map(entry => entry.seq),
		[1, 2],
	);
	assert.deepEqual(textsIn(reader), ['one', 'other']);
});

test('entries that stood firm and are gone are a fault, also when the rest is whole', async () => {
	const {file, store} = await recorded('one', 'two', 'three');
	const head = headIn(store);
	truncateSync(file, readFileSync(file, 'utf8').indexOf('\n') + 1);
	assert.throws(() => store.read(head), fault('broken', /ends at entry 1, \d were recorded/));
});

test('a journal that is gone is a fault, and no new one is begun in its place', async () => {
	const {folder, file, store} = await recorded('one');
	const head = headIn(store);
	renameSync(file, `${file}.away`);
	assert.throws(() => store.read(head), fault('gone', /is not there any more/));
	await assert.rejects(
		store.append(head, seal(head, [remark('two')])),
		fault('gone', /cannot be written, nothing was recorded/),
	);
	assert.deepEqual(readdirSync(folder).includes('journal.ndjson'), false);
	renameSync(`${file}.away`, file);
	await write(store, 'two');
	assert.deepEqual(textsIn(store), ['one', 'two']);
});

test('who watches is told within two seconds that the folder is gone', async () => {
	const {folder, store} = await recorded('one');
	const told = Promise.withResolvers<void>();
	const stop = store.watch(told.resolve);
	rmSync(folder, {recursive: true});
	await told.promise;
	stop();
});

test('a link in the place of the journal is not followed', async () => {
	const folder = cutoverFolder();
	const victim = join(folder, 'victim');
	writeFileSync(victim, 'mine');
	symlinkSync(victim, join(folder, 'journal.ndjson'));
	await assert.rejects(again(folder).append(origin, seal(origin, [remark('one')])), fault('owner', /symbolic link/));
	assert.equal(readFileSync(victim, 'utf8'), 'mine');
});

test('a lock that was deleted or replaced is not the lock', async () => {
	const {folder, store} = await recorded('one');
	rmSync(join(folder, 'lock.db'));
	await write(store, 'two');
	writeFileSync(join(folder, 'new'), '', {mode: 0o600});
	renameSync(join(folder, 'new'), join(folder, 'lock.db'));
	await Promise.all([write(store, 'three'), write(again(folder), 'four')]);
	assert.equal(textsIn(store).length, 4);
});

test('a lock that holds something is named as damaged', async () => {
	const {folder} = await recorded('one');
	writeFileSync(join(folder, 'lock.db'), 'not a lock '.repeat(100));
	await assert.rejects(write(again(folder), 'two'), fault('broken', /lock of the journal is damaged/));
});

test('on a full disk nothing is half-written, it is said, and the next append goes on where room is made', async () => {
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
			/^fault full The journal cannot be written, nothing was recorded: there is no room left \(EFBIG/,
		);
		assert.equal(statSync(file).size, size);
	}
	await write(again(folder), 'two');
	assert.deepEqual(textsIn(again(folder)), ['one', 'two']);
	assert.deepEqual(kept(folder), []);
});

test('a journal that may not be written can still be read', {
	skip: process.getuid?.() === 0 && 'root may write everything',
}, async () => {
	const {folder, file} = await recorded('one');
	chmodSync(file, 0o400);
	assert.deepEqual(textsIn(again(folder)), ['one']);
	await assert.rejects(write(again(folder), 'two'), fault('denied', /permission was denied/));
});
