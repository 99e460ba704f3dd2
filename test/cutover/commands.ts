/** Commands as a person would say them, each with what one mostly leaves out. */
import {type AttemptTarget, attemptKey} from '../../source/cutover/model/attempt-target.ts';
import type {ItemAnswer} from '../../source/cutover/model/checklist.ts';
import type {CommandData, CommandType} from '../../source/cutover/model/command.ts';
import type {Outcome} from '../../source/cutover/model/event.ts';
import {stamp} from '../../source/text/time.ts';
import {at} from '../given.ts';
import {targetOf} from '../targets.ts';

/** A command before somebody says it at a time. */
export type Draft = {[K in CommandType]: {readonly type: K; readonly data: CommandData[K]}}[CommandType];

export const run = (target: string, rest: Partial<CommandData['run']> = {}): Draft => ({
	type: 'run',
	data: {target, resume: false, reference: null, ticket: null, early: false, reason: null, ...rest},
});

export const report = (
	stage: string,
	result: 'pass' | 'fail' | null,
	rest: Partial<CommandData['report']> = {},
): Draft => ({
	type: 'report',
	data: {stage, result, note: null, reference: null, done: null, items: [], early: false, reason: null, ...rest},
});

export const item = (name: string, result: 'pass' | 'fail'): ItemAnswer => ({name, result, whole: false});

/** What a playbook measured of one item. */
export const measures = (stage: string, name: string, result: 'pass' | 'fail' | null, found: string): Draft => ({
	type: 'measure',
	data: {stage, attempt: 1, items: [{name, result, found, lines: []}]},
});

export const vote = (word: 'go' | 'no-go' | 'keep', reason: string | null = null, early = false): Draft => ({
	type: 'vote',
	data: {vote: word, early, reason},
});

/** A yes, or a no where there is a reason. */
export const says = (gate: string, group: string | null, reason: string | null = null): Draft => ({
	type: 'acknowledge',
	data: {gate, group, yes: reason === null, reason},
});

/** T0 at a wall time, with a reason or none. */
export const t0 = (time: string, reason = ''): Draft => ({
	type: 'schedule',
	data: {t0: stamp(at(time)), reason},
});

export const hold = (reason: string): Draft => ({type: 'hold', data: {reason}});
export const abandon = (reason: string): Draft => ({type: 'abandon', data: {reason}});
export const stop = (target: string, reason = 'it hangs'): Draft => ({type: 'stop', data: {target, reason}});
export const skip = (stage: string, reason: string): Draft => ({type: 'skip', data: {stage, reason}});
export const marks = (stage: string, reason: string): Draft => ({type: 'done', data: {stage, reason, evidence: null}});
export const note = (text: string, on: string | null = null): Draft => ({type: 'note', data: {text, on}});
export const sign = (signOff: string): Draft => ({type: 'sign', data: {signOff}});
export const close = (reason: string | null): Draft => ({type: 'close', data: {reason}});

/** `since`: a wall time, null for now. */
export const down = (since: string | null = null): Draft => ({
	type: 'outage',
	data: {trigger: '1', down: true, at: since === null ? null : stamp(at(since)), reason: null},
});

export const up = (since: string | null = null): Draft => ({
	type: 'outage',
	data: {trigger: '1', down: false, at: since === null ? null : stamp(at(since)), reason: null},
});

export const asksAbout = (trigger: string, roles: readonly string[] = []): Draft => ({
	type: 'askTrigger',
	data: {trigger, roles},
});

export const answers = (trigger: string, fact: number | null, yes: boolean): Draft => ({
	type: 'answerTrigger',
	data: {trigger, fact, yes, reason: null},
});

export const laysAside = (trigger: string, reason: string): Draft => ({
	type: 'dismissTrigger',
	data: {trigger, reason},
});
export const standsDown = (trigger: string, reason = 'it was a false alarm'): Draft => ({
	type: 'standDown',
	data: {trigger, reason},
});

export const rollback = (path: 'preferred' | 'fallback' | null = null, reason = 'checkouts fail'): Draft => ({
	type: 'rollback',
	data: {path, reason},
});

export const byHand = (path: string, result: 'pass' | 'fail', reference = 'OPS-7'): Draft => ({
	type: 'rollbackByHand',
	data: {path, result, reference},
});

export const prove = (text = 'checkouts work again'): Draft => ({type: 'prove', data: {note: text}});

/** A runner tells the end of an attempt. */
export const end = (
	of: string | AttemptTarget,
	attempt: number,
	outcome: Outcome,
	still: readonly string[] = [],
): Draft => {
	const target = typeof of === 'string' ? targetOf(of) : of;
	return {
		type: 'end',
		data: {
			target,
			attempt,
			outcome,
			exit: outcome === 'pass' ? 0 : outcome === 'fail' ? 1 : null,
			reason: null,
			log: {path: `attempts/${attemptKey({target, attempt})}/log`, sha256: 'ab'.repeat(32), bytes: 40, lines: 1},
			still,
		},
	};
};

/** A runner tells what it judged. */
export const judge = (
	gate: string,
	attempt: number,
	verdict: 'pass' | 'fail' | 'unknown',
	reason: string | null = null,
): Draft => ({
	type: 'judge',
	data: {gate, attempt, verdict, reason, head: 'c0ffee00', files: {}, log: null},
});
