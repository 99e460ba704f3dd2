/** The rollback: begun with its typed word, one path at a time, and proven (RULES R). */

import {wall} from '../../../text/time.ts';
import {automaticAt} from '../../due/automatic.ts';
import {firedTriggers} from '../../due/triggers.ts';
import {advance} from '../../evolve/evolve.ts';
import {isMeasured} from '../../health/endpoint-state.ts';
import {healthProof} from '../../health/proof.ts';
import {isPath, type PathName, pathIn} from '../../model/attempt-target.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {State} from '../../model/state.ts';
import {fields, instead, listed, needWords, refuse, usageError} from '../refusal.ts';
import {
	nextPath,
	pathOf,
	runningPath,
	stillRuns,
	triedPaths,
	unavailable,
	unfinished,
	unknownPath,
	unresolved,
	untriedHere,
} from './path.ts';
import {beforeT0, reasonFor, textFor} from './plan.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {rollbackOutside, windowWord, withWindowWord} from './window.ts';

const something = (state: State): Refusal | null => {
	if (state.status === 'abandoned') return beforeT0(state);
	if (state.t0Started === null)
		return refuse('before-t0', 'T0 has not started: there is nothing to roll back.', 'Abandon the cutover instead.');
	if (state.status === 'rolled-back')
		return refuse(
			'rolled-back',
			`It was proved at ${wall(state.rollback?.proved?.at ?? state.at)}.`,
			'Sign off, export, close.',
		);
	return null;
};

/** Paths that the word allows; a refusal where none of them can run here. */
const allowed = (data: CommandData['rollback'], {runbook, observed}: RuleContext): readonly PathName[] | Refusal => {
	const names: readonly PathName[] = data.path === null ? ['preferred', 'fallback'] : [data.path];
	const why = (name: PathName): string | null => unavailable(runbook, name, observed);
	if (names.some(name => why(name) === null)) return names.filter(name => pathOf(runbook, name) !== null);
	const fix =
		data.path === 'preferred' && why('fallback') === null
			? 'Use the fallback.'
			: 'Roll back outside this program, and record it by hand.';
	return refuse(
		'path-unavailable',
		`No path can run here: ${listed(names.map(name => `${name}: ${why(name) ?? ''}`))}.`,
		fix,
	);
};

/** What is allowed but cannot run from here is said before the first path begins (RULES R3). */
const saidUnavailable = (names: readonly PathName[], {runbook, observed}: RuleContext): readonly Event[] =>
	names.flatMap((path): readonly Event[] => {
		const reason = unavailable(runbook, path, observed);
		return reason === null ? [] : [{type: 'pathUnavailable', data: {path, reason}}];
	});

/** Going on although something may still run, or a lost path may have run. */
const twice = (state: State): string | null => {
	const still = stillRuns(state);
	if (still.length > 0) return `${listed(still)} may still run`;
	const unknown = unresolved(state);
	if (unknown === null) return null;
	const {ended, dispatch} = unknown;
	const path = `${pathIn(unknown.target)} path`;
	const sent = dispatch?.run
		? `run ${dispatch.run} of ${dispatch.workflow} may still run`
		: 'whether it ran is unknown';
	return ended?.outcome === 'lost' ? `The runner of the ${path} is lost: ${sent}` : `The ${path} was sent, and ${sent}`;
};

const runs = (state: State): Refusal | null => {
	const path = runningPath(state);
	return path
		? refuse(
				'path-running',
				`The ${pathIn(path.target)} path runs since ${wall(path.at)}, begun by ${path.by.name}.`,
				'Wait for its end, or cancel it.',
				instead('cancel'),
			)
		: null;
};

/** A rollback that waits for the end of T0 is begun already. */
const waitsForT0 = (state: State): Refusal | null =>
	state.rollback && state.status === 'rolling-back' && unfinished(state).length > 0
		? refuse(
				'rollback-begun',
				`${state.rollback.begun.by.name} began it at ${wall(state.rollback.begun.at)}; T0 is being stopped first.`,
				'Wait for the end of T0.',
			)
		: null;

/** A preferred path that can run and was not tried comes before the fallback. */
const order = (state: State, names: readonly PathName[], {runbook, observed}: RuleContext): Refusal | null => {
	const skipped =
		!names.includes('preferred') &&
		unavailable(runbook, 'preferred', observed) === null &&
		!Object.values(state.attempts).some(({target}) => isPath(target, 'preferred'));
	return skipped
		? refuse('preferred-first', 'The preferred path can run here.', 'Begin with the preferred path.')
		: null;
};

/** A path already tried runs again only from rollback-failed, or where nobody knows whether it ran (RULES R4, R5). */
const left = (
	state: State,
	names: readonly PathName[],
	{runbook, observed}: RuleContext,
): readonly PathName[] | Refusal => {
	if (state.status !== 'rolling-back') return names;
	const open = untriedHere(state, names, observed);
	if (open.length > 0) return open;
	if (unknownPath(state)) return names;
	const tried = triedPaths(state);
	const why = names.map(name =>
		tried.includes(name) ? `${name}: tried` : `${name}: ${unavailable(runbook, name, observed) ?? ''}`,
	);
	return refuse(
		'path-tried',
		`No path is left to run here: ${listed(why)}.`,
		'Prove that the impact is over, or record a rollback by hand.',
	);
};

const stopT0 = (state: State, reason: string): readonly Event[] =>
	unfinished(state)
		.filter(attempt => attempt.stop === null)
		.map(attempt => ({
			type: 'stopAsked',
			data: {target: attempt.target, attempt: attempt.attempt, reason: `rollback: ${reason}`},
		}));

/** The watcher begins what the settings let begin by itself; it types the one word that was typed when they were approved. */
const byItself = (state: State, {waited}: CommandData['rollback'], asked: RuleContext): Refusal | RuleContext => {
	if (asked.by.strength !== 'process') return asked;
	const due = automaticAt(state);
	if (due !== null && waited === due) return {...asked, confirm: ['ROLLBACK', windowWord]};
	return refuse(
		'people-only',
		due === null ? 'No fired trigger starts a rollback automatically.' : `It starts automatically at ${wall(due)}.`,
		'The release manager begins it.',
	);
};

/** Says why what was due did not begin; a person sees it, and begins it or not. */
const miss = (state: State, {waited, reason}: CommandData['recordAutoRollbackSkipped']): Decision =>
	automaticAt(state) === waited
		? [{type: 'autoRollbackSkipped', data: {reason}}]
		: refuse('nothing-skipped', 'No automatic rollback is due.', 'Nothing to do.');

const begin = (state: State, data: CommandData['rollback'], sender: RuleContext): Decision => {
	const asked = byItself(state, data, sender);
	if ('refused' in asked) return asked;
	const can = allowed(data, asked);
	if ('refused' in can) return can;
	const names = left(state, can, asked);
	if ('refused' in names) return names;
	const again = twice(state);
	const outside = rollbackOutside(state, asked);
	const words = withWindowWord(again === null ? ['ROLLBACK'] : ['ROLLBACK', 'MAY RUN TWICE'], outside);
	const begins = `${again === null ? '' : `${again}. `}This begins the rollback`;
	const what = outside === null ? begins : `${outside}. ${begins}`;
	const no =
		order(state, names, asked) ?? reasonFor(data.reason, 'a rollback') ?? needWords(asked.confirm, words, what);
	if (no) return no;
	const begun: Event = {
		type: 'rollbackBegun',
		data: {
			paths: names,
			reason: data.reason,
			triggers: firedTriggers(state),
			twice: again !== null,
			...(outside === null ? {} : {outsideWindow: data.reason}),
		},
	};
	const opening = [begun, ...saidUnavailable(names, asked), ...stopT0(state, data.reason)];
	return [...opening, ...nextPath(advance(state, opening, asked))];
};

const proof = (state: State, {note}: CommandData['prove'], asked: RuleContext): Decision => {
	const {rollback} = state;
	if (!rollback) return refuse('nothing-to-prove', 'No rollback was begun.', 'Begin it first.');
	const no = runs(state) ?? textFor(note, 'What was seen', 'note');
	if (no) return no;
	if (rollback.pathEnded === null)
		return refuse(
			'path-not-succeeded',
			'No path has succeeded.',
			'Run a path, or record the rollback by hand.',
			instead('byHand'),
		);
	const over: Event = {type: 'impactOver', data: {note}};
	// Where health is measured, its proof is beside the word; until then the word waits for it.
	if (!isMeasured(state)) return [over, {type: 'proved', data: {note}}];
	if (rollback.impactOver)
		return refuse(
			'already-answered',
			`${rollback.impactOver.by.name} said so at ${wall(rollback.impactOver.at)}.`,
			'Proof waits for the health now.',
		);
	const health = healthProof(state, asked.observed, asked.at);
	return health === null ? [over] : [over, {type: 'proved', data: {note: `${note}; ${health}`}}];
};

const record = (state: State, data: CommandData['rollbackByHand'], asked: RuleContext): Decision => {
	const no =
		runs(state) ??
		(data.path.trim() && data.reference.trim()
			? null
			: usageError(
					'reference-needed',
					'One of them is empty.',
					'Give the path and a reference.',
					fields('path', 'reference'),
				)) ??
		needWords(asked.confirm, ['ROLLBACK'], 'This records a rollback that people ran');
	if (no) return no;
	const begun: readonly Event[] =
		state.status === 'rolling-back' || state.status === 'rollback-failed'
			? []
			: [
					{
						type: 'rollbackBegun',
						data: {paths: [], reason: `by hand: ${data.reference}`, triggers: firedTriggers(state), twice: false},
					},
				];
	const failed: readonly Event[] =
		data.result === 'pass' ? [] : [{type: 'rollbackFailed', data: {reason: `by hand (${data.path}): failed`}}];
	return [...begun, ...stopT0(state, 'recorded by hand'), {type: 'byHand', data}, ...failed];
};

export const rollbackRules = {
	rollback: (state, data, asked) => something(state) ?? runs(state) ?? waitsForT0(state) ?? begin(state, data, asked),
	recordAutoRollbackSkipped: miss,
	cancelRollback: (state, {reason}, asked) => {
		const path = runningPath(state);
		if (!path) return refuse('no-path-runs', 'No path of a rollback runs.', 'Nothing to do.');
		if (path.stop)
			return refuse(
				'already-cancelling',
				`${path.stop.by.name} cancelled it at ${wall(path.stop.at)}.`,
				'Wait for its end.',
			);
		const why = reason ?? 'cancelled';
		return (
			needWords(asked.confirm, ['CANCEL'], `This ends the ${pathIn(path.target)} path with all that it runs`) ?? [
				{type: 'cancelAsked', data: {reason: why}},
				{type: 'stopAsked', data: {target: path.target, attempt: path.attempt, reason: why}},
			]
		);
	},
	rollbackByHand: (state, data, asked) => something(state) ?? record(state, data, asked),
	prove: (state, data, asked) => something(state) ?? proof(state, data, asked),
} satisfies Partial<Rules>;
