/** Four verbs of the built program at once, each killed at random, again and again; and what the log says afterwards. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createHash, randomInt} from 'node:crypto';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {environment, program} from '../../harness/program.ts';
import {type Ending, site} from '../operator.ts';

/** `acknowledged`: texts whose verb ended with 0. */
export type Night = {readonly acknowledged: readonly string[]; readonly kills: number; readonly log: string};

const verbs: readonly ((text: string) => readonly string[])[] = [
	text => ['note', text],
	text => ['note', text, '--on', 'G1'],
	text => ['set', 'Operator', text],
	text => ['hold', '--reason', text],
];

const longestLife = 900;

/** True where it ended by itself with 0; a coin decides whether it is killed. */
async function run(
	args: readonly string[],
	cwd: string,
	env: Readonly<Record<string, string>>,
): Promise<'done' | 'killed' | 'refused'> {
	const [node, ...own] = program;
	const child = spawn(node, [...own, ...args, '--as', 'rita', '--role', 'release-manager'], {
		cwd,
		env: environment(env),
		stdio: 'ignore',
	});
	const ended = once(child, 'exit');
	const over = new AbortController();
	if (randomInt(2) === 0)
		void wait(randomInt(30, longestLife), null, {signal: over.signal}).then(
			() => child.kill('SIGKILL'),
			() => {},
		);
	const [code, signal] = await ended;
	over.abort();
	return signal !== null ? 'killed' : code === 0 ? 'done' : 'refused';
}

/** For `ms`, and until `atLeast` were acknowledged. */
export async function crowded(t: Ending, ms: number, atLeast: number): Promise<Night> {
	const {cli, folder, env} = site(t);
	const begun = await cli('begin', 'runbook.md', '--t0', '+3h', '--as', 'rita');
	assert.equal(begun.code, 0, begun.stderr);
	const acknowledged: string[] = [];
	let kills = 0;
	const until = performance.now() + ms;
	await Promise.all(
		verbs.map(async (verb, lane) => {
			for (let turn = 1; performance.now() < until || acknowledged.length < atLeast; turn++) {
				const text = `lane ${lane} turn ${turn} said`;
				const ending = await run(verb(text), folder, env);
				if (ending === 'done') acknowledged.push(text);
				if (ending === 'killed') kills++;
			}
		}),
	);
	const {code, stdout, stderr} = await cli('log', '--json');
	assert.equal(code, 0, stderr);
	return {acknowledged, kills, log: stdout};
}

/** By the log alone, without the program's own code: numbers, chain, and every acknowledged text once. */
export function assertKept({acknowledged, log}: Night): void {
	const lines = log.trimEnd().split('\n');
	let previous = '';
	for (const [index, line] of lines.entries()) {
		const entry = JSON.parse(line);
		assert.equal(entry.seq, index + 1);
		assert.equal(entry.previous, previous);
		const body = line.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}');
		previous = createHash('sha256')
			.update(previous + body)
			.digest('hex');
		assert.equal(entry.hash, previous);
	}
	for (const text of acknowledged)
		assert.equal(lines.filter(line => line.includes(`${JSON.stringify(text)}`)).length, 1, text);
}
