/*
Row 2: the T clock, the wall clock with the one mention of the zone, and T0. T+ is counted from the real T0 alone; until
that is begun the clock counts down, stops in a hold, or says that T0 is late. It stops at the close.
*/

import {bridgeText} from '../../../cutover/model/reached.ts';
import {isOver} from '../../../cutover/model/state.ts';
import type {Snapshot} from '../../../cutover/snapshot/snapshot.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import {times} from '../../../text/counted.ts';
import {clock, minutes, slip, wall, wallAndZone, wallIn, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {countUp} from '../health/health-sum.ts';
import {bold, inset, type Line, plain, type Span, span, widthOf} from '../line.ts';
import {isNarrow} from './bars.ts';

/** The clock alone, for where there is little room: `T-00:13:53`, `T0 LATE 00:02:10`, `T+00:05:00`. */
export const tShort = ({t0, t0Started, heldSince, now, closedAt, status}: Snapshot): SafeText => {
	if (t0Started !== null) return safe(`T+${clock((closedAt ?? now) - t0Started)}`);
	if (isOver(status)) return safe('T0 was not started');
	const at = heldSince ?? now;
	return safe(`${at > t0 ? 'T0 LATE ' : 'T-'}${clock(at - t0)}`);
};

/** `clock stopped at T-00:13:53`, `T+00:05:00 from real T0 22:25:20`. */
const tClock = (snapshot: Snapshot): SafeText => {
	const {t0Started, heldSince, status} = snapshot;
	if (t0Started !== null) return safe(`${tShort(snapshot)} from real T0 ${wall(t0Started)}`);
	return heldSince === null || isOver(status) ? tShort(snapshot) : safe(`clock stopped at ${tShort(snapshot)}`);
};

const nowText = ({now}: Snapshot): Span => span(`now ${wallAndZone(now)}`, bold);

/** A piece of the row; where they do not all fit, the one of the highest `rank` is left out. */
type Piece = {readonly span: Span; readonly rank: number};

/** Before `now`, after it, and at the end of the row. */
type Clocks = {readonly before: readonly Piece[]; readonly after: readonly Piece[]; readonly end: Piece | null};

const piece = (text: string, rank: number): Piece => ({span: span(text), rank});

/** How often T0 was set again; null where it was never set again. */
export const movedText = ({count}: Snapshot): string | null => (count < 2 ? null : `moved ${times(count - 1)}`);

const movedPiece = (snapshot: Snapshot): readonly Piece[] => {
	const moved = movedText(snapshot);
	return moved === null ? [] : [piece(moved, 4.5)];
};

/** `latest go 22:45`, counted down once it is near and where there is room; null where there is none. */
const lastSafeText = ({snapshot: {window, now}, size}: PanelProps): string | null => {
	const next = window?.next ?? null;
	if (next === null) return null;
	const {what, at, state} = next;
	if (state === 'past') return `PAST LATEST ${what.toUpperCase()} ${wallShort(at)}`;
	if (state !== 'near') return `latest ${what} ${wallShort(at)}`;
	return `LATEST ${what.toUpperCase()} ${wallShort(at)}${isNarrow(size.columns) ? '' : ` in ${minutes(at - now)}`}`;
};

/** Where it is near, it stays when others give way. */
const safePiece = (props: PanelProps): readonly Piece[] => {
	const text = lastSafeText(props);
	if (text === null) return [];
	const isUrgent = props.snapshot.window?.next?.state !== 'ahead';
	return [{span: span(text, isUrgent ? {colour: 'yellow', bold: true} : {}), rank: isUrgent ? 0.5 : 2.5}];
};

const preparing = (props: PanelProps): Clocks => {
	const {snapshot} = props;
	const late = slip(snapshot.slippageSeconds * 1000);
	return {
		before: snapshot.heldSince === null ? [] : [piece(`on hold ${minutes(snapshot.now - snapshot.heldSince)}`, 2)],
		after: [...safePiece(props), ...(late === '' ? [] : [piece(`slip ${late}`, 4)]), ...movedPiece(snapshot)],
		end: piece(`T0 ${wall(snapshot.t0)}`, 1),
	};
};

/** The last vote closes it. */
const pollTime = ({poll, now}: Snapshot): string => {
	const opened = poll?.opened ?? null;
	if (poll === null || opened === null) return 'the first vote opens the poll';
	const isOpen = poll.votes.some(({vote}) => vote === null);
	return isOpen
		? `poll open ${minutes(now - opened)}`
		: `poll closed ${wall(Math.max(...poll.votes.map(({at}) => at ?? opened)))}`;
};

const polling = (props: PanelProps): Clocks => {
	const by = props.state.frozen?.by.name;
	return {
		before: [],
		after: [...safePiece(props), piece(pollTime(props.snapshot), 2)],
		end: piece(by === undefined ? 'not frozen' : `frozen by ${by}`, 3),
	};
};

/** Where endpoints are bound, whether they are back is what everybody waits for. */
const rollingBack = (snapshot: Snapshot): Clocks => {
	const health = snapshot.endpoints.length === 0 ? [] : [piece(countUp(snapshot), 2)];
	const by = snapshot.rollback?.proveBy ?? null;
	if (by === null || snapshot.status !== 'rolling-back') return {before: [], after: health, end: null};
	const left = by - snapshot.now;
	return {before: [], after: health, end: piece(left > 0 ? `proof in ${minutes(left)}` : 'proof is late', 1)};
};

const running = (props: PanelProps): Clocks => ({
	before: [],
	after: [...safePiece(props), ...movedPiece(props.snapshot)],
	end: piece(`planned ${wallShort(props.snapshot.t0)}`, 3),
});

/** Nobody asks the endpoints any more. */
const closed = (at: number): Clocks => ({before: [], after: [], end: piece(`closed ${wall(at)}`, 1)});

const clocks = (props: PanelProps): Clocks => {
	const {snapshot, view} = props;
	if (snapshot.closedAt !== null) return closed(snapshot.closedAt);
	if (view.screen === 'poll' && snapshot.t0Started === null && !isOver(snapshot.status)) return polling(props);
	if (snapshot.t0Started === null) return preparing(props);
	return snapshot.rollback === null ? running(props) : rollingBack(snapshot);
};

/** What is good to have where there is room: the reader's own time, and where people talk to each other. */
const besides = ({snapshot}: PanelProps): readonly Piece[] => {
	const {now, yourZone, bridge, closedAt} = snapshot;
	const yours = yourZone === null ? null : wallIn(now, yourZone);
	return [
		...(yours === null ? [] : [piece(`yours ${yours}`, 5)]),
		...(bridge === null || closedAt !== null ? [] : [piece(`bridge ${bridgeText(bridge)}`, 6)]),
	];
};

const gap = span('   ', plain);

const spaced = (pieces: readonly Piece[]): Line =>
	pieces.flatMap((part, at) => (at === 0 ? [part.span] : [gap, part.span]));

/** Without the least important ones, until the others fit. The one at the end is a space behind the others at least. */
const fitting = (pieces: readonly Piece[], end: Piece | null, columns: number): readonly Piece[] => {
	const last = Math.max(...pieces.map(({rank}) => rank));
	const room = end !== null && pieces.includes(end) ? columns : columns - 2;
	return pieces.length < 2 || widthOf(spaced(pieces)) <= room
		? pieces
		: fitting(
				pieces.filter(({rank}) => rank < last),
				end,
				columns,
			);
};

export const clocksLine = (props: PanelProps): Line => {
	const {before, after, end} = clocks(props);
	const {rollback, endpoints} = props.snapshot;
	const isRollback = rollback !== null && endpoints.length > 0 && props.snapshot.closedAt === null;
	const isShort = isRollback || (props.snapshot.window?.next ?? {state: 'ahead'}).state !== 'ahead';
	const t: Piece = {span: span((isShort ? tShort : tClock)(props.snapshot), bold), rank: -1};
	const now: Piece = {span: nowText(props.snapshot), rank: 0};
	const all = [t, ...before, now, ...after, ...besides(props), ...(end === null ? [] : [end])];
	const kept = fitting(all, end, props.size.columns);
	const left = kept.filter(part => part !== end);
	return inset(props.size.columns, spaced(left), end !== null && kept.includes(end) ? [end.span] : []);
};
