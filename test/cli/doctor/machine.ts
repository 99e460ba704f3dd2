/** A machine by its files and by what its programs print. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {TestContext} from 'node:test';
import type {Machine} from '../../../source/cli/doctor/machine.ts';
import {instant} from '../../../source/text/time.ts';

export const now = instant('2031-03-08T21:00:00Z');

/** `files`: text by path from the root. `prints`: by the first word of the command. */
export function machine(
	t: TestContext,
	files: Readonly<Record<string, string>>,
	prints: Readonly<Record<string, string>> = {},
	user = 'cutover',
): Machine {
	const root = mkdtempSync(join(tmpdir(), 'machine-'));
	t.after(() => rmSync(root, {recursive: true}));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), {recursive: true});
		writeFileSync(join(root, path), text);
	}
	return {root, user, clock: {now: () => now, steady: () => 0}, print: command => prints[command] ?? null};
}
