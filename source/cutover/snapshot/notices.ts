/*
What `notify` sends: what an entry of the journal means to people who watch no screen, and what time
makes of it. Each notice has a fixed name, so that it is sent once.
*/
import {instant, stamp, wallShort} from '../../text/time.ts';
import type {NotifyOn} from '../model/notify.ts';
import type {Entry} from '../ports.ts';
import {sentence} from './sentence.ts';
import type {Snapshot} from './snapshot.ts';

/** `at` in ms. */
/** `head`: hash of the entry that it speaks of. */
export type Notice = {
	readonly on: NotifyOn;
	readonly name: string;
	readonly text: string;
	readonly at: number;
	readonly head?: string;
};

const onEntry = {
	scheduled: 't0',
	t0Begun: 't0',
	goGiven: 'go',
	holdPlaced: 'hold',
	confirmationRequested: 'awaited',
	warned: 'warning',
	fired: 'fired',
	autoRollbackSkipped: 'fired',
	roleTaken: 'taken-over',
	kept: 'kept',
	proved: 'rolled-back',
	rollbackBegun: 'rolled-back',
	closed: 'closed',
} as const satisfies {readonly [K in Entry['type']]?: NotifyOn};

const isTold = (type: string): type is keyof typeof onEntry => Object.hasOwn(onEntry, type);

/** Null where it is nobody's matter who is not looking. */
export const noticeOf = (entry: Entry): Notice | null =>
	isTold(entry.type)
		? {
				on: onEntry[entry.type],
				name: `entry ${entry.seq}`,
				text: sentence(entry),
				at: instant(entry.at),
				head: entry.hash,
			}
		: null;

function polled({poll, now}: Snapshot): readonly Notice[] {
	const missing = poll?.votes.filter(({vote}) => vote === null).map(({role}) => role) ?? [];
	if (poll === null || poll.opened === null || missing.length === 0) return [];
	const name = `poll ${poll.stage} ${stamp(poll.opened)}`;
	return [{on: 'awaited', name, text: `${poll.kind} or not at ${poll.stage}: ${missing.join(', ')} to vote`, at: now}];
}

function overdue({stages, now}: Snapshot): readonly Notice[] {
	return stages
		.filter(({state, long}) => state === 'overdue' || long)
		.map(({id, planned, attempt, awaits, state}) => ({
			on: 'overdue',
			name: `overdue ${id} ${stamp(planned)} ${attempt}`,
			text:
				state === 'overdue'
					? `${id} is overdue since ${wallShort(planned)}: ${awaits.join(', ')} to begin it`
					: `${id} runs longer than it should`,
			at: now,
		}));
}

function rollbackAwaits({rollback, now}: Snapshot): readonly Notice[] {
	if (rollback?.state === 'approval') {
		const whom = rollback.approvals.map(
			({environment, reviewers}) => `${reviewers.join(' or ') || 'somebody'} to approve "${environment}"`,
		);
		const text = `the rollback waits for ${whom.join(', ') || 'an approval'}: ${rollback.url ?? ''}`.trimEnd();
		return [{on: 'awaited', name: `approval ${rollback.run ?? ''}`, text, at: now}];
	}
	if (rollback?.state === 'declined') {
		const text = `the rollback stopped, ${rollback.reason}: the release manager says whether the fallback runs`;
		return [{on: 'awaited', name: `declined ${rollback.run ?? ''}`, text, at: now}];
	}
	if (rollback?.state !== 'proof awaited' || !rollback.asksPerson) return [];
	const name = `proof ${rollback.since === null ? '' : stamp(rollback.since)}`;
	return [{on: 'awaited', name, text: 'somebody of a role says by name that the impact is over', at: now}];
}

/** What nobody writes into the journal: due and overdue are readings of time. */
export const noticesNow = (snapshot: Snapshot): readonly Notice[] => [
	...polled(snapshot),
	...overdue(snapshot),
	...rollbackAwaits(snapshot),
];
