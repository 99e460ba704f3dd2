/** A cutover in PostgreSQL: what a key press waits for beside others who write, and what a screen costs the server that nobody touches. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../source/cli/clock.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {runProgram} from '../../test/harness/program.ts';
import {openProgram} from '../../test/harness/terminal.ts';
import {startWriter} from '../../test/journal/crowd.ts';
import {begin, command, dana, untouched} from '../../test/journal/cutover.ts';
import type {Cluster} from '../../test/journal/postgres/cluster.ts';
import {catalogOn} from '../../test/journal/postgres/database.ts';
import {proxy} from '../../test/journal/postgres/proxy.ts';
import {median, ms, quantile, type Row} from './figure.ts';

const appenderFile = join(import.meta.dirname, 'appender.ts');
const writers = 4;
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
	let stored = 0;
	const others = Array.from({length: writers}, (_, at) =>
		startWriter([address, 'pressing'], `writer ${at}`, () => stored++, appenderFile),
	);
	while (stored < presses) await wait(betweenMs);
	const [before, from, times]: [number, number, number[]] = [stored, performance.now(), []];
	for (let index = 0; index < presses; index++) {
		await wait(betweenMs);
		const pressed = performance.now();
		await journal.decide(command('note', {text: `key ${index}`, on: null}), dana);
		times.push(performance.now() - pressed);
	}
	const rate = ((stored - before) / (performance.now() - from)) * 1000;
	for (const {child} of others) child.kill('SIGKILL');
	await Promise.all(others.map(({ended}) => ended));
	await journal.close();
	await catalog.close();
	return [
		`a keypress beside ${writers} writers in PostgreSQL`,
		`p50 ${ms(median(times))}, p99 ${ms(quantile(times, 0.99))}`,
		`they append ${rate.toFixed(0)} a second; p99 at most 150 ms`,
	];
}

/** Of a screen alone: its host's watcher has a connection of its own. `folder`: of the cutover, made here. */
export async function idleScreen(on: Cluster, address: string, folder: string): Promise<Row> {
	mkdirSync(folder, {mode: 0o700});
	const runbook = join(folder, 'cutover.md');
	const env = {XDG_STATE_HOME: folder, CUTOVER_HOST: 'bastion-1', CUTOVER_STORE: address};
	const run = async (...args: readonly string[]): Promise<string> => {
		const {code, stdout, stderr} = await runProgram(args, {env});
		if (code !== 0) throw new Error(`cutover-tui ${args.join(' ')}: ${stderr}`);
		return stdout.trim();
	};
	await run('init', runbook);
	const id = (await run('begin', runbook, '--t0', '+1h', '--as', 'bench')).split('\n').at(-1) ?? '';
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
		await run('abandon', '--cutover', id, '--reason', 'measured', '--confirm', 'ABANDON');
	}
}
