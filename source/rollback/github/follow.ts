/*
Follows a run and reports every change, until it ends, is left, or cannot be cancelled. A look that fails is reported and
changes nothing else: the next one is as good.
*/

import {pause} from '../../net/limit.ts';
import {durationText} from '../../text/time.ts';
import {type CancelReport, cancelling} from './cancel.ts';
import {type HandLog, logsOf} from './logs.ts';
import {type RunReading, type RunUpdate, readRun, remembering} from './look.ts';
import type {Access} from './request.ts';

export type Change =
	| {readonly kind: 'seen'; readonly run: RunUpdate}
	/** `since`: ms on the cutover's clock, of the last look that saw it, or of the beginning. */
	| {readonly kind: 'not seen'; readonly why: string; readonly since: number}
	| ({readonly kind: 'cancel'} & CancelReport);

export type Followed =
	/** `conclusion`: GitHub's word, as `RunUpdate` has it. */
	| {readonly kind: 'ended'; readonly conclusion: string; readonly run: RunUpdate}
	/** Neither the cancellation nor its forced repetition ended it in time: it may still run. */
	| {readonly kind: 'cancel not confirmed'; readonly why: string}
	/** The access was given up; the run goes on without being watched. */
	| {readonly kind: 'left'};

type Reported = 'later' | undefined;

export type Following = {
	/** Its `signal` ends the watching, and leaves the run alone. */
	readonly access: Access;
	readonly run: number;
	/** Every change, once, in order; `later`: it could not be taken now, and is reported again as it is at the next look. */
	reported(change: Change): Reported | Promise<Reported>;
	readonly log?: HandLog;
	/** A person wants the run cancelled. */
	readonly cancel?: AbortSignal;
};

const everyMs = 5000;
const longestWhileCancelling = 60_000;

/** GitHub's wish to be left alone is granted, but the end of the run, or of a cancellation, must still be noticed. */
function waitMs({waitSeconds}: RunReading, {access, cancel}: Following): number {
	const longest = cancel?.aborted ? longestWhileCancelling : access.longestWaitMs;
	return Math.min(Math.max(everyMs, waitSeconds * 1000), longest);
}

/** Reports what differs from the last report; answers whether it was taken. */
function telling(following: Following): (look: RunReading) => Promise<boolean> {
	const {access, reported} = following;
	const {clock} = access;
	let last = '';
	let since = clock.now();
	return async look => {
		const wait = waitMs(look, following) / 1000;
		const sooner = wait < look.waitSeconds ? ` It is looked at again in ${durationText(wait)}.` : '';
		const change: Change =
			look.kind === 'seen' ? {kind: 'seen', run: look.run} : {kind: 'not seen', why: `${look.why}${sooner}`, since};
		if (look.kind === 'seen') since = clock.now();
		const text = JSON.stringify(change);
		if (text === last) return true;
		if ((await reported(change)) === 'later') return false;
		last = text;
		return true;
	};
}

/** Throws only what `reported` or `log` throws. */
export async function followRun(following: Following): Promise<Followed> {
	const {access, run, log, cancel} = following;
	const {clock, remote, signal} = access;
	const get = remembering(access);
	const logs = logsOf(access, log);
	const tell = telling(following);
	const cancelOn = cancelling(access, run, async said => void (await following.reported({kind: 'cancel', ...said})));
	let observed: RunUpdate | null = null;
	while (!signal?.aborted) {
		const over = cancel?.aborted ? await cancelOn() : null;
		if (over !== null) return {kind: 'cancel not confirmed', why: over};
		const look = await readRun(get, remote, run, observed);
		if (signal?.aborted) break;
		const isReported = await tell(look);
		if (look.kind === 'seen') {
			observed = look.run;
			logs.take(observed.jobs);
			if (observed.state === 'ended' && isReported) {
				await logs.rest();
				return {kind: 'ended', conclusion: observed.conclusion ?? 'unknown', run: observed};
			}
		}
		await pause(clock, waitMs(look, following), [signal, cancel]);
	}
	return {kind: 'left'};
}
