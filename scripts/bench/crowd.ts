/** Several processes at one journal: how long a keypress waits, and what is left when writers are stopped and killed. */

import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../source/cli/clock.ts';
import type {Journal} from '../../source/cutover/ports.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {assertKept, crowded} from '../../test/e2e/verbs/crowd.ts';
import {assertWhole, restless, startWriter} from '../../test/journal/crowd.ts';
import {begin, command, dana, untouched} from '../../test/journal/cutover.ts';
import {ms, p50p99, type Row, timed} from './figure.ts';

const appender = join(import.meta.dirname, 'appender.ts');
const writers = 4;
const restlessMs = 20_000;
const verbsMs = 30_000;

const folderIn = (place: string, name: string): string => {
	const folder = join(place, name);
	mkdirSync(folder, {mode: 0o700});
	return folder;
};

/** `place`: where the writers find the journal. `most`: ms that a key may take. */
export async function besideWriters(
	journal: Journal,
	place: readonly string[],
	{where, betweenMs, presses, most}: {where: string; betweenMs: number; presses: number; most: number},
): Promise<Row> {
	await journal.decide(begin(), dana);
	let stored = 0;
	const others = Array.from({length: writers}, (_, session) =>
		startWriter(place, `writer ${session}`, () => stored++, appender),
	);
	while (stored < presses) await wait(betweenMs);
	const [before, from, times]: [number, number, number[]] = [stored, performance.now(), []];
	for (let index = 0; index < presses; index++) {
		await wait(betweenMs);
		times.push(await timed(() => journal.decide(command('note', {text: `key ${index}`, on: null}), dana)));
	}
	const rate = ((stored - before) / (performance.now() - from)) * 1000;
	for (const {child} of others) child.kill('SIGKILL');
	await Promise.all(others.map(({ended}) => ended));
	return [
		`a keypress beside ${writers} writers${where}`,
		p50p99(times),
		`they append ${rate.toFixed(0)} a second; p99 at most ${most} ms`,
	];
}

async function pressing(place: string): Promise<Row> {
	const folder = folderIn(place, 'pressing');
	const journal = await openJournal({store: fileStore(folder, systemClock), clock: systemClock, look: () => untouched});
	const row = await besideWriters(journal, [folder], {where: '', betweenMs: 15, presses: 300, most: 20});
	await journal.close();
	return row;
}

async function stopping(place: string): Promise<Row> {
	const folder = folderIn(place, 'stopping');
	const {acknowledged, silenceMs, kills} = await restless(folder, restlessMs);
	const store = fileStore(folder, systemClock);
	await assertWhole(store, acknowledged);
	await store.close();
	return [
		`${writers} writers killed and stopped for ${restlessMs / 1000} s`,
		`longest wait ${ms(silenceMs)}, none lost`,
		`${acknowledged.length} acknowledged, ${kills} kills; at most 500 ms`,
	];
}

async function killing(): Promise<Row> {
	const endings: (() => void)[] = [];
	try {
		const night = await crowded({after: ending => void endings.push(ending as () => void)}, verbsMs, 40);
		assertKept(night);
		return [
			`four verbs under kill -9 for ${verbsMs / 1000} s`,
			`${night.acknowledged.length} acknowledged, none lost`,
			`${night.kills} kills`,
		];
	} finally {
		for (const end of endings) end();
	}
}

/** `place`: an empty folder, mode 0700. Throws where anything acknowledged was lost. */
export const crowdRows = async (place: string): Promise<readonly Row[]> => [
	await pressing(place),
	await stopping(place),
	await killing(),
];
