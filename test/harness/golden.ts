/**
 * A golden is a screen as text in test/screens, read and approved by a person; `npm run golden` writes them anew, and
 * the difference in git is what there is to review.
 */
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** Compares `text` with test/screens/NAME.txt. Throws where they differ, or where there is no golden yet. */
export const golden = (name: string, text: string): void => goldenAt(`screens/${name}.txt`, text);

/** The same with a file anywhere below `test`. */
export function goldenAt(path: string, text: string): void {
	const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
	const shown = `${text.replace(/[ \t]+$/gm, '')}\n`;
	if (process.env['GOLDEN'] === 'renew') {
		mkdirSync(dirname(file), {recursive: true});
		writeFileSync(file, shown);
		return;
	}
	assert.ok(existsSync(file), `test/${path} does not exist: npm run golden writes it.`);
	assert.equal(shown, readFileSync(file, 'utf8'), `test/${path} differs: npm run golden renews it.`);
}
