/** A cutover in PostgreSQL: what a key press waits for beside others who write, and what a screen costs the server that nobody touches. */

import {mkdirSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../source/cli/clock.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {openProgram} from '../../test/harness/terminal.ts';
import {begin, dana, untouched} from '../../test/journal/cutover.ts';
import type {Cluster} from '../../test/journal/postgres/cluster.ts';
import {catalogOn} from '../../test/journal/postgres/database.ts';
import {proxy} from '../../test/journal/postgres/proxy.ts';
import {besideWriters} from './crowd.ts';
import type {Row} from './figure.ts';
import {starter} from './starter.ts';

const presses = 150;
/** As fast as people repeat a key. */
const betweenMs = 100;
const idleMs = 15_000;

export async function pressing(address: string): Promise<Row> {
	const catalog = catalogOn(address);
	await catalog.create('pressing');
	const store = await catalog.journal('pressing', systemClock);
	const journal = await openJournal({store, clock: systemClock, look: () => untouched});
	await journal.decide(begin(), dana);
	const row = await besideWriters(journal, [address, 'pressing'], {
		where: ' in PostgreSQL',
		betweenMs,
		presses,
		most: 150,
	});
	await journal.close();
	await catalog.close();
	return row;
}

/** Of a screen alone: its host's watcher has a connection of its own. `folder`: of the cutover, made here. */
export async function idleScreen(on: Cluster, address: string, folder: string): Promise<Row> {
	mkdirSync(folder, {mode: 0o700});
	const {id, env, end} = await starter(folder, {env: {CUTOVER_HOST: 'bastion-1', CUTOVER_STORE: address}});
	const network = await proxy(on.port);
	try {
		const store = address.replace(`:${on.port}`, `:${network.port}`);
		await using term = openProgram(['--cutover', id], {cols: 120, rows: 40, env: {...env, CUTOVER_STORE: store}});
		await term.shows('NEXT');
		await wait(1000);
		const [before, from] = [network.counts(), performance.now()];
		await wait(idleMs);
		const [after, seconds] = [network.counts(), (performance.now() - from) / 1000];
		return [
			'idle screen in PostgreSQL',
			`${((after.queries - before.queries) / seconds).toFixed(2)} queries a second`,
			`${after.connections} connection; at most 1.2 and one`,
		];
	} finally {
		network.close();
		await end();
	}
}
