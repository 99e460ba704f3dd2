/** The whole of a cutover with people and runners on two hosts, one of which is lost on the way. */
import assert from 'node:assert/strict';
import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {recordFiles} from '../../source/journal/record-files.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {type Desk, desk} from './desk.ts';
import {endAll, until} from './two-hosts.ts';
import {begin, go, passT0, words} from './walks.ts';

const early = (reason: string) => ['--early', '--reason', reason];
const manager = ['--role', 'release-manager'];

/** Somebody at a host, with the store of the cutover. */
type Host = Pick<Desk, 'must'> & {readonly state: string; cli: Desk['cli']};

onServer('a cutover of two hosts, one of which is lost', on => {
	/** T0 has passed: the first host ran T-60 and was lost, the second ran the rest. */
	async function gone(context: TestContext) {
		const name = await database(on);
		const store = ['--store', on.address('bastion1', name)];
		const at = (host: string): Host => {
			const own = desk(context, {CUTOVER_HOST: host});
			return {
				state: own.state,
				cli: (...argv) => own.cli(...argv, ...store),
				must: (who, ...argv) => own.must(who, ...argv, ...store),
			};
		};
		const [one, two, third] = [at('bastion-1'), at('bastion-2'), at('bastion-3')];
		const id = await begin(one);
		await one.must('olga', 'run', 'T-60');
		await two.must('quin', 'store', 'join', '--cutover', id);
		// What a host wrote in its last second may be lost with it.
		const sql = (text: string): string => on.sql(text, name);
		await until(() => isSent(sql, join(one.state, id), ['attempts/T-60-1/log']));
		endAll(one.state);
		await until(() => on.sql('select host from cutover.leases where until > now()', name) === 'bastion-2');
		assert.match(await two.must('quin', 'log'), /the watcher of bastion-1 was silent since .*; bastion-2 watches now/);
		await two.must('quin', 'run', 'T-30');
		await two.must('rita', 'run', 'G3');
		await words(two);
		await go(two);
		await passT0(two);
		return {id, two, third, sql};
	}

	/** Each of these files of a cutover is in the database, to its last byte. */
	const isSent = (sql: (text: string) => string, folder: string, files: readonly string[]): boolean => {
		const lines = sql(`select path || ' ' || sum(octet_length(bytes)) from cutover.chunks group by path`).split('\n');
		const sent = new Map(lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
		return files.every(file => (sent.get(file) ?? 0) >= statSync(join(folder, file)).size);
	};

	/** What the database holds of a closed cutover is whole on a host that had no part in it. */
	async function holdsElsewhere({id, two, third, sql}: Awaited<ReturnType<typeof gone>>): Promise<void> {
		const folder = join(two.state, id);
		await until(
			() =>
				existsSync(join(folder, 'evidence.json')) &&
				isSent(
					sql,
					folder,
					recordFiles(folder).map(({path}) => path),
				),
		);
		await third.must('rita', 'store', 'pull', '--cutover', id, '--confirm', 'PULL');
		const {code, stdout, stderr} = await third.cli('verify', id, '--closed', '--state', third.state);
		assert.equal(code, 0, stdout + stderr);
		assert.match(stdout, /^HOLDS/);
	}

	test('is kept, signed and closed by the other, and the record holds elsewhere', {timeout: 240_000}, async context => {
		const night = await gone(context);
		const {two} = night;
		await two.must('dave', 'run', 'T+10', '--result', 'pass', '--note', 'as before', ...early('quiet since T0'));
		await two.must('rita', 'decide', 'keep', ...manager, ...early('nothing is wrong'));
		await two.must('paul', 'decide', 'keep', '--role', 'project-owner', ...early('agreed'));
		for (const [item, name] of Object.entries({S1: 'olga', S2: 'quin', S3: 'oscar', S4: 'rita', S5: 'paul'}))
			await two.must(name, 'sign', item);
		await two.must('rita', 'close', '--confirm', 'CLOSE', '--reason', 'all is recorded', ...manager);
		await holdsElsewhere(night);
	});

	test('is rolled back by the other, and the record holds elsewhere', {timeout: 240_000}, async context => {
		const night = await gone(context);
		const {two} = night;
		await two.must('rita', 'rollback', '--reason', 'users are hurt', ...manager, '--confirm', 'ROLLBACK');
		await two.must('ben', 'rollback', '--proved', '--note', 'payments go through again', '--role', 'L1');
		assert.match(await two.must('rita', 'status'), /ROLLED BACK/i);
		await two.must('rita', 'close', '--confirm', 'CLOSE', '--reason', 'all is recorded', ...manager);
		await holdsElsewhere(night);
	});
});
