/*
What `notify` sends: what an entry of the journal means to people who watch no screen, and what time
makes of it. Each notice has a fixed name, so that it is sent once.
*/
import {instant, stamp, wallShort} from '../../text/time.ts';
import type {MessageOn, NotifyOn} from '../model/notify.ts';
import type {Entry} from '../ports.ts';
import {missing} from './poll.ts';
import {sentence} from './sentence.ts';
import type {Snapshot} from './snapshot.ts';
import type {StageSnapshot} from './stages.ts';
import {lastSafeNear} from './whole.ts';

export type Level = 'bad' | 'warning' | 'good' | 'info';

/** `at` in ms; `head`: hash of the entry that it speaks of. */
export type Notice = {
	readonly on: MessageOn;
	/** Of each thing that it reports; one unless it sums several up. */
	readonly names: readonly [string, ...string[]];
	readonly level: Level;
	readonly text: string;
	readonly at: number;
	readonly head?: string;
};

const levels = {
	began: 'info',
	t0: 'info',
	go: 'good',
	hold: 'bad',
	awaited: 'warning',
	overdue: 'warning',
	warning: 'warning',
	fired: 'bad',
	'taken-over': 'info',
	'rolled-back': 'bad',
	kept: 'good',
	signed: 'info',
	closed: 'info',
	update: 'info',
	test: 'info',
} as const satisfies {readonly [K in MessageOn]: Level};

const onEntry = {
	begun: 'began',
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
	signed: 'signed',
	abandoned: 'closed',
	closed: 'closed',
} as const satisfies {readonly [K in Entry['type']]?: NotifyOn};

const isReported = (type: string): type is keyof typeof onEntry => Object.hasOwn(onEntry, type);

const notice = (on: MessageOn, name: string, text: string, at: number): Notice => ({
	on,
	names: [name],
	level: levels[on],
	text,
	at,
});

/** Null where it is nobody's matter who is not looking. */
export const noticeOf = (entry: Entry): Notice | null =>
	isReported(entry.type)
		? {
				...notice(onEntry[entry.type], `entry ${entry.seq}`, sentence(entry), instant(entry.at)),
				...(entry.type === 'proved' ? {level: 'good'} : {}),
				head: entry.hash,
			}
		: null;

/**
Names of what is over with it: what was reported of triggers and holds before a go, a keep, a proved rollback or the close, and of what time
brought. `reported`: names of those that were sent.
*/
export function endedBy(
	entries: readonly Entry[],
	{on, level, names: [name]}: Notice,
	reported: readonly string[],
): readonly string[] {
	if (level !== 'good' && on !== 'closed') return [];
	const own = entries.findIndex(({seq}) => name === `entry ${seq}`);
	return [
		...entries.slice(0, Math.max(0, own)).flatMap(entry => {
			const notice = noticeOf(entry);
			return notice?.level === 'bad' || notice?.level === 'warning' ? [notice.names[0]] : [];
		}),
		...reported.filter(each => !each.startsWith('update ')),
	];
}

function polled({poll, now}: Snapshot): readonly Notice[] {
	const roles = poll === null ? [] : missing(poll);
	if (poll === null || poll.opened === null || roles.length === 0) return [];
	const name = `poll ${poll.stage} ${stamp(poll.opened)}`;
	return [notice('awaited', name, `${poll.kind} or not at ${poll.stage}: ${roles.join(', ')} to vote`, now)];
}

const overdueName = ({id, planned, attempt}: StageSnapshot): string => `overdue ${id} ${stamp(planned)} ${attempt}`;

const listed = (words: readonly string[]): string => [...new Set(words)].join(', ');

/** One for all that is late and was not reported: a cutover that is begun late is late everywhere at once. */
function overdue({stages, now}: Snapshot, isKnown: (name: string) => boolean): readonly Notice[] {
	const late = stages.filter(stage => stage.state === 'overdue' && !isKnown(overdueName(stage)));
	const [first, ...others] = late;
	if (first === undefined) return [];
	const [name, ...names] = late.map(overdueName);
	const awaited = listed(late.flatMap(({awaits}) => awaits));
	const text =
		others.length === 0
			? `${first.id} is overdue since ${wallShort(first.planned)}: ${awaited} to begin it`
			: `${listed(late.map(({id}) => id))} are overdue, ${first.id} since ${wallShort(first.planned)}: ${awaited} to begin them`;
	return [{...notice('overdue', name ?? '', text, now), names: [name ?? '', ...names]}];
}

const long = ({stages, now}: Snapshot): readonly Notice[] =>
	stages
		.filter(stage => stage.long && stage.state !== 'overdue')
		.map(stage => notice('overdue', overdueName(stage), `${stage.id} runs longer than it should`, now));

function rollbackAwaits({rollback, now}: Snapshot): readonly Notice[] {
	if (rollback?.state === 'approval') {
		const whom = rollback.approvals.map(
			({environment, reviewers}) => `${reviewers.join(' or ') || 'somebody'} to approve "${environment}"`,
		);
		const text = `the rollback waits for ${whom.join(', ') || 'an approval'}: ${rollback.url ?? ''}`.trimEnd();
		return [notice('awaited', `approval ${rollback.run ?? ''}`, text, now)];
	}
	if (rollback?.state === 'declined') {
		const text = `the rollback stopped, ${rollback.reason}: the release manager says whether the fallback runs`;
		return [notice('awaited', `declined ${rollback.run ?? ''}`, text, now)];
	}
	if (rollback?.state !== 'proof awaited' || !rollback.asksPerson) return [];
	const name = `proof ${rollback.since === null ? '' : stamp(rollback.since)}`;
	return [notice('awaited', name, 'somebody of a role says by name that the impact is over', now)];
}

function windowNear(snapshot: Snapshot): readonly Notice[] {
	const next = lastSafeNear(snapshot);
	if (next === null) return [];
	const end = snapshot.window?.end ?? null;
	const ends = end === null ? '' : `, the change window ends at ${wallShort(end)}`;
	const text = `the latest ${next.what} ${next.state === 'past' ? 'was' : 'is'} ${wallShort(next.at)}${ends}`;
	return [notice('warning', `window ${next.what} ${next.state} ${stamp(next.at)}`, text, snapshot.now)];
}

/** What nobody writes into the journal, as far as it is not known: due and overdue are readings of time. */
export const noticesNow = (snapshot: Snapshot, isKnown: (name: string) => boolean): readonly Notice[] => [
	...[...polled(snapshot), ...long(snapshot), ...rollbackAwaits(snapshot), ...windowNear(snapshot)].filter(
		({names: [name]}) => !isKnown(name),
	),
	...overdue(snapshot, isKnown),
];

const ended: ReadonlySet<Snapshot['status']> = new Set(['abandoned', 'closed']);

/** When the update after this time is due, ms: at a round time of the clock. Null once the cutover is over. */
export const nextUpdate = ({status, now}: Snapshot, everySeconds: number): number | null =>
	ended.has(status) ? null : (Math.floor(now / (everySeconds * 1000)) + 1) * everySeconds * 1000;

/** The regular update that is due now. `since`: when the cutover was begun, ms. Updates that nobody sent are over. */
export function updateNow(snapshot: Snapshot, everySeconds: number, since: number): Notice | null {
	const next = nextUpdate(snapshot, everySeconds);
	const due = next === null ? 0 : next - everySeconds * 1000;
	if (due <= since) return null;
	const {word, text} = snapshot.headline;
	return notice('update', `update ${stamp(due)}`, `${word} ${text}`.trimEnd(), due);
}
