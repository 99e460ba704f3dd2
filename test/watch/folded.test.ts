/** What the samples so far come to is kept for whoever opens the cutover: used only where it is of these very samples, and never otherwise. */
import assert from 'node:assert/strict';
import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {Sample, Verdict} from '../../source/cutover/health/outage/sample.ts';
import {initial, noTrigger} from '../../source/cutover/model/initial.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {digestOf} from '../../source/disk/digest.ts';
import {makeFolder} from '../../source/disk/file.ts';
import {samplesFile} from '../../source/processes/folder.ts';
import {type HealthOptions, healthOf} from '../../source/watch/health.ts';
import {sampleReader} from '../../source/watch/sample-reader.ts';
import {endpoint, measured} from '../scenarios/health.ts';

const begun = 1_930_000_000_000;
const names = ['api', 'web'] as const;

/** Two endpoints, each asked 700 times: good, slow, failing, unseen; the machine is started anew twice. */
const samples: readonly Sample[] = Array.from({length: 1400}, (_, place) => {
	const index = Math.floor(place / 2);
	const isBad = index % 97 > 90 || (index > 300 && index < 360);
	const verdict: Verdict = index % 41 === 0 ? 'unknown' : isBad ? 'fail' : 'ok';
	return {
		endpoint: names[place % 2] ?? 'api',
		at: begun + index * 15_000,
		boot: `boot ${Math.floor(index / 250)}`,
		up: (index % 250) * 15_000,
		wall: begun + index * 15_000,
		took: verdict === 'ok' ? 70 + ((index * 37) % 53) / 10 : 5000,
		verdict,
		reason: verdict === 'ok' ? '' : 'HTTP 503',
		...(index > 500 ? {version: 'green'} : {version: 'blue'}),
	};
});
const linesOf = (some: readonly Sample[]): string => some.map(sample => `${JSON.stringify(sample)}\n`).join('');
const instant = () => ({at: begun + 10_500_000, boot: 'boot 2', up: 3_000_000, wall: begun + 10_500_000});

const book: Runbook = measured([endpoint('api'), endpoint('web')]);
const at = (t0Started: number | null, runbook = book): State => ({...initial, runbook, t0Started});
const armed = at(begun + 400 * 15_000);

/** A cutover whose watcher read 1,200 samples and kept what they come to; 200 more came since. */
function watched(t: TestContext, state: State = armed) {
	const folder = mkdtempSync(join(tmpdir(), 'folded-'));
	t.after(() => rmSync(folder, {recursive: true}));
	makeFolder(join(folder, 'probes'));
	const file = samplesFile(folder);
	const kept = join(folder, 'folded.json');
	const seen = (options: Partial<HealthOptions> = {}, now: State = state) =>
		healthOf(folder, instant, {compares: true, program: 'p1', ...options})(now);
	writeFileSync(file, linesOf(samples.slice(0, 1200)));
	seen({keeps: true});
	appendFileSync(file, linesOf(samples.slice(1200)));
	/** As who folds all of them sees it. */
	const whole = (now: State = state) => seen({program: null}, now);
	/** Says something else than the samples, as if it had been written so: whoever uses it is found out. */
	const lies = (): void => {
		const text =
			readFileSync(kept, 'utf8')
				.split('\n')[1]
				?.replaceAll(/"count":\d+,"known"/g, '"count":7,"known"') ?? '';
		writeFileSync(kept, `${digestOf(text)}\n${text}`);
	};
	return {file, kept, seen, whole, lies};
}

for (const [when, state] of [
	['before T0', at(null)],
	['after T0', armed],
	['with T0 among the newest samples', at(begun + 650 * 15_000)],
] as const)
	test(`${when}, whoever goes on from it sees what all samples show`, t => {
		const {seen, whole, lies} = watched(t, state);
		assert.ok((whole()?.news.length ?? 0) > 4);
		assert.deepEqual(seen(), whole());
		lies();
		assert.notDeepEqual(seen(), whole(), 'it was used');
		assert.deepEqual(seen({keeps: true}), whole(), 'but never by who keeps it');
	});

test('kept before T0, it serves once T0 is begun after all of its samples, and for no other', t => {
	const {seen, whole, lies} = watched(t, at(null));
	assert.deepEqual(seen({}, at(begun + 650 * 15_000)), whole(at(begun + 650 * 15_000)));
	lies();
	assert.notDeepEqual(seen({}, at(begun + 650 * 15_000)), whole(at(begun + 650 * 15_000)), 'it was used');
	assert.deepEqual(seen({}, at(begun + 599 * 15_000)), whole(at(begun + 599 * 15_000)), 'at the last of them');
});

test('whoever looks on while T0 is begun, and the trigger stood down, folds no sample again', t => {
	const {file, seen, whole} = watched(t, at(null));
	let opened = 0;
	const open = () => {
		opened += 1;
		return sampleReader(file);
	};
	writeFileSync(file, linesOf(samples.slice(0, 900)));
	const folder = join(file, '../..');
	const look = healthOf(folder, instant, {compares: true, program: null, open});
	const began = at(begun + 450 * 15_000);
	const {triggers} = began;
	const [id = ''] = book.triggers.map(trigger => trigger.id);
	const stood = {...began, triggers: {...triggers, [id]: {...noTrigger, rearmedAt: [begun + 620 * 15_000]}}};
	look(at(null));
	const before = opened;
	assert.deepEqual(look(began), whole(began));
	appendFileSync(file, linesOf(samples.slice(900, 1200)));
	assert.deepEqual(look(began), whole(began));
	assert.deepEqual(look(stood), whole(stood));
	appendFileSync(file, linesOf(samples.slice(1200)));
	assert.deepEqual(look(stood), whole(stood));
	assert.equal(opened, before);
	look(at(begun + 440 * 15_000));
	assert.equal(opened, before + 1, 'T0 at another time');
	assert.deepEqual(seen({}, stood), whole(stood));
});

test('few samples are folded by everybody', t => {
	const {file, kept, seen} = watched(t);
	rmSync(kept);
	writeFileSync(file, linesOf(samples.slice(0, 900)));
	seen({keeps: true});
	assert.equal(existsSync(kept), false);
});

test('of another program, runbook or earlier T0 it is passed over', t => {
	const {seen, whole, lies} = watched(t);
	lies();
	assert.deepEqual(seen({program: 'p2'}), whole());
	for (const now of [at(null), at(begun + 401 * 15_000), at(armed.t0Started, measured([endpoint('api')]))])
		assert.deepEqual(seen({}, now), whole(now));
});

test('where the samples do not begin with those that were folded, it is passed over', t => {
	const {file, seen, whole, lies} = watched(t);
	lies();
	const text = readFileSync(file, 'utf8');
	for (const changed of [
		text.replace('"took":70,', '"took":71,'),
		text.slice(text.indexOf('\n') + 1),
		`\n${text}`,
		linesOf(samples.slice(0, 1100)),
		'',
	]) {
		writeFileSync(file, changed);
		assert.deepEqual(seen(), whole());
	}
	rmSync(file);
	assert.deepEqual(seen(), whole());
});

test('torn, spoilt or no file at all, it is passed over', t => {
	const {kept, seen, whole, lies} = watched(t);
	lies();
	const text = readFileSync(kept, 'utf8');
	for (const spoilt of [text.replace('"count":7', '"count":8'), text.slice(0, -40), 'sha256:0\n{}', '', '\n', 'null']) {
		writeFileSync(kept, spoilt);
		assert.deepEqual(seen(), whole());
	}
	truncateSync(kept, 10);
	assert.deepEqual(seen(), whole());
	rmSync(kept);
	assert.deepEqual(seen(), whole());
});
