/** A closed record cannot be altered unseen. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {pageOf} from '../../source/cli/evidence.ts';
import {dataBlock} from '../../source/evidence/journal-block.ts';
import {signatureCheck} from '../../source/evidence/signatures.ts';
import {verifyDocument} from '../../source/evidence/verify-document.ts';
import {follows, origin, read} from '../../source/journal/entry.ts';
import {closedCutover, copyOf, flip, linesOf, sealedPaths, verify, writeLines} from './closed-cutover.ts';
import {byHand, type Forged, hasJq, rewritten} from './rewritten.ts';

const chain = {origin, read, follows};
const demands = {closed: false, head: null};

test('a closed cutover is closed and whole, also as a copy elsewhere', async t => {
	const folder = await closedCutover(t);
	const found = await verify(copyOf(folder), {closed: true});
	assert.deepEqual([found.valid, found.text, found.problems], [true, 'closed and whole', []]);
	assert.equal(found.provenUpTo, found.events);
});

test('an open cutover holds, and nothing after its last entry is proven', async t => {
	const folder = await closedCutover(t, {close: false});
	const found = await verify(folder);
	assert.deepEqual([found.valid, found.text], [true, `open: nothing after entry ${found.events} is proven`]);
	assert.equal((await verify(folder, {closed: true})).valid, false);
});

test('a changed byte of the journal or of any sealed file is seen, and named', async t => {
	const folder = await closedCutover(t);
	for (const path of sealedPaths(folder)) {
		const size = readFileSync(join(folder, path)).length;
		for (const at of new Set([0, Math.floor(size / 2), size - 1])) {
			const copy = copyOf(folder);
			flip(copy, path, at);
			const {valid, problems} = await verify(copy, {closed: true});
			assert.equal(valid, false, `${path}, byte ${at}`);
			if (path !== 'journal.ndjson')
				assert.ok(
					problems.some(({message}) => message.includes(path)),
					path,
				);
		}
	}
});

test('a line cut, doubled or moved, and a tail cut at any entry, is seen', async t => {
	const folder = await closedCutover(t);
	const lines = linesOf(folder);
	const changes = lines.flatMap((line, at) => [
		lines.filter((_, index) => index !== at),
		[...lines.slice(0, at), line, ...lines.slice(at)],
		[...lines.slice(0, at), ...lines.slice(at + 1), line],
		lines.slice(0, at),
	]);
	for (const changed of changes) {
		if (changed.join() === lines.join()) continue;
		const copy = copyOf(folder);
		writeLines(copy, changed);
		assert.equal((await verify(copy, {closed: true})).valid, false);
	}
});

test('a file that is missing, added, or a link to the same bytes is seen', async t => {
	const folder = await closedCutover(t);
	const [missing, added, linked] = [copyOf(folder), copyOf(folder), copyOf(folder)];
	unlinkSync(join(missing, 'attempts/G1-1/log'));
	assert.match((await verify(missing)).text, /attempts\/G1-1\/log is missing/);
	writeFileSync(join(added, 'evidence/late.txt'), 'late');
	assert.match((await verify(added)).text, /evidence\/late\.txt came after the cutover was closed/);
	unlinkSync(join(linked, 'runbook.md'));
	symlinkSync(join(folder, 'runbook.md'), join(linked, 'runbook.md'));
	assert.equal((await verify(linked)).valid, false);
});

test('a kept runbook that is not the approved one is seen before the close too, and a pipe is not waited for', async t => {
	const folder = await closedCutover(t, {close: false});
	const piped = copyOf(folder);
	writeFileSync(join(folder, 'runbook.md'), '# Another\n');
	assert.match((await verify(folder)).text, /^runbook\.md is not what was approved$/);
	unlinkSync(join(piped, 'journal.ndjson'));
	execFileSync('mkfifo', [join(piped, 'journal.ndjson')]);
	assert.match((await verify(piped)).text, /^the journal is empty/);
});

test('a head noted elsewhere proves that the journal was not rewritten', async t => {
	const [folder, other] = [await closedCutover(t), await closedCutover(t, {notes: 3})];
	const noted = JSON.parse(linesOf(folder).at(2) ?? '').hash;
	assert.equal((await verify(folder, {head: noted})).valid, true);
	assert.match((await verify(other, {head: noted})).text, /no entry has the head/);
});

test('a tail that was cut off is seen where progress still knows it', async t => {
	const folder = await closedCutover(t);
	const last = JSON.parse(linesOf(folder).at(-1) ?? '');
	writeFileSync(join(folder, 'progress.json'), JSON.stringify({head: {seq: last.seq, hash: last.hash}}));
	assert.equal((await verify(folder)).valid, true);
	for (const cut of [1, 3]) {
		const copy = copyOf(folder);
		writeLines(copy, linesOf(folder).slice(0, -cut));
		assert.match((await verify(copy)).text, /the journal ends at entry \d+, and entry \d+ was recorded/);
		assert.equal(hasJq && byHand(copy) === 0, false);
	}
});

test('a path of an entry that leads out of the folder is not read', async t => {
	const folder = await closedCutover(t, {close: false});
	const lines = linesOf(folder);
	assert.ok(lines.some(line => line.includes('"path":"evidence/')));
	const copy = copyOf(folder);
	rmSync(join(copy, 'evidence'), {recursive: true});
	symlinkSync(join(folder, 'evidence'), join(copy, 'evidence'));
	assert.match((await verify(copy)).text, /is missing/);
});

test('an entry that no program wrote does not hold, in a folder and in a file, and ends no check', async t => {
	const folder = await closedCutover(t);
	const wrong: readonly (readonly [type: string, data: Forged['data']])[] = [
		['attached', {}],
		['attached', {path: 7, sha256: 3}],
		['closed', {}],
	];
	for (const [type, data] of wrong) {
		const copy = rewritten(folder, all => all.map(entry => (entry.type === type ? {...entry, data} : entry)));
		t.after(() => rmSync(dirname(copy), {recursive: true}));
		const inFolder = await verify(copy, {checkEntry: signatureCheck(copy).check});
		const document = dataBlock(linesOf(copy));
		const inFile = await verifyDocument(document, chain, demands, entries => pageOf({}, entries));
		for (const found of [inFolder, inFile])
			assert.ok(
				found?.problems.some(({code}) => code === 'foreign'),
				`${type}: ${found?.text}`,
			);
	}
});

test('the shell of docs/verify.md agrees with the command', {skip: hasJq ? false : 'needs jq'}, async t => {
	const folder = await closedCutover(t);
	const open = await closedCutover(t, {close: false});
	const lines = linesOf(folder);
	const tampered = [0, 5, 40].map(at => {
		const copy = copyOf(folder);
		flip(copy, 'journal.ndjson', at);
		return copy;
	});
	const [cut, moved, changed, added] = [copyOf(folder), copyOf(folder), copyOf(folder), copyOf(folder)];
	writeLines(
		cut,
		lines.filter((_, at) => at !== 1),
	);
	writeLines(moved, [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]);
	flip(changed, 'attempts/G1-1/log', 3);
	writeFileSync(join(added, 'evidence/late.txt'), 'late');
	for (const copy of [folder, open, ...tampered, cut, moved, changed, added])
		assert.equal(byHand(copy) === 0, (await verify(copy)).valid, execFileSync('ls', [copy], {encoding: 'utf8'}));
});
