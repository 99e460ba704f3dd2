/* `decide go`, `no-go`, `keep`: a vote; saying it is itself the typed word. */
import {one} from '../act.ts';
import {known} from '../usage-error.ts';

const votes = {go: ['GO'], keep: ['KEEP'], 'no-go': []} as const;

const isVote = (word: string): word is keyof typeof votes => Object.hasOwn(votes, word);

export const run = one(({call}) => {
	const vote = known('vote', call.must(0), Object.keys(votes));
	if (!isVote(vote)) throw new TypeError(vote);
	return {type: 'vote', data: {vote, early: call.flag('early'), reason: call.text('reason')}, confirm: votes[vote]};
});
