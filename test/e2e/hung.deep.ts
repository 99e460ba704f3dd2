/**
 * A terminal that takes no more bytes: whoever writes to it stands still. It is the screen in that terminal, and nobody else.
 */
import assert from 'node:assert/strict';
import {type ChildProcess, spawn as start} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import {observed} from '../harness/observed.ts';
import {environment, program} from '../harness/program.ts';
import {ours, send} from './kills/ours.ts';
import {endOf, entriesOf} from './kills/record.ts';
import {type Site, site} from './operator.ts';

const [node, ...own] = program;
const size = {cols: 120, rows: 40};

/** Numbers of write(2) where they are known. */
const writing: Readonly<Record<string, string>> = {x64: '1', arm64: '64'};

/** What the process stands in, by number; null where the system does not tell. */
function callOf(pid: number): string | null {
	try {
		return readFileSync(`/proc/${pid}/syscall`, 'utf8').split(' ')[0] ?? null;
	} catch {
		return null;
	}
}

/** A cutover whose G1 floods its log until there is a file `go-on`. */
async function flooded(t: TestContext): Promise<{place: Site; cutover: string}> {
	const place = site(t);
	place.write('ops/preflight.sh', 'until test -e go-on; do seq -f "line %g" 1 200; sleep 0.05; done\necho "dry"\n');
	const begun = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
	assert.equal(begun.code, 0, begun.stderr);
	const cutover = String((await place.status())['folder']);
	assert.equal((await place.cli('run', 'G1', '--detach', '--as', 'ana')).code, 0);
	return {place, cutover};
}

/** A terminal that nobody ever reads, with the flood on its screen. */
async function neverRead(t: TestContext, place: Site, cutover: string): Promise<IPty> {
	const pty = spawn(node, [...own, 'runbook.md', '--as', 'ben'], {
		...size,
		cwd: place.folder,
		env: environment({TERM: 'xterm-256color', ...place.env}),
	});
	t.after(() => send(pty.pid, 'SIGKILL'));
	pty.pause();
	const here = join(cutover, 'here', `${pty.pid}.json`);
	await observed('the screen of ben', () => statSync(here, {throwIfNoEntry: false}));
	pty.write('\r');
	return pty;
}

/** A terminal whose reader is stopped once the flood is on its screen. Answers with the reader, which goes on when told. */
async function stopped(t: TestContext, place: Site): Promise<{reader: ChildProcess; answers: AsyncIterator<string>}> {
	const file = fileURLToPath(new URL('hung/reader.ts', import.meta.url));
	const env = environment(place.env);
	const args = ['NEXT  wait: G1 runs', 'runbook.md', '--as', 'carol'];
	const reader = start(node, [file, ...args], {cwd: place.folder, env, stdio: ['pipe', 'pipe', 'inherit']});
	t.after(() => send(reader.pid ?? 0, 'SIGKILL'));
	assert.ok(reader.stdout);
	const answers = createInterface({input: reader.stdout})[Symbol.asyncIterator]();
	assert.equal((await answers.next()).value, 'ready');
	assert.ok(send(reader.pid ?? 0, 'SIGSTOP'));
	return {reader, answers};
}

test('a hung terminal stops neither other screens nor the runner, the watcher or the lock', {
	timeout: 300_000,
}, async t => {
	const {place, cutover} = await flooded(t);
	const {reader, answers} = await stopped(t, place);
	const hung = await neverRead(t, place, cutover);
	const call = writing[process.arch];
	if (call !== undefined && callOf(process.pid) !== null)
		await observed('a screen that stands in a write', () => callOf(hung.pid) === call);

	const operator = place.open(size);
	await operator.shows('NEXT  wait: G1 runs');
	const log = join(cutover, 'attempts/G1-1/log');
	const before = {bytes: statSync(log).size, looked: statSync(join(cutover, 'watcher.json')).mtimeMs};
	for (let at = 1; at <= 5; at++) {
		const {code, stderr} = await place.cli('note', `remark ${at}`, '--as', 'ana');
		assert.equal(code, 0, stderr);
		await operator.shows(`remark ${at}`);
	}
	await observed('more of the log', () => statSync(log).size > before.bytes);
	await observed('a look of the watcher', () => statSync(join(cutover, 'watcher.json')).mtimeMs > before.looked);
	place.write('go-on', '');
	const {data} = await observed('the end of G1', () => endOf(cutover, 'G1', 1));
	assert.equal(data.outcome, 'pass');
	await operator.shows('G1 PASS');
	assert.equal(ours('watcher', cutover).length, 1);
	assert.equal(entriesOf(cutover).filter(({type}) => type === 'watcherLost').length, 0);

	assert.ok(send(reader.pid ?? 0, 'SIGCONT'));
	reader.stdin?.write('PASS\n');
	assert.equal((await answers.next()).value, 'PASS', 'the stopped screen shows what it missed');
	reader.kill('SIGKILL');
	await once(reader, 'exit');
});
