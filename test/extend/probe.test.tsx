/** A kind of endpoints is one file and one line in the table: settings, check, secrets, doctor, watcher, screen and docs see it. */
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {instantsOf, systemClock} from '../../source/cli/clock.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {initial} from '../../source/cutover/model/initial.ts';
import {probe} from '../../source/probes/probe.ts';
import {probes} from '../../source/probes/probes.ts';

const queue = probe({
	summary: 'a queue of the house; up is one that is not full',
	docs: {queue: 'name of the queue', most: 'so many may wait', key: 'variable with the key of the house'},
	keys: (z, {text, count, variable}) => ({queue: text, most: z.optional(count), key: variable}),
	target: set => `queue ${set.queue}`,
	variables: ({key}) => [key],
	async ask({queue: name, most = 10, key}, {workspace, env, clock}) {
		const start = clock.steady();
		const waiting = Number(readFileSync(join(workspace, 'queues', name), 'utf8'));
		const answered = waiting <= most ? {connected: true} : {error: 'FULL', said: `${waiting} wait, ${env[key]} says`};
		return {answered, took: clock.steady() - start, phases: {}, version: null, proxy: null};
	},
});
Object.assign(probes, {queue});

// What reads the table when it is loaded follows the line above.
const {codes, read, sample, runbookOf} = await import('../runbook/sample.ts');
const {settingsRows} = await import('../../scripts/docs-settings.ts');
const {summary} = await import('../../source/runbook/summary.ts');
const {secretNames} = await import('../../source/processes/environment.ts');
const {reaches} = await import('../../source/cli/doctor/network.ts');
const {sampling} = await import('../../source/watch/sampling.ts');
const {healthOf} = await import('../../source/watch/health.ts');
const {backNight} = await import('../scenarios/night.ts');
const {sees} = await import('../scenarios/health.ts');
const {Stage} = await import('../screen/stage.tsx');
const {alice} = await import('../scenarios/people.ts');

const orders = '{name: orders, kind: queue, queue: new-orders, key: HOUSE_KEY, every: 20s}';
const runbook = runbookOf(sample, {settings: `cutover: 1\nendpoints: [${orders}]\n`});
const bound: Endpoint & {readonly queue: string; readonly key: string} = {
	name: 'orders',
	kind: 'queue',
	target: 'queue new-orders',
	queue: 'new-orders',
	key: 'HOUSE_KEY',
	variables: ['HOUSE_KEY'],
	everySeconds: 20,
	timeoutSeconds: 5,
	critical: true,
};

test('the settings take its keys, and refuse an endpoint without what it asks', () => {
	assert.deepEqual(runbook.endpoints, [bound]);
	const wrong = (line: string) => read(sample, {settings: `cutover: 1\nendpoints: [${line}]\n`}).problems;
	const [lacks] = wrong('{name: orders, kind: queue, key: HOUSE_KEY}');
	assert.match(
		`${lacks?.message} ${lacks?.fix}`,
		/^endpoints\[1\]\.queue is missing\. .*what an endpoint of kind queue asks/,
	);
	assert.ok(codes(wrong(orders.replace('}', ', most: few}'))).includes('settings-type'));
	assert.ok(codes(wrong(orders.replace('}', ', least: 1}'))).includes('settings-key'));
});

test('check shows what is asked, doctor what is missing, and the value of its variable is a secret', () => {
	assert.ok(summary(runbook).some(line => /orders +critical +every 20s +queue new-orders/.test(line)));
	assert.ok(secretNames(runbook).includes('HOUSE_KEY'));
	const said = (env: Readonly<Record<string, string>>) => reaches(runbook, '/none', env).map(({text}) => text);
	assert.deepEqual(said({}), ['orders needs HOUSE_KEY, not set here.']);
	assert.deepEqual(said({HOUSE_KEY: 'h-1'}), ['orders is asked directly']);
});

/** What is known of the queue after its first sample, where so many wait. */
async function sampled(t: TestContext, waiting: number) {
	const folder = mkdtempSync(join(tmpdir(), 'toy-'));
	mkdirSync(join(folder, 'queues'));
	writeFileSync(join(folder, 'queues/new-orders'), String(waiting));
	const state = {...initial, workspace: folder, runbook};
	const instant = instantsOf(folder);
	await new Promise<void>(noticed => {
		const env = {HOUSE_KEY: 'under-the-mat'};
		const complain = assert.fail;
		const samples = sampling({folder, clock: systemClock, instant, env, complain, noticed});
		t.after(() => samples.stop());
		samples.renew(state);
	});
	const [found] = healthOf(folder, instant, {compares: false})(state)?.endpoints ?? [];
	return found?.last;
}

test('the watcher asks it, and keeps the secret out of the samples', async t => {
	assert.equal((await sampled(t, 3))?.verdict, 'ok');
	const {verdict, reason} = (await sampled(t, 11)) ?? {};
	assert.equal(verdict, 'fail');
	assert.match(reason ?? '', /^11 wait, (?!under).+ says$/);
});

test('the screen shows what it asks', async () => {
	const [first, ...others] = backNight;
	assert.ok(first?.command.type === 'begin');
	const {data} = first.command;
	const begun = {
		...first,
		command: {...first.command, data: {...data, runbook: {...data.runbook, endpoints: [bound]}}},
	};
	const now = '20:51:00';
	const stage = await Stage.open({
		acts: [begun, ...others],
		now,
		you: alice,
		screen: 'health',
		observed: state => sees(state, now),
	});
	assert.match(stage.text(), /asks +queue new-orders every 20s, time-out 5s/);
});

test('the documentation lists it with its keys', () => {
	const effect = (key: string): string => settingsRows().find(row => row.key === key)?.effect ?? '';
	assert.match(effect('endpoints.kind'), /`queue`: a queue of the house/);
	assert.equal(effect('endpoints.most'), '`queue`: so many may wait');
});
