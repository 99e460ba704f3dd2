/** What is next from T0 on: its outcome, alarms, verification, the last votes, the way back, and the papers at the end. */
import {wall, wallShort} from '../../text/time.ts';
import {listed} from '../refusal.ts';
import {type Act, act, closers, manager, pollAct, rollers, runningActs, when} from './acts.ts';
import type {Whole} from './whole.ts';

const outcome = (whole: Whole): readonly Act[] => {
	const stage = whole.stages.find(({kind}) => kind === 'act');
	if (!stage || (stage.state === 'running' && runningActs(whole).length > 0)) return runningActs(whole);
	const failed = stage.state === 'failed' || stage.state === 'lost';
	const resume = failed && whole.state.runbook?.stages.find(({id}) => id === stage.id)?.playbook ? 'resume T0, ' : '';
	return [
		act(
			whole,
			stage.owners,
			failed ? `${resume}record its outcome, or roll back` : 'record the outcome of T0, pass or fail',
			'r',
		),
	];
};

const alarms = (whole: Whole): readonly Act[] =>
	whole.triggers.flatMap((trigger): readonly Act[] => {
		if (trigger.state === 'fired') return [act(whole, rollers(whole), `ROLL BACK: trigger ${trigger.id} fired`, 'B')];
		if (trigger.firesAt !== null)
			return [
				act(
					whole,
					[],
					`say when it is up; trigger ${trigger.id} fires after ${wall(trigger.firesAt)}`,
					't',
					trigger.firesAt,
				),
			];
		if (trigger.state !== 'partly confirmed') return [];
		const late = trigger.answerBy !== null && whole.at >= trigger.answerBy;
		const asked = late ? manager(whole) : [...new Set(trigger.facts.flatMap(({awaits}) => awaits))];
		return [
			act(
				whole,
				asked,
				late
					? `fire trigger ${trigger.id} or lay it aside`
					: `answer trigger ${trigger.id} by ${wallShort(trigger.answerBy ?? whole.at)}`,
				't',
				trigger.answerBy,
			),
		];
	});

/** T0 is begun and not done. */
export const executing = (whole: Whole): readonly Act[] => [...alarms(whole), ...outcome(whole)];

/** T0 passed. */
export const observing = (whole: Whole): readonly Act[] => {
	const open = whole.stages
		.filter(stage => stage.kind === 'verification' || (stage.kind === 'manual' && stage.planned > whole.state.t0))
		.filter(({state}) => state !== 'done' && state !== 'skipped');
	const verify = open.map(stage =>
		act(
			whole,
			stage.owners,
			`${stage.state === 'failed' ? `${stage.id} failed: answer it again, or decide` : `answer ${stage.id}${when(stage.planned, whole.at)}`}`,
			'r',
			stage.planned,
		),
	);
	return [...alarms(whole), ...runningActs(whole), ...verify, ...pollAct(whole, 'keep, or roll back?')];
};

const papers = (whole: Whole): readonly Act[] => {
	const unsigned = whole.signOffs.filter(({signed, notRecorded}) => !signed && notRecorded === null);
	const ready = unsigned.filter(({blockedBy}) => blockedBy.length === 0);
	const blocked = unsigned.filter(({blockedBy}) => blockedBy.length > 0);
	const blank = whole.fields.filter(({value}) => value === null).map(({field}) => field);
	return [
		...ready.map(({id, role}) => act(whole, [role], `sign ${id}`, 's')),
		...(blank.length > 0
			? [act(whole, [], `fill in ${listed(blank.slice(0, 3))}${blank.length > 3 ? ' and more' : ''}`, 'e')]
			: []),
		...blocked.map(({id, role, blockedBy}) => act(whole, [role], `${id} needs ${blockedBy[0] ?? ''}`, 's')),
		act(whole, closers(whole), 'close the cutover', ':'),
	];
};

/** Kept: triggers stay armed until close. */
export const kept = (whole: Whole): readonly Act[] => [...alarms(whole), ...papers(whole)];

/** Decided: what is left is to sign, fill in and close. */
export const decided = (whole: Whole): readonly Act[] => papers(whole);

/** A path runs, or proof is awaited. */
export const rollingBack = (whole: Whole): readonly Act[] => {
	const running = runningActs(whole);
	if (running.length > 0) return running;
	return whole.rollback?.state === 'proof awaited'
		? [
				act(
					whole,
					[],
					`confirm by name that the impact is over, by ${wallShort(whole.rollback.proveBy ?? whole.at)}`,
					'B',
					whole.rollback.proveBy,
				),
			]
		: [
				act(
					whole,
					rollers(whole),
					'what the path did is unknown: go on with the typed words, or record it by hand',
					'B',
					whole.rollback?.proveBy ?? null,
				),
			];
};

/** NOT RESTORED. */
export const rollbackFailed = (whole: Whole): readonly Act[] => [
	act(whole, rollers(whole), 'the other path, the same again, or a rollback by hand', 'B'),
	...papers(whole),
];
