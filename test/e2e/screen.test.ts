/**
 * The built program on a pseudo-terminal: whole nights by keyboard, with real scripts, runners and a journal on disk.
 */
import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {program} from '../harness/program.ts';
import {openTerminal} from '../harness/terminal.ts';
import {type Operator, type Site, site} from './operator.ts';

/** From the first opening to an open cutover, T0 in a minute. */
async function begin(operator: Operator, t0 = '+1m'): Promise<void> {
	await operator.shows('NOT BEGUN  Ledger move');
	await operator.begin(t0, 'PREPARING  0 of 5 gates pass');
}

/** Every gate passes; the selection goes from one to the next by itself. */
async function gates(operator: Operator): Promise<void> {
	await operator.run('T-60', /✔ T-60 DONE/);
	await operator.run('T-30', /✔ T-30 DONE/);
	await operator.run('G3', /✔ G3 PASS/);
	await operator.shows('>· G4');
	await operator.press('a', 'ANSWER FOR A GATE: G4');
	for (const group of ['L1', 'L2', 'L3']) await operator.press('y', new RegExp(`${group} +\\(\\*\\) yes`));
	await operator.confirm(/✔ G4 PASS/);
	await operator.shows('>· G5');
	await operator.press('a', 'ANSWER FOR A GATE: G5');
	await operator.press('y', '(*) yes');
	await operator.confirm(/✔ G5 PASS/);
}

/** Both owners of the decision, at one keyboard. */
async function go(operator: Operator): Promise<void> {
	await operator.press('g', 'ROLL CALL');
	await operator.press('g', 'VOTE GO OR NO-GO');
	await operator.shows('as: release-manager');
	await operator.word('GO', /release-manager .* GO \d/);
	await operator.press('.', 'as: ops-lead');
	await operator.word('GO', /ops-lead .* GO \d/);
	await operator.press('esc', 'GATES  5 of 5 pass');
}

async function throughT0(operator: Operator): Promise<void> {
	await operator.press('r', 'START T0');
	await operator.word('T0', /^ EXECUTING/);
	await operator.press('r', 'REPORT HOW T0 WENT');
	await operator.press('p', '(*) pass');
	await operator.press('tab', '>  note');
	await operator.press('tab', '>  reference');
	await operator.fill('DEPLOY-9');
	await operator.confirm('OBSERVING');
}

async function verify(operator: Operator): Promise<void> {
	await operator.press('.', 'RUN T+10');
	await operator.fill('all looks well already');
	await operator.confirm('>  Run it?');
	await operator.press('y', /REPORT HOW T\+10 WENT[\s\S]*> {2}health endpoints/);
	for (const next of ['service status', 'critical logs', 'baseline', 'baseline'])
		await operator.press('p', `>  ${next}`);
	await operator.shows(/baseline +\(\*\) pass/);
	await operator.confirm(/✔ T\+10 DONE/);
}

async function keep(operator: Operator): Promise<void> {
	await operator.press('g', 'ROLL CALL');
	await operator.press('g', 'VOTE TO KEEP THE RELEASE');
	await operator.fill('green for an hour elsewhere');
	await operator.confirm('as: release-manager');
	await operator.word('KEEP', /release-manager .* KEEP \d/);
	await operator.press('.', 'VOTE TO KEEP THE RELEASE');
	await operator.fill('nobody objects');
	await operator.confirm('as: project-owner');
	await operator.word('KEEP', '2 of 2 voted');
}

/** Five signatures at once, after their list. */
async function sign(operator: Operator): Promise<void> {
	await operator.press('S', 'SIGN EVERYTHING THAT IS YOURS AND READY');
	for (const id of ['S1', 'S2', 'S3', 'S4', 'S5']) await operator.shows(id);
	await operator.press('y', '5 of 5 signed');
}

async function exportTo(operator: Operator, file: string): Promise<void> {
	await operator.press('e', 'EVIDENCE');
	await operator.press('x', 'EXPORT THE EVIDENCE');
	await operator.shows('(*) text');
	await operator.fill(file);
	await operator.confirm('The evidence is written');
}

async function close(operator: Operator): Promise<void> {
	await operator.press('o', 'CLOSE THE CUTOVER');
	await operator.word('CLOSE', 'CLOSED');
}

/** Its last screen, whatever the width broke put together. */
const saidBy = ({terminal}: Operator): string => terminal.screen().replaceAll('\n', '');

const types = async ({cli}: Site): Promise<readonly string[]> =>
	(await cli('log', '--json')).stdout
		.trimEnd()
		.split('\n')
		.map(line => String(JSON.parse(line).type));

test('a whole cutover by keyboard, from the first opening to the closed journal', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator);
	await gates(operator);
	await go(operator);
	await throughT0(operator);
	await verify(operator);
	await keep(operator);
	await operator.press('esc', /SIGN-OFFS +0 of 5 signed/);
	await sign(operator);
	const file = join(place.state, 'evidence.txt');
	await exportTo(operator, file);
	const block = readFileSync(file, 'utf8');
	assert.match(block, /^Cutover ticket ID: CHG-7$/m);
	assert.match(block, /^T0 execution reference: .*DEPLOY-9/m);
	assert.equal(block.trimEnd().split('\n').length, 11);
	assert.ok(
		block
			.trimEnd()
			.split('\n')
			.every(line => /: ./.test(line)),
	);
	await close(operator);
	operator.terminal.press('q');
	assert.deepEqual(await operator.terminal.exited, {code: 0, signal: 0});
	assert.equal(operator.terminal.cursor().alternate, false);
	const [, id = ''] = /is closed\. Read it again with: cutover-tui --cutover (\S+)/.exec(saidBy(operator)) ?? [];
	const again = place.open({args: ['--cutover', id]});
	await again.shows(/CLOSED {2}kept/);
	again.terminal.press('q');
	assert.equal((await again.terminal.exited).code, 0);
});

test('a screen killed in the middle of T-30 reopens at the present state', {timeout: 300_000}, async t => {
	const place = site(t);
	place.write(
		'ops/verify.sh',
		'echo "waits for the word"\nuntil test -e go-on; do sleep 0.1; done\necho "all tests pass"\n',
	);
	place.commit('tests that wait');
	const first = place.open();
	await begin(first, '+2h');
	await first.run('T-60', /✔ T-60 DONE/);
	await first.run('T-30', /▶ T-30 RUNNING/);
	await first.press('enter', 'waits for the word');
	first.terminal.kill('SIGKILL');
	await first.terminal.exited;

	const second = place.open({cols: 120, rows: 40});
	await second.shows(/▶ T-30 RUNNING/);
	await second.shows('waits for the word');
	place.write('go-on', '');
	await second.shows(/✔ T-30 DONE/);
	assert.equal((await types(place)).filter(type => type === 'started').length, 4, 'nothing ran twice');
	second.terminal.press('q');
	assert.equal((await second.terminal.exited).code, 0);
});

test('a rollback by keyboard: the fallback runs with its environment, and is proved by name', {
	timeout: 300_000,
}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator);
	await gates(operator);
	await go(operator);
	await throughT0(operator);
	await operator.press('B', 'ROLL BACK');
	await operator.shows('ACTION=rollback');
	await operator.fill('users are hurt');
	await operator.confirm('type ROLLBACK to confirm');
	await operator.word('ROLLBACK', 'ROLLING BACK');
	await operator.shows('proof awaited');
	assert.equal(readFileSync(join(place.folder, 'rolled-back'), 'utf8'), 'rollback ops/compose.yml 0');
	await operator.press('v', 'CONFIRM THAT THE IMPACT IS OVER');
	await operator.fill('all well again');
	await operator.press('enter', '>  Is the impact over?');
	await operator.press('y', 'ROLLED BACK');
	assert.equal((await place.status())['status'], 'rolled-back');
});

test('the end of the connection ends the screen and nothing else', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator, '+2h');
	operator.terminal.hangUp();
	await operator.terminal.exited;
	assert.equal((await place.status())['status'], 'preparing');
});

test('a runbook that cannot begin is left with exit code 2, as check ends', {timeout: 300_000}, async t => {
	const place = site(t);
	place.write('broken.md', '# No timeline\n\nNothing here.\n');
	for (const args of [['broken.md'], ['.']]) {
		const operator = place.open({args});
		await operator.shows('CANNOT BEGIN');
		operator.terminal.press('q');
		assert.deepEqual(await operator.terminal.exited, {code: 2, signal: 0});
	}
});

test('SIGTERM gives the terminal back and exits 143', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await operator.shows('NOT BEGUN');
	operator.terminal.kill('SIGTERM');
	assert.deepEqual(await operator.terminal.exited, {code: 143, signal: 0});
	assert.equal(operator.terminal.cursor().alternate, false);
	assert.match(operator.terminal.screen(), /Nothing was begun/);
});

test('ten Enters and a pasted word begin nothing', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await operator.shows('NOT BEGUN');
	operator.terminal.type('\r'.repeat(10));
	await operator.shows('! T0: type it');
	await operator.press('esc', 'Nothing was recorded');
	await operator.press('enter', 'BEGIN THE CUTOVER');
	await operator.fill('+1h');
	await operator.confirm('type BEGIN to confirm');
	operator.terminal.type('\u001b[200~BEGIN\r\u001b[201~');
	await operator.shows('A paste confirms nothing');
	operator.terminal.type('BEGIN\r');
	await operator.shows('press Enter again');
	operator.terminal.press('ctrl-c');
	await operator.terminal.exited;
	const root = join(place.state, 'cutover-tui');
	const left = existsSync(root) ? readdirSync(root).filter(name => name !== 'begin.lock') : [];
	assert.deepEqual(left, [], 'no folder of a cutover');
});

test('a small terminal, no colour and no UTF-8 show the same cutover', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open({cols: 60, rows: 16});
	await operator.shows('NOT BEGUN');
	operator.terminal.resize(20, 5);
	await operator.shows('NOT BEGUN');
	operator.terminal.resize(80, 24);
	await operator.shows('WILL RUN');
	operator.terminal.press('q');
	assert.equal((await operator.terminal.exited).code, 0);
});

test('Ctrl-Z gives the terminal back to the shell, and fg shows the screen again', {timeout: 300_000}, async t => {
	const place = site(t);
	const terminal = openTerminal({command: 'bash', args: ['--norc', '-i'], cwd: place.folder, env: place.env});
	terminal.type(`${program.join(' ')} runbook.md\r`);
	await terminal.shows('NOT BEGUN  Ledger move');
	terminal.press('ctrl-z');
	await terminal.shows('Stopped');
	assert.equal(terminal.cursor().alternate, false);
	terminal.type('fg\r');
	await terminal.shows('NOT BEGUN  Ledger move');
	assert.equal(terminal.cursor().alternate, true);
	terminal.press('q');
	await terminal.shows('Nothing was begun');
	terminal.type('exit\r');
	await terminal.exited;
});
