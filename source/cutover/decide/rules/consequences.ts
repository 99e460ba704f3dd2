/** What a fact brings with it at once: the fall of votes and of the go (RULES D3), and the hold (RULES H1). */
import type {Event, EventData} from '../../model/event.ts';
import type {State} from '../../model/state.ts';

/** Somebody has voted for go, or the go is in force. */
export const hasVotes = (state: State): boolean =>
	state.goGiven !== null || Object.keys(state.polls.go?.votes ?? {}).length > 0;

/** The votes fall, where there are any. */
export const fall = (state: State, data: EventData['goRevoked']): readonly Event[] =>
	hasVotes(state) ? [{type: 'goRevoked', data}] : [];

const goesOn = ({status}: State): boolean => status === 'preparing' || status === 'go';

/** A hold, and with it the fall of every vote; nothing in a hold, or once T0 is begun. */
export const hold = (state: State, data: EventData['holdPlaced']): readonly Event[] =>
	goesOn(state)
		? [
				...fall(state, {
					cause: data.cause === 'bytes' ? 'bytes' : data.cause === 'gate' ? 'gate' : 'hold',
					on: data.on,
					reason: data.reason,
				}),
				{type: 'holdPlaced', data},
			]
		: [];

/** What a verdict does beyond its gate. */
export const afterVerdict = (
	state: State,
	gate: string,
	verdict: EventData['judged']['verdict'],
	reason: string | null,
): readonly Event[] => {
	const because = reason === null ? '' : `: ${reason}`;
	if (verdict === 'fail') return hold(state, {cause: 'gate', on: gate, reason: `${gate} failed${because}`});
	return verdict === 'unknown' && goesOn(state)
		? fall(state, {cause: 'gate', on: gate, reason: `${gate} could not be judged${because}`})
		: [];
};
