/**
 * What can befall the folder of a cutover, at the built program: each is a sentence and exit 3, or a repair that the
 * journal tells of; nothing acknowledged is lost, and nothing that was damaged is cut.
 */
import assert from 'node:assert/strict';
import {execFile, spawn, spawnSync} from 'node:child_process';
import {hash} from 'node:crypto';
import {once} from 'node:events';
import {
	appendFileSync,
	chmodSync,
	existsSync,
	lchownSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {type TestContext, test} from 'node:test';
import type {Entry} from '../../source/cutover/ports.ts';
import {format, headOf, seal} from '../../source/journal/entry.ts';
import {killAll} from '../harness/ending.ts';
import {observed} from '../harness/observed.ts';
import {type Ended, environment, program} from '../harness/program.ts';
import {ours} from './kills/ours.ts';
import {entriesOf} from './kills/record.ts';
import {type Site, site} from './operator.ts';

type Begun = Site & {
	/** Of the cutover. */
	readonly inside: string;
	readonly journal: string;
	entries(): readonly Entry[];
	note(text: string): Promise<Ended>;
	/** The same, started by another program: `prlimit`, `unshare`. */
	noteUnder(wrapper: readonly [string, ...string[]], text: string): Promise<Ended>;
};

async function begun(t: TestContext): Promise<Begun> {
	const place = site(t);
	const {code, stdout, stderr} = await place.cli('begin', 'runbook.md', '--t0', '+3h', '--as', 'rita');
	assert.equal(code, 0, stderr);
	const inside = join(place.state, 'cutover-tui', stdout.trimEnd().split('\n').at(-1) ?? '');
	const journal = join(inside, 'journal.ndjson');
	const note = (text: string): readonly string[] => ['note', text, '--as', 'rita'];
	return {
		...place,
		inside,
		journal,
		entries: () => entriesOf(inside),
		note: text => place.cli(...note(text)),
		noteUnder: ([wrapper, ...args], text) =>
			new Promise(resolve => {
				const all = [...args, ...program, ...note(text)];
				execFile(wrapper, all, {cwd: place.folder, env: environment(place.env)}, (error, stdout, stderr) =>
					resolve({code: error === null ? 0 : Number(error.code ?? 137), stdout, stderr}),
				);
			}),
	};
}

/** Ends the watcher, and any that was started beside it, so that nothing but the test touches the folder. */
async function alone({inside}: Begun): Promise<void> {
	await observed('the record of a watcher', () => existsSync(join(inside, 'watcher.json')));
	await killAll('the watchers', () => ours('watcher', inside));
}

const types = (place: Begun): readonly string[] => place.entries().map(({type}) => type);

const notes = (place: Begun): readonly string[] =>
	place.entries().flatMap(entry => (entry.type === 'noted' ? [entry.data.text] : []));

function refusedWith({code, stderr}: Ended, words: RegExp): void {
	assert.equal(code, 3, stderr);
	assert.match(stderr, words);
	assert.doesNotMatch(stderr, /Unexpected error|^\s+at /m);
}

test('on a full disk nothing is half recorded, the fault is shown, and work continues once there is room', async t => {
	const place = await begun(t);
	await alone(place);
	const {size} = statSync(place.journal);
	for (const room of [1, 200]) {
		const full = await place.noteUnder(['prlimit', `--fsize=${size + room}`], 'x'.repeat(300));
		refusedWith(full, /nothing was recorded\. File size limit reached: .* Free some space/);
		assert.equal(statSync(place.journal).size, size);
	}
	assert.equal((await place.note('room again')).code, 0);
	assert.deepEqual(notes(place), ['room again']);
});

const mounts = spawnSync('unshare', ['-m', 'true']).status === 0;

test('a file system that turned read-only is reported, and the record stays readable', {
	skip: !mounts && 'mounting is not allowed here',
}, async t => {
	const place = await begun(t);
	await alone(place);
	const {inside} = place;
	const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
	const said = await place.noteUnder(['unshare', '-m', 'sh', '-c', script, inside], 'unheard');
	refusedWith(said, /read-only.*Mount the file system writable/);
	assert.equal((await place.cli('log')).code, 0);
	assert.deepEqual(notes(place), []);
});

test('a lost permission is reported, and the record stays readable', async t => {
	const place = await begun(t);
	await alone(place);
	chmodSync(place.journal, 0o400);
	// The superuser may write everything: then somebody else does it, to whom all of it was given.
	const nobody = 65_534;
	const root = process.getuid?.() === 0;
	const home = dirname(place.folder);
	if (root)
		for (const path of [home, ...readdirSync(home, {recursive: true, encoding: 'utf8'}).map(name => join(home, name))])
			lchownSync(path, nobody, nobody);
	const said = root
		? await place.noteUnder(['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'], 'unheard')
		: await place.note('unheard');
	refusedWith(said, /Permission denied: .* read and write access/);
	assert.deepEqual(notes(place), []);
});

test('a state folder that disappears is reported, and no new journal is begun in its place', async t => {
	const place = await begun(t);
	await alone(place);
	const [node, ...own] = program;
	const child = spawn(node, [...own, 'log', '--follow'], {
		cwd: place.folder,
		env: environment(place.env),
		stdio: 'pipe',
	});
	t.after(() => child.kill());
	const [ended, stderr] = [once(child, 'close'), text(child.stderr)];
	await once(child.stdout, 'data');
	renameSync(place.inside, `${place.inside}.away`);
	child.stdout.resume();
	const [code] = await ended;
	refusedWith({code, stdout: '', stderr: await stderr}, /The journal is gone: .* Bring the folder of the cutover back/);
	assert.equal(existsSync(place.inside), false);
	renameSync(`${place.inside}.away`, place.inside);
	assert.equal((await place.note('it is back')).code, 0);
});

test('a torn last line is cut off by the next act, kept beside the journal and recorded in it', async t => {
	const place = await begun(t);
	await alone(place);
	appendFileSync(place.journal, '{"seq":2,"at":"20');
	assert.equal((await place.cli('status')).code, 0);
	assert.ok(readFileSync(place.journal, 'utf8').endsWith('{"seq":2,"at":"20'), 'who reads repairs nothing');
	assert.equal((await place.note('after the crash')).code, 0);
	assert.ok(types(place).includes('repaired'));
	const [kept = ''] = readdirSync(place.inside).filter(name => name.startsWith('journal.torn-'));
	assert.equal(readFileSync(join(place.inside, kept), 'utf8'), '{"seq":2,"at":"20');
	assert.match((await place.cli('log')).stdout, /torn|repair|cut off/i);
});

test('a flipped byte in the middle is refused by everyone, and not one byte is cut', async t => {
	const place = await begun(t);
	await place.note('one');
	await place.note('two');
	await alone(place);
	const bytes = readFileSync(place.journal);
	bytes.write('X', bytes.indexOf('"one"') + 1);
	writeFileSync(place.journal, bytes);
	for (const ended of [await place.cli('status'), await place.note('three'), await place.cli('log')])
		refusedWith(ended, /Entry \d+ of the journal is damaged.*Bring journal\.ndjson back from a copy/);
	assert.deepEqual(readFileSync(place.journal), bytes);
});

test('a journal of a newer version is read, and nothing is recorded in it', async t => {
	const place = await begun(t);
	await alone(place);
	const last = place.entries().at(-1);
	assert.ok(last);
	const [noted] = seal(headOf(last), [
		{type: 'noted', data: {text: 'from the future', on: null}, at: last.at, by: last.by, cause: 'newer'},
	]);
	assert.ok(noted);
	const line = format(noted).replace('"type":"noted"', '"type":"teleported"');
	const body = line.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}');
	appendFileSync(place.journal, `${body.slice(0, -1)},"hash":"${hash('sha256', last.hash + body)}"}\n`);
	refusedWith(await place.note('unheard'), /a kind that this version does not know \("teleported"\).*newer/);
	const status = await place.cli('status');
	assert.equal(status.code, 0);
	assert.match(status.stderr, /teleported/);
});

test('a damaged, missing or newer progress.json is rebuilt by the next act', async t => {
	const place = await begun(t);
	await alone(place);
	const file = join(place.inside, 'progress.json');
	const good = readFileSync(file, 'utf8');
	for (const bad of ['{"head"', good.replace(/"seq": \d+/, '"seq": 999'), null]) {
		if (bad === null) rmSync(file);
		else writeFileSync(file, bad);
		assert.equal((await place.note('on we go')).code, 0);
		const {head} = JSON.parse(readFileSync(file, 'utf8'));
		assert.ok(head.seq <= place.entries().length && head.seq > 1);
		assert.equal(place.entries()[head.seq - 1]?.hash, head.hash);
	}
});

test('lock.db may be deleted or replaced; one that holds something is named', async t => {
	const place = await begun(t);
	await alone(place);
	const lock = join(place.inside, 'lock.db');
	rmSync(lock);
	assert.equal((await place.note('without')).code, 0);
	writeFileSync(`${lock}.new`, '', {mode: 0o600});
	renameSync(`${lock}.new`, lock);
	assert.equal((await place.note('with another')).code, 0);
	await alone(place);
	writeFileSync(lock, 'not a lock '.repeat(100));
	refusedWith(await place.note('unheard'), /The lock of the journal is damaged.*delete lock\.db/);
	rmSync(lock);
	assert.equal((await place.note('mended')).code, 0);
	assert.deepEqual(notes(place), ['without', 'with another', 'mended']);
});

test('a clock that stepped back an hour is recorded, and no entry is older than the one before', async t => {
	const place = await begun(t);
	await alone(place);
	const hourMs = 3_600_000;
	const back = new Date(Date.now() - hourMs).toISOString();
	writeFileSync(
		join(place.inside, 'clock.json'),
		JSON.stringify({start: back, startedAt: new Date().toISOString(), speed: 1, until: null}),
	);
	assert.equal((await place.note('what time is it')).code, 0);
	assert.equal(types(place).filter(type => type === 'clockStepped').length, 1);
	const times = place.entries().map(({at}) => Date.parse(at));
	assert.deepEqual(
		times,
		times.toSorted((a, b) => a - b),
	);
});

test('a boot in between: the watcher of before is lost, said once, and another one watches', async t => {
	const place = await begun(t);
	await alone(place);
	const file = join(place.inside, 'watcher.json');
	const record = JSON.parse(readFileSync(file, 'utf8'));
	// Its number may have been given to another process since: here, to this one, which lives.
	writeFileSync(file, JSON.stringify({...record, pid: process.pid, boot: '00000000-0000-0000-0000-000000000000'}));
	assert.equal((await place.note('the machine is up again')).code, 0);
	await observed(
		'the loss',
		() => types(place).includes('watcherLost'),
		() => types(place),
	);
	assert.notEqual(JSON.parse(readFileSync(file, 'utf8')).boot, '00000000-0000-0000-0000-000000000000');
	assert.equal(types(place).filter(type => type === 'watcherLost').length, 1);
});
