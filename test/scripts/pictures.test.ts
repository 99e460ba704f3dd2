import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {outdatedPictures, picturesFolder} from '../../scripts/pictures.ts';

const read = (path: string): string => readFileSync(join(picturesFolder, path), 'utf8');

/** They are drawn by a process of its own, which on a busy machine has to wait. */
const timeout = 480_000;

test('the pictures of the docs are of the present screens', {timeout}, async () => {
	assert.deepEqual(await outdatedPictures(), [], 'npm run docs renews them');
});

test('every picture is shown in README or in the docs, and every one shown is there', () => {
	const pages = ['../../README.md', '../operating.md'].map(read).join('\n');
	const shown = [...pages.matchAll(/pictures\/([\w-]+\.svg)/g)].map(([, name]) => name);
	assert.deepEqual([...new Set(shown)].sort(), readdirSync(picturesFolder).sort());
});
