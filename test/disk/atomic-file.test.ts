import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {claim, placeFile, readRecord, replaceFile, reserve, sweep} from '../../source/disk/atomic-file.ts';

const fresh = (): string => mkdtempSync(join(tmpdir(), 'cutover-disk-'));

test('a file is replaced whole, with mode 0600', () => {
	const file = join(fresh(), 'a');
	writeFileSync(file, 'old', {mode: 0o644});
	replaceFile(file, Buffer.from('new'));
	assert.equal(readFileSync(file, 'utf8'), 'new');
	assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a link at the name is replaced, and what it pointed to stays as it was', () => {
	const folder = fresh();
	writeFileSync(join(folder, 'other'), 'other');
	symlinkSync(join(folder, 'other'), join(folder, 'a'));
	replaceFile(join(folder, 'a'), Buffer.from('new'), 'bytes');
	assert.equal(readFileSync(join(folder, 'other'), 'utf8'), 'other');
	assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'new');
});

test('a write that fails leaves nothing behind', () => {
	const folder = fresh();
	const failing = (): string => {
		throw new Error('no name');
	};
	assert.throws(() => placeFile(folder, () => null, failing), /no name/);
	assert.deepEqual(readdirSync(folder), []);
});

test('of two who claim a name the first has it', () => {
	const folder = fresh();
	assert.equal(claim(join(folder, 'owner.json'), {pid: 1}), true);
	assert.equal(claim(join(folder, 'owner.json'), {pid: 2}), false);
	assert.deepEqual(readRecord(join(folder, 'owner.json')), {pid: 1});
	assert.deepEqual(readdirSync(folder), ['owner.json']);
});

test('a reserved record is absent until it is written', () => {
	const file = join(fresh(), 'result.json');
	const write = reserve(file, 4096);
	assert.equal(readRecord(file), null);
	write({commands: []});
	assert.deepEqual(readRecord(file), {commands: []});
	assert.equal(statSync(file).size, 16);
});

test('sweeping removes what dead writers left, and nothing else', () => {
	const folder = fresh();
	const names = ['.a.4194999-0123456789abcdef', `.a.${process.pid}-0123456789abcdef`, 'a.4194999-0123456789abcdef'];
	for (const name of names) writeFileSync(join(folder, name), '');
	sweep(folder);
	assert.deepEqual(readdirSync(folder).sort(), names.slice(1).sort());
});
