/*
Probes run every few seconds from begin to close: what one of them left behind would be there a thousand times. In a
process of its own, because it counts what is open in it.
*/
import assert from 'node:assert/strict';
import {getEventListeners} from 'node:events';
import process from 'node:process';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {ask} from '../../source/probes/ask.ts';
import {closedPort, context, http, script, serve, tcp} from './around.ts';

type Counts = ReadonlyMap<string, number>;

/** What is open in this process: how many of each kind. */
function open(): Counts {
	const counts = new Map<string, number>();
	for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	return counts;
}

/** What is open beyond what was before, once all that is closing has gone. */
async function left(before: Counts): Promise<readonly string[]> {
	const more = (): readonly string[] =>
		[...open()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind, count]) => `${count} ${kind}`);
	for (let turns = 0; turns < 10_000 && more().length > 0; turns++) await new Promise(setImmediate);
	return more();
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Asks the endpoints in turn, `times` in all, twenty at once; answers with the size of the heap after it, in bytes. */
async function asks(endpoints: readonly Endpoint[], times: number, about = context()): Promise<number> {
	for (let done = 0; done < times; done += 20) {
		await Promise.all(
			Array.from({length: 20}, (_, index) => {
				const endpoint = endpoints[(done + index) % endpoints.length];
				assert.ok(endpoint);
				return ask(endpoint, about);
			}),
		);
	}
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

test('two thousand probes leave no socket, timer or listener, and no memory', async t => {
	const url = await serve(t, ({url}, response) => {
		if (url === '/late') return;
		if (url === '/moved') response.writeHead(302, {location: '/'});
		response.end('all is well');
	});
	const endpoints = [
		http(url, {version: `${url}/version`}),
		http(url, {body: 'well'}),
		http(`${url}/moved`, {follow: true}),
		http(`${url}/late`, {timeoutSeconds: 0.02}),
		tcp(url.replace('http://', '')),
		http(`http://127.0.0.1:${await closedPort()}`),
	];
	const {signal} = new AbortController();
	const about = context({signal});
	const before = open();
	const early = await asks(endpoints, 1000, about);
	const late = await asks(endpoints, 2000, about);
	assert.deepEqual(await left(before), []);
	assert.equal(getEventListeners(signal, 'abort').length, 0);
	assert.ok(late - early < 1_000_000, `the heap grew from ${early} to ${late} bytes`);
});

test('scripts leave no pipe and no process behind', async () => {
	const before = open();
	await asks([script('none.sh'), script('none'), script('/bin/true'), script('/bin/false')], 60);
	assert.deepEqual(await left(before), []);
});
