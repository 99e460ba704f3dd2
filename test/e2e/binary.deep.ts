/**
 * The single binary, built as its documentation says and driven from empty folders on a machine without Node: nothing but
 * this file is there, and what it starts is this file again.
 */
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {before, type TestContext, test} from 'node:test';
import {observed} from '../harness/observed.ts';
import {runProgram} from '../harness/program.ts';
import {openTerminal} from '../harness/terminal.ts';
import {made, pathWithoutNode} from './binary/made.ts';
import {type Kind, ours, send} from './kills/ours.ts';
import {endOf} from './kills/record.ts';
import {Operator, site} from './operator.ts';

let folder = '';
let binary = '';

before(
	async () => {
		folder = await made();
		const name = readdirSync(folder).find(file => file.endsWith(`-linux-${process.arch}`));
		assert.ok(name, 'no binary was made');
		binary = join(folder, name);
	},
	{timeout: 600_000},
);

function emptyPlace(t: TestContext) {
	const place = mkdtempSync(join(tmpdir(), 'binary-'));
	t.after(() => rmSync(place, {recursive: true, force: true}));
	const env = {HOME: place, XDG_CACHE_HOME: undefined, XDG_STATE_HOME: join(place, 'state'), PATH: pathWithoutNode(t)};
	return {place, env, run: (...args: readonly string[]) => runProgram(args, {by: [binary], cwd: place, env})};
}

test('it is given with its sums, man page and completions, and says what it is', {timeout: 300_000}, async t => {
	execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], {cwd: folder});
	const beside = [
		'cutover-tui.1',
		'cutover-tui.bash',
		'cutover-tui.fish',
		'cutover-tui.zsh',
		'THIRD-PARTY-LICENSES.txt',
	];
	const listed = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
	for (const name of beside) assert.ok(listed.includes(`  ${name}\n`), name);
	assert.match(readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8'), /Node\.js is licensed/);
	const {run} = emptyPlace(t);
	const described = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8'));
	const version = `cutover-tui ${described.version}, Node ${process.versions.node}, single binary\n`;
	assert.deepEqual(await run('--version'), {code: 0, stdout: version, stderr: ''});
});

test('for a machine that it cannot be made for, its build says which there are', () => {
	const {status, stderr} = spawnSync(process.execPath, ['scripts/binary.ts', 'riscv64'], {
		cwd: join(folder, '..'),
		encoding: 'utf8',
	});
	assert.deepEqual([status, stderr], [2, 'Binaries are made on Linux, for x64 and arm64; this is "riscv64".\n']);
});

test('in an empty folder it makes a runbook and reads it, a large one too', {timeout: 300_000}, async t => {
	const {place, run} = emptyPlace(t);
	assert.equal((await run('init', 'own.md')).code, 0);
	const checked = await run('check', 'own.md');
	assert.equal(checked.code, 0, checked.stderr);
	assert.equal(checked.stderr, '');
	const rows = Array.from({length: 400}, (_, row) => `| T${row === 0 ? '0' : `+${row}`} | Move service ${row} | ops |`);
	writeFileSync(
		join(place, 'large.md'),
		`# Move\n\n## Timeline\n\n| Time | Action | Owner |\n|---|---|---|\n${rows.join('\n')}\n`,
	);
	const large = await run('check', 'large.md');
	assert.match(large.stdout, /T\+399/);
	assert.equal(large.stderr, '');
});

test('it rehearses on the screen, and the next start finds what it unpacked', {timeout: 300_000}, async t => {
	const {place, env, run} = emptyPlace(t);
	const operator = new Operator(openTerminal({command: binary, args: ['rehearse'], cwd: place, env}));
	await operator.shows('run T-60 now');
	await operator.run('T-60', 'T-60 DONE');
	await operator.press('q', 'Enter opens its screen again');
	operator.terminal.kill('SIGINT');
	assert.equal((await operator.terminal.exited).code, 130);

	const cache = join(place, '.cache/cutover-tui');
	const [unpacked = ''] = readdirSync(cache).filter(name => name.startsWith('program-'));
	assert.deepEqual(readdirSync(cache).toSorted(), ['compiled', unpacked]);
	// As what cleans caches does it.
	rmSync(join(cache, unpacked, 'dist/runner.js'));
	assert.equal((await run('--version')).code, 0);
	assert.deepEqual(readdirSync(cache).toSorted(), ['compiled', unpacked]);
});

const playbook = `import {step} from 'cutover-tui/playbook';
import {formatISO} from 'date-fns';
import {$, fs} from 'zx';
export default async ({values}) => {
	await step('once', () => $\`echo once >> effects\`, {done: () => fs.existsSync(values.workspace + '/effects')});
	await step('waits', () => $\`until test -e go-on; do sleep 0.1; done; echo \${formatISO(0).slice(0, 2)}\`, {again: true});
};
`;

test('a playbook runs, is killed and resumed; watcher, runner and scribe are the binary again', {
	timeout: 300_000,
}, async t => {
	const place = site(t, {PATH: pathWithoutNode(t)}, [binary]);
	place.write('runbook.cutover.yaml', 'cutover: 1\nstages:\n  T-30: { playbook: ops/night.ts }\n');
	place.write('ops/night.ts', playbook);
	const begun = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
	assert.deepEqual([begun.code, begun.stderr], [0, '']);
	const cutover = String((await place.status())['folder']);
	const run = (...more: readonly string[]) =>
		place.cli('run', 'T-30', '--detach', '--as', 'ana', '--role', 'qa-owner', ...more);
	assert.equal((await run()).code, 0);
	await observed('the first step', () => existsSync(join(place.folder, 'effects')));
	for (const kind of ['runner', 'scribe', 'watcher'] satisfies readonly Kind[]) {
		const [pid] = await observed(kind, () => ours(kind, place.state).length > 0 && ours(kind, place.state));
		assert.equal(readlinkSync(`/proc/${pid}/exe`), binary, kind);
	}
	for (const pid of ours('runner', cutover)) send(pid, 'SIGKILL');
	const lost = await observed('the end of T-30-1', () => endOf(cutover, 'T-30', 1));
	assert.equal(lost.data.outcome, 'lost');

	const resumed = await run('--resume');
	assert.equal(resumed.code, 0, resumed.stderr);
	place.write('go-on', '');
	const {data} = await observed('the end of T-30-2', () => endOf(cutover, 'T-30', 2));
	assert.equal(data.outcome, 'pass', data.reason ?? '');
	assert.equal(readFileSync(join(place.folder, 'effects'), 'utf8'), 'once\n');
	const complaints = readdirSync(cutover, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.err'));
	assert.ok(complaints.length >= 2);
	for (const name of complaints) assert.equal(readFileSync(join(cutover, name), 'utf8'), '', name);
	const verified = await place.cli('verify');
	assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
