/** What asking the endpoints costs: of a core while a real watcher asks three every 5 s, and in memory over 10,000 samples. */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type Row, ratio} from './figure.ts';
import {workOf} from './proc.ts';
import {starter} from './starter.ts';

const watchedMs = 60_000;
const probes = {first: 1000, last: 11_000};

const worked = (pid: number): number => workOf({pid}) / 1000;

const endpoints = (url: string): string =>
	['api', 'web', 'auth'].map(name => `  - { name: ${name}, url: "${url}", every: 5s }\n`).join('');

/** Its watcher has begun to watch by then. */
async function watched(folder: string, settings: string): Promise<{pid: number; end(): Promise<unknown>}> {
	const {run, end} = await starter(folder, {settings});
	const {folder: place} = JSON.parse(await run('status', '--json'));
	await wait(3000);
	return {pid: JSON.parse(readFileSync(join(place, 'watcher.json'), 'utf8')).pid, end};
}

/** Share of a core, in per cent, over a minute of both. */
async function shares(folder: (name: string) => string, url: string): Promise<readonly [number, number]> {
	const idle = await watched(folder('idle'), 'cutover: 1\n');
	const asking = await watched(folder('asking'), `cutover: 1\nendpoints:\n${endpoints(url)}`);
	const before = [worked(idle.pid), worked(asking.pid)];
	await wait(watchedMs);
	const share = (pid: number, from = 0): number => ((worked(pid) - from) / (watchedMs / 1000)) * 100;
	const answer = [share(idle.pid, before[0]), share(asking.pid, before[1])] as const;
	await idle.end();
	await asking.end();
	return answer;
}

const crowd = 20;

/** A bare loop that asks the same as often, each time on a connection of its own, and does nothing with the answer. */
const bareLoop = `const {get} = require('node:http');
setInterval(() => get(process.argv[1], {agent: false}, answer => answer.resume()), 5000 / ${crowd});`;

/**
 * Twenty open cutovers in one state folder, with an endpoint each: their watchers, what these use of a core in per cent,
 * what a bare loop does in the same minute, and MiB.
 */
async function crowded(folder: string, url: string): Promise<readonly [number, number, number, number]> {
	const settings = `cutover: 1\nendpoints:\n  - { name: api, url: "${url}", every: 5s }\n`;
	for (let number = 0; number < crowd; number++) await starter(folder, {name: `crowd-${number}`, settings});
	await wait(5000);
	const root = join(folder, 'state/cutover-tui');
	const pids = readdirSync(root, {withFileTypes: true})
		.filter(entry => entry.isDirectory())
		.map(({name}): number => JSON.parse(readFileSync(join(root, name, 'watcher.json'), 'utf8')).pid);
	const watchers = [...new Set(pids)];
	const bare = spawn(process.execPath, ['-e', bareLoop, url], {stdio: 'ignore'});
	await wait(2000);
	const work = (): readonly [number, number] => [
		watchers.reduce((sum, pid) => sum + worked(pid), 0),
		worked(bare.pid ?? 0),
	];
	const before = work();
	await wait(watchedMs);
	const [share = 0, bareShare = 0] = work().map(
		(after, at) => ((after - (before[at] ?? 0)) / (watchedMs / 1000)) * 100,
	);
	bare.kill();
	const kibibytes = (pid: number): number =>
		Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
	const size = watchers.reduce((sum, pid) => sum + kibibytes(pid), 0) / 1024;
	for (const pid of watchers) process.kill(pid);
	return [watchers.length, share, bareShare, size];
}

/** MiB of the heap after the first thousand samples, and after ten thousand more. */
async function heaps(folder: string, url: string, asked: () => number): Promise<readonly [number, number]> {
	const prober = fileURLToPath(new URL('prober.ts', import.meta.url));
	const before = asked();
	const child = spawn(process.execPath, ['--expose-gc', prober, url, folder], {stdio: ['ignore', 'pipe', 'inherit']});
	const observed: number[] = [];
	for await (const bytes of createInterface({input: child.stdout})) {
		const samples = asked() - before;
		if (samples >= probes.first) observed.push(Number(bytes) / 1024 / 1024);
		if (samples >= probes.last) break;
	}
	child.kill('SIGKILL');
	await once(child, 'close');
	return [observed[0] ?? Number.NaN, observed.at(-1) ?? Number.NaN];
}

export async function watcherRows(folder: (name: string) => string): Promise<readonly Row[]> {
	let asked = 0;
	const server = createServer((_, response) => {
		asked += 1;
		response.end('well');
	});
	await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	try {
		const [idle, asking] = await shares(folder, url);
		const [watchers, share, bareShare, size] = await crowded(folder('open'), url);
		const [first, last] = await heaps(folder('heap'), url, () => asked);
		return [
			['watcher, 3 endpoints every 5 s', `${asking.toFixed(2)} % of a core`, `${idle.toFixed(2)} % with none`],
			[
				`${crowd} open cutovers, an endpoint each`,
				`${watchers} watcher, ${share.toFixed(2)} % of a core`,
				`${ratio(share, bareShare)} a bare loop that asks the same (${bareShare.toFixed(2)} %); ${size.toFixed(0)} MiB resident`,
			],
			['watcher, 10,000 samples more', `${(last - first).toFixed(1)} MiB more`, `than ${first.toFixed(1)} MiB`],
		];
	} finally {
		server.close();
		server.closeAllConnections();
	}
}
