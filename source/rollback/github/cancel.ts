/*
Cancels a run. That GitHub takes the wish is no confirmation: only a run that has ended is. Asking again is harmless, so
it goes on until GitHub answers; what does not end by itself is ended by force, and then no more is tried.
*/
import type {Reply} from './answer.ts';
import {faultOf, isRateLimit} from './denial.ts';
import {runPlace} from './places.ts';
import {type Access, request} from './request.ts';

/** What GitHub said to the wish: `refused` will not change by asking again, `unanswered` may. */
export type CancelReport = {
	readonly forced: boolean;
	readonly said: 'accepted' | 'refused' | 'unanswered';
	readonly why: string | null;
};

const graceMs = 120_000;
const forcedGraceMs = 60_000;

const isFinal = (reply: Reply): boolean => reply.kind === 'answer' && reply.status < 500 && !isRateLimit(reply);

/** One request, with or without force. Never throws. */
async function askCancel(access: Access, run: number, forced: boolean): Promise<CancelReport> {
	const {remote} = access;
	const path = `${runPlace(remote, run)}/${forced ? 'force-cancel' : 'cancel'}`;
	const reply = await request(access, {path, post: {}});
	if (reply.kind === 'answer' && reply.status >= 200 && reply.status < 300)
		return {forced, said: 'accepted', why: null};
	const why = faultOf(reply, remote, {what: `run ${run} in ${remote.repository}`, right: 'actions: write'});
	return {forced, said: isFinal(reply) ? 'refused' : 'unanswered', why};
}

const stillThere = 'GitHub took the cancellation, also by force, but the run has not ended.';

/**
What to ask at each look at a run that is to be cancelled and has not ended. Answers why its end is no longer waited for,
null while it is.
*/
export function cancelling(
	access: Access,
	run: number,
	reported: (said: CancelReport) => void | Promise<void>,
): () => Promise<string | null> {
	const {clock} = access;
	const asked = new Map<boolean, {readonly since: number; readonly last: CancelReport}>();
	const ask = async (forced: boolean): Promise<void> => {
		const before = asked.get(forced);
		if (before && before.last.said !== 'unanswered') return;
		const since = before?.since ?? clock.steady();
		const last = await askCancel(access, run, forced);
		asked.set(forced, {since, last});
		if (last.said !== before?.last.said || last.why !== before.last.why) await reported(last);
	};
	const isPast = (forced: boolean, ms: number): boolean => {
		const since = asked.get(forced)?.since;
		return since !== undefined && clock.steady() - since >= ms;
	};
	return async () => {
		if (isPast(true, forcedGraceMs)) return asked.get(true)?.last.why ?? stillThere;
		await ask(isPast(false, graceMs));
		return null;
	};
}
