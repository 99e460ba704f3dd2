import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {type Fact, StoreFault} from '../../source/cutover/ports.ts';
import {origin, seal} from '../../source/journal/entry.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {identityOf, isAlive} from '../../source/processes/process.ts';
import {instant, stamp} from '../../source/text/time.ts';
import {watch} from '../../source/watch/watcher.ts';
import {gate, stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';
import {kill} from '../harness/ending.ts';
import {type HandClock, handClock} from '../harness/hand-clock.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {begin, command, dana, untouched} from '../journal/cutover.ts';

test('the watcher starts with the cutover, runs once, and its loss is recorded once by the next', async t => {
	const site = await Site.begin(t, {runbook: {}, watched: true});
	const first = await site.shows('the watcher', () => site.watcher());
	await site.spawnsWatcher();
	assert.deepEqual(site.watcher(), first);
	await kill(first);
	const second = await site.shows('another watcher', () => {
		const now = site.watcher();
		return now !== null && now.pid !== first.pid && isAlive(now) && now;
	});
	await site.shows('the loss', () => site.journal.entries().some(entry => entry.type === 'watcherLost'));
	assert.ok(isAlive(second));
	assert.equal(site.journal.entries().filter(entry => entry.type === 'watcherLost').length, 1);
});

test('a watcher whose loss two successors found is recorded as lost once', async t => {
	const site = await Site.begin(t, {runbook: {}});
	const file = join(site.folder, 'watcher.json');
	const ours = {journal: site.journal, folder: site.folder, clock: systemClock, up: systemClock.steady};
	let looks = 0;
	for (let successor = 1; successor <= 2; successor++) {
		rmSync(file, {force: true});
		writeFileSync(file, `${JSON.stringify({...identityOf(process.pid), pid: 4_194_999, start: 7})}\n`);
		const ended = watch({
			...ours,
			reconcile: async () => {
				looks++;
				rmSync(file);
			},
			sample: () => ({renew() {}, stop() {}}),
			notify() {},
			notified: async () => {},
			lacks: [],
			complain: text => assert.fail(text),
		});
		await ended;
	}
	assert.equal(looks, 2);
	const losses = site.journal.entries().filter(entry => entry.type === 'watcherLost');
	// Named by the lost watcher: a successor's own name would be another one for each of them.
	assert.deepEqual(
		losses.map(({cause}) => cause.split('/').slice(2)),
		[['4194999', '7']],
	);
});

test('that the host which led was silent is recorded, also where the journal does not answer at first', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-took-over-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const clock = handClock(instant('2031-03-08T20:00:00Z'));
	const journal = await openJournal({store: memoryStore(emptyShelf()), clock, look: () => untouched});
	await journal.decide(begin(), dana);
	let isAway = true;
	let silent: {host: string; since: number} | null = {host: 'bastion-1', since: clock.now() - 30_000};
	const watching = watch({
		folder,
		journal: {
			...journal,
			async decide(...asked) {
				if (isAway) throw new StoreFault('unreachable', 'The database cannot be reached.', 'Check the network.');
				return journal.decide(...asked);
			},
		},
		clock,
		up: clock.steady,
		host: 'bastion-2',
		leads: () => true,
		tookOver() {
			const once = silent;
			silent = null;
			return once;
		},
		reconcile: async () => rmSync(join(folder, 'watcher.json')),
		sample: () => ({renew() {}, stop() {}}),
		notify() {},
		notified: async () => {},
		lacks: [],
		complain() {
			isAway = false;
		},
	});
	await clock.pass(20_000);
	await watching;
	const losses = journal.entries().flatMap(({type, data}) => (type === 'watcherLost' ? [data] : []));
	assert.deepEqual(losses, [{since: '2031-03-08T19:59:30.000Z', from: 'bastion-1', to: 'bastion-2'}]);
});

test('a quiet watcher looks each five seconds, whatever a look finds, and at once when another process journals something', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const clock = handClock(instant('2031-03-08T12:00:00.000Z'));
	const shelf = emptyShelf();
	let found = 0;
	const look = () => ({...untouched, here: [`found by look ${found++}`]});
	const open = () => openJournal({store: memoryStore(shelf), clock, look});
	const [journal, other] = [await open(), await open()];
	await journal.decide(begin(), dana);
	let looks = 0;
	const ended = watch({
		folder,
		journal,
		clock,
		up: clock.steady,
		lacks: [],
		async reconcile() {
			// One that wakes itself would never let time go by.
			if (++looks > 100) rmSync(join(folder, 'watcher.json'));
		},
		sample: () => ({renew() {}, stop() {}}),
		notify() {},
		notified: async () => {},
		complain: text => assert.fail(text),
	});
	await clock.pass(0);
	const before = looks;
	await clock.pass(60_000);
	assert.equal(looks - before, 12);
	await other.decide(command('note', {text: 'look', on: null}), dana);
	await clock.pass(0);
	assert.equal(looks - before, 13);
	await other.decide({...command('abandon', {reason: 'seen'}), confirm: ['ABANDON']}, dana);
	await clock.pass(0);
	await ended;
});

const automatic = {
	id: '1',
	kind: 'outage',
	text: 'down for more than 10 minutes',
	line: 1,
	automatic: true,
	thresholdSeconds: 600,
	strict: true,
	roles: [],
} as const;

const byScript = {
	preferred: {kind: 'script', text: 'bash back.sh', script: 'back.sh', timeoutSeconds: 600, line: 1},
	fallback: null,
	environment: {},
	remote: null,
};

/** A cutover whose trigger has just fired and begins the rollback by itself, and its watcher; answers with the events so far. */
async function firedAutomatically(t: TestContext, clock: HandClock): Promise<() => readonly string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-automatic-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const {data} = begin();
	const runbook = {...data.runbook, triggers: [automatic], rollback: byScript};
	const [at, by] = [stamp(clock.now()), dana];
	const fact = (type: string, of: unknown): Fact => ({type, data: of, at, by, cause: type}) as Fact;
	const store = memoryStore(emptyShelf());
	await store.append(
		origin,
		seal(origin, [
			fact('begun', {...data, runbook}),
			fact('t0Begun', {stage: 'T0', began: at, reference: null, ticket: null, early: null}),
			fact('fired', {trigger: '1', facts: [], since: at, elapsedSeconds: 600}),
		]),
	);
	const journal = await openJournal({store, clock, look: () => untouched});
	const watching = watch({
		folder,
		journal,
		clock,
		up: clock.steady,
		lacks: [],
		reconcile: async () => {},
		sample: () => ({renew() {}, stop() {}}),
		notify() {},
		notified: async () => {},
		complain: text => assert.fail(text),
	});
	t.after(async () => {
		rmSync(join(folder, 'watcher.json'), {force: true});
		await clock.pass(10_000);
		await watching;
	});
	await clock.pass(5000);
	return () => journal.entries().map(({type}) => type);
}

for (const [steps, stepMs] of [
	['back', -3_600_000],
	['forward', 3_600_000],
] as const)
	test(`an automatic rollback starts after the minute to object, also where the wall clock steps ${steps} meanwhile`, async t => {
		const clock = handClock(instant('2031-03-08T22:10:00.000Z'));
		const types = await firedAutomatically(t, clock);
		clock.step(stepMs);
		await clock.pass(50_000);
		assert.ok(!types().includes('rollbackBegun'));
		await clock.pass(10_000);
		assert.ok(types().includes('rollbackBegun'), types().join(' '));
	});

test('a watcher that lives and does not look is ended, and another one watches', async t => {
	const site = await Site.begin(t, {runbook: {}, watched: true, silent: 4000});
	const first = await site.shows('the watcher', () => site.watcher());
	await site.spawnsWatcher();
	process.kill(first.pid, 'SIGSTOP');
	await site.shows('another watcher', () => {
		const now = site.watcher();
		return now !== null && now.pid !== first.pid && isAlive(now);
	});
	await site.shows('the end of the first', () => !isAlive(first));
	await site.shows('the loss', () => site.journal.entries().some(entry => entry.type === 'watcherLost'));
});

test('the watcher ends when the cutover is abandoned', async t => {
	const site = await Site.begin(t, {runbook: {}, watched: true});
	const watcher = await site.shows('the watcher', () => site.watcher());
	await site.does('abandon', {reason: 'another day'}, ['ABANDON']);
	await site.shows('its end', () => !isAlive(watcher));
	assert.equal(site.watcher(), null);
	await site.reconciler.pass();
	assert.equal(site.watcher(), null);
});

test('the watcher ends when the cutover is closed', async t => {
	const site = await Site.begin(t, {runbook: {}, watched: true});
	const watcher = await site.shows('the watcher', () => site.watcher());
	await site.does('abandon', {reason: 'rehearsed enough'}, ['ABANDON']);
	await site.does('close', {reason: 'nothing was done'}, ['CLOSE']);
	await site.shows('its end', () => !isAlive(watcher));
	assert.equal(existsSync(join(site.folder, 'watcher.json')), false);
});

test('a stage that starts by itself is started by the watcher when it is due, and only once', async t => {
	const stages = [
		stage('T-90', -90, {start: 'auto', kind: 'checks', gates: ['G1']}),
		stage('T-30', -30, {start: 'auto', kind: 'checks', gates: ['G1']}),
		stage('T-10', -10, {kind: 'decision'}),
		stage('T0', 0, {kind: 'act'}),
		stage('T+10', 10, {kind: 'closing'}),
	];
	const site = await Site.begin(t, {runbook: {stages, gates: [gate('G1', {commands: ['true']})]}, watched: true});
	const ended = await site.shows('the end of T-90', () => site.journal.state().attempts['T-90-1']?.ended);
	assert.equal(ended.outcome, 'pass');
	assert.equal(site.journal.state().attempts['T-90-1']?.by.name, 'watcher');
	assert.deepEqual(Object.keys(site.journal.state().attempts), ['T-90-1', 'G1-1']);
});
