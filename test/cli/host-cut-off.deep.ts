/** A host that is cut off for longer than its lease: it begins nothing, and nothing runs on two hosts at once. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {kill} from '../harness/ending.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {stepsIn, twoHosts, until} from './two-hosts.ts';

const cutMs = 60_000;
/** Of the lease, and of what a beat may take to be written down on a busy machine. */
const longestMs = 40_000;

onServer('a host that is cut off for a minute', on => {
	test('its runner begins no step after its lease, and goes on when the database answers', {
		timeout: 400_000,
	}, async context => {
		const count = 120;
		const {network, log, kept, lines} = await twoHosts(context, on, count);
		await until(() => log().includes('did part 2'));
		const cut = Date.now();
		network.cut();
		await pause(cutMs);
		const healed = Date.now();
		assert.match(log(), /waits: the lease of this host has run out/);
		network.heal();
		await until(() => kept() === 0);
		const took = Date.now() - healed;
		context.diagnostic(`delivered ${took} ms after the database answered`);
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		const parts = Array.from({length: count}, (_, index) => `part ${index + 1}`);
		assert.deepEqual(stepsIn(all, 'stepBegun'), parts);
		assert.deepEqual(stepsIn(all, 'stepEnded'), parts);
		const begun = all.flatMap(({type, at, data}) => (type === 'stepBegun' ? [Date.parse(data.happened ?? at)] : []));
		assert.deepEqual(
			begun.filter(at => at > cut + longestMs && at < healed),
			[],
		);
		assert.ok(begun.some(at => at > cut + longestMs / 2 && at < cut + longestMs));
	});

	test('whose runner is killed meanwhile delivers every result once, and the whole log', {
		timeout: 400_000,
	}, async context => {
		const {network, log, kept, lines, attempt, inDatabase} = await twoHosts(context, on, 120);
		await until(() => log().includes('did part 2'));
		network.cut();
		const cut = Date.now();
		await pause(cutMs / 3);
		await kill(identityIn(attempt('owner.json')) ?? assert.fail());
		await pause(cut + cutMs - Date.now());
		const last = readFileSync(attempt('spool.ndjson'), 'utf8')
			.match(/"step":"part \d+"/g)
			?.at(-1)
			?.slice(8, -1);
		const waited = kept();
		const healed = Date.now();
		network.heal();
		await until(() => kept() === 0);
		const took = Date.now() - healed;
		context.diagnostic(`${waited} results delivered ${took} ms after the database answered`);
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		for (const type of ['stepBegun', 'stepEnded']) {
			const steps = stepsIn(all, type);
			assert.equal(new Set(steps).size, steps.length);
			assert.deepEqual(
				steps,
				Array.from({length: steps.length}, (_, index) => `part ${index + 1}`),
			);
		}
		assert.equal(stepsIn(all, 'stepBegun').at(-1), last);
		assert.equal(all.find(({type}) => type === 'ended')?.data.outcome, 'lost');
		const sent = `select encode(sha256(string_agg(bytes, '' order by start)), 'hex') from cutover.chunks where path = 'attempts/T-60-1/log'`;
		const digest = (): string =>
			createHash('sha256')
				.update(readFileSync(attempt('log')))
				.digest('hex');
		await until(() => inDatabase(sent) === digest());
	});

	test('once others went on, it begins nothing more, and what it did is recorded as late', {
		timeout: 400_000,
	}, async context => {
		const {network, here, log, lines} = await twoHosts(context, on, 200);
		await until(() => log().includes('did part 2'));
		network.cut();
		await until(async () => {
			await here(0, 'run', 'T-60', '--resume', '--on', 'bastion-1', '--as', 'rita', '--detach').catch(() => '');
			return (await lines()).filter(({type}) => type === 'started').length > 1;
		});
		network.heal();
		await until(() => log().includes('The log ends here'));
		await until(async () => (await lines()).some(({type, data}) => type === 'arrivedLate' && data.step !== null));
		const all = await lines();
		const lost = Date.parse(all.find(({type}) => type === 'ended')?.at ?? '');
		const late = all.filter(({type}) => type === 'arrivedLate');
		assert.deepEqual(
			late.filter(({data}) => data.outcome === null && Date.parse(data.happened ?? '') > lost),
			[],
		);
	});
});
