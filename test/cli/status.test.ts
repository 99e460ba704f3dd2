import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nextLine} from '../../source/cli/status-lines.ts';
import {local} from '../../source/text/time.ts';
import {desk} from './desk.ts';
import {begin, readyForT0} from './walks.ts';

const dayMs = 86_400_000;

test('status shows the date beside a time that is not today', async context => {
	const night = desk(context);
	const t0 = local(Date.parse(new Date().toISOString()) + 3 * dayMs);
	await night.must('rita', 'begin', 'runbook.md', '--t0', t0, '--ticket', 'CHG-7', '--environment', 'staging');
	const {stdout} = await night.cli('status');
	assert.match(stdout, /T-60 WAITING {2}planned \d\d-\d\d \d\d:\d\d:\d\d/);
});

test('status --line is one line for a prompt, and nothing where no cutover is open', async context => {
	const night = desk(context);
	assert.deepEqual(await night.cli('status', '--line'), {code: 0, stdout: '', stderr: ''});
	const id = await begin(night);
	const {stdout} = await night.cli('status', '--line');
	assert.match(stdout, new RegExp(`^PREPARING {2}T-[\\d:]+ {2}${id} {2}NEXT .*run T-60.*\\n$`));
	await night.must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--new');
	assert.equal((await night.cli('status', '--line')).stdout, '2 cutovers are open\n');
	assert.equal((await night.cli('status', '--line', '--json')).code, 2);
});

test('list says what comes next in an open cutover, and how a closed one ended', async context => {
	const night = desk(context);
	const id = await begin(night);
	assert.match((await night.cli('list')).stdout, new RegExp(`^${id} {2}PREPARING {2}T-[\\d:]+ .* {2}NEXT .*run T-60`));
	await night.must('rita', 'abandon', '--reason', 'postponed', '--confirm', 'ABANDON', '--role', 'release-manager');
	assert.match((await night.cli('list')).stdout, / {2}ABANDONED {2}T0 was not started {2}/);
	await night.must('rita', 'close', '--confirm', 'CLOSE', '--role', 'release-manager');
	assert.match((await night.cli('list')).stdout, new RegExp(`^${id} {2}CLOSED abandoned {2}T0 `));
	const [listed] = JSON.parse((await night.cli('list', '--json')).stdout);
	assert.equal(listed.ended, 'abandoned');
	assert.equal(listed.next, null);
});

test('a known fact is corrected by its word, and the evidence keeps both values', async context => {
	const night = desk(context);
	await readyForT0(night);
	const unsure = await night.as('dave', 'set', 'Environment', 'production, west');
	assert.equal(unsure.code, 1);
	assert.match(unsure.stderr, /A correction of "Environment".*CORRECT/);
	await night.must('dave', 'set', 'Environment', 'production, west', '--confirm', 'CORRECT');
	const {stdout} = await night.cli('export');
	assert.match(stdout, /^Environment: .+, corrected by dave \d\d:\d\d: production, west$/m);
});

test('NEXT says by when something is to be done, and since when it is due once that is past', () => {
	const next = {
		text: 'answer T+1',
		brief: null,
		who: 'sam',
		names: [],
		role: null,
		since: 61_000,
		due: 60_000,
		saysSince: false,
		saysDue: true,
		after: null,
		act: null,
		target: null,
	};
	assert.match(nextLine('NEXT', next, 62_000) ?? '', /\(since .*, due [^,]*\)$/);
	assert.match(nextLine('NEXT', {...next, due: 90_000}, 62_000) ?? '', /\(since .*, by [^,]*\)$/);
	assert.match(nextLine('NEXT', {...next, saysSince: true}, 62_000) ?? '', /\(due [^,]*\)$/);
});
