/** Several processes at one journal: how long a keypress waits, and what is left when writers are stopped and killed. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../source/cli/clock.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {assertKept, crowded} from '../../test/e2e/verbs/crowd.ts';
import {assertWhole, restless, startWriter} from '../../test/journal/crowd.ts';
import {begin, command, dana, untouched} from '../../test/journal/cutover.ts';
import {median, ms, quantile, type Row} from './figure.ts';

const appender = join(import.meta.dirname, 'appender.ts');
const writers = 4;
const presses = 300;
const betweenMs = 15;
const restlessMs = 20_000;
const verbsMs = 30_000;

const folderIn = (place: string, name: string): string => {
	const folder = join(place, name);
	mkdirSync(folder, {mode: 0o700});
	return folder;
};

async function pressing(place: string): Promise<Row> {
	const folder = folderIn(place, 'pressing');
	const journal = await openJournal({store: fileStore(folder, systemClock), clock: systemClock, look: () => untouched});
	await journal.decide(begin(), dana);
	let stored = 0;
	const others = Array.from({length: writers}, (_, session) =>
		startWriter([folder], `writer ${session}`, () => stored++, appender),
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
	return [
		`a keypress beside ${writers} writers`,
		`p50 ${ms(median(times))}, p99 ${ms(quantile(times, 0.99))}`,
		`they append ${rate.toFixed(0)} a second; p99 at most 20 ms`,
	];
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
