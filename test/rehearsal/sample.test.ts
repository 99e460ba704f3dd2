import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {Args} from '../../source/cli/args.ts';
import {readFor} from '../../source/cli/opening.ts';
import {copySample} from '../../source/rehearsal/workspace.ts';

const streams = () => ({stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough()});

test('the sample is read without an error, a warning or a guess that matters, and what runs is approved', t => {
	const root = mkdtempSync(join(tmpdir(), 'sample-'));
	t.after(() => rmSync(root, {recursive: true}));
	const {workspace, runbook: file} = copySample(root, process.env);
	const io = {...streams(), env: {}, cwd: root, onSignal: () => () => {}};
	const {runbook, problems, approved} = readFor(new Args(io, [file], {workspace}), file);
	assert.deepEqual(problems, []);
	assert.ok(runbook);
	assert.deepEqual(
		runbook.gates.map(({id, kind}) => `${id} ${kind}`),
		['G1 command', 'G2 command', 'G3 files', 'G4 acknowledgement', 'G5 statement'],
	);
	assert.deepEqual(
		runbook.stages.map(({id, kind, gates}) => [id, kind, ...gates].join(' ')),
		['T-60 checks G1', 'T-30 checks G2', 'T-10 decision G1 G2 G3 G4 G5', 'T0 act', 'T+10 verification', 'T+30 closing'],
	);
	assert.deepEqual(
		runbook.triggers.map(({kind}) => kind),
		['outage', 'confirmation', 'confirmation'],
	);
	assert.equal(runbook.rollback?.preferred?.kind, 'workflow');
	assert.deepEqual(runbook.rollback?.environment, {ACTION: 'back', RELEASE: 'blue', KEEP_LOGS: '1'});
	assert.equal(runbook.signOffs.length, 5);
	assert.equal(runbook.evidence.filter(({field}) => field !== null).length, 11);
	assert.deepEqual(Object.keys(approved).toSorted(), [
		'deploy/scripts/ask.sh',
		'deploy/scripts/build.sh',
		'deploy/scripts/point-router.sh',
		'deploy/scripts/preflight.sh',
		'deploy/scripts/rollback.sh',
		'deploy/scripts/test.sh',
		'playbooks/switch.ts',
		'runbook.cutover.yaml',
		'runbook.md',
	]);
});
