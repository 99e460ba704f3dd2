/* What V8 compiled of a bundle is kept for the next start, and used for that bundle only. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ourFolder} from '../../bin/is-ours.cjs';
import {keptName, runKept} from '../../source/cli/kept-code.ts';

type Place = {readonly file: string; readonly folder: string; bundle(answer: number): void; kept(): readonly string[]};

const place = (t: TestContext): Place => {
	const root = mkdtempSync(join(tmpdir(), 'kept-'));
	t.after(() => rmSync(root, {recursive: true}));
	const [file, folder] = [join(root, 'bundle.cjs'), join(root, 'compiled')];
	mkdirSync(folder);
	return {
		file,
		folder,
		bundle(answer) {
			const text = `(function (exports) { exports.answer = () => ${answer}; })`;
			writeFileSync(file, `// ${createHash('sha256').update(text).digest('hex')}\n${text}\n`);
		},
		kept: () => readdirSync(folder),
	};
};

const answerOf = ({exports}: ReturnType<typeof runKept>): unknown => {
	const {answer} = exports;
	return typeof answer === 'function' ? answer() : null;
};

test('compiled code is kept when that is asked for, readable by its owner alone, and used by the next start', t => {
	const {file, folder, bundle, kept} = place(t);
	bundle(41);
	const first = runKept(file, folder);
	assert.deepEqual([answerOf(first), first.isKept, kept()], [41, false, []]);
	first.keep();
	const [name = ''] = kept();
	assert.ok(name.includes(process.version), name);
	assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
	const second = runKept(file, folder);
	assert.deepEqual([answerOf(second), second.isKept], [41, true]);
});

test('what the build compiled is used without a folder, and what the program compiled because that did not do goes before it', t => {
	const {file, folder, bundle, kept} = place(t);
	bundle(41);
	runKept(file, folder).keep();
	const built = join(dirname(file), keptName(file));
	renameSync(join(folder, keptName(file)), built);
	const first = runKept(file, null);
	assert.deepEqual([answerOf(first), first.isKept, kept()], [41, true, []]);
	writeFileSync(built, readFileSync(built).subarray(0, 40));
	runKept(file, folder).keep();
	assert.equal(runKept(file, folder).isKept, true);
});

test('compiled code of another bundle is not used, and goes when that of the new one is kept', t => {
	const {file, folder, bundle, kept} = place(t);
	bundle(41);
	runKept(file, folder).keep();
	const before = kept();
	// Of the same length: V8 alone would take it for the same.
	bundle(42);
	const other = runKept(file, folder);
	assert.deepEqual([answerOf(other), other.isKept], [42, false]);
	other.keep();
	assert.equal(kept().length, 1);
	assert.notDeepEqual(kept(), before);
});

test('a check and a screen each keep what they called', t => {
	const {file, folder, bundle, kept} = place(t);
	bundle(41);
	runKept(file, folder, 'check').keep();
	assert.equal(runKept(file, folder).isKept, false);
	runKept(file, folder).keep();
	assert.equal(kept().length, 2);
	assert.ok(runKept(file, folder, 'check').isKept);
	bundle(42);
	runKept(file, folder, 'check').keep();
	assert.equal(kept().length, 1);
});

test('compiled code that is not as it was written is not used, and written anew', t => {
	const {file, folder, bundle, kept} = place(t);
	bundle(41);
	runKept(file, folder).keep();
	const path = join(folder, kept()[0] ?? '');
	const bytes = readFileSync(path);
	bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
	writeFileSync(path, bytes);
	const damaged = runKept(file, folder);
	assert.deepEqual([answerOf(damaged), damaged.isKept], [41, false]);
	damaged.keep();
	assert.ok(runKept(file, folder).isKept);
	writeFileSync(path, bytes.subarray(0, 40));
	assert.equal(runKept(file, folder).isKept, false);
});

test('without a folder of its own, or where nothing can be written, the program runs and keeps nothing', t => {
	const {file, folder, bundle} = place(t);
	bundle(41);
	for (const where of [null, join(folder, 'missing'), file]) {
		const run = runKept(file, where);
		run.keep();
		assert.deepEqual([answerOf(run), run.isKept], [41, false]);
	}
});

test('a folder of code is known by its address without links, which others may lead elsewhere, and only where others can put nothing', t => {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'kept-')));
	t.after(() => rmSync(root, {recursive: true}));
	const [open, mine] = [join(root, 'open'), join(root, 'mine')];
	mkdirSync(open);
	chmodSync(open, 0o777);
	symlinkSync(mine, join(open, 'link'));
	mkdirSync(mine, 0o700);
	assert.equal(ourFolder(join(open, 'link', 'compiled')), join(mine, 'compiled'));
	assert.equal(ourFolder(join(open, 'compiled')), null);
	chmodSync(mine, 0o770);
	assert.equal(ourFolder(join(open, 'link', 'compiled')), null);
});

test('where no folder can be made for it, that is said, and not tried for ever', () => {
	const module = fileURLToPath(new URL('../../bin/is-ours.cjs', import.meta.url));
	const script = `require(${JSON.stringify(module)}).ourFolder('/proc/cutover-tui/compiled')`;
	const {status, stderr} = spawnSync(process.execPath, ['-e', script], {timeout: 20_000, encoding: 'utf8'});
	assert.deepEqual([status, /ENOENT/.test(stderr)], [1, true]);
});
