/** Acts signed on the screen: by the agent, with a signature from elsewhere, and beside an agent that hangs. */
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {type Operator, type Site, site} from './operator.ts';

type Signing = {readonly place: Site; readonly key: string};

/** Every gate has passed, so that the go/no-go can be voted on. */
async function ready(t: TestContext, signatures: string, env: Readonly<Record<string, string>> = {}): Promise<Signing> {
	const place = site(t, env);
	const key = join(place.folder, '..', 'ana');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ana@laptop', '-f', key]);
	place.write('allowed', `rita ${readFileSync(`${key}.pub`, 'utf8')}`);
	place.write('runbook.cutover.yaml', `cutover: 1\nallowed-signers: allowed\nsignatures: ${signatures}\n`);
	const as = async (...args: readonly string[]): Promise<void> => {
		const {code, stderr} = await place.cli(...args, '--as', 'rita');
		assert.equal(code, 0, stderr);
	};
	await as('begin', 'runbook.md', '--t0', '+61m', '--ticket', 'CHG-7', '--environment', 'test', '--confirm', 'BEGIN');
	for (const gate of ['G1', 'G2', 'G3']) await as('run', gate);
	for (const group of ['L1', 'L2', 'L3']) await as('acknowledge', 'G4', '--role', group);
	await as('acknowledge', 'G5');
	return {place, key};
}

const args = ['runbook.md', '--as', 'rita'];

/** Up to the word that a vote takes. */
async function vote(operator: Operator): Promise<void> {
	await operator.shows('5 of 5 gates pass');
	await operator.press('g', 'ROLL CALL');
	await operator.press('g', 'VOTE GO OR NO-GO');
	await operator.press('r', '>  reason');
	await operator.fill('all here');
	await operator.confirm('type GO to confirm');
}

async function signatures({cli}: Site): Promise<unknown> {
	return JSON.parse((await cli('verify', '--json')).stdout).signatures;
}

test('a vote is signed on the screen with the key of the agent, once the screen has shown the statement', async t => {
	const {place, key} = await ready(t, 'required');
	const agent = join(place.folder, '..', 'agent');
	const holder = spawn('ssh-agent', ['-D', '-a', agent], {stdio: ['ignore', 'pipe', 'ignore']});
	t.after(() => holder.kill('SIGKILL'));
	await new Promise(resolve => holder.stdout.once('data', resolve));
	execFileSync('ssh-add', ['-q', key], {env: {...process.env, SSH_AUTH_SOCK: agent}});
	const operator = place.open({args, env: {SSH_AUTH_SOCK: agent}});
	await vote(operator);
	await operator.word('GO', 'SIGN: VOTE GO OR NO-GO');
	await operator.shows('"decision":"go"');
	await operator.shows('(*) agent: ed25519 ana@laptop');
	await operator.confirm(/release-manager .* GO \d/);
	assert.deepEqual(await signatures(place), {good: 1, bad: 0, unsigned: 0});
	operator.terminal.press('q');
	await operator.terminal.exited;
});

test('a signature from elsewhere is pasted, and asked for again where another entry came in between', async t => {
	const {place, key} = await ready(t, 'optional', {SSH_AUTH_SOCK: ''});
	const operator = place.open({args});
	const paste = (): void => {
		const root = join(place.state, 'cutover-tui');
		const [id = ''] = readdirSync(root).filter(name => name.startsWith('ledger'));
		const statement = readFileSync(join(root, id, 'to-sign', 'rita.json'));
		const made = execFileSync('ssh-keygen', ['-Y', 'sign', '-n', 'cutover-tui-act', '-f', key], {input: statement});
		operator.terminal.type(`\u001b[200~${made.toString('utf8')}\u001b[201~`);
	};
	await vote(operator);
	await operator.press('tab', '>  reason');
	await operator.press('tab', '>  signed with a key');
	await operator.press('y', '(*) yes');
	await operator.confirm('type GO to confirm');
	await operator.word('GO', 'SIGN: VOTE GO OR NO-GO');
	await operator.shows('There is no agent');
	await operator.press('e', '>  signature');
	operator.terminal.type('nonsense');
	await operator.confirm('This is not a signature');
	for (let left = 'nonsense'.length; left > 0; left--) operator.terminal.press('backspace');
	await operator.shows('paste it whole');
	paste();
	await operator.shows('END SSH SIGNATURE');
	await place.cli('note', 'another entry', '--as', 'rita');
	await operator.shows('Another entry was recorded in between');
	await operator.shows('paste it whole');
	paste();
	await operator.shows('END SSH SIGNATURE');
	await operator.confirm(/release-manager .* GO \d/);
	assert.deepEqual(await signatures(place), {good: 1, bad: 0, unsigned: 0});
	operator.terminal.press('q');
	await operator.terminal.exited;
});

test('an agent that hangs leaves the screen alive: Esc cancels, and nothing is recorded', async t => {
	const {place, key} = await ready(t, 'required');
	const agent = join(place.folder, '..', 'hangs');
	const server = createServer(() => {}).listen(agent);
	t.after(() => server.close());
	const operator = place.open({args, env: {SSH_AUTH_SOCK: agent}});
	await vote(operator);
	await operator.word('GO', 'SIGN: VOTE GO OR NO-GO');
	await operator.shows('ssh-add did not answer within 3 s');
	await operator.press('k', '>  key file');
	await operator.fill(key);
	await operator.confirm('touch the key or answer the agent');
	await operator.press('esc', 'Cancelled before it was signed');
	await operator.press('esc', 'Nothing was recorded');
	assert.deepEqual(await signatures(place), {good: 0, bad: 0, unsigned: 0});
	operator.terminal.press('q');
	await operator.terminal.exited;
});
