/** A kind of gates is one file and one line in the table: reader, `check`, preview, runner, screen and docs see it. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {attemptKey} from '../../source/cutover/model/attempt-target.ts';
import type {GateKind} from '../../source/gates/gate-kind.ts';
import {gateKinds} from '../../source/gates/gate-kinds.ts';
import {fail, pass} from '../../source/gates/verdict.ts';
import {programs} from '../../source/processes/programs.ts';

const queue: GateKind = {
	when: 'code names a queue, `queue:orders`',
	passes: 'nothing waits in it',
	named: ['queue gates'],
	summary: ({looksAt = []}) => `nothing waits in ${looksAt.join(', ')}`,
	read({codes}) {
		const looksAt = codes.filter(code => code.startsWith('queue:'));
		return looksAt.length === 0 ? null : {looksAt};
	},
	async check({looksAt = []}, {workspace, say}) {
		for (const name of looksAt) {
			const waiting = Number(readFileSync(join(workspace, name.replace(':', '/')), 'utf8'));
			say(`${name}: ${waiting} waiting`);
			if (waiting > 0) return fail(`${waiting} wait in ${name}`);
		}
		return pass;
	},
};
Object.assign(gateKinds, {queue});

// What reads the table when it is loaded follows the line above.
const {runAttempt} = await import('../../source/attempts/attempt.ts');
const {willRun} = await import('../../source/cutover/due/will-run.ts');
const {noFiles} = await import('../scenarios/run-files.ts');
const {asJson} = await import('../../source/runbook/as-json.ts');
const {summary} = await import('../../source/runbook/summary.ts');
const {formatPage} = await import('../../scripts/docs-format.ts');
const {sample, runbookOf} = await import('../runbook/sample.ts');
const {Site, ana} = await import('../attempts/site.ts');
const {gate} = await import('../attempts/rows.ts');
const {backNight} = await import('../scenarios/night.ts');
const {Stage} = await import('../screen/stage.tsx');
const {alice} = await import('../scenarios/people.ts');

const runbook = runbookOf(
	sample
		.replace(
			'| G5 | Earlier findings closed | `docs/findings.md` | No open blocker |',
			'| G5 | Orders drained | `queue:orders` | Nothing waits |',
		)
		.replace('Run command gates (`build/test`)', 'Run the queue gates'),
);
const row = runbook.gates.find(({id}) => id === 'G5');

test('the reader takes its rows', () => {
	assert.deepEqual([row?.kind, row?.looksAt, row?.files], ['queue', ['queue:orders'], []]);
	assert.equal(runbook.gates[0]?.kind, 'command');
});

test('check shows what it is judged by, for people and as JSON', () => {
	assert.ok(summary(runbook).some(line => /G5 +queue +.*nothing waits in queue:orders/.test(line)));
	assert.deepEqual(asJson(runbook, []).runbook?.gates.at(-1)?.looksAt, ['queue:orders']);
});

test('the preview shows what it looks at', () => {
	const rows = willRun(runbook, noFiles);
	assert.deepEqual(rows.find(({of}) => of === 'G5')?.verbatim, 'looks at queue:orders');
});

test('the screen shows what a run of it looks at', async () => {
	const [first] = backNight;
	assert.ok(first?.command.type === 'begin' && row);
	const {data} = first.command;
	const gates = data.runbook.gates.map(one => (one.id === 'G3' ? {...row, id: 'G3', owners: one.owners} : one));
	const begun = {...first, command: {...first.command, data: {...data, runbook: {...data.runbook, gates}}}};
	const screen = await Stage.open({acts: [begun], now: '20:51:00', you: alice});
	assert.match(await screen.press('r'), /G3 +looks at queue:orders/);
	assert.match(await screen.press('esc', 'enter'), /WHAT RUNS.*\n looks at queue:orders/);
});

for (const [waiting, verdict, reason] of [
	['0', 'pass', null],
	['3', 'fail', '3 wait in queue:orders'],
] as const)
	test(`the runner judges it: ${verdict} where ${waiting} wait`, async t => {
		const looks = gate('G1', {kind: 'queue', looksAt: ['queue:orders']});
		const site = await Site.begin(t, {runbook: {gates: [looks]}, files: {'queue/orders': waiting}});

		const run = {target: 'G1', resume: false, reference: null, ticket: null, early: false, reason: null};
		assert.equal((await site.journal.decide({id: 'run G1', type: 'run', data: run}, ana)).refused, false);
		const {folder, journal} = site;
		const keep = (file: string, name: string) => ({name, path: file, sha256: '', bytes: 0});
		const ref = {target: {gate: 'G1'}, attempt: 1} as const;
		await runAttempt(
			{folder, journal, clock: systemClock, programs, hosts: null, env: process.env, keep},
			attemptKey(ref),
		);
		const judged = journal.state().gates['G1']?.judgement;
		assert.deepEqual([judged?.verdict, judged?.reason], [verdict, reason]);
		assert.match(site.log(ref), new RegExp(`queue:orders: ${waiting} waiting`));
	});

test('the documentation lists it', () => {
	assert.match(formatPage(), /\| queue \| code names a queue, `queue:orders` \| nothing waits in it \|/);
});
