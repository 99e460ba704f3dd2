/**
 * One gate, and what exactly is killed: its runner, or the terminal that it was asked for in. Then what people are told.
 */
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {killAll} from '../harness/ending.ts';
import {observed} from '../harness/observed.ts';
import {environment, program} from '../harness/program.ts';
import {type Kind, marked, ours, send} from './kills/ours.ts';
import {endOf, entriesOf} from './kills/record.ts';
import {type Site, site} from './operator.ts';

type Gate = {
	readonly verdict: string;
	readonly judging: boolean;
	readonly attempt: number;
	readonly reason: string | null;
};

/** A cutover that was begun, whose G1 waits for a file `go-on`. */
async function begun(t: TestContext): Promise<Site & {readonly state: string; readonly cutover: string}> {
	const place = site(t);
	place.write(
		'ops/preflight.sh',
		'echo "waits for the word"\nuntil test -e go-on; do sleep 0.1; done\necho "goes on"\n',
	);
	const {code, stderr} = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
	assert.equal(code, 0, stderr);
	return {...place, cutover: String((await place.status())['folder'])};
}

const kinds: readonly Kind[] = ['runner', 'scribe', 'watcher'];

/** `run G1` in a process group of its own, as a terminal's shell starts it. */
function runs(place: Site): ChildProcess {
	const [node, ...own] = program;
	return spawn(node, [...own, 'run', 'G1', '--as', 'ana'], {
		cwd: place.folder,
		env: environment(place.env),
		stdio: 'ignore',
		detached: true,
	});
}

async function g1(place: Site): Promise<Gate> {
	const [gate] = (await place.status())['gates'] as readonly Gate[];
	assert.ok(gate);
	return gate;
}

const log = (cutover: string, attempt: number): string =>
	readFileSync(join(cutover, 'attempts', `G1-${attempt}`, 'log'), 'utf8');

const waits = (cutover: string, attempt: number): Promise<boolean> =>
	observed('the command at work', () => {
		try {
			return log(cutover, attempt).includes('waits for the word');
		} catch {
			return false;
		}
	});

test('kill -9 of the terminal that asked, its whole process group: the gate runs on, passes, and its log is whole', {
	timeout: 300_000,
}, async t => {
	const {cutover, ...place} = await begun(t);
	const client = runs(place);
	await waits(cutover, 1);
	assert.ok(client.pid);
	process.kill(-client.pid, 'SIGKILL');
	await observed('the end of the client', () => client.signalCode === 'SIGKILL');
	assert.deepEqual((await g1(place)).verdict, 'running');
	place.write('go-on', '');
	const {data} = await observed('the end of G1', () => endOf(cutover, 'G1', 1));
	assert.equal(data.outcome, 'pass');
	assert.equal((await g1(place)).verdict, 'pass');
	assert.match(log(cutover, 1), /waits for the word\n.*goes on\n(.*\n)*.*The log ends here/);
	assert.equal(data.log?.sha256, createHash('sha256').update(log(cutover, 1)).digest('hex'));
});

test('kill -9 of the runner: the gate is unknown and what still runs is named; it can be run again', {
	timeout: 300_000,
}, async t => {
	const {cutover, ...place} = await begun(t);
	const operator = place.open();
	await operator.shows('NEXT');
	runs(place);
	await waits(cutover, 1);
	await operator.shows(/G1 (RUNNING|running)/);
	const [command] = marked(cutover, 'G1-1');
	const runners = ours('runner', cutover);
	assert.equal(runners.length, 1);
	for (const pid of runners) send(pid, 'SIGKILL');
	const {data} = await observed('the end of G1', () => endOf(cutover, 'G1', 1));
	await operator.shows(/G1 UNKNOWN/);
	assert.equal(data.outcome, 'lost');
	assert.ok(command && data.still.some(name => name.endsWith(`(pid ${command})`)), data.still.join());
	await operator.shows(new RegExp(`still running: (.|\\n)*${command}`));
	assert.equal((await g1(place)).verdict, 'unknown');

	place.write('go-on', '');
	const again = await place.cli('run', 'G1', '--as', 'ana');
	assert.equal(again.code, 0, again.stderr);
	assert.deepEqual([(await g1(place)).verdict, (await g1(place)).attempt], ['pass', 2]);
});

test('kill -9 of everything at once, before anything was started: the next who looks starts it', {
	timeout: 300_000,
}, async t => {
	const {cutover, ...place} = await begun(t);
	await killAll('the watcher', () => ours('watcher', cutover));
	const client = runs(place);
	await observed('the attempt in the journal', () => entriesOf(cutover).some(({type}) => type === 'started'));
	send(-(client.pid ?? 0), 'SIGKILL');
	await observed('the end of the client', () => client.signalCode === 'SIGKILL');
	await killAll('the rest', () => kinds.flatMap(kind => ours(kind, cutover)));
	assert.equal((await g1(place)).verdict, 'running');
	// Only now: a runner that was quicker than the kill is no longer too quick for the look above.
	place.write('go-on', '');
	const operator = place.open();
	const {data} = await observed('the end of G1', () => endOf(cutover, 'G1', 1));
	// A runner that had the attempt when it was killed is lost; one that had not is followed by another.
	assert.ok(data.outcome === 'pass' || data.outcome === 'lost', data.outcome);
	await operator.shows(data.outcome === 'pass' ? 'G1 PASS' : 'G1 UNKNOWN');
	await observed('one watcher', () => ours('watcher', cutover).length === 1);
});
