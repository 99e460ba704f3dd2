/** What the runner of a workflow path reports: that it is about to send, what was answered, and how the run stands (RULES R5). */
import {pathIn} from '../../model/attempt-target.ts';
import type {Event} from '../../model/event.ts';
import {refuse} from '../refusal.ts';
import {openAttempt} from './attempts.ts';
import {start, unavailable, unfinished, unresolved} from './path.ts';
import type {Rules} from './rule.ts';

export const dispatchRules = {
	/** At most one dispatch a rollback: what was begun once, by whichever attempt, is never sent again. */
	beginDispatch: (state, data) => {
		const attempt = openAttempt(state, data);
		if ('refused' in attempt) return attempt;
		if (attempt.stop) return refuse('cancelled', 'The path was cancelled before it was sent.', 'Nothing to do.');
		const {dispatch} = attempt;
		return dispatch === null
			? [{type: 'dispatching', data}]
			: refuse(
					'already-dispatched',
					`${dispatch.workflow} was dispatched${dispatch.run === null ? '' : `, run ${dispatch.run}`}.`,
					'Look its run up.',
				);
	},
	answerDispatch: (state, data) => {
		const attempt = openAttempt(state, data);
		if ('refused' in attempt) return attempt;
		return attempt.dispatch
			? [{type: 'dispatched', data}]
			: refuse('not-dispatched', 'Nothing was sent.', 'Send it first.');
	},
	recordRun: (state, data) => {
		const attempt = openAttempt(state, data);
		return 'refused' in attempt ? attempt : [{type: 'runUpdated', data}];
	},
	/** Nothing is sent: a run that may be ours is watched, also one whose cancellation was not confirmed. */
	adoptRun: (state, {run}, {runbook, observed}) => {
		const {status, rollback} = state;
		const isBack = status === 'rolling-back' || status === 'rollback-failed';
		const isOpen = isBack && rollback?.pathEnded === null && unfinished(state, runbook).length === 0;
		const attempt = isOpen ? unresolved(state) : null;
		const name = attempt && pathIn(attempt.target);
		if (!attempt?.dispatch || name === null)
			return refuse('run-known', 'Nothing was dispatched whose run is unknown.', 'Nothing to do.');
		const why = unavailable(runbook, name, observed);
		if (why !== null) return refuse('no-token', `It cannot be watched: ${why}.`, 'Name it where the token is set.');
		const {target, attempt: number} = attempt;
		const adopted: Event = {type: 'runAdopted', data: {target, attempt: number, run}};
		return [adopted, start(state, runbook, name, true)];
	},
	recordRunUnreachable: (state, data) => {
		const attempt = openAttempt(state, data);
		return 'refused' in attempt ? attempt : [{type: 'runUnreachable', data}];
	},
} satisfies Partial<Rules>;
