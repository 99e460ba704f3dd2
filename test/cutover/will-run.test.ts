/** What runs, as rows and as text. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type RunFile, runRows, runText, type WillRun} from '../../source/cutover/due/will-run.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const file = (path: string, how: RunFile['how']): RunFile => ({path, digest, how});

const run: WillRun = {
	of: 'T0',
	target: {stage: 'T0'},
	verbatim: 'bash ops/switch.sh \\\n  --all',
	files: [file('ops/switch.sh', 'copy'), file('ops/lib.py', 'in place')],
};

test('what runs is shown line by line, with the approved files below it', () => {
	assert.deepEqual(runText(run), [
		'T0  bash ops/switch.sh \\',
		'    --all',
		`  ops/switch.sh  ${digest}  approved copy`,
		`  ops/lib.py  ${digest}  in place, compared at its start`,
	]);
});

test('a file that changed since the approval is shown as changed below it, a playbook too', () => {
	const playbook: WillRun = {
		of: 'T0',
		target: {stage: 'T0'},
		verbatim: 'ops/t0.ts',
		files: [file('ops/t0.ts', 'copy'), file('ops/lib.py', 'in place')],
	};
	assert.deepEqual(
		runRows(playbook, {short: true, changed: ['ops/t0.ts', 'ops/lib.py']}).map(({text}) => text),
		[
			'ops/t0.ts',
			'ops/t0.ts  sha256:aaaaaaaaaaaaaaaa…  approved copy',
			'! ops/t0.ts CHANGED since the approval: the approved version runs',
			'ops/lib.py  sha256:aaaaaaaaaaaaaaaa…  in place, compared at its start',
			'! ops/lib.py CHANGED since the approval',
		],
	);
});
