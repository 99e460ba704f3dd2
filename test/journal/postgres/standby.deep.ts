/** A database with a standby: what `doctor` and the hosts know of it before it is needed, and which server is used afterwards. */
import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {origin} from '../../../source/journal/entry.ts';
import {administrator, type Finding} from '../../../source/journal/postgres/admin.ts';
import {timelinesIn} from '../../../source/journal/postgres/timelines.ts';
import {observed} from '../../harness/observed.ts';
import {textsIn, write} from '../../store-contract.ts';
import {freshRoot} from '../place.ts';
import {fault} from '../recorded.ts';
import {cluster, without} from './cluster.ts';
import {catalogOn, database} from './database.ts';
import {proxy} from './proxy.ts';

const found = (findings: readonly Finding[], name: string): string => {
	const {state, text} = findings.find(finding => finding.name === name) ?? {state: 'absent', text: ''};
	return `${state}: ${text}`;
};

async function checked(address: string, attested = false, root = freshRoot()): Promise<readonly Finding[]> {
	const login = administrator(address, {}, systemClock, timelinesIn(root));
	const findings = await login.check(attested);
	await login.close();
	return findings;
}

describe('a standby', {skip: without, concurrency: 1}, () => {
	test('that writes do not wait for is warned of, until it is synchronous; one that does not answer, too', {
		timeout: 300_000,
	}, async context => {
		const on = await cluster();
		context.after(() => on.stop());
		const name = await database(on);
		const address = on.address('bastion1', name);
		const catalog = catalogOn(address);
		context.after(() => catalog.close());
		await catalog.create('ledger');
		const store = await catalog.journal('ledger', systemClock);
		const said = async (): Promise<string | null | undefined> => {
			await store.pull(origin);
			return catalog.hosts('ledger')?.observed().replication;
		};
		let last: string | null | undefined;
		const says = (wanted: string): Promise<unknown> =>
			observed(
				`replication ${wanted}`,
				async () => {
					last = await said();
					return last === wanted;
				},
				() => last,
			);
		assert.equal(await said(), 'single');
		assert.match(found(await checked(address), 'replication'), /^beware: There is one copy/);

		const standby = await on.standby();
		context.after(() => standby.stop());
		// It connects once it has started, when it comes to it.
		await says('behind');
		assert.match(found(await checked(address), 'replication'), /^beware: .* may lose acknowledged entries/);
		assert.match(found(await checked(address, true), 'replication'), /^ok: .* settings of the runbook attest it/);

		on.sql(`alter system set synchronous_standby_names = '*'`);
		on.sql('select pg_reload_conf()');
		await says('synchronous');
		assert.match(found(await checked(address), 'replication'), /^ok: synchronous: \*/);

		on.sql(`alter system set synchronous_standby_names = 'nobody'`);
		on.sql('select pg_reload_conf()');
		await says('blocked');
		assert.match(found(await checked(address), 'replication'), /^beware: .*none confirms: acts will hang/);
		assert.match(found(await checked(address, true), 'replication'), /^beware: .*acts will hang/);
	});

	test('that was promoted is used, also by a host that never saw it before, when the old primary comes back', {
		timeout: 300_000,
	}, async context => {
		const on = await cluster();
		const name = await database(on);
		const standby = await on.standby();
		context.after(() => {
			standby.stop();
			on.stop();
		});
		const address = `postgres://bastion1@127.0.0.1:${on.port},127.0.0.1:${standby.port}/${name}`;
		const catalog = catalogOn(address);
		await catalog.create('returned');
		await write(await catalog.journal('returned', systemClock), 'one');
		await observed('the entry', () => standby.sql('select count(*) from cutover.entries', name) === '1');
		on.crash();
		standby.promote();
		await write(await catalog.journal('returned', systemClock), 'two');
		await catalog.close();
		on.start();

		const fresh = catalogOn(address, 'bastion-3');
		const store = await fresh.journal('returned', systemClock);
		await write(store, 'three');
		assert.deepEqual(await textsIn(store), ['one', 'two', 'three']);
		await fresh.close();
		assert.match(
			found(await checked(address), 'timeline'),
			new RegExp(
				`^beware: 2; 127\\.0\\.0\\.1:${on.port}: it is an old primary \\(timeline 1, there is 2\\).* It is not used`,
			),
		);
		// Alone it is refused by whoever has seen the newer one.
		const root = freshRoot();
		mkdirSync(root, {recursive: true});
		await checked(address, false, root);
		const alone = catalogOn(on.address('bastion1', name), 'bastion-1', root);
		await assert.rejects(alone.ids(), fault('unreachable', /it is an old primary \(timeline 1, there is 2\)/));
		await alone.close();
	});

	test('that was behind gets the files again that it lacks, when it is promoted', {timeout: 300_000}, async context => {
		const on = await cluster();
		const name = await database(on);
		const link = await proxy(on.port);
		const standby = await on.standby(link.port);
		context.after(() => {
			link.close();
			standby.stop();
			on.stop();
		});
		const address = `postgres://bastion1@127.0.0.1:${on.port},127.0.0.1:${standby.port}/${name}`;
		const catalog = catalogOn(address);
		context.after(() => catalog.close());
		await catalog.create('files');
		const put = (path: string, text: string): void => {
			const file = join(catalog.folder('files'), path);
			mkdirSync(dirname(file), {recursive: true});
			writeFileSync(file, text);
		};
		const copies = catalog.copies('files');
		put('attempts/T-60-1/log', 'first\n');
		await copies.send();
		await observed('the file', () => standby.sql('select count(*) from cutover.chunks', name) === '1');
		link.cut();
		put('attempts/T-60-1/log', 'first\nsecond\n');
		put('runbook.md', '# ledger');
		await copies.send();
		on.crash();
		standby.promote();
		put('attempts/T-60-1/log', 'first\nsecond\nthird\n');
		// As a watcher, which sends again each second.
		for (let turn = 0; turn < 3; turn++) await copies.send().catch(() => {});
		assert.equal(
			standby.sql(
				`select string_agg(convert_from(bytes, 'UTF8'), '' order by start) from cutover.chunks where path like '%log'`,
				name,
			),
			'first\nsecond\nthird',
		);
		assert.equal(standby.sql(`select count(*) from cutover.chunks where path = 'runbook.md'`, name), '1');
	});
});
