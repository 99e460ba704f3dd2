/**
 * The built program on a pseudo-terminal: whole nights by keyboard, with real scripts, runners and a journal on disk.
 */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type Operator, type Site, site} from './operator.ts';

/** From the first opening to an open cutover, T0 in a minute. */
async function begin(operator: Operator, t0 = '+1m'): Promise<void> {
	await operator.shows('NOT BEGUN  Ledger move');
	await operator.press('enter', 'BEGIN THE CUTOVER');
	await operator.fill(t0);
	await operator.press('enter', '>  ticket');
	await operator.fill('CHG-7');
	await operator.press('enter', '>  environment');
	await operator.fill('staging');
	await operator.confirm('type BEGIN to confirm');
	await operator.word('BEGIN', 'PREPARING  0 of 5 gates pass');
}

/** The groups of the gate that the mark stands on, or one answer. */
async function answer(operator: Operator, group: string | null, sign: string | RegExp): Promise<void> {
	await operator.press('a', 'ANSWER FOR A GATE');
	if (group !== null) {
		await operator.press('right', `(*) ${group}`);
		await operator.press('tab', '>  answer');
	}
	await operator.press('y', '(*) yes');
	await operator.press('enter', '>  because');
	await operator.confirm(sign);
}

/** Every gate passes; the mark goes from one duty to the next by itself. */
async function gates(operator: Operator): Promise<void> {
	await operator.run('T-60', /✔ T-60 DONE/);
	await operator.run('T-30', /✔ T-30 DONE/);
	await operator.run('G3', /✔ G3 PASS/);
	await operator.shows('L1, L2 and L3: answer G4');
	await answer(operator, 'L1', 'says yes on G4 for L1');
	await answer(operator, 'L2', 'says yes on G4 for L2');
	await answer(operator, null, /✔ G4 PASS/);
	await answer(operator, null, /✔ G5 PASS/);
}

/** Both owners of the decision, at one keyboard. */
async function go(operator: Operator): Promise<void> {
	await operator.press('g', 'ROLL CALL');
	await operator.press('g', 'VOTE GO OR NO-GO');
	await operator.press('r', '(*) release-manager');
	await operator.press('tab', '>  vote');
	await operator.press('g', '(*) go');
	await operator.press('enter', '>  because');
	await operator.confirm('type GO to confirm');
	await operator.word('GO', /release-manager .* GO \d/);
	await operator.press('g', 'VOTE GO OR NO-GO');
	await operator.press('g', '(*) go');
	await operator.press('enter', '>  because');
	await operator.confirm('type GO to confirm');
	await operator.word('GO', /ops-lead .* GO \d/);
	await operator.press('esc', 'GATES  5 of 5 pass');
}

async function throughT0(operator: Operator): Promise<void> {
	await operator.press('r', 'BEGIN T0');
	await operator.press('enter', '>  ticket');
	await operator.confirm('type T0 to confirm');
	await operator.word('T0', 'EXECUTING');
	await operator.press('r', 'SAY HOW A STAGE WENT: T0');
	await operator.press('p', '(*) pass');
	await operator.press('enter', '>  note');
	await operator.press('enter', '>  reference');
	await operator.fill('DEPLOY-9');
	await operator.press('enter', '>  done at');
	await operator.confirm('OBSERVING');
}

async function verify(operator: Operator): Promise<void> {
	await operator.press('r', 'SAY HOW A STAGE WENT: T+10');
	await operator.fill('all looks well already');
	await operator.press('enter', '>  health endpoints');
	for (const next of ['>  service status', '>  critical logs', '>  baseline', '>  note']) {
		await operator.press('p', '(*) pass');
		await operator.press('enter', next);
	}
	await operator.press('enter', '>  reference');
	await operator.confirm(/✔ T\+10 DONE/);
}

async function keep(operator: Operator): Promise<void> {
	await operator.press('g', 'ROLL CALL');
	await operator.press('g', 'VOTE TO KEEP THE RELEASE');
	await operator.press('r', '(*) release-manager');
	await operator.press('tab', '>  vote');
	await operator.press('k', '(*) keep');
	await operator.press('enter', '>  early because');
	await operator.fill('green for an hour elsewhere');
	await operator.press('enter', '>  because');
	await operator.confirm('type KEEP to confirm');
	await operator.word('KEEP', /release-manager .* KEEP \d/);
	await operator.press('g', 'VOTE TO KEEP THE RELEASE');
	await operator.press('k', '(*) keep');
	await operator.press('enter', '>  early because');
	await operator.fill('nobody objects');
	await operator.press('enter', '>  because');
	await operator.confirm('type KEEP to confirm');
	await operator.word('KEEP', 'KEPT');
}

/** Five signatures; the mark goes to the next by itself. */
async function sign(operator: Operator): Promise<void> {
	for (const [at, id] of ['S1', 'S2', 'S3', 'S4', 'S5'].entries()) {
		await operator.shows(new RegExp(`>. ${id}`));
		await operator.press('s', `SIGN OFF: ${id}`);
		await operator.press('y', '(*) yes');
		await operator.confirm(`${at + 1} of 5 signed`);
	}
}

async function exportTo(operator: Operator, file: string): Promise<void> {
	await operator.press('e', 'EVIDENCE');
	await operator.press('x', 'EXPORT THE EVIDENCE');
	await operator.press('t', '(*) text');
	await operator.press('enter', '>  file');
	await operator.fill(file);
	await operator.confirm('The evidence is written');
}

async function close(operator: Operator): Promise<void> {
	await operator.press(':', 'EVERYTHING THAT CAN BE DONE');
	await operator.fill('close');
	await operator.press('enter', 'CLOSE THE CUTOVER');
	await operator.fill('kept');
	await operator.confirm('IN WHICH ROLE?');
	await operator.press('r', '(*) release-manager');
	await operator.confirm('type CLOSE to confirm');
	await operator.word('CLOSE', 'CLOSED');
}

/** Its last screen, whatever the width broke put together. */
const saidBy = ({terminal}: Operator): string => terminal.screen().replaceAll('\n', '');

const types = async ({cli}: Site): Promise<readonly string[]> =>
	(await cli('log', '--json')).stdout
		.trimEnd()
		.split('\n')
		.map(line => String(JSON.parse(line).type));

test('a whole night by keyboard, from the first opening to the closed journal', {timeout: 300_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator);
	await gates(operator);
	await go(operator);
	await throughT0(operator);
	await verify(operator);
	await keep(operator);
	await operator.press('esc', 'SIGN-OFFS 0 of 5 signed');
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

test('a screen killed in the middle of T-30 is opened again where the cutover stands', {timeout: 120_000}, async t => {
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
	timeout: 180_000,
}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator);
	await gates(operator);
	await go(operator);
	await throughT0(operator);
	await operator.press('B', 'ROLL BACK');
	await operator.shows('ACTION=rollback');
	await operator.press('p', '(*) preferred');
	await operator.press('enter', '>  reason');
	await operator.fill('users are hurt');
	await operator.confirm('IN WHICH ROLE?');
	await operator.press('r', '(*) release-manager');
	await operator.confirm('type ROLLBACK to confirm');
	await operator.word('ROLLBACK', 'ROLLING BACK');
	await operator.shows('proof awaited');
	assert.equal(readFileSync(join(place.folder, 'rolled-back'), 'utf8'), 'rollback ops/compose.yml 0');
	await operator.press('v', 'SAY THAT THE IMPACT IS OVER');
	await operator.fill('all well again');
	await operator.press('enter', '>  sure');
	await operator.press('y', '(*) yes');
	await operator.confirm('ROLLED BACK');
	assert.equal((await place.status())['status'], 'rolled-back');
});

test('the end of the connection ends the screen and nothing else', {timeout: 60_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await begin(operator, '+2h');
	operator.terminal.hangUp();
	await operator.terminal.exited;
	assert.equal((await place.status())['status'], 'preparing');
});

test('a runbook that cannot begin is left with exit code 2, as check ends', {timeout: 60_000}, async t => {
	const place = site(t);
	place.write('broken.md', '# No timeline\n\nNothing here.\n');
	for (const args of [['broken.md'], ['.']]) {
		const operator = place.open({args});
		await operator.shows('CANNOT BEGIN');
		operator.terminal.press('q');
		assert.deepEqual(await operator.terminal.exited, {code: 2, signal: 0});
	}
});

test('SIGTERM gives the terminal back and exits 143', {timeout: 60_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await operator.shows('NOT BEGUN');
	operator.terminal.kill('SIGTERM');
	assert.deepEqual(await operator.terminal.exited, {code: 143, signal: 0});
	assert.equal(operator.terminal.cursor().alternate, false);
	assert.match(operator.terminal.screen(), /Nothing was begun/);
});

test('ten Enters and a pasted word begin nothing', {timeout: 60_000}, async t => {
	const place = site(t);
	const operator = place.open();
	await operator.shows('NOT BEGUN');
	operator.terminal.type('\r'.repeat(10));
	await operator.shows('press Enter again');
	await operator.press('esc', 'Nothing was recorded');
	await operator.press('enter', 'BEGIN THE CUTOVER');
	await operator.fill('+1h');
	await operator.press('enter', '>  ticket');
	await operator.press('enter', '>  environment');
	await operator.confirm('type BEGIN to confirm');
	operator.terminal.type('\u001b[200~BEGIN\r\u001b[201~');
	await operator.shows('A paste confirms nothing');
	operator.terminal.type('BEGIN\r');
	await operator.shows('press Enter again');
	operator.terminal.press('ctrl-c');
	await operator.terminal.exited;
	assert.equal(existsSync(join(place.state, 'cutover-tui')), false, 'no folder of a cutover');
});

test('a small terminal, no colour and no UTF-8 show the same cutover', {timeout: 60_000}, async t => {
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
