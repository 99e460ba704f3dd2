/** Failovers, one after another: what was acknowledged is on whoever was promoted. */
import assert from 'node:assert/strict';
import {performance} from 'node:perf_hooks';
import {describe, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../../source/cli/clock.ts';
import {assertWhole, startWriter} from '../crowd.ts';
import {type Cluster, cluster, without} from './cluster.ts';
import {catalogOn, database, writerProgram} from './database.ts';
import {proxy} from './proxy.ts';

const failovers = 10;
const patienceMs = 60_000;

/** Throws where it does not come true, so that a writer that hangs ends with its test. */
async function until(what: string, check: () => boolean): Promise<void> {
	for (const from = performance.now(); !check(); await wait(5))
		if (performance.now() - from > patienceMs) throw new Error(`Not within ${patienceMs / 1000} s: ${what}`);
}

describe('a synchronous standby', {skip: without, concurrency: 1}, () => {
	test(`is promoted ${failovers} times, half of them with its link cut before, and nothing acknowledged is lost`, {
		timeout: 600_000,
	}, async context => {
		let primary: Cluster = await cluster();
		const name = await database(primary);
		const acknowledged: string[] = [];
		const stored = (line: string): unknown => line.startsWith('stored ') && acknowledged.push(line);
		const writingAgain: number[] = [];
		for (let turn = 1; turn <= failovers; turn++) {
			const link = await proxy(primary.port);
			const standby = await primary.standby(link.port);
			// Not before: the standby would have it too, and wait for one of its own once it is promoted.
			primary.sql(`alter system set synchronous_standby_names = '*'`);
			primary.sql('select pg_reload_conf()');
			const address = `postgres://bastion1@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/${name}`;
			const catalog = catalogOn(address);
			await catalog.create('failovers');
			const [from, writer] = [
				acknowledged.length,
				startWriter([address, 'failovers'], `turn ${turn}`, stored, writerProgram),
			];
			await until('ten entries', () => acknowledged.length >= from + 10);
			if (turn % 2 === 0) {
				link.cut();
				await wait(300);
			}
			primary.crash();
			standby.promote();
			const promoted = performance.now();
			const before = acknowledged.length;
			await until('an entry after the promotion', () => acknowledged.length > before);
			writingAgain.push(performance.now() - promoted);
			await until('ten more entries', () => acknowledged.length >= before + 10);
			writer.child.kill('SIGKILL');
			await writer.ended;
			await assertWhole(await catalog.journal('failovers', systemClock), acknowledged);
			await catalog.close();
			link.close();
			primary.stop();
			primary = standby;
		}
		primary.stop();
		context.diagnostic(`writing again ${Math.round(Math.max(...writingAgain))} ms after the promotion at most`);
		assert.equal(writingAgain.length, failovers);
	});
});
