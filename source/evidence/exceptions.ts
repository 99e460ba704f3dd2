/* What did not go as the runbook says, in the order in which it happened: what a reviewer asks about first. */
import type {EventData, EventType} from '../cutover/model/event.ts';
import type {Entry} from '../cutover/ports.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';

export type Exception = {readonly seq: number; readonly at: string; readonly kind: string; readonly text: string};

type Kinds = {readonly [K in EventType]?: (data: Readonly<EventData[K]>) => string | null};

const always =
	(kind: string): (() => string) =>
	() =>
		kind;
const early = ({early: reason}: {readonly early: string | null}): string | null => (reason === null ? null : 'early');

const outside = ({outsideWindow}: {readonly outsideWindow?: string}): string | null =>
	outsideWindow === undefined ? null : 'outside the change window';

const kinds: Kinds = {
	approved: always('runbook changed'),
	scheduled: ({t0, was}) => (t0 === was ? null : 'T0 moved'),
	holdPlaced: always('hold'),
	goRevoked: always('votes withdrawn'),
	keepRevoked: always('votes withdrawn'),
	started: early,
	voted: data => (data.vote === 'no-go' ? 'no-go' : (outside(data) ?? early(data))),
	t0Begun: data => outside(data) ?? early(data),
	reported: data => (data.result === 'fail' ? 'failed' : early(data)),
	judged: ({verdict}) => (verdict === 'fail' ? 'failed' : verdict === 'unknown' ? 'unknown' : null),
	ended: ({outcome, still}) => (outcome === 'pass' ? (still.length > 0 ? 'left running' : null) : outcome),
	stopAsked: always('stopped'),
	skipped: always('skipped'),
	stageMarkedDone: always('marked done'),
	extended: always('extended'),
	fired: always('trigger fired'),
	triggerDismissed: always('trigger dismissed'),
	stoodDown: always('trigger stood down'),
	endpointAttested: always('answered for an endpoint'),
	outageBegan: ({critical}) => (critical ? 'outage' : null),
	autoRollbackSkipped: always('no automatic rollback'),
	rollbackBegun: always('rollback'),
	rollbackFailed: always('rollback failed'),
	pathUnavailable: always('path unavailable'),
	byHand: always('rollback by hand'),
	runAdopted: always('run adopted'),
	runUnreachable: always('run not seen'),
	roleTaken: always('role taken over'),
	notRecorded: always('not recorded'),
	linkLocked: always('link locked'),
	linkRevoked: always('link revoked'),
	abandoned: always('abandoned'),
	arrivedLate: always('reported late'),
	watcherLost: always('not watched'),
	notificationFailed: always('not notified'),
	notificationsRestored: always('notified again'),
	clockStepped: always('clock stepped'),
	repaired: always('journal repaired'),
};

const kindOf = <K extends EventType>(type: K, data: Readonly<EventData[K]>): string | null => {
	const kind: ((data: Readonly<EventData[K]>) => string | null) | undefined = kinds[type];
	return kind?.(data) ?? null;
};

/** `unconfirmed`: entries of relayed words that their speaker has not confirmed. */
export const exceptionsOf = (entries: readonly Entry[], unconfirmed: readonly number[]): readonly Exception[] =>
	entries.flatMap(entry => {
		const {seq, at, type, data} = entry;
		const kind = kindOf(type, data) ?? (unconfirmed.includes(seq) ? 'relayed, not confirmed' : null);
		return kind === null ? [] : [{seq, at, kind, text: sentence(entry)}];
	});
