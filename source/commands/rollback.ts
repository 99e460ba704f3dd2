/** Commands on the rollback. */
import {firedReason} from '../cutover/snapshot/triggers.ts';
import {because, type Choice, choice, field, orNull, reason} from './field.ts';
import {anything, type Draft, forbids, ruling, runbookOf, type Situation} from './situation.ts';
import {type Spec, send} from './spec.ts';

const rolling = (path: string, why: string = anything): Draft => ({
	type: 'rollback',
	data: {path: path === 'preferred' || path === 'fallback' ? path : null, reason: why},
});

/** Only what the rules would let begin now. */
const paths = (situation: Situation): readonly Choice[] => {
	const {preferred = null, fallback = null} = situation.state.runbook?.rollback ?? {};
	const named = [
		...(preferred && fallback ? [choice('both', 'preferred, else fallback')] : []),
		...(preferred ? [choice('preferred', fallback ? 'preferred only' : 'preferred')] : []),
		...(fallback ? [choice('fallback', 'fallback')] : []),
	];
	const open = named.filter(({value}) => !forbids(ruling(situation, rolling(value))));
	return open.length > 0 ? open : named;
};

/** T0, or the last stage after it, that failed, and why. */
const whatFailed = ({snapshot: {stages}}: Situation): string | null => {
	const fromT0 = stages.slice(stages.findIndex(({kind}) => kind === 'act'));
	const failed = fromT0.findLast(({state}) => state === 'failed' || state === 'lost');
	if (failed === undefined) return null;
	return `${failed.id} ${failed.state}${failed.remark === null ? '' : `: ${failed.remark}`}`;
};

/** What fired, else what failed, as the reason that is known already. */
const whyRollBack = (situation: Situation): string | null => {
	const fired = situation.snapshot.triggers.find(({state}) => state === 'fired');
	return fired === undefined ? whatFailed(situation) : firedReason(fired);
};

export const rollback: Spec = {
	title: 'Roll back',
	course: true,
	summary:
		'rolls back, cancels a rollback, names its run, records one done by hand, or confirms that the impact is over',
	help: 'Starts the rollback: the preferred path, and the fallback only where that is unavailable. Its reason is the trigger that fired or the stage that failed, unless you give another. Exit 0 when rolled back, or when its path succeeded and only a person can prove it; 1 when not. It goes on when its client is gone.',
	examples: [
		'rollback --reason "checkout fails for all" --confirm ROLLBACK',
		'rollback --path fallback --reason "GitHub is down"',
	],
	lines: [{command: 'rollback'}],
	fields: [
		field('path', 'choice', 'preferred or fallback; with --by-hand any text', {
			metavar: 'PATH',
			noun: 'rollback path',
			values: ['preferred', 'fallback'],
			choices: paths,
			initial: situation => paths(situation)[0]?.value ?? null,
			aside: true,
			requiredWhen: () => true,
		}),
		{...reason, initial: whyRollBack},
	],
	probe: () => rolling('both'),
	steps: values => send(rolling(values['path'] ?? '', because(values))),
};

export const cancel: Spec = {
	title: 'Cancel the rollback path that runs',
	help: 'Ends the path that runs, so that the other one may be started.',
	examples: ['rollback --cancel --confirm CANCEL'],
	lines: [{command: 'rollback', flag: {name: 'cancel', about: 'ends the path that runs'}}],
	fields: [{...reason, requiredWhen: () => false, hint: 'optional'}],
	about: ({snapshot: {rollback: now}}) => {
		if (now === null) return [];
		const run = now.run === null ? [] : [`run ${now.run} ${now.url ?? ''}: what it did so far stays done`];
		return [`${now.path}: ${now.state}`, ...run];
	},
	probe: () => ({type: 'cancelRollback', data: {reason: anything}}),
	steps: values => send({type: 'cancelRollback', data: {reason: orNull(values['reason'])}}),
};

export const adoptRun: Spec = {
	title: 'Name the run that was dispatched',
	help: 'Where it is unknown which run of the workflow was dispatched: names it by its number. Nothing is sent; that run is followed.',
	examples: ['rollback --run 9125001'],
	lines: [{command: 'rollback', flag: {name: 'run'}}],
	fields: [
		field('run', 'number', 'this run is the one that was dispatched: follows it, and sends nothing', {
			hint: 'its number, at the end of its address',
			requiredWhen: () => true,
		}),
	],
	fits: ({snapshot}) => snapshot.rollback?.state === 'unknown',
	about: ({snapshot: {rollback: now}}) => (now === null ? [] : [`${now.path}: ${now.state}. ${now.reason}`]),
	probe: () => ({type: 'adoptRun', data: {run: 1}}),
	steps: ({run: text = ''}) =>
		/^[1-9]\d{0,14}$/.test(text.trim())
			? send({type: 'adoptRun', data: {run: Number(text.trim())}})
			: {problem: `"${text}" is not a run: its number is at the end of its address.`},
};

export const byHand: Spec = {
	title: 'Record a rollback run by hand',
	help: 'Records a rollback that people ran elsewhere: path, outcome and reference.',
	examples: ['rollback --by-hand --path "restored the old host" --result pass --reference INC-9 --confirm ROLLBACK'],
	lines: [{command: 'rollback', flag: {name: 'by-hand', about: 'records a rollback that people ran elsewhere'}}],
	about: situation => [
		...(runbookOf(situation).rollbackSteps ?? []).map((step, index) => `by hand ${index + 1}: ${step}`),
		'Nothing is run. "none" as path says that nothing was changed.',
	],
	fields: [
		field('path', 'text', 'preferred or fallback; with --by-hand any text', {
			metavar: 'PATH',
			hint: 'what was run, or none',
			requiredWhen: () => true,
		}),
		field('result', 'choice', 'its outcome, with --by-hand', {
			metavar: 'RESULT',
			values: ['pass', 'fail'],
			requiredWhen: () => true,
		}),
		field('reference', 'text', 'where it is recorded, with --by-hand', {requiredWhen: () => true}),
	],
	probe: () => ({type: 'rollbackByHand', data: {path: anything, result: 'pass', reference: anything}}),
	steps: ({path = '', result, reference = ''}) =>
		path.trim() === '' || (result !== 'pass' && result !== 'fail') || reference.trim() === ''
			? {problem: 'A rollback by hand needs its path, its result (pass or fail) and a reference.'}
			: send({type: 'rollbackByHand', data: {path, result, reference}}),
};

export const prove: Spec = {
	title: 'Confirm that the impact is over',
	help: 'Confirms by name that the impact is over. Where no endpoint is measured, that completes the rollback; else health completes it.',
	examples: ['rollback --proved --note "orders come in again"'],
	lines: [{command: 'rollback', flag: {name: 'proved', about: 'confirms by name that the impact is over'}}],
	asks: 'Is the impact over?',
	about: ({snapshot: {rollback: now}}) => (now === null ? [] : [`${now.path}: ${now.state}. ${now.reason}`]),
	fields: [
		field('note', 'text', 'what was seen, with --proved', {
			label: 'seen',
			hint: 'how you know that it is over',
			requiredWhen: () => true,
		}),
	],
	probe: () => ({type: 'prove', data: {note: anything}}),
	steps: ({note = ''}) => send({type: 'prove', data: {note}}),
};
