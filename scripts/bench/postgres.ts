/** A cutover in PostgreSQL against one in a folder: what an append costs, and how soon another host sees it. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {systemClock} from '../../source/cli/clock.ts';
import type {Store} from '../../source/cutover/store.ts';
import {headOf, origin, seal} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {cluster, without} from '../../test/journal/postgres/cluster.ts';
import {catalogOn, database} from '../../test/journal/postgres/database.ts';
import {remark} from '../../test/store-contract.ts';
import {median, ms, quantile, type Row, ratio} from './figure.ts';

const appends = 200;

/** Appends one entry at each call; answers with the ms that it took. */
function appender(store: Store): () => Promise<number> {
	let head = origin;
	return async () => {
		const entries = seal(head, [remark(`remark ${head.seq}, of the length that people write`)]);
		const from = performance.now();
		if ((await store.append(head, entries)) !== 'stored') throw new Error('Somebody else writes here.');
		const [entry] = entries;
		if (entry !== undefined) head = headOf(entry);
		return performance.now() - from;
	};
}

/** In turns, so that a busy moment falls on both alike. */
export async function postgresRows(folder: string): Promise<readonly Row[]> {
	if (without !== false) return [['append in PostgreSQL', 'not measured', without]];
	const on = await cluster('on');
	try {
		const address = on.address('bastion1', await database(on));
		const [catalog, elsewhere] = [catalogOn(address), catalogOn(address, 'bastion-2')];
		await catalog.create('ledger');
		const [mine, theirs] = [
			await catalog.journal('ledger', systemClock),
			await elsewhere.journal('ledger', systemClock),
		];
		mkdirSync(join(folder, 'file'), {mode: 0o700});
		const [inFile, inDatabase] = [appender(fileStore(join(folder, 'file'), systemClock)), appender(mine)];
		const [file, stored, seen]: [number[], number[], number[]] = [[], [], []];
		let heard = (): void => {};
		const stop = theirs.watch(() => heard());
		await theirs.pull(origin);
		for (let turn = 0; turn < appends; turn++) {
			file.push(await inFile());
			const notified = new Promise<void>(done => {
				heard = done;
			});
			stored.push(await inDatabase());
			const from = performance.now();
			await notified;
			seen.push(performance.now() - from);
		}
		stop();
		await Promise.all([catalog.close(), elsewhere.close()]);
		return [
			[
				`append in PostgreSQL, ${appends} of them`,
				`p50 ${ms(median(stored))}, p99 ${ms(quantile(stored, 0.99))}`,
				`${ratio(median(stored), median(file))} the file store's (${ms(median(file))}); at most 2.5 x`,
			],
			[
				'another host is notified',
				`p50 ${ms(median(seen))}, p99 ${ms(quantile(seen, 0.99))}`,
				'after stored; p99 at most 50 ms',
			],
		];
	} finally {
		on.stop();
	}
}
