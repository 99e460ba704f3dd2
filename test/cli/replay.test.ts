import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {processIo} from '../../source/cli/io.ts';
import {openPlayer} from '../../source/cli/replay/player.ts';
import {recordedSamples} from '../../source/cli/replay/recording.ts';
import {replayed} from '../../source/cli/replay/replayed.ts';
import {attemptKey} from '../../source/cutover/model/attempt-target.ts';
import type {Clock} from '../../source/cutover/ports.ts';
import {given} from '../given.ts';
import {keptNight} from '../scenarios/night.ts';
import {desk} from './desk.ts';
import {begin, copyCutover} from './walks.ts';

const quiet = () => {};

/** Time passes where a test says so. */
function held(): Clock & {pass(ms: number): void} {
	let steady = 0;
	const runs = new Set<() => void>();
	return {
		now: () => 0,
		steady: () => steady,
		after: () => quiet,
		every(_, run) {
			runs.add(run);
			return () => runs.delete(run);
		},
		pass(ms) {
			steady += ms;
			for (const run of [...runs]) run();
		},
	};
}

test('a replay plays as many times as fast as it was, pauses, and stops at its end', () => {
	const clock = held();
	const player = openPlayer([1000, 5000, 61_000, 61_000], clock, 10);
	assert.deepEqual(player.position(), {at: 1000, event: 1, events: 4, speed: 10, playing: false});
	player.move({kind: 'play'});
	clock.pass(500);
	assert.deepEqual(player.position(), {at: 6000, event: 2, events: 4, speed: 10, playing: true});
	player.move({kind: 'play'});
	clock.pass(9999);
	assert.equal(player.position().at, 6000, 'paused');
	player.move({kind: 'speed', by: 1});
	assert.equal(player.position().speed, 30);
	player.move({kind: 'play'});
	clock.pass(60_000);
	assert.deepEqual(player.position(), {at: 61_000, event: 4, events: 4, speed: 30, playing: false});
	player.move({kind: 'play'});
	assert.deepEqual([player.position().at, player.position().event], [1000, 1], 'from its end it plays again');
});

test('a step goes through events of one instant one by one, and a clock that was set back holds nothing up', () => {
	const player = openPlayer([5000, 4000, 4000, 9000], held(), 60);
	const places = [1, 1, 1, 1].map(by => {
		player.move({kind: 'step', by: by as 1});
		return [player.position().event, player.position().at];
	});
	assert.deepEqual(places, [
		[2, 5000],
		[3, 5000],
		[4, 9000],
		[4, 9000],
	]);
	player.move({kind: 'jump', event: 2});
	assert.deepEqual([player.position().event, player.position().at], [2, 5000]);
});

/** What stands in a folder, with contents and times of change. */
const everything = (folder: string): readonly string[] =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.sort()
		.map(name => {
			const file = join(folder, name);
			const found = statSync(file);
			const digest = found.isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : '';
			return `${name} ${found.mode} ${found.mtimeMs} ${digest}`;
		});

test('a closed cutover is replayed by its id or from a copy of its folder, and nothing in it changes', async context => {
	const night = desk(context);
	await begin(night);
	const open = await night.cli('replay', '--plain');
	assert.equal(open.code, 2);
	assert.match(open.stderr, /No cutover is closed yet/);
	const [id = ''] = readdirSync(night.state).filter(name => statSync(join(night.state, name)).isDirectory());
	const live = await night.cli('replay', id, '--plain');
	assert.equal(live.code, 2);
	assert.match(live.stderr, /is open: it can be replayed once it is closed/);
	await night.must('rita', 'abandon', '--reason', 'not tonight', '--confirm', 'ABANDON', '--role', 'release-manager');
	await night.must('rita', 'close', '--confirm', 'CLOSE', '--role', 'release-manager');
	const log = (await night.cli('log', '--cutover', id)).stdout.trim().split('\n');

	const copy = join(night.folder, 'audit');
	copyCutover(join(night.state, id), copy);
	// The watcher of the original may still write its last files there.
	renameSync(join(night.state, id), join(night.folder, 'gone'));
	const before = everything(copy);
	const played = await night.cli('replay', copy, '--plain', '--speed', '1000000');
	assert.equal(played.code, 0, played.stderr);
	const events = played.stdout.split('\n').filter(line => /^ +\d+ {2}\S/.test(line));
	assert.equal(events.length, log.length, played.stdout);
	assert.match(played.stdout, /REPLAY of .*Nothing is recorded/);
	assert.match(played.stdout, /CLOSED/);
	assert.deepEqual(everything(copy), before);
	assert.equal((await night.cli('replay', copy, '--plain', '--event', '999')).code, 2);
	assert.equal((await night.cli('replay', copy, '--plain', '--speed', 'fast')).code, 2);
	assert.equal((await night.cli('replay', copy)).code, 2, 'no terminal');
});

test('a replay without a screen goes where it is told', async context => {
	const night = desk(context);
	const folder = join(night.folder, 'audit');
	mkdirSync(folder);
	const {entries} = given(keptNight, '23:59');
	writeFileSync(join(folder, 'journal.ndjson'), `${entries.map(entry => JSON.stringify(entry)).join('\n')}\n`);
	const {code, stdout} = await night.talking(
		[
			['quit.', 'jump 12'],
			['  12  ', 'back'],
			['  11  ', 'next'],
			['NEXT', 'status'],
			['Sign-offs', 'speed 300'],
			['Sign-offs', 'quit'],
		],
		'replay',
		folder,
		'--plain',
		'--event',
		'3',
	);
	assert.equal(code, 0);
	const said = stdout.split('\n').flatMap(line => /^ +(\d+) {2}\S/.exec(line)?.[1] ?? []);
	assert.deepEqual(said.slice(0, 2), ['3', '12'], 'of a jump only the event that it goes to is said');
});

test('samples and logs of a replay end at the replayed time, and come again where it goes back', context => {
	const {folder} = desk(context);
	const {entries} = given(keptNight, '23:59');
	const times = entries.map(({at}) => Date.parse(at));
	const sample = (at: number) => ({
		endpoint: 'api',
		at,
		boot: 'b',
		up: at,
		wall: at,
		took: 1,
		verdict: 'ok',
		reason: '',
	});
	mkdirSync(join(folder, 'probes'));
	writeFileSync(
		join(folder, 'probes', 'samples.ndjson'),
		`${times.map(at => JSON.stringify(sample(at))).join('\n')}\n`,
	);
	const started = entries.findIndex(({type}) => type === 'started');
	const ended = entries.findIndex(({type}) => type === 'ended');
	const entry = entries[started];
	assert.ok(entry?.type === 'started' && ended > started);
	const attempt = {target: entry.data.target, attempt: entry.data.attempt};
	const place = join(folder, 'attempts', attemptKey(attempt));
	mkdirSync(place, {recursive: true});
	const written = [times[started], (times[started] ?? 0) + 1, times[ended], (times[ended] ?? 0) + 60_000];
	writeFileSync(
		join(place, 'log'),
		written.map((at = 0, index) => `${new Date(at).toISOString()} line ${index}\n`).join(''),
	);

	let now = times[2] ?? 0;
	const reader = recordedSamples(folder, () => now).open();
	const read = () => {
		const found = {samples: 0, anew: false};
		reader.read(
			() => (found.samples += 1),
			() => (found.anew = true),
		);
		return found;
	};
	const by = (time: number) => times.filter(at => at <= time).length;
	assert.deepEqual(read(), {samples: by(now), anew: false});
	now = times[9] ?? 0;
	assert.equal(read().samples, by(now) - by(times[2] ?? 0));
	now = times[1] ?? 0;
	assert.deepEqual(read(), {samples: by(now), anew: true});

	const {cutover, player} = replayed(processIo(), {id: 'night', folder, entries}, held(), 60);
	const lines = (): number => cutover.tail.read(attempt, 0, 10).lines.length;
	const linesAt = [started, started + 1, ended, ended - 1, started].map(index => {
		player.move({kind: 'jump', event: index + 1});
		return lines();
	});
	const at = (index: number): number =>
		index >= ended ? written.length : written.filter((line = 0) => line <= (times[index] ?? 0)).length;
	assert.deepEqual(linesAt, [started, started + 1, ended, ended - 1, started].map(at));
	assert.equal(at(ended), 4, 'of an attempt that is over the whole log is shown');
	assert.ok(at(started) < at(ended));
});
