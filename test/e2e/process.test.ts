/** The program's own process: no debugger, no core file, no compiled code that somebody else could have written. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {keptName} from '../../source/cli/kept-code.ts';
import {ifExists} from '../../source/disk/fault.ts';
import {heard} from '../harness/heard.ts';
import {observed} from '../harness/observed.ts';
import {site} from './operator.ts';

const program = fileURLToPath(new URL('../../bin/cutover-tui.cjs', import.meta.url));
const dist = fileURLToPath(new URL('../../dist', import.meta.url));

function folder(t: TestContext): string {
	const made = mkdtempSync(join(tmpdir(), 'process-'));
	t.after(() => rmSync(made, {recursive: true, force: true}));
	return made;
}

/** `check --watch`, once it has read; it lives until it is ended. */
async function watching(t: TestContext, home: string): Promise<number> {
	writeFileSync(join(home, 'r.md'), '# R\n\n| Time | Action |\n|---|---|\n| T0 | Switch. |\n');
	const args = ['--core=4096:4096', process.execPath, program, 'check', '--watch', join(home, 'r.md')];
	const child = spawn('prlimit', args, {
		env: {...process.env, HOME: home, XDG_CACHE_HOME: ''},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	t.after(() => child.kill('SIGKILL'));
	await heard(child.stdout).shows('read again at each save');
	return child.pid ?? 0;
}

const answers = (port: number): Promise<boolean> =>
	new Promise(done => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => done(true)).once('error', () => done(false));
		socket.once('connect', () => socket.destroy());
	});

test('SIGUSR1 opens no debugger, and a crash leaves no core file', async t => {
	const home = folder(t);
	const pid = await watching(t, home);
	assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size\s+0\s+0\s/m);
	const before = await answers(9229);
	process.kill(pid, 'SIGUSR1');
	// A save is read again: by then the signal was handled.
	writeFileSync(join(home, 'r.md'), '# R\n\n| Time | Action |\n|---|---|\n| T0 | Switch it. |\n');
	assert.equal(await answers(9229), before);
	assert.ok(existsSync(`/proc/${pid}/stat`));
});

/** To V8 what was compiled without this flag is as that of another Node. */
const otherNode = '--interpreted-frames-native-stack';

test('code of the screen that the build did not compile for this Node is kept in that folder once it is shown, and in no other', async t => {
	assert.ok(existsSync(join(dist, keptName(join(dist, 'program.cjs')))));
	const place = site(t, {XDG_CACHE_HOME: '', NODE_OPTIONS: otherNode});
	await place.cli('begin', 'runbook.md', '--t0', '+1h');
	const folder = join(place.env['HOME'] ?? '', '.cache/cutover-tui/compiled');
	const screens = () => (ifExists(() => readdirSync(folder)) ?? []).filter(name => name.startsWith('screen-'));
	const opened = place.open();
	await opened.shows('NEXT');
	await observed('compiled code', () => screens().length > 0);
	opened.terminal.press('q');
	await opened.terminal.exited;
	assert.equal(statSync(folder).mode & 0o777, 0o700);
	for (const name of screens()) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
	const again = place.open();
	await again.shows('NEXT');
	again.terminal.press('q');
	await again.terminal.exited;
	rmSync(folder, {recursive: true});
	mkdirSync(folder);
	chmodSync(folder, 0o777);
	const unsafe = place.open();
	await unsafe.shows('NEXT');
	// Longer than it takes to keep it.
	await pause(2500);
	assert.deepEqual(readdirSync(folder), []);
	unsafe.terminal.press('q');
	await unsafe.terminal.exited;
});

test('compiled code is kept in a folder of this account alone, and in no other', async t => {
	const home = folder(t);
	const run = async (): Promise<void> => {
		const child = spawn(process.execPath, [program, 'list'], {
			env: {...process.env, HOME: home, XDG_CACHE_HOME: '', NODE_OPTIONS: otherNode},
			stdio: 'ignore',
		});
		await once(child, 'exit');
	};
	const place = join(home, '.cache/cutover-tui/compiled');
	await run();
	assert.equal(statSync(place).mode & 0o777, 0o700);
	assert.deepEqual(readdirSync(place), [keptName(join(dist, 'program.cjs'), 'command')]);
	rmSync(place, {recursive: true});
	mkdirSync(place);
	chmodSync(place, 0o777);
	await run();
	assert.deepEqual(readdirSync(place), []);
	assert.ok(existsSync(place));
});
