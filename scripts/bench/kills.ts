/** 400 rounds of random kills of runner, scribe, watcher, screen and client: wrong verdicts, and how soon a loss is reported. */
import process from 'node:process';
import {rounds} from '../../test/e2e/kills/rounds.ts';
import {p50p99, type Row} from './figure.ts';

const count = 400;
const lanes = 4;

/** Says on stderr what was wrong; the seed in it runs the same choices again. */
export async function killRows(seed: number): Promise<readonly Row[]> {
	const ends: (() => unknown)[] = [];
	try {
		const all = await rounds(count, lanes, seed, {after: (end: () => unknown) => void ends.push(end)});
		const wrong = all.flatMap(round => round.wrong);
		for (const text of wrong) process.stderr.write(`${text}\n`);
		const outcomes = Map.groupBy(all, ({outcome}) => outcome);
		const counts = [...outcomes].map(([outcome, found]) => `${found.length} ${outcome}`).join(', ');
		const reported = all.map(({toldMs}) => toldMs).filter(each => each !== null);
		return [
			['rounds of random kills', `${all.length}, ${wrong.length} wrong verdicts`, counts],
			['a lost runner is reported', p50p99(reported), 'after its death'],
		];
	} finally {
		for (const end of ends.toReversed()) await end();
	}
}
