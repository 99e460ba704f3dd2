/** A runner that runs nothing: every attempt that is due takes some seconds and passes, gate by gate. */

import {randomUUID} from 'node:crypto';
import {desiredWork} from '../../source/cutover/due/desired-work.ts';
import {type AttemptRef, attemptKey, isStage} from '../../source/cutover/model/attempt-target.ts';
import type {Command, CommandData, CommandType} from '../../source/cutover/model/command.ts';
import type {Clock, Journal} from '../../source/cutover/ports.ts';
import {runner} from '../../test/scenarios/people.ts';

const taken = new WeakMap<Journal, Set<string>>();
const pauseMs = 4000;

const wait = (clock: Clock): Promise<void> => new Promise(resolve => void clock.after(pauseMs, resolve));

const send = <K extends CommandType>(journal: Journal, type: K, data: CommandData[K]) =>
	journal.decide({id: randomUUID(), type, data} as Command, runner);

const passes = async (journal: Journal, gate: string): Promise<void> => {
	const attempt = journal.state().gates[gate]?.attempts ?? 1;
	await send(journal, 'judge', {gate, attempt, verdict: 'pass', reason: null, head: null, files: {}, log: null});
};

const play = async (journal: Journal, clock: Clock, {target, attempt}: AttemptRef): Promise<void> => {
	const {runbook} = journal.state();
	await wait(clock);
	for (const gate of runbook?.stages.find(({id}) => isStage(target, id))?.gates ?? []) {
		await send(journal, 'runWithin', {target, attempt, gate});
		await wait(clock);
		await passes(journal, gate);
	}
	if ('gate' in target) await passes(journal, target.gate);
	await send(journal, 'end', {target, attempt, outcome: 'pass', exit: 0, reason: null, log: null, still: []});
};

/** Takes up what is due and not yet taken up; goes on by itself. */
export const pretend = (journal: Journal, clock: Clock): void => {
	const mine = taken.get(journal) ?? new Set();
	taken.set(journal, mine);
	for (const item of desiredWork(journal.state())) {
		if (item.kind !== 'attempt' || mine.has(attemptKey(item))) continue;
		mine.add(attemptKey(item));
		void play(journal, clock, item);
	}
};
