/** The reference cutover at real screens of two hosts, one of which is lost on the way: kept, and rolled back. */
import assert from 'node:assert/strict';
import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {recordFiles} from '../../source/journal/record-files.ts';
import {until} from '../cli/two-hosts.ts';
import {killAll, startedWith} from '../harness/ending.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {type Operator, type Site, site} from './operator.ts';
import {walkFromGo, walkToGo} from './reference-walk.ts';

onServer('a cutover at the screens of two hosts', on => {
	type Night = {
		readonly id: string;
		readonly name: string;
		readonly one: Site;
		readonly two: Site;
		readonly third: Site;
		readonly operator: Operator;
	};

	/** As a host that loses its power: all that runs there ends at once. */
	const lose = ({env}: Site): Promise<unknown> => killAll('all of the host', () => startedWith(`HOME=${env['HOME']}`));

	/** The first host began, ran T-60 at its screen and was lost; somebody at a screen of the second has got to the go. */
	async function toGo(t: TestContext): Promise<Night> {
		const name = await database(on);
		const at = (host: string): Site => site(t, {CUTOVER_HOST: host, CUTOVER_STORE: on.address('bastion1', name)});
		const [one, two, third] = [at('bastion-1'), at('bastion-2'), at('bastion-3')];
		const first = one.open({cols: 120, rows: 40});
		await first.shows('NOT BEGUN');
		await first.begin('+1m', 'PREPARING');
		const id = on.sql('select cutover from cutover.entries where seq = 1', name);
		const operator = two.open({args: ['--cutover', id], cols: 120, rows: 40});
		await operator.shows('PREPARING');
		await first.shows(/NEXT .*run T-60/);
		await first.press('.', 'RUN T-60');
		await first.press('y', /✔ T-60 DONE/);
		// What one does, the other sees.
		await operator.shows(/✔ T-60 DONE/);
		await until(
			() => Number(on.sql(`select count(*) from cutover.chunks where path = 'attempts/T-60-1/result.json'`, name)) > 0,
		);
		await lose(one);
		await until(() => on.sql('select host from cutover.leases where until > now()', name) === 'bastion-2');
		await walkToGo(operator, ['T-60']);
		return {id, name, one, two, third, operator};
	}

	async function holdsElsewhere({id, name, two, third}: Night): Promise<void> {
		const folder = join(String(two.env['XDG_STATE_HOME']), 'cutover-tui', id);
		const isSent = (path: string): boolean =>
			Number(on.sql(`select coalesce(sum(octet_length(bytes)), 0) from cutover.chunks where path = '${path}'`, name)) >=
			statSync(join(folder, path)).size;
		await until(() => existsSync(join(folder, 'evidence.json')) && recordFiles(folder).every(({path}) => isSent(path)));
		const pulled = await third.cli('store', 'pull', '--cutover', id, '--confirm', 'PULL');
		assert.equal(pulled.code, 0, pulled.stderr);
		const state = join(String(third.env['XDG_STATE_HOME']), 'cutover-tui');
		const {code, stdout, stderr} = await third.cli('verify', id, '--closed', '--state', state);
		assert.equal(code, 0, stdout + stderr);
		assert.match(stdout, /^HOLDS/);
	}

	test('is kept, signed and closed at the screen of the other, and the record holds on a third', {
		timeout: 300_000,
	}, async t => {
		const night = await toGo(t);
		await walkFromGo(night.operator);
		night.operator.terminal.press('q');
		await holdsElsewhere(night);
	});

	test('is rolled back at the screen of the other, and the record holds on a third', {timeout: 300_000}, async t => {
		const night = await toGo(t);
		const {operator, one, two} = night;
		await operator.shows(/NEXT .*T0/);
		await operator.press('.', 'START T0');
		await operator.word('T0', 'EXECUTING');
		await operator.press('.', 'REPORT HOW T0 WENT');
		await operator.press('p', '(*) pass');
		await operator.confirm('OBSERVING');
		await operator.press('B', 'ROLL BACK');
		await operator.fill('users are hurt');
		await operator.confirm('type ROLLBACK to confirm');
		await operator.word('ROLLBACK', 'ROLLING BACK');
		await operator.shows('proof awaited');
		// Each host has the workspace at the same path; here it is that of the first one.
		assert.ok(existsSync(join(one.folder, 'rolled-back')));
		await operator.press('v', 'CONFIRM THAT THE IMPACT IS OVER');
		await operator.fill('payments go through');
		await operator.press('enter', '>  Is the impact over?');
		await operator.press('y', 'ROLLED BACK');
		operator.terminal.press('q');
		assert.match(await two.cli('log').then(({stdout}) => stdout), /fallback-1 started by .* on bastion-2/);
		const closed = await two.cli(
			'close',
			'--confirm',
			'CLOSE',
			'--reason',
			'all is recorded',
			'--role',
			'release-manager',
		);
		assert.equal(closed.code, 0, closed.stderr);
		await holdsElsewhere(night);
	});
});
