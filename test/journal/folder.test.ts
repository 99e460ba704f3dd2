import assert from 'node:assert/strict';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {createFolder, listFolders, openFolder} from '../../source/journal/folder.ts';
import {freshRoot} from './place.ts';

function withCutover(): {root: string; folder: string} {
	const root = freshRoot();
	const folder = createFolder(root, 'ledger-2031') ?? '';
	writeFileSync(join(folder, 'journal.ndjson'), '', {mode: 0o600});
	return {root, folder};
}

const byOwner = (words: RegExp) => ({name: 'StoreFault', code: 'owner', message: words});

test('a cutover gets a folder that is its owner’s alone, and the roots above it too', () => {
	const before = process.umask(0);
	try {
		const root = freshRoot();
		const folder = createFolder(root, 'ledger-2031');
		assert.equal(folder, join(root, 'ledger-2031'));
		for (const path of [folder, root, dirname(root)]) assert.equal(statSync(path ?? '').mode & 0o777, 0o700);
	} finally {
		process.umask(before);
	}
});

test('a name is given to one cutover only', () => {
	const {root} = withCutover();
	assert.equal(createFolder(root, 'ledger-2031'), null);
});

test('a name that leads out of the root is refused', () => {
	const root = freshRoot();
	for (const id of ['..', '.hidden', 'a/b', '', '-rf', 'x'.repeat(101), 'a\nb'])
		assert.throws(() => createFolder(root, id), RangeError, id);
	assert.equal(existsSync(root), false);
});

test('cutovers are listed by name; a folder without a journal is not one', () => {
	const {root} = withCutover();
	assert.deepEqual(listFolders(join(root, 'nowhere')), []);
	createFolder(root, 'empty');
	writeFileSync(join(root, 'notes.txt'), '');
	mkdirSync(join(root, 'billing'), {mode: 0o700});
	writeFileSync(join(root, 'billing', 'journal.ndjson'), '');
	assert.deepEqual(listFolders(root), ['billing', 'ledger-2031']);
});

test('a folder that others may write is refused, and left as it is', () => {
	const {root, folder} = withCutover();
	for (const [path, mode] of [
		[folder, 0o770],
		[folder, 0o702],
		[root, 0o777],
	] as const) {
		chmodSync(path, mode);
		assert.throws(
			() => openFolder(root, 'ledger-2031'),
			byOwner(/Others may write in the state folder: .* has mode 7\d\d/),
		);
		assert.equal(statSync(path).mode & 0o777, mode);
		chmodSync(path, 0o700);
	}
	assert.equal(openFolder(root, 'ledger-2031'), folder);
});

test('a journal that others may read or write, or that is a link, is refused, and so are attempts that are links', () => {
	const {root, folder} = withCutover();
	const journal = join(folder, 'journal.ndjson');
	for (const mode of [0o644, 0o620, 0o602]) {
		chmodSync(journal, mode);
		assert.throws(() => openFolder(root, 'ledger-2031'), byOwner(/not this account's alone: .* mode 6\d\d/));
	}
	chmodSync(journal, 0o600);
	mkdirSync(join(folder, 'attempts'), {mode: 0o700});
	symlinkSync(root, join(folder, 'attempts', 'G1-1'));
	assert.throws(() => openFolder(root, 'ledger-2031'), byOwner(/is not a folder: .*attempts\/G1-1/));
	rmSync(join(folder, 'attempts', 'G1-1'));
	rmSync(journal);
	symlinkSync(join(root, 'elsewhere'), journal);
	assert.throws(() => openFolder(root, 'ledger-2031'), byOwner(/no regular file/));
});

test('a root that others may write gets no new cutover and lists none', () => {
	const {root} = withCutover();
	chmodSync(root, 0o777);
	assert.throws(() => createFolder(root, 'next'), byOwner(/Others may write/));
	assert.throws(() => listFolders(root), byOwner(/Others may write/));
	assert.deepEqual(readdirSync(root), ['ledger-2031']);
});

test('a folder of another account is refused', {
	skip: process.getuid?.() !== 0 && 'only root can give a folder away',
}, () => {
	const {root, folder} = withCutover();
	chownSync(folder, 12_345, 12_345);
	assert.throws(
		() => openFolder(root, 'ledger-2031'),
		byOwner(/belongs to another account: .* is of uid 12345, you are 0/),
	);
});

test('a link or a file in the place of a cutover is refused, and one that is not there is gone', () => {
	const {root, folder} = withCutover();
	symlinkSync(folder, join(root, 'linked'));
	writeFileSync(join(root, 'file'), '');
	assert.throws(() => openFolder(root, 'linked'), byOwner(/is not a folder/));
	assert.throws(() => openFolder(root, 'file'), byOwner(/is not a folder/));
	assert.throws(() => openFolder(root, 'nothing'), {code: 'gone'});
});
