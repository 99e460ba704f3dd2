import assert from 'node:assert/strict';
import {existsSync, globSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {moveInto} from '../../scripts/build/move.ts';

/** A folder to build into, with a chunk of an hour ago and one of two days ago, and a new build beside it. */
function given(t: TestContext): {to: string; from: string} {
	const folder = mkdtempSync(join(tmpdir(), 'build-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const [to, from] = [join(folder, 'dist'), join(folder, 'aside')];
	for (const place of [to, from]) mkdirSync(join(place, 'chunks'), {recursive: true});
	for (const [name, hours] of Object.entries({'chunks/recent.js': 1, 'chunks/old.js': 48})) {
		writeFileSync(join(to, name), '');
		const then = performance.timeOrigin / 1000 - hours * 3600;
		utimesSync(join(to, name), then, then);
	}
	for (const name of ['cli.js', 'chunks/new.js']) writeFileSync(join(from, name), '');
	return {to, from};
}

const files = (folder: string) => globSync('**/*.js', {cwd: folder}).sort();

test('a running program keeps the chunks of its build for a day', t => {
	const {to, from} = given(t);
	moveInto(to, from, 24 * 3600 * 1000);
	assert.deepEqual(files(to), ['chunks/new.js', 'chunks/recent.js', 'cli.js']);
});

test('a fresh build leaves nothing of earlier ones', t => {
	const {to, from} = given(t);
	moveInto(to, from, 0);
	assert.deepEqual(files(to), ['chunks/new.js', 'cli.js']);
});

test('hidden files and folders move with the rest', t => {
	const {to, from} = given(t);
	mkdirSync(join(from, 'samples/.hidden'), {recursive: true});
	writeFileSync(join(from, 'samples/.hidden/file.js'), '');
	moveInto(to, from, 0);
	assert.ok(existsSync(join(to, 'samples/.hidden/file.js')));
});
