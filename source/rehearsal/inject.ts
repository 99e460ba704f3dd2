/*
Makes the faults happen at their times on the rehearsal's clock, and takes them back. What they are like is the sandbox's
matter; a watcher is really killed.
*/

import type {Opened} from '../cli/compose.ts';
import type {State} from '../cutover/model/state.ts';
import {identityIn} from '../processes/attempt-status.ts';
import {watcherFile} from '../processes/folder.ts';
import {isAlive, signal} from '../processes/process.ts';
import type {Fault, FaultKind} from './fault.ts';
import type {Order, Sandbox} from './sandbox.ts';

type Moment = {readonly fault: Fault; readonly from: number; readonly until: number};

const glanceMs = 5;
/** Of a service that flaps, in ms of the rehearsal: most of it down, and never as long as a threshold. */
const flaps = {down: 45_000, up: 15_000};

export type Faults = {
	/** When the next one begins or ends, in ms; null where none is left. */
	next(): number | null;
	/** One is there now, or was just now. */
	active(): boolean;
	/** One has begun. */
	began(): boolean;
	stop(): void;
};

/** What a moment has to do with, in ms: nobody looks away at once. */
const aftermath = 60_000;

/**
Before T0 counted from where that was planned first, so that a hold does not bring them again; later from the real one, and
nothing of it is due while that is not begun.
*/
function momentsOf(faults: readonly Fault[], first: number, {t0Started}: State): readonly Moment[] {
	return faults.flatMap(fault => {
		const zero = fault.from < 0 ? first : t0Started;
		return zero === null ? [] : [{fault, from: zero + fault.from * 1000, until: zero + fault.until * 1000}];
	});
}

function killWatcher(folder: string): void {
	const watcher = identityIn(watcherFile(folder));
	if (watcher !== null && isAlive(watcher)) signal(watcher.pid, 'SIGKILL');
}

export type Injected = {
	/** As it is now: it may be opened anew. */
	opened(): Opened;
	readonly faults: readonly Fault[];
	readonly sandbox: Sandbox | null;
	/** Ends the screen of this rehearsal as if it were killed. */
	killScreen(): void;
	said(text: string): void;
};

const has = (active: readonly Moment[], kind: FaultKind): boolean => active.some(({fault}) => fault.kind === kind);

/** What the sandbox is to be like; the worst of what is there at once. */
function serviceNow(active: readonly Moment[], now: number): Extract<Order, {service: string}>['service'] {
	const flapping = active.find(({fault}) => fault.kind === 'flap');
	const isDown = flapping !== undefined && (now - flapping.from) % (flaps.down + flaps.up) < flaps.down;
	if (isDown || has(active, 'outage')) return 'out';
	return has(active, 'slow') ? 'slow' : 'well';
}

function dispatchNow(active: readonly Moment[]): Extract<Order, {dispatch: string}>['dispatch'] {
	if (has(active, 'github-404')) return '404';
	return has(active, 'github-timeout') ? 'silence after' : 'as asked';
}

/** From now on, until it is stopped. */
export function inject({opened, faults, sandbox, killScreen, said}: Injected): Faults {
	const {clock, folder} = opened();
	const journal = () => opened().journal;
	const planned = journal().state().t0;
	const begun = new Set<Fault>();
	const reported = {service: 'well', dispatch: 'as asked'};
	const moments = (): readonly Moment[] => momentsOf(faults, planned, journal().state());
	const active = (now: number): readonly Moment[] => moments().filter(({from, until}) => from <= now && now < until);

	const begin = (fault: Fault): void => {
		begun.add(fault);
		said(`fault ${fault.kind} begins`);
		if (fault.kind === 'watcher-killed') killWatcher(folder);
		if (fault.kind === 'screen-killed') killScreen();
	};

	const look = (): void => {
		const now = clock.now();
		for (const {fault, from} of moments()) if (from <= now && !begun.has(fault)) begin(fault);
		const there = active(now);
		const service = serviceNow(there, now);
		const dispatch = dispatchNow(there);
		const of = journal().state().t0Started === null ? 'old' : 'new';
		if (service !== reported.service) sandbox?.order({service, of});
		if (dispatch !== reported.dispatch) sandbox?.order({dispatch});
		Object.assign(reported, {service, dispatch});
	};
	const stop = faults.length === 0 ? () => {} : clock.every(glanceMs, look);
	return {
		next: () =>
			moments()
				.flatMap(({from, until}) => [from, until])
				.filter(at => at > clock.now())
				.toSorted((one, other) => one - other)[0] ?? null,
		active: () =>
			moments().some(({from, until}) => from <= clock.now() && clock.now() < Math.max(until, from + aftermath)),
		began: () => begun.size > 0,
		stop,
	};
}
