/*
What ends an attempt's work from outside: a person's stop, its time limit, or an error that no promise of it carries.
*/

import process from 'node:process';
import {attemptKey} from '../cutover/model/attempt-target.ts';
import {endOfCommand} from '../gates/exit.ts';
import {type Ending, now} from '../processes/work.ts';
import {inOneLine} from '../text/error-text.ts';
import {durationText} from '../text/time.ts';
import type {Job} from './job.ts';

const cut = (outcome: Ending['outcome'], reason: string): Ending => ({cutShort: true, outcome, exit: null, reason});

/** Resolves when a person asked for the end of the attempt, or its time is up; `reason` says which. */
export function interrupted({journal, clock, attempt, gate}: Job): {over: Promise<Ending>; stop(): void} {
	const stops: (() => void)[] = [];
	const over = new Promise<Ending>(done => {
		const look = (): void => {
			const {stop: asked, ended} = journal.state().attempts[attemptKey(attempt)] ?? {};
			if (ended) done(cut('stopped', `recorded ${ended.outcome} by others: ${ended.reason}`));
			if (asked) done(cut('stopped', `stopped by ${asked.by.name}${asked.reason === null ? '' : `: ${asked.reason}`}`));
		};
		stops.push(journal.watch(look));
		// A gate's own attempt has the gate's limit, which its check keeps.
		const limitSeconds = gate === null ? attempt.limitSeconds : null;
		if (limitSeconds !== null) {
			stops.push(
				clock.after(limitSeconds * 1000, () => done(cut('unknown', `timed out after ${durationText(limitSeconds)}`))),
			);
		}
		look();
	});
	return {over, stop: () => stops.splice(0).map(stop => stop())};
}

const isSent = (job: Job): boolean => (now(job).attempts[attemptKey(job.attempt)]?.dispatch ?? null) !== null;

/** What a playbook throws outside its own promise would end the process without a word. What was dispatched goes on without it. */
export const uncaught = (job: Job): Promise<Ending> =>
	new Promise(done => {
		const failed = (error: unknown): void => {
			const {exit, reason} = endOfCommand(error) ?? {exit: null, reason: inOneLine(error)};
			done({...cut(isSent(job) ? 'unknown' : 'fail', job.redact(reason ?? '')), exit});
		};
		process.on('uncaughtException', failed);
		process.on('unhandledRejection', failed);
	});
