/** What is next of a rollback: its approval, its path, its proof, and what is left once it failed. */
import {asSentence} from '../../text/sentence.ts';
import {wallShort} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {hasOther, mayGoOn, unfinished} from '../decide/rules/path.ts';
import {type Act, act, rollers, runningActs, wayBack} from './acts.ts';
import {records} from './after-t0.ts';
import type {NextTarget} from './next-step.ts';
import type {Whole} from './whole.ts';

const onPath = ({path}: NonNullable<Whole['rollback']>): NextTarget => ({kind: 'path', id: path});

/** The workflow waits for people: who they are, and the way on without them. */
const approvalActs = (whole: Whole, rollback: NonNullable<Whole['rollback']>): readonly Act[] => {
	const reviewers = rollback.approvals.flatMap(each => each.reviewers);
	const environments = rollback.approvals.map(({environment}) => `"${environment}"`);
	const {url} = rollback;
	const brief = `approve ${listed(environments)}`;
	return [
		{
			...act(whole, [], `${brief}${url === null ? '' : ` at ${url}`}`, {
				brief,
				target: url === null ? null : {kind: 'link', id: url},
			}),
			who: reviewers.length === 0 ? 'somebody' : listed(reviewers, 'or'),
		},
		act(whole, rollers(whole), `cancel run ${rollback.run ?? ''}; the fallback opens once confirmed`, {act: 'cancel'}),
	];
};

const settlingText = ({settling}: NonNullable<Whole['rollback']>): string =>
	settling
		.filter(({proved}) => !proved)
		.map(({name, why}) => `${name} ${why ?? ''}`)
		.join(', ');

const isPathAct = ({target}: Act): boolean => target?.kind === 'path';

const proofActs = (whole: Whole, rollback: NonNullable<Whole['rollback']>): readonly Act[] => {
	const due = rollback.proveBy;
	const by = wallShort(due ?? whole.at);
	const waiting = settlingText(rollback);
	const person = rollback.asksPerson && whole.state.rollback?.impactOver === null;
	const health =
		waiting === ''
			? 'wait: the proof is being recorded'
			: `wait for proof by ${by}${hasOther(whole.state) ? ', else take the fallback' : ''} · ${waiting}`;
	return [
		...(person
			? [act(whole, [], `confirm by name that the impact is over, by ${by}`, {act: 'prove', due, says: [due]})]
			: []),
		...(person && waiting === ''
			? []
			: [act(whole, rollers(whole), health, {target: onPath(rollback), due, says: waiting === '' ? [] : [due]})]),
	];
};

/** Nothing more begins by itself: a person says how it goes on. */
const personAct = (whole: Whole): Act => {
	const {rollback, state, observed} = whole;
	const goesOn = mayGoOn(state, observed);
	const next = goesOn ? 'rollback' : 'byHand';
	if (rollback?.state === 'declined') {
		const text = `${asSentence(rollback.reason)} Roll back ${goesOn ? 'by the fallback, or ' : ''}by hand`;
		return act(whole, rollers(whole), text, {act: next});
	}
	const still = rollback?.still ?? [];
	const otherwise = goesOn ? 'go on although it MAY RUN TWICE' : 'record how a rollback by hand ended';
	const text =
		still.length > 0
			? `end ${listed(still)}, or ${otherwise}`
			: `unknown if it ran: find out, record it${goesOn ? ', or go on' : ''}`;
	return act(whole, rollers(whole), text, {act: next, due: rollback?.proveBy ?? null});
};

/** A path runs, or proof is awaited. What else still runs comes behind it. */
export const rollingBack = (whole: Whole): readonly Act[] => {
	const {rollback, state} = whole;
	const running = runningActs(whole).toSorted((a, b) => Number(isPathAct(b)) - Number(isPathAct(a)));
	if (rollback?.state === 'approval') return [...approvalActs(whole, rollback), ...running];
	if (unfinished(state).length > 0) return running;
	return [...(rollback?.state === 'proof awaited' ? proofActs(whole, rollback) : [personAct(whole)]), ...running];
};

/** A path succeeded and everything is up: health may still prove it, late. */
const lateProof = ({state, rollback}: Whole): boolean =>
	rollback !== null &&
	(state.rollback?.pathEnded ?? null) !== null &&
	rollback.settling.length > 0 &&
	rollback.settling.every(({up}) => up > 0);

/** NOT RESTORED. */
export const rollbackFailed = (whole: Whole): readonly Act[] => {
	const {rollback} = whole;
	const back = wayBack(whole);
	const runs = back === 'rollback' ? `${hasOther(whole.state) ? 'run the other path, ' : ''}run it again, or ` : '';
	const again = `${runs}record a rollback by hand`;
	const text =
		rollback !== null && lateProof(whole) ? `wait for late proof · ${settlingText(rollback)} · or ${again}` : again;
	return [act(whole, rollers(whole), text, {act: back}), ...records(whole)];
};
