/** A runbook of one's own, rehearsed: what of it really runs, and what takes a word before it does. */
import assert from 'node:assert/strict';
import {appendFileSync, globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {runProgram} from '../harness/program.ts';
import {type Night, night, runningIn} from './rehearsing.ts';

const own = (action: string) => `# Own night

## Gates

| Gate | Check | Command | Pass condition | Owner |
|---|---|---|---|---|
| G1 | Preflight | \`${action}\` | Exit code 0 | ana |

## Timeline

| Time | Owner | Action | Evidence |
|---|---|---|---|
| T-20 | ana | Run the preflight. | Log |
| T-5 | ana | Go/no-go: G1 passes. | Decision |
| T0 | ana | Do it. | Time |
| T+5 | ana | Keep or roll back. | Note |
`;

function ownRunbook({home}: Night, action: string, settings: string | null = null): string {
	const folder = join(home, 'own');
	mkdirSync(folder, {mode: 0o755});
	writeFileSync(join(folder, 'night.md'), own(action), {mode: 0o644});
	if (settings !== null) writeFileSync(join(folder, 'night.cutover.yaml'), settings, {mode: 0o644});
	writeFileSync(join(folder, 'act.ts'), "export default async ({step}) => { await step('act', () => null); };\n", {
		mode: 0o644,
	});
	return join(folder, 'night.md');
}

test("a runbook of one's own is rehearsed in a copy: its scripts run, and change nothing outside", async t => {
	const here = night(t);
	const file = ownRunbook(here, 'touch was-here && test \\"$CUTOVER_REHEARSAL\\" = 1'.replaceAll('\\"', '"'));
	const {code, stdout, stderr} = await runProgram(['rehearse', file, '--auto'], {env: here.env});
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.match(stdout, /KEPT/);
	assert.deepEqual(globSync('own/was-here', {cwd: here.home}), []);
	assert.equal(globSync('workspaces/*/was-here', {cwd: here.root}).length, 1);
});

test('a stage that needs an acknowledgement gets it in a rehearsal', async t => {
	const here = night(t);
	const file = ownRunbook(here, 'true');
	const text = readFileSync(file, 'utf8')
		.replace('Exit code 0 | ana |\n', 'Exit code 0 | ana |\n| G2 | Handover read | | L1/L2 acknowledged | ana |\n')
		.replace('Run the preflight.', 'Verify G1 and G2.');
	writeFileSync(file, text, {mode: 0o644});
	const {code, stdout, stderr} = await runProgram(['rehearse', file, '--auto'], {env: here.env});
	assert.equal(code, 0, `${stderr}\n${stdout}`);
	assert.match(stdout, /T-20-1 passed/);
});

test('a rehearsal that fails a gate stops there with its reason and the end of its log, exit 1', async t => {
	const here = night(t);
	const file = ownRunbook(here, 'echo no room left; exit 3');
	const {code, stdout, stderr} = await runProgram(['rehearse', file, '--auto'], {env: here.env});
	assert.equal(code, 1, stdout);
	assert.match(stdout, /G1 FAIL/);
	assert.match(stderr, /no room left/);
	assert.deepEqual(runningIn(here.home), []);
});

test('a T0 with a playbook of its own does not run unattended without its word', async t => {
	const here = night(t);
	const file = ownRunbook(here, 'test -f night.md', 'cutover: 1\nstages:\n  T0: { playbook: act.ts }\n');
	const refused = await runProgram(['rehearse', file, '--auto'], {env: here.env});
	assert.equal(refused.code, 1);
	assert.match(refused.stderr, /T0 really runs act\.ts.*\n.*--confirm T0/);
	const reported = await runProgram(['rehearse', file, '--auto', '--confirm', 'T0'], {env: here.env});
	assert.equal(reported.code, 0, reported.stderr);
	assert.match(reported.stdout, /T0-1 step act done/);
});

test('with a fault a script of the rollback does not run unattended without its word either', async t => {
	const here = night(t);
	const file = ownRunbook(here, 'true');
	writeFileSync(join(here.home, 'own/back.sh'), 'echo back\n', {mode: 0o755});
	appendFileSync(file, '\n## Rollback\n\n- Preferred: script `back.sh`\n');
	const {code, stderr} = await runProgram(['rehearse', file, '--auto', '--inject', 'watcher-killed@T+1m'], {
		env: here.env,
	});
	assert.equal(code, 1);
	assert.match(stderr, /The rollback really runs back\.sh.*\n.*--confirm ROLLBACK/);
});
