/** What the runner of a workflow path reports: that it is about to send, what was answered, and the state of the run (RULES R5). */
import {pathIn} from '../../model/attempt-target.ts';
import type {Event} from '../../model/event.ts';
import {refuse} from '../refusal.ts';
import {whileOpen} from './attempts.ts';
import {start, unavailable, unfinished, unresolved} from './path.ts';
import type {Rules} from './rule.ts';

export const dispatchRules = {
	/** At most one dispatch a rollback: what was begun once, by whichever attempt, is never sent again. */
	beginDispatch: (state, data) =>
		whileOpen(state, data, ({stop, dispatch}) => {
			if (stop) return refuse('cancelled', 'The path was cancelled before it was sent.', 'Nothing to do.');
			return dispatch === null
				? [{type: 'dispatching', data}]
				: refuse(
						'already-dispatched',
						`${dispatch.workflow} was dispatched${dispatch.run === null ? '' : `, run ${dispatch.run}`}.`,
						'Look its run up.',
					);
		}),
	answerDispatch: (state, data) =>
		whileOpen(state, data, ({dispatch}) =>
			dispatch ? [{type: 'dispatched', data}] : refuse('not-dispatched', 'Nothing was sent.', 'Send it first.'),
		),
	recordRun: (state, data) => whileOpen(state, data, () => [{type: 'runUpdated', data}]),
	recordRunUnreachable: (state, data) => whileOpen(state, data, () => [{type: 'runUnreachable', data}]),
	/** Nothing is sent: a run that may be ours is watched, also one whose cancellation was not confirmed. */
	adoptRun: (state, {run}, {runbook, observed}) => {
		const {status, rollback} = state;
		const isBack = status === 'rolling-back' || status === 'rollback-failed';
		const isOpen = isBack && rollback?.pathEnded === null && unfinished(state).length === 0;
		const attempt = isOpen ? unresolved(state) : null;
		const name = attempt && pathIn(attempt.target);
		if (!attempt?.dispatch || name === null)
			return refuse('run-known', 'Nothing was dispatched whose run is unknown.', 'Nothing to do.');
		const why = unavailable(runbook, name, observed);
		if (why !== null) return refuse('no-token', `It cannot be watched: ${why}.`, 'Name it where the token is set.');
		const {target, attempt: number} = attempt;
		const adopted: Event = {type: 'runAdopted', data: {target, attempt: number, run}};
		return [adopted, start(state, name, true)];
	},
} satisfies Partial<Rules>;
