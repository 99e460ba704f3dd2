import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {runProgram} from '../harness/program.ts';
import {hostile} from '../runbook/hostile.ts';

const size = 1024 * 1024;

/** Has a process say the most memory it ever had, in KiB, and its time of the processor, in µs, as its last line on stderr. */
const weighed = `--import=data:text/javascript,${encodeURIComponent(
	"process.on('exit', () => { const {maxRSS, userCPUTime, systemCPUTime} = process.resourceUsage(); process.stderr.write('\\n' + maxRSS + ' ' + (userCPUTime + systemCPUTime)); })",
)}`;

test('check of a hostile mebibyte of any kind ends in seconds and 256 MiB', {timeout: 400_000}, async t => {
	const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const file = join(folder, 'hostile.md');
	for (const [kind, text] of Object.entries(hostile)) {
		writeFileSync(file, Buffer.from(text).subarray(0, size));
		const {code, stderr} = await runProgram(['check', file], {env: {NODE_OPTIONS: weighed}});
		assert.equal(code, 2, kind);
		const [memory = Number.NaN, worked = Number.NaN] = (stderr.split('\n').at(-1) ?? '').split(' ').map(Number);
		// The reading itself has two seconds of the processor; the program and Node's own threads have theirs.
		assert.ok(worked / 1000 < 4500, `${kind} took ${worked / 1000} ms of the processor`);
		assert.ok(memory < 256 * 1024, `${kind}: ${stderr}`);
	}
});
