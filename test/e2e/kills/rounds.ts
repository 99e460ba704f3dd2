/**
 * Many rounds, from a seed, in a few cutovers at once.
 */
import {numbersFrom} from '../../screen/terminal/random.ts';
import type {Ending} from '../operator.ts';
import {Lane} from './lane.ts';
import {type Round, round} from './round.ts';

/** A round that came to no end is wrong too, and its lane goes on. */
const played = (lane: Lane, number: number, next: () => number): Promise<Round> =>
	round(lane, number, next).catch((error: unknown) => ({
		victims: [],
		outcome: 'no end',
		wrong: [error instanceof Error ? error.message : String(error)],
		toldMs: null,
	}));

/** What was wrong carries the seed and the number of its round in the lane. */
export async function rounds(count: number, lanes: number, seed: number, ending: Ending): Promise<readonly Round[]> {
	const all: Round[] = [];
	const run = async (lane: number): Promise<void> => {
		const next = numbersFrom(seed + lane);
		const cutover = await Lane.begin(ending);
		for (let number = lane; number < count; number += lanes) {
			const {wrong, ...rest} = await played(cutover, number, next);
			const where = `seed ${seed}, lane ${lane}, round ${number}, killed ${rest.victims.join(' and ')}`;
			all.push({...rest, wrong: wrong.map(text => `${text} (${where})`)});
		}
	};
	await Promise.all(Array.from({length: lanes}, (_, lane) => run(lane)));
	return all;
}
