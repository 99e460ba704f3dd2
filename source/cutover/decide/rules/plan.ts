/** Approval, T0, hold, freeze and abandonment (RULES H). */
import {instant, stamp, wall} from '../../../text/time.ts';
import {changedBytes, changesText, verdictOf} from '../../due/gate-verdict.ts';
import type {CommandData} from '../../model/command.ts';
import type {Refusal} from '../../model/refusal.ts';
import {isBeforeT0, type State, type Status} from '../../model/state.ts';
import {fields, instead, listed, needWords, refuse, usageError} from '../refusal.ts';
import {fall, hasVotes, hold} from './consequences.ts';
import type {RuleContext, Rules} from './rule.ts';

/** Null where the time lies ahead. */
export const ahead = (t0: string, at: number): Refusal | null =>
	instant(t0) > at
		? null
		: usageError('t0-past', `T0 ${wall(instant(t0))} is not in the future.`, 'Name a later time.', fields('t0'));

const fromT0: Readonly<Partial<Record<Status, string>>> = {
	executing: 'Record the result of T0, or roll back.',
	observing: 'Keep the release, extend the observation, or roll back.',
	kept: 'Close the cutover, or roll back.',
	'rolling-back': 'Wait until the rollback is proved.',
	'rolled-back': 'Sign off, and close the cutover.',
	'rollback-failed': 'Roll back again, or record a rollback by hand.',
};

/** What is possible instead once T0 has started. */
export const insteadAfterT0 = ({status, attempts}: State): string =>
	status === 'executing' && Object.values(attempts).some(({ended}) => ended === null)
		? 'Stop T0, or roll back.'
		: (fromT0[status] ?? 'Nothing to do.');

/** Null before T0 is begun; afterwards there is no hold and no plan to change. */
export const beforeT0 = (state: State): Refusal | null => {
	if (isBeforeT0(state.status)) return null;
	if (state.status === 'abandoned')
		return refuse(
			'abandoned',
			`The cutover was abandoned: ${state.abandoned?.reason ?? ''}.`,
			'Close it, or begin another one.',
		);
	return refuse('after-t0', 'T0 has started.', insteadAfterT0(state));
};

/** Null where there is a reason. */
export const reasonFor = (reason: string | null, act: string): Refusal | null =>
	reason?.trim()
		? null
		: usageError('reason-needed', `No reason was given for ${act}.`, 'Give a reason.', fields('reason'));

/** `field`: the text by which it is said. */
export const textFor = (text: string, what: string, field: string): Refusal | null =>
	text.trim() === '' ? usageError('text-needed', `${what} was not said.`, 'Say it.', fields(field)) : null;

/** What still keeps the hold (RULES H2). */
const unfixed = (state: State, {runbook, at, observed}: RuleContext): Refusal | null => {
	const failed = runbook.gates
		.filter(gate => verdictOf(state, gate, at, observed).verdict === 'fail')
		.map(gate => gate.id);
	const [first] = failed;
	if (first !== undefined) {
		const denied = Object.entries(state.gates[first]?.words ?? {}).flatMap(([group, {yes}]) => (yes ? [] : [group]));
		return refuse(
			'hold-stays',
			`${listed(failed)} failed.`,
			denied.length === 0
				? `Fix it and run ${listed(failed)} again; then confirm T0.`
				: `Fix it; ${listed(denied)} then answers yes for ${first}. Then confirm T0.`,
			instead(denied.length === 0 ? 'run' : 'acknowledge', first),
		);
	}
	const changed = changedBytes(state, observed);
	if (changed.length === 0) return null;
	return refuse(
		'hold-stays',
		`Changed since the approval: ${changesText(state, observed)}.`,
		'Approve the change, or restore the approved file.',
	);
};

/** A no-go and a called hold are answered by the release's own reason. */
const asksReason = (state: State): boolean => state.hold?.cause === 'no-go' || state.hold?.cause === 'called';

const documents = ({
	runbook,
	approved,
}: Pick<State, 'runbook' | 'approved'>): readonly (string | null | undefined)[] => [
	runbook?.digest,
	runbook?.settings == null ? null : Object.entries(approved).find(([path]) => runbook.settings?.endsWith(path))?.[1],
];

/** The plan is fixed once T0 has started; a script of it may still have to be put right. */
const approvalForbidden = (state: State, data: CommandData['approve']): Refusal | null => {
	if (state.t0Started === null || state.status === 'abandoned') return beforeT0(state);
	const [before, after] = [documents(state), documents(data)];
	return before.every((digest, index) => digest === after[index])
		? null
		: refuse('scripts-only', 'The runbook or its settings changed.', `Restore them. ${insteadAfterT0(state)}`);
};

export const planRules = {
	approve: (state, data) => {
		const changed = [...new Set([...Object.keys(state.approved), ...Object.keys(data.approved)])].filter(
			path => state.approved[path] !== data.approved[path],
		);
		if (changed.length === 0)
			return refuse('nothing-changed', 'Nothing differs from what was approved.', 'Nothing to do.');
		return approvalForbidden(state, data) ?? [{type: 'approved', data: {...data, changed}}];
	},
	schedule: (state, {t0, reason}, asked) => {
		const no = beforeT0(state) ?? ahead(t0, asked.at);
		if (no) return no;
		const was = stamp(state.t0);
		const held = state.status === 'hold';
		const refused = held
			? (unfixed(state, asked) ?? (asksReason(state) ? reasonFor(reason, 'a release') : null))
			: null;
		if (refused) return refused;
		const moved = instant(t0) !== state.t0;
		const [set] = moved || held || hasVotes(state) ? [] : [state.t0Set];
		if (set)
			return refuse('already-set', `${set.by.name} set T0 ${wall(state.t0)} at ${wall(set.at)}.`, 'Nothing to do.');
		return [
			...fall(state, {cause: 't0', on: null, reason: moved ? 'T0 was moved' : 'T0 was confirmed anew'}),
			{
				type: 'scheduled',
				data: {t0: stamp(instant(t0)), was, count: state.t0Before.length + (moved ? 2 : 1), reason, released: held},
			},
		];
	},
	hold: (state, {reason}) => {
		if (state.hold && state.status === 'hold')
			return refuse(
				'already-on-hold',
				`It is on HOLD since ${wall(state.hold.at)}, by ${state.hold.by.name}: ${state.hold.reason}.`,
				'Add a note, or release it with t0 WHEN.',
			);
		return beforeT0(state) ?? reasonFor(reason, 'a hold') ?? hold(state, {cause: 'called', on: null, reason});
	},
	freeze: (state, {text}) =>
		beforeT0(state) ?? textFor(text, 'What is frozen', 'text') ?? [{type: 'frozen', data: {text}}],
	abandon: (state, {reason}, {confirm}) =>
		beforeT0(state) ??
		reasonFor(reason, 'abandoning') ??
		needWords(confirm, ['ABANDON'], 'Abandoning ends this cutover') ?? [{type: 'abandoned', data: {reason}}],
} satisfies Partial<Rules>;
