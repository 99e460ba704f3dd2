/** A cutover in PostgreSQL against one in a folder: what an append costs, and how soon another host sees it. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {systemClock} from '../../source/cli/clock.ts';
import type {Store} from '../../source/cutover/store.ts';
import {headOf, origin, seal} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {type Cluster, cluster, without} from '../../test/journal/postgres/cluster.ts';
import {catalogOn, database} from '../../test/journal/postgres/database.ts';
import {proxy} from '../../test/journal/postgres/proxy.ts';
import {remark} from '../../test/store-contract.ts';
import {median, ms, p50p99, type Row, ratio} from './figure.ts';
import {idleScreen, pressing} from './postgres-load.ts';

const appends = 200;
const deafAppends = 20;

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

/** In turns, so that a busy moment falls on both alike. `reported`: what an append in the database cost its own host and others. */
async function inTurns(
	address: string,
	id: string,
	folder: string,
): Promise<{
	readonly file: readonly number[];
	readonly stored: readonly number[];
	readonly reported: readonly number[];
}> {
	const [catalog, elsewhere] = [catalogOn(address), catalogOn(address, 'bastion-2')];
	await catalog.create(id);
	const [mine, theirs] = [await catalog.journal(id, systemClock), await elsewhere.journal(id, systemClock)];
	mkdirSync(folder, {mode: 0o700});
	const [inFile, inDatabase] = [appender(fileStore(folder, systemClock)), appender(mine)];
	const [file, stored, reported]: [number[], number[], number[]] = [[], [], []];
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
		reported.push(performance.now() - from);
	}
	stop();
	await Promise.all([catalog.close(), elsewhere.close()]);
	return {file, stored, reported};
}

const against = (stored: readonly number[], file: readonly number[], most: number): readonly [string, string] => [
	p50p99(stored),
	`${ratio(median(stored), median(file))} the file store's (${ms(median(file))}); at most ${most} x`,
];

/** How long after its storing another host has read an entry where nobody is notified; throws where it misses one. */
async function unnotified(on: Cluster, address: string): Promise<Row> {
	const network = await proxy(on.port);
	network.deafen();
	const [catalog, elsewhere] = [
		catalogOn(address),
		catalogOn(address.replace(`:${on.port}`, `:${network.port}`), 'bastion-2'),
	];
	await catalog.create('deaf');
	const [mine, theirs] = [await catalog.journal('deaf', systemClock), await elsewhere.journal('deaf', systemClock)];
	const write = appender(mine);
	await write();
	const [first] = await theirs.pull(origin);
	let head = first === undefined ? origin : headOf(first);
	let read = (): void => {};
	const stop = theirs.watch(() => {
		void theirs.pull(head).then(entries => {
			const last = entries.at(-1);
			if (last === undefined) return;
			head = headOf(last);
			read();
		});
	});
	const times: number[] = [];
	for (let turn = 0; turn < deafAppends; turn++) {
		const seen = new Promise<void>(done => {
			read = done;
		});
		await write();
		const from = performance.now();
		await seen;
		times.push(performance.now() - from);
	}
	stop();
	const missed = deafAppends + 1 - head.seq;
	await Promise.all([catalog.close(), elsewhere.close()]);
	network.close();
	if (missed !== 0) throw new Error(`${missed} entries were never read.`);
	return [
		'the same where nobody is notified',
		`longest ${ms(Math.max(...times))}, none missed`,
		`the poll alone, ${deafAppends} entries; at most 1.1 s`,
	];
}

/** `folder`: empty. */
export async function postgresRows(folder: string): Promise<readonly Row[]> {
	if (without !== false) return [['append in PostgreSQL', 'not measured', without]];
	const on = await cluster('on');
	try {
		const name = await database(on);
		const address = on.address('bastion1', name);
		const alone = await inTurns(address, 'alone', join(folder, 'alone'));
		const deaf = await unnotified(on, address);
		const load = [await pressing(address), await idleScreen(on, address, join(folder, 'screen'))];
		const standby = await on.standby();
		try {
			on.sql(`alter system set synchronous_standby_names = '*'`);
			on.sql('select pg_reload_conf()');
			const copied = await inTurns(address, 'copied', join(folder, 'copied'));
			return [
				[`append in PostgreSQL, ${appends} of them`, ...against(alone.stored, alone.file, 2.5)],
				['append with a synchronous standby', ...against(copied.stored, copied.file, 3.5)],
				['another host is notified', p50p99(alone.reported), 'after stored; p99 at most 50 ms'],
				deaf,
				...load,
			];
		} finally {
			standby.stop();
		}
	} finally {
		on.stop();
	}
}
