/** Hosts that are stopped in the middle of leading: nothing that they decided before is recorded after another leads. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {before, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../../source/cli/clock.ts';
import {leadMs} from '../../../source/journal/postgres/hosts.ts';
import {textsIn} from '../../store-contract.ts';
import {startWriter, type Writer} from '../crowd.ts';
import {onServer} from './cluster.ts';
import {catalogOn, database} from './database.ts';

const leader = join(import.meta.dirname, 'leader.ts');
const hosts = ['bastion-1', 'bastion-2', 'bastion-3'];

onServer('the lease of whoever leads', on => {
	let address: string;
	before(async () => {
		address = on.address('bastion1', await database(on));
	});

	/** The leases that were acted on, in the order of the record, while whoever led was stopped again and again. */
	async function leases(
		id: string,
		turns: number,
	): Promise<{readonly acted: readonly number[]; readonly fenced: number}> {
		const catalog = catalogOn(address);
		await catalog.create(id);
		let [last, fenced, stored] = ['', 0, 0];
		const said = (host: string) => (line: string) => {
			if (line === 'fault fenced') fenced++;
			if (!line.startsWith('stored ')) return;
			last = host;
			stored++;
		};
		const writers = new Map<string, Writer>(
			hosts.map(host => [host, startWriter([address, host, id], host, said(host), leader)]),
		);
		const store = await catalog.journal(id, systemClock);
		for (let turn = 0; turn < turns; turn++) {
			const before = stored;
			for (const from = performance.now(); stored < before + 3; await wait(20))
				if (performance.now() - from > 5 * leadMs) throw new Error('Nobody leads.');
			await wait(randomInt(0, 300));
			const child = writers.get(last)?.child;
			child?.kill('SIGSTOP');
			await wait(leadMs + randomInt(500, 2000));
			child?.kill('SIGCONT');
			await wait(500);
		}
		for (const {child, ended} of writers.values()) {
			child.kill('SIGKILL');
			await ended;
		}
		const acted = (await textsIn(store)).map(text => Number(text.split(' ')[0]));
		await catalog.close();
		return {acted, fenced};
	}

	const stale = (acted: readonly number[]): number =>
		acted.filter((lease, index) => lease < Math.max(0, ...acted.slice(0, index))).length;

	test('nothing is recorded on a lease that has passed to another, whenever its host is stopped', {
		timeout: 240_000,
	}, async () => {
		const {acted, fenced} = await leases('fenced', 6);
		assert.equal(stale(acted), 0, acted.join(' '));
		assert.ok(fenced > 0, 'nobody was stopped between what it decided and what it did');
		assert.ok(new Set(acted).size > 4, acted.join(' '));
	});

	test('without the fence it would be', {timeout: 240_000}, async () => {
		process.env['WITHOUT_FENCE'] = 'yes';
		try {
			const {acted} = await leases('unfenced', 4);
			assert.ok(stale(acted) > 0, acted.join(' '));
		} finally {
			delete process.env['WITHOUT_FENCE'];
		}
	});
});
