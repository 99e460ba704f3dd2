/** A host that is cut off from the database while it runs an attempt: nothing of what it did is lost, and nothing fires there. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {kill} from '../harness/ending.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {stepsIn, twoHosts, until} from './two-hosts.ts';

onServer('a host that is cut off from the database', on => {
	test('a runner that starts meanwhile begins its steps; they are kept there, and recorded once when the database answers', {
		timeout: 300_000,
	}, async context => {
		const count = 40;
		const {network, here, there, log, kept, lines, attempt, inDatabase} = await twoHosts(context, on, count, {
			cutOff: true,
		});
		await until(() => log().includes('did part 2'));
		assert.ok(kept() > 0);
		network.cut();
		await until(() => kept() >= 6);
		assert.match(
			await there(3, 'note', 'from the dark', '--as', 'dana'),
			/The database is away since \d\d:\d\d:\d\d .*\d+ results are kept here/,
		);
		assert.match(await there(0, 'log'), /T-60-1 started by rita on bastion-2/);
		await until(async () => /T-60 +UNKNOWN/.test(await here(0, 'status')));
		assert.equal((await lines()).filter(({type}) => type === 'ended').length, 0);
		network.heal();
		const before = kept();
		await until(() => kept() < before);
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		const parts = Array.from({length: count}, (_, index) => `part ${index + 1}`);
		assert.deepEqual(stepsIn(all, 'stepBegun'), parts);
		assert.deepEqual(stepsIn(all, 'stepEnded'), parts);
		assert.ok(
			all.some(({type, data, at}) => type === 'stepEnded' && data.happened !== undefined && data.happened < at),
		);
		// It is taken away once all of it is recorded: right after the end.
		await until(() => !existsSync(attempt('spool.ndjson')));
		const sent = `select encode(sha256(string_agg(bytes, '' order by start)), 'hex') from cutover.chunks where path = 'attempts/T-60-1/log'`;
		const ended = all.find(({type}) => type === 'ended');
		assert.ok(ended && 'log' in ended.data);
		const {sha256} = ended.data.log as {sha256: string};
		await until(() => inDatabase(sent) === sha256);
	});

	test('what a runner kept that was killed meanwhile is recorded once, and its attempt is lost', {
		timeout: 300_000,
	}, async context => {
		const {network, log, kept, lines, attempt} = await twoHosts(context, on, 60);
		await until(() => log().includes('did part 2'));
		network.cut();
		await until(() => kept() >= 6);
		await kill(identityIn(attempt('owner.json')) ?? assert.fail());
		const last = readFileSync(attempt('spool.ndjson'), 'utf8')
			.match(/"step":"part \d+"/g)
			?.at(-1)
			?.slice(8, -1);
		network.heal();
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		const begun = stepsIn(all, 'stepBegun');
		assert.equal(new Set(begun).size, begun.length);
		assert.equal(begun.at(-1), last);
		assert.equal(all.find(({type}) => type === 'ended')?.data.outcome, 'lost');
	});
});
