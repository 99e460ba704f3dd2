/**
 * The screen over a real sshd and a line of 2 KB a second, near and far away, while a command prints 200 lines a second: ten times
 * what the line takes.
 */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import type {Terminal} from '../harness/terminal.ts';
import {Operator} from './operator.ts';
import {Bastion} from './ssh/bastion.ts';
import {Line, type Speed} from './ssh/line.ts';
import {missing} from './ssh/server.ts';

const flood = `until test -e stop; do
	for at in 1 2 3 4 5 6 7 8 9 10; do echo "$EPOCHREALTIME moved account $RANDOM of the ledger, and it was whole"; done
	sleep 0.05
done
`;
const letters = 60;
const betweenMs = 250;
const lookEveryMs = 50;

const quantile = (samples: readonly number[], share: number): number =>
	samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? Number.NaN;

/** Ms since the newest line on the screen was printed. */
function ageOf(screen: string): number {
	const times = [...screen.matchAll(/ (\d{10}\.\d{6}) moved /g)].map(([, time]) => Number(time) * 1000);
	assert.ok(times.length > 0, `no output is on the screen:\n${screen}`);
	return Date.now() - Math.max(...times);
}

type Measured = {readonly keys: readonly number[]; readonly ages: readonly number[]};

/** Types into a field, letter by letter, each a while after the one before is there. */
async function typing(terminal: Terminal): Promise<Measured> {
	const keys: number[] = [];
	const ages: number[] = [];
	const looking = setInterval(() => ages.push(ageOf(terminal.screen())), lookEveryMs);
	try {
		for (let at = 0, typed = ''; at < letters; at++) {
			const letter = String.fromCharCode(97 + ((at * 7) % 26));
			typed = `${typed}${letter}`.slice(-5);
			terminal.type(letter);
			keys.push(await terminal.until(screen => screen.includes(`${typed}_`), `"${typed}" in the field`));
			await pause(betweenMs);
		}
	} finally {
		clearInterval(looking);
	}
	return {keys, ages};
}

async function over(t: TestContext, speed: Speed): Promise<Measured & {readonly queued: number}> {
	const bastion = await Bastion.open(t, flood);
	const {place, server} = bastion;
	const begun = await place.cli('run', 'T-60', '--detach', '--as', 'ana');
	assert.equal(begun.code, 0, begun.stderr);
	const line = await Line.open(t, server.port, speed);
	const operator = new Operator(bastion.terminalBy(line.port, 'ana', 'runbook.md', '--as', 'ana'));
	await operator.shows('RUNNING');
	await operator.press('enter', 'following');
	await operator.press('n', 'NOTE');
	await operator.press('z', 'z_');
	line.most = 0;
	const measured = await typing(operator.terminal);
	const queued = line.most;
	place.write('stop', '');
	return {...measured, queued};
}

/** What a key takes there and back before anything is done. */
const distances = {'near by': 0, '300 ms away': 300} as const;

for (const [where, roundTrip] of Object.entries(distances))
	test(`over ssh at 2 KB a second, ${where}, a flood of output leaves keys and screen fresh`, {
		timeout: 240_000,
		skip: missing,
	}, async t => {
		const {keys, ages, queued} = await over(t, {bytesPerSecond: 2048, delay: roundTrip / 2});
		const figures = {
			key: Math.round(quantile(keys, 0.5)),
			keyP99: Math.round(quantile(keys, 0.99)),
			age: Math.round(quantile(ages, 0.5)),
			ageP99: Math.round(quantile(ages, 0.99)),
			queued,
		};
		const said = `${where}: ${JSON.stringify(figures)}`;
		t.diagnostic(said);
		assert.ok(figures.key <= 400 + roundTrip, said);
		assert.ok(figures.ageP99 <= 1500 + roundTrip, said);
		assert.ok(queued <= 4096, said);
	});
