/** Closing seals the journal (RULES E4): what nobody recorded is named with its reason. */

import {stageOfKind} from '../../due/schedule.ts';
import {attemptKey} from '../../model/attempt-target.ts';
import {openAttempts, type State} from '../../model/state.ts';
import {evidenceFields} from '../../snapshot/evidence-fields.ts';
import {notApplicable} from '../../snapshot/sign-offs.ts';
import {allAre, fields, listed, needWords, refuse, statusWord, usageError} from '../refusal.ts';
import {firedForbids} from './armed.ts';
import {insteadAfterT0} from './plan.ts';
import type {Rules} from './rule.ts';

const ended: readonly State['status'][] = ['kept', 'abandoned', 'rolled-back', 'rollback-failed'];

/** Sign-offs and fields that nobody recorded and nobody excused. */
const unrecorded = (state: State): readonly string[] => [
	...(state.runbook?.signOffs ?? [])
		.filter(item => !state.signOffs[item.id] && state.notRecorded[item.id] === undefined)
		.filter(item => notApplicable(state, item) === null)
		.map(item => item.id),
	...evidenceFields(state)
		.filter(({value}) => value === null)
		.map(({field}) => field),
];

export const closeRules = {
	close: (state, data, {confirm, runbook}) => {
		const fired = state.rollback ? null : firedForbids(state);
		if (fired) return fired;
		// Where no stage closes, nobody is asked to keep it.
		const isLeft = state.status === 'observing' && stageOfKind(runbook, 'closing') === undefined;
		if (!ended.includes(state.status) && !isLeft)
			return refuse(
				'not-decided',
				`The status is ${statusWord(state.status)}.`,
				state.t0Started === null ? 'Go on, or abandon it.' : insteadAfterT0(state),
			);
		const runs = openAttempts(state);
		if (runs.length > 0)
			return refuse('still-running', `${listed(runs.map(attemptKey))} runs.`, 'Wait for its end, or stop it.');
		const reason = data.reason?.trim() ? data.reason : (state.abandoned?.reason ?? null);
		const missing = unrecorded(state);
		if (reason === null && missing.length > 0)
			return refuse(
				'not-recorded-reason',
				`${allAre(missing)} not recorded.`,
				missing.length === 1 ? 'Record it, or give a reason.' : 'Record them, or give one reason for all.',
				fields('reason'),
			);
		if (reason === null && state.status === 'rollback-failed')
			return usageError('reason-needed', 'Production is NOT RESTORED.', 'Say why it is closed so.', fields('reason'));
		const what =
			state.status === 'rollback-failed'
				? 'Production is NOT RESTORED; closing seals the journal'
				: 'Closing seals the journal';
		return (
			needWords(confirm, ['CLOSE'], what) ?? [
				{
					type: 'closed',
					data: {
						reason: reason ?? '',
						notRecorded: missing.map(name => ({what: name, reason: reason ?? ''})),
						seal: null,
					},
				},
			]
		);
	},
} satisfies Partial<Rules>;
