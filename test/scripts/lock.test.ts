import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';

const lock = new URL('../../scripts/bootstrap/lock.mjs', import.meta.url).href;

/** Notes in the file that it came in and went out, with a turn of the event loop between. */
const visit = (file: string) => `
	import {appendFileSync} from 'node:fs';
	import {setTimeout} from 'node:timers/promises';
	import {locked} from '${lock}';
	await locked(async () => {
		appendFileSync('${file}', 'in ');
		await setTimeout(20);
		appendFileSync('${file}', 'out ');
	});`;

test('installers and builders of one checkout take turns', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'turns-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'visits');
	const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', visit(file)]);
	await Promise.all([run(), run(), run(), run()]);
	assert.equal(readFileSync(file, 'utf8'), 'in out '.repeat(4));
});
