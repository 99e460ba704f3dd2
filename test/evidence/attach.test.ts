import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import type {Person} from '../../source/cutover/model/person.ts';
import {discard, keep, NotAttached} from '../../source/evidence/attach.ts';
import {NoPlace, writeWhole} from '../../source/evidence/write.ts';
import {origin, seal} from '../../source/journal/entry.ts';

const made: string[] = [];

after(() => {
	for (const folder of made) rmSync(folder, {recursive: true, force: true});
});

function temporary(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), name));
	made.push(folder);
	return folder;
}

const place = (): string => temporary('evidence-');

test('an attachment is a copy with the sha256 of its bytes, readable by its owner alone', () => {
	const folder = place();
	const file = join(folder, 'board shot.png');
	const bytes = Buffer.alloc(200_000, 'pixel ');
	writeFileSync(file, bytes);
	const kept = keep(folder, file, null);
	assert.equal(kept.sha256, createHash('sha256').update(bytes).digest('hex'));
	assert.equal(kept.bytes, bytes.length);
	assert.equal(kept.name, 'board shot.png');
	assert.deepEqual(readFileSync(join(folder, kept.path)), bytes);
	assert.equal(statSync(join(folder, kept.path)).mode & 0o777, 0o600);
	assert.match(kept.path, /^evidence\/[0-9a-f]{12}-board_shot\.png$/);
});

test('the copy stays as it was when the original changes', () => {
	const folder = place();
	const file = join(folder, 'report.txt');
	writeFileSync(file, 'before');
	const {path} = keep(folder, file, null);
	writeFileSync(file, 'after');
	assert.equal(readFileSync(join(folder, path), 'utf8'), 'before');
});

test('a name from outside cannot leave the evidence folder', () => {
	const folder = place();
	const file = join(folder, 'x');
	writeFileSync(file, 'x');
	const {path} = keep(folder, file, '../../.ssh/authorized_keys');
	assert.match(path, /^evidence\/[0-9a-f]{12}-[\w.+-]+$/);
	assert.ok(existsSync(join(folder, path)));
	assert.equal(keep(folder, file, ' ').name, 'x', 'nothing has no name');
});

test('a folder, a FIFO and a missing file are not attached, and leave nothing behind', () => {
	const folder = place();
	const fifo = join(folder, 'fifo');
	execFileSync('mkfifo', [fifo]);
	mkdirSync(join(folder, 'evidence'));
	for (const file of [folder, fifo, join(folder, 'nowhere')])
		assert.throws(() => keep(folder, file, null), NotAttached);
	assert.deepEqual(readdirSync(join(folder, 'evidence')), []);
});

test('what cannot be attached is named once, with its fix', () => {
	const [missing, folder] = ['/nowhere/at/all', tmpdir()];
	assert.throws(
		() => keep(folder, missing, null),
		/^Error: No such file or folder: \/nowhere\/at\/all \(ENOENT\)\. Attach a file that this account can read\.$/,
	);
});

test('a copy that was there before is not taken back', () => {
	const folder = place();
	const file = join(folder, 'x');
	writeFileSync(file, 'x');
	const first = keep(folder, file, null);
	const second = keep(folder, file, null);
	discard(folder, second, []);
	assert.ok(existsSync(join(folder, first.path)));
	discard(folder, first, []);
	assert.ok(!existsSync(join(folder, first.path)));
});

test('a copy that another process attached meanwhile is not removed', () => {
	const folder = place();
	const file = join(folder, 'x');
	writeFileSync(file, 'x');
	const {path, sha256, bytes, fresh, name} = keep(folder, file, null);
	const by: Person = {name: 'dana', login: 'dana', role: null, tty: null, ssh: null, strength: 'system login'};
	const theirs = seal(origin, [
		{type: 'attached', data: {of: 'T-60', name, path, sha256, bytes}, at: '2031-03-08T21:00:00.000Z', by, cause: 'c1'},
	]);
	discard(folder, {name, path, sha256, bytes, fresh}, theirs);
	assert.ok(existsSync(join(folder, path)));
});

test('an export replaces a file only where that is asked for, as a whole, and only its owner may read it', () => {
	const folder = place();
	const file = join(folder, 'evidence.txt');
	writeFileSync(file, 'old', {mode: 0o644});
	assert.throws(() => writeWhole(file, 'new\n', {overwrite: false}), /evidence\.txt exists\./);
	assert.equal(readFileSync(file, 'utf8'), 'old');
	writeWhole(file, 'new\n', {overwrite: true});
	assert.equal(readFileSync(file, 'utf8'), 'new\n');
	assert.equal(statSync(file).mode & 0o777, 0o600);
	assert.deepEqual(readdirSync(folder), ['evidence.txt']);
});

test('an export follows no link, and takes the place of no folder and no device', () => {
	const folder = place();
	writeFileSync(join(folder, 'real.txt'), 'old');
	symlinkSync('real.txt', join(folder, 'link.txt'));
	symlinkSync('nowhere.txt', join(folder, 'dangling.txt'));
	for (const link of ['link.txt', 'dangling.txt'])
		assert.throws(() => writeWhole(join(folder, link), 'new', {overwrite: true}), /is a symbolic link/);
	assert.equal(readFileSync(join(folder, 'real.txt'), 'utf8'), 'old');
	const fifo = join(folder, 'fifo');
	execFileSync('mkfifo', [fifo]);
	for (const file of [folder, fifo]) assert.throws(() => writeWhole(file, 'new', {overwrite: true}), NoPlace);
	assert.ok(statSync(fifo).isFIFO());
});

test('an export that cannot be written leaves the old file and nothing beside it', {
	skip: process.getuid?.() === 0 && 'root may write anywhere',
}, () => {
	const folder = place();
	const file = join(folder, 'evidence.txt');
	writeFileSync(file, 'old');
	chmodSync(folder, 0o500);
	assert.throws(() => writeWhole(file, 'new', {overwrite: true}));
	assert.equal(readFileSync(file, 'utf8'), 'old');
	assert.deepEqual(readdirSync(folder), ['evidence.txt']);
});
