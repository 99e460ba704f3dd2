/** The two roll calls: go/no-go, and keep at the end. A poll that fell opens anew, with no vote in it. */

import type {Poll, StageState, State} from '../model/state.ts';
import {change, stageBegun, stageEnded} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';

const opened = (stage: string, poll: Poll | null, at: number): Poll =>
	poll === null ? {stage, round: 1, opened: at, votes: {}, fallen: null} : {...poll, stage, opened: poll.opened ?? at};

const emptied = (poll: Poll | null, at: number, reason: string): Poll | null =>
	poll === null ? null : {...poll, round: poll.round + 1, opened: null, votes: {}, fallen: {at, reason}};

const reopened = (stage: StageState): StageState => ({...stage, ended: null, outcome: null, by: null});

const decided = (state: State, stage: string, meta: Meta): State =>
	change(state, 'stages', stage, row => stageEnded(row, 'done', null, meta));

export const pollEvolvers = {
	voted: (state, data, meta) => {
		const {at, by} = meta;
		const which = data.vote === 'keep' ? 'keep' : 'go';
		const poll = opened(data.stage, state.polls[which], at);
		const vote = {at, by, reason: data.reason, role: data.role, vote: data.vote, early: data.early};
		const next = {...state, polls: {...state.polls, [which]: {...poll, votes: {...poll.votes, [data.role]: vote}}}};
		return change(next, 'stages', data.stage, stage => stageBegun(stage, meta, data.early));
	},
	goGiven: (state, data, meta) =>
		decided({...state, status: 'go', goGiven: {at: meta.at, by: meta.by}}, data.stage, meta),
	goRevoked: (state, data, {at}) => {
		const {go} = state.polls;
		const next: State = {
			...state,
			status: state.status === 'go' ? 'preparing' : state.status,
			goGiven: null,
			polls: {...state.polls, go: emptied(go, at, data.reason)},
		};
		return go ? change(next, 'stages', go.stage, reopened) : next;
	},
	kept: (state, data, meta) => decided({...state, status: 'kept', kept: {at: meta.at}}, data.stage, meta),
	keepRevoked: (state, data, {at}) => ({
		...state,
		polls: {...state.polls, keep: emptied(state.polls.keep, at, data.reason)},
	}),
} satisfies Partial<Evolvers>;
