import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {runningOf} from '../../source/processes/process.ts';
import {gate, stage} from './rows.ts';
import {Site} from './site.ts';

const verdictOf = (site: Site, id: string) => site.journal.state().gates[id]?.judgement?.verdict;
const reasonOf = (site: Site, id: string) => site.journal.state().gates[id]?.judgement?.reason;

/** A command that runs until it is ended, and says its pid first. */
const waits = 'echo "pid $$"; exec sleep 1000';

const pidIn = (log: string): number | null => {
	const found = /^pid (\d+)$/m.exec(log);
	return found ? Number(found[1]) : null;
};

test('a command that exits 0 lets its gate pass, with its output in the log and the digest of the log in the journal', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['echo one; echo two >&2']})]}});
	const ref = await site.runs('G1');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass', site.log(ref));
	assert.equal(verdictOf(site, 'G1'), 'pass');
	assert.match(site.log(ref), /^one$/m);
	assert.match(site.log(ref), /^two$/m);
	const bytes = readFileSync(site.file(ref, 'log'));
	assert.deepEqual(ended.log, {
		path: 'attempts/G1-1/log',
		sha256: createHash('sha256').update(bytes).digest('hex'),
		bytes: bytes.length,
		lines: bytes.toString().split('\n').length - 1,
	});
	assert.match(site.log(ref), new RegExp(`^The log ends here: ${ended.log?.lines} lines$`, 'm'));
});

test('a command that exits 3 fails its gate, and says so', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['exit 3']})]}});
	const ended = await site.ended(await site.runs('G1'));
	assert.equal(ended.outcome, 'fail');
	assert.equal(ended.exit, 3);
	assert.equal(reasonOf(site, 'G1'), 'exit 3');
	assert.equal(site.journal.state().status, 'hold');
});

test('a failing part of a pipe fails the gate', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['false | cat']})]}});
	await site.ended(await site.runs('G1'));
	assert.equal(verdictOf(site, 'G1'), 'fail');
});

test('a command that is not found leaves its gate unknown, not failed, and no hold', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['no-such-program --version']})]}});
	const ended = await site.ended(await site.runs('G1'));
	assert.equal(ended.outcome, 'unknown');
	assert.match(reasonOf(site, 'G1') ?? '', /^command not found \(exit 127\): .*no-such-program/);
	assert.equal(site.journal.state().status, 'preparing');
});

test('a gate that takes too long is ended with all that it started, and is unknown', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [waits], timeoutSeconds: 5})]}});
	const ref = await site.runs('G1');
	const pid = await site.shows('the pid', () => pidIn(site.log(ref)));
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'unknown');
	assert.equal(reasonOf(site, 'G1'), 'timed out after 5s');
	assert.equal(runningOf(pid), null);
	assert.deepEqual(ended.still, []);
});

test('a runner that is killed is lost: the gate is unknown, what still runs is named, the log says so, and it can run again', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [`test -e again || { ${waits}; }`]})]}});
	const ref = await site.runs('G1');
	const pid = await site.shows('the pid', () => pidIn(site.log(ref)));
	process.kill(await site.runner(ref), 'SIGKILL');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'lost');
	assert.deepEqual(ended.still, [`sleep 1000 (pid ${pid})`]);
	assert.equal(verdictOf(site, 'G1'), 'unknown');
	assert.match(site.log(ref), /The log ends here: the runner is gone; .*still running, no longer logged: sleep 1000/);
	assert.equal(
		ended.log?.sha256,
		createHash('sha256')
			.update(readFileSync(site.file(ref, 'log')))
			.digest('hex'),
	);
	writeFileSync(join(site.workspace, 'again'), '');
	assert.equal((await site.ended(await site.runs('G1'))).outcome, 'pass');
});

test('a stop ends the whole tree, also what left the session and forgot its environment', async t => {
	const script =
		'setsid sleep 1001 & (setsid env -i sleep 1002 & wait) & echo "pid $$"; trap "" TERM; while :; do sleep 1; done';
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [script]})]}});
	const ref = await site.runs('G1');
	const pid = await site.shows('the pid', () => pidIn(site.log(ref)));
	await site.does('stop', {target: 'G1', reason: 'wrong branch'});
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'stopped');
	assert.equal(ended.reason, 'stopped by ana: wrong branch');
	assert.equal(runningOf(pid), null);
	assert.deepEqual(ended.still, []);
	assert.equal(verdictOf(site, 'G1'), 'unknown');
});

test('the next reconciler stops an attempt whose runner is gone', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [waits]})]}});
	const ref = await site.runs('G1');
	const pid = await site.shows('the pid', () => pidIn(site.log(ref)));
	await site.does('stop', {target: 'G1', reason: 'wrong branch'});
	process.kill(await site.runner(ref), 'SIGKILL');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'stopped');
	assert.equal(runningOf(pid), null);
});

test('when the scribe is killed another continues the log, and no command sees a broken pipe', async t => {
	const command = 'echo before; until test -e on; do sleep 0.05; done; for i in 1 2 3; do echo "after $i"; done';
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [command]})]}});
	const ref = await site.runs('G1');
	await site.shows('the first line', () => /^before$/m.test(site.log(ref)));
	const runner = await site.runner(ref);
	process.kill(await site.shows('the scribe', () => site.scribe(runner)), 'SIGKILL');
	await site.shows('another scribe', () => /The log goes on here/.test(site.log(ref)));
	writeFileSync(join(site.workspace, 'on'), '');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass');
	assert.match(site.log(ref), /\nbefore\n.*The log goes on here: .*\nafter 1\nafter 2\nafter 3\n/s);
});

test('two runners of one attempt run the command once', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['echo ran >> runs; sleep 0.3']})]}});
	const ref = await site.runs('G1');
	const other = site.spawnsRunner(ref);
	const third = site.spawnsRunner(ref);
	const ended = await site.ended(ref);
	await Promise.all([other, third]);
	assert.equal(ended.outcome, 'pass');
	assert.equal(readFileSync(join(site.workspace, 'runs'), 'utf8'), 'ran\n');
});

test('commands see only what is allowed of the environment, what the settings pass, and the mark', async t => {
	const env = {
		SSH_AUTH_SOCK: '/tmp/agent',
		NODE_OPTIONS: '--no-warnings',
		ZX_VERBOSE: 'true',
		DB_PASSWORD: 'hunter22',
		CLUSTER: 'blue',
		OTHER: 'x',
		LC_TIME: 'C',
		TZ: 'UTC',
	};
	const runbook = {
		gates: [gate('G1', {commands: ['env -0 | cut -z -d= -f1 | sort -z | tr "\\0" " "; echo; echo "$CLUSTER"']})],
		pass: ['CLUSTER', 'SSH_AUTH_SOCK', 'ZX_VERBOSE'],
		secrets: ['DB_PASSWORD'],
	};
	const site = await Site.begin(t, {runbook, env});
	const ref = await site.runs('G1');
	await site.ended(ref);
	const names =
		site
			.log(ref)
			.split('\n')
			.find(line => line.includes('CUTOVER_ATTEMPT'))
			?.trim()
			.split(' ') ?? [];
	const usual = new Set(['HOME', 'LANG', 'LANGUAGE', 'LOGNAME', 'PATH', 'USER', '_', 'PWD', 'SHLVL', 'OLDPWD']);
	assert.deepEqual(
		// How the network is reached is the machine's own affair.
		names.filter(name => !usual.has(name) && !/^(?:LC_|SSL_CERT|NODE_EXTRA_CA)|_PROXY$/i.test(name)),
		['CLUSTER', 'CUTOVER_ATTEMPT', 'CUTOVER_GATE', 'TZ'],
	);
	assert.ok(names.includes('LC_TIME') && names.includes('PATH'));
	assert.match(site.log(ref), /^blue$/m);
});

test('a secret is redacted anywhere in the output, across two writes, and in the journal', async t => {
	const command =
		'printf "it is hunt"; sleep 0.2; printf "er22-hunter22\\n"; printf "hunter2"; sleep 0.2; echo; echo héhunter22é; exit 4 # hunter22';
	const site = await Site.begin(t, {
		runbook: {gates: [gate('G1', {commands: [command]})], secrets: ['DB_PASSWORD'], pass: ['DB_PASSWORD']},
		env: {DB_PASSWORD: 'hunter22'},
	});
	const ref = await site.runs('G1');
	await site.ended(ref);
	assert.match(site.log(ref), /^it is \[redacted\]-\[redacted\]$/m);
	assert.match(site.log(ref), /^hunter2$/m);
	assert.match(site.log(ref), /^hé\[redacted\]é$/m);
	assert.doesNotMatch(site.log(ref), /hunter22/);
	assert.match(site.log(ref), /secrets redacted/);
});

test('100 MB of output cost the runner and the scribe no memory, and the log keeps head and tail', async t => {
	const command = 'head -c 100000000 /dev/zero | tr "\\0" x | fold -w 99; echo; echo the end';
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [command]})]}});
	const ref = await site.runs('G1');
	const runner = await site.runner(ref);
	const scribe = await site.shows('the scribe', () => site.scribe(runner));
	let highest = 0;
	const ended = await site.shows('the end', () => {
		highest = Math.max(highest, site.memory(runner), site.memory(scribe));
		return site.journal.state().attempts['G1-1']?.ended;
	});
	assert.equal(ended.outcome, 'pass');
	assert.ok(highest < 200, `${highest} MB at most`);
	assert.match(site.log(ref), /bytes left out here/);
	assert.match(site.log(ref).split('\n').slice(-6).join('\n'), /^the end$/m);
	assert.ok((ended.log?.bytes ?? 0) < 20_000_000, `${ended.log?.bytes} bytes`);
});

test('a runner that cannot be started ends its attempt with what it complained of', async t => {
	const programs = {...Site.programs, runner: '/nonexistent/runner.js'};
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['true']})]}, programs});
	const ended = await site.ended(await site.runs('G1'));
	assert.equal(ended.outcome, 'unknown');
	assert.match(ended.reason ?? '', /^its runner could not be started: .*nonexistent/);
});

test('a runner that could not even complain ends its attempt with what keeps its folder from being written', async t => {
	const place = mkdtempSync(join(tmpdir(), 'runner-'));
	t.after(() => rmSync(place, {recursive: true}));
	const runner = join(place, 'silent.mjs');
	const [folder, attempt] = ['process.argv[2]', 'process.argv[3]'];
	writeFileSync(
		runner,
		`import {rmSync} from 'node:fs';\nrmSync(\`\${${folder}}/attempts/\${${attempt}}\`, {recursive: true});\n`,
	);
	const programs = {...Site.programs, runner};
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['true']})]}, programs});
	const ended = await site.ended(await site.runs('G1'));
	assert.match(
		ended.reason ?? '',
		/^its runner could not be started: No such file or folder: .*\/attempts\/G1-1 \(ENOENT\)$/,
	);
});

test('a stage runs on when its time has no limit, and a playbook of a stage is stopped at its own', async t => {
	const playbook =
		"import {$} from 'zx';\nexport default async ({step}) => { await step('wait', () => $`sleep 1000`); };\n";
	const runbook = {
		stages: [
			stage('T-20', -20, {playbook: 'wait.ts', timeoutSeconds: 1}),
			stage('T-10', -10, {kind: 'decision'}),
			stage('T0', 0, {kind: 'act'}),
			stage('T+10', 10, {kind: 'closing'}),
		],
	};
	const site = await Site.begin(t, {runbook, files: {'wait.ts': playbook}, approved: ['wait.ts']});
	const ref = await site.runs('T-20');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'unknown');
	assert.equal(ended.reason, 'timed out after 1s');
	assert.equal(site.journal.state().attempts['T-20-1']?.steps[0]?.outcome, 'failed');
});

test('a command may open /dev/stderr and /dev/stdout by name', async t => {
	const site = await Site.begin(t, {
		runbook: {gates: [gate('G1', {commands: ['echo err > /dev/stderr; echo out > /dev/stdout']})]},
	});
	const ref = await site.runs('G1');
	assert.equal((await site.ended(ref)).outcome, 'pass', site.log(ref));
	assert.match(site.log(ref), /^err\nout$/m);
});

test('processes left by a failed attempt are named; those of a passed one may stay', async t => {
	const gates = [gate('G1', {commands: ['sleep 1003 & exit 1']}), gate('G2', {commands: ['sleep 1004 & exit 0']})];
	const site = await Site.begin(t, {runbook: {gates}});
	const failed = await site.ended(await site.runs('G1'));
	assert.match(failed.still.join(), /^sleep 1003 \(pid \d+\)$/);
	const passed = await site.ended(await site.runs('G2'));
	assert.equal(passed.outcome, 'pass');
	assert.deepEqual(passed.still, []);
});

test('an attempt whose log cannot be made ends with the reason', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['true']})]}, env: {PATH: '/nonexistent'}});
	const ended = await site.ended(await site.runs('G1'));
	assert.equal(ended.outcome, 'unknown');
	assert.match(ended.reason ?? '', /^A pipe cannot be made/);
});
