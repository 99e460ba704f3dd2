/** What the runner of a workflow path reports: that it is about to send, what was answered, and how the run stands (RULES R5). */
import {refuse} from '../refusal.ts';
import {openAttempt} from './attempts.ts';
import type {Rules} from './rule.ts';

export const dispatchRules: Rules<'beginDispatch' | 'answerDispatch' | 'tellRun'> = {
	/** At most one dispatch a rollback: what was begun once, by whichever attempt, is never sent again. */
	beginDispatch: (state, data) => {
		const attempt = openAttempt(state, data);
		if ('refused' in attempt) return attempt;
		if (attempt.stop)
			return refuse('what is cancelled is not sent', 'The path was cancelled before it was sent.', 'Nothing to do.');
		const {dispatch} = attempt;
		return dispatch === null
			? [{type: 'dispatching', data}]
			: refuse(
					'a rollback is dispatched once',
					`${dispatch.workflow} was dispatched${dispatch.run === null ? '' : `, run ${dispatch.run}`}.`,
					'Look its run up.',
				);
	},
	answerDispatch: (state, data) => {
		const attempt = openAttempt(state, data);
		if ('refused' in attempt) return attempt;
		return attempt.dispatch
			? [{type: 'dispatched', data}]
			: refuse('an answer follows what was sent', 'Nothing was sent.', 'Send it first.');
	},
	tellRun: (state, data) => {
		const attempt = openAttempt(state, data);
		return 'refused' in attempt ? attempt : [{type: 'runTold', data}];
	},
};
