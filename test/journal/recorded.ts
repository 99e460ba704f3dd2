/** Journals in real folders, and ways to hurt them. */
import assert from 'node:assert/strict';
import {closeSync, openSync, readdirSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {systemClock} from '../../source/cli/clock.ts';
import {StoreFault} from '../../source/cutover/ports.ts';
import type {Store} from '../../source/cutover/store.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {write} from '../store-contract.ts';
import {cutoverFolder} from './place.ts';

/** A folder with a journal of these remarks, one append each. */
export async function recorded(...texts: readonly string[]): Promise<{folder: string; file: string; store: Store}> {
	const folder = cutoverFolder();
	const store = fileStore(folder, systemClock);
	for (const text of texts) await write(store, text);
	return {folder, file: join(folder, 'journal.ndjson'), store};
}

export const again = (folder: string): Store => fileStore(folder, systemClock);

export const fault = (code: StoreFault['code'], words: RegExp) => (error: unknown) => {
	assert.ok(error instanceof StoreFault);
	assert.equal(error.code, code);
	assert.match(error.message, words);
	assert.notEqual(error.fix, '');
	return true;
};

/** Changes the byte at `offset` into another one. */
export function flip(file: string, offset: number, byte = 'X'): void {
	const fd = openSync(file, 'r+');
	writeSync(fd, byte, offset);
	closeSync(fd);
}

export const kept = (folder: string): readonly string[] =>
	readdirSync(folder).filter(name => name.startsWith('journal.torn-'));
