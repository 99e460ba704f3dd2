/** Two hosts and one cutover: each notice is sent once, whichever of them leads. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {onServer} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {desk} from './desk.ts';
import {endAll, until} from './two-hosts.ts';

onServer('the notices of a cutover on two hosts', on => {
	test('are sent once, also when the host that sent some is lost, and when both end', {
		timeout: 300_000,
	}, async context => {
		const name = await database(on);
		const store = ['--store', on.address('bastion1', name)];
		const [one, two, three] = ['bastion-1', 'bastion-2', 'bastion-3'].map(host => desk(context, {CUTOVER_HOST: host}));
		assert.ok(one && two && three);
		one.write('ops/tell.sh', 'echo "$CUTOVER_EVENT $CUTOVER_TEXT" >> told\n');
		one.write('runbook.cutover.yaml', 'cutover: 1\nnotify:\n  - {on: all, command: ops/tell.sh}\n');
		one.commit('notices');
		const told = (): readonly string[] => {
			const file = join(one.folder, 'told');
			return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').toSorted() : [];
		};
		const must = (who: string, on: typeof one, ...argv: readonly string[]) => on.must(who, ...argv, ...store);
		const leads = (host: string): Promise<void> =>
			until(() => on.sql('select host from cutover.leases where until > now()', name) === host);
		const id = (await must('rita', one, 'begin', 'runbook.md', '--t0', '+61m')).trim().split('\n').at(-1) ?? '';
		await leads('bastion-1');
		await must('quin', two, 'store', 'join', '--cutover', id);
		await must('rita', one, 'hold', '--reason', 'the disk is slow');
		await until(() => told().some(line => line.startsWith('hold ')));
		// What was sent in the last second before a host was lost may be sent again.
		const isKept = (): boolean => {
			const file = readFileSync(join(one.state, id, 'notified.json'));
			const version = createHash('sha256').update(file).digest('hex');
			const sent = `select count(*) from cutover.chunks where path = 'notified.json' and version = '${version}'`;
			return file.includes('"sending":null') && Number(on.sql(sent, name)) > 0;
		};
		await until(isKept);
		endAll(one.state);
		await leads('bastion-2');
		await must('olga', three, 'store', 'join', '--cutover', id);
		await must('paul', two, 'sign', 'S5');
		await until(() => told().some(line => line.startsWith('signed ')));
		await must('rita', two, ...['abandon', '--reason', 'enough', '--confirm', 'ABANDON', '--role', 'release-manager']);
		await until(() => on.sql(`select count(*) from pg_stat_activity where datname = '${name}'`) === '0');
		const all = told();
		assert.equal(new Set(all).size, all.length, all.join('\n'));
	});
});
