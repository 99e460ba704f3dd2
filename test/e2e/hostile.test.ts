import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {runProgram} from '../harness/program.ts';
import {hostile} from '../runbook/hostile.ts';

const size = 1024 * 1024;

/** Has a process say the most memory it ever had, in KiB, as its last line on stderr. */
const weighed = `--import=data:text/javascript,${encodeURIComponent(
	"process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))",
)}`;

test('check of a hostile mebibyte of any kind ends in seconds and 256 MiB', {timeout: 400_000}, async t => {
	const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const file = join(folder, 'hostile.md');
	for (const [kind, text] of Object.entries(hostile)) {
		writeFileSync(file, Buffer.from(text).subarray(0, size));
		const from = performance.now();
		const {code, stderr} = await runProgram(['check', file], {env: {NODE_OPTIONS: weighed}});
		assert.equal(code, 2, kind);
		// The reading itself has two seconds; the rest is for machines that do much else.
		assert.ok(performance.now() - from < 6000, `${kind} took ${performance.now() - from} ms`);
		assert.ok(Number(stderr.split('\n').at(-1)) < 256 * 1024, `${kind}: ${stderr}`);
	}
});
