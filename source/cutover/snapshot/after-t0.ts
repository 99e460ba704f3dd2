/** What is next from T0 on: its outcome, alarms, verification, the last votes, the way back, and the papers at the end. */
import {wall, wallShort} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {hasOther} from '../decide/rules/path.ts';
import {type Act, act, closers, manager, pollAct, rollers, runningActs, when} from './acts.ts';
import type {TriggerSnapshot} from './snapshot.ts';
import type {Whole} from './whole.ts';

const outcome = (whole: Whole): readonly Act[] => {
	const stage = whole.stages.find(({kind}) => kind === 'act');
	if (!stage || (stage.state === 'running' && runningActs(whole).length > 0)) return runningActs(whole);
	const failed = stage.state === 'failed' || stage.state === 'lost';
	if (!failed) return [act(whole, stage.owners, 'record the outcome of T0, pass or fail', 'r')];
	const mayResume = whole.state.runbook?.stages.find(({id}) => id === stage.id)?.playbook != null;
	return mayResume
		? [act(whole, stage.owners, 'resume T0, record its outcome, or roll back', 'r')]
		: [act(whole, rollers(whole), 'T0 failed: roll back, or record its outcome anew', 'B')];
};

/** Measured, the samples say when it is up; by hand, people do. */
const outageAct = (whole: Whole, {id, measured, down}: TriggerSnapshot, firesAt: number): Act =>
	measured
		? act(whole, verifiers(whole), `say what ${down?.endpoint ?? 'it'} does, recovery or not`, 'n', firesAt)
		: act(whole, [], `say when it is up; trigger ${id} fires after ${wall(firesAt)}`, 't', firesAt);

/** While the samples count, who judges alone may roll back without waiting for them. */
const watchAct = (whole: Whole, {measured}: TriggerSnapshot): readonly Act[] => {
	const judges = manager(whole);
	const alone = whole.triggers.find(
		({kind, roles, facts}) =>
			kind === 'confirmation' && facts.length === 1 && roles.length === 1 && roles[0] === judges[0],
	);
	if (!measured || alone === undefined) return [];
	return [
		act(whole, judges, `watch; roll back now if ${alone.facts[0]?.text ?? ''} (trigger ${alone.id}), or wait`, 'B'),
	];
};

/** Nobody knows: two people look in another way, and answer for it. */
const blindAct = (whole: Whole, {id, blind}: TriggerSnapshot): Act =>
	act(whole, [], `look at ${listed(blind)} in another way, two people answer (trigger ${id})`, 't');

const verifiers = (whole: Whole): readonly string[] =>
	whole.stages.find(({kind}) => kind === 'verification')?.owners ?? [];

/** A question is open: answers are awaited. */
const questions: readonly TriggerSnapshot['state'][] = ['asked', 'no answer', 'partly confirmed'];

const alarms = (whole: Whole): readonly Act[] =>
	whole.triggers.flatMap((trigger): readonly Act[] => {
		if (trigger.state === 'fired') return [act(whole, rollers(whole), `ROLL BACK: trigger ${trigger.id} fired`, 'B')];
		const blind = trigger.blind.length > 0 ? [blindAct(whole, trigger)] : [];
		if (trigger.firesAt !== null)
			return [outageAct(whole, trigger, trigger.firesAt), ...watchAct(whole, trigger), ...blind];
		if (blind.length > 0) return blind;
		if (!questions.includes(trigger.state)) return [];
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

const records = (whole: Whole): readonly Act[] => {
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
export const kept = (whole: Whole): readonly Act[] => [...alarms(whole), ...records(whole)];

/** Decided: what is left is to sign, fill in and close. */
export const decided = (whole: Whole): readonly Act[] => records(whole);

/** The workflow waits for people: who they are, and the way on without them. */
const approvalActs = (whole: Whole, rollback: NonNullable<Whole['rollback']>): readonly Act[] => {
	const who = rollback.approvals.flatMap(({reviewers}) => reviewers);
	const environments = rollback.approvals.map(({environment}) => `"${environment}"`);
	const text = `${who.length === 0 ? 'somebody' : listed(who).replace(' and ', ' or ')}: approve ${listed(environments)}${rollback.url === null ? '' : ` at ${rollback.url}`}`;
	return [
		{text, role: null, roles: [], due: null, key: 'y'},
		act(whole, rollers(whole), `cancel run ${rollback.run ?? ''}; the fallback opens once confirmed`, 'c'),
	];
};

const settlingText = ({settling}: NonNullable<Whole['rollback']>): string =>
	settling
		.filter(({proved}) => !proved)
		.map(({name, why}) => `${name} ${why ?? ''}`)
		.join(', ');

const othersLeft = ({state}: Whole): boolean => state.runbook !== null && hasOther(state, state.runbook);

const proofActs = (whole: Whole, rollback: NonNullable<Whole['rollback']>): readonly Act[] => {
	const by = wallShort(rollback.proveBy ?? whole.at);
	const waiting = settlingText(rollback);
	const health: readonly Act[] =
		waiting === ''
			? []
			: [
					act(
						whole,
						rollers(whole),
						`wait for proof by ${by}${othersLeft(whole) ? ', else take the fallback' : ''} · ${waiting}`,
						'B',
						rollback.proveBy,
					),
				];
	const person: readonly Act[] =
		rollback.asksPerson && whole.state.rollback?.impactOver === null
			? [act(whole, [], `confirm by name that the impact is over, by ${by}`, 'B', rollback.proveBy)]
			: [];
	return [...person, ...health];
};

/** A path runs, or proof is awaited. */
export const rollingBack = (whole: Whole): readonly Act[] => {
	const {rollback} = whole;
	if (rollback?.state === 'approval') return [...approvalActs(whole, rollback), ...runningActs(whole)];
	const running = runningActs(whole);
	if (running.length > 0) return running;
	const proof = rollback?.state === 'proof awaited' ? proofActs(whole, rollback) : [];
	if (proof.length > 0) return proof;
	if (rollback?.state === 'proof awaited')
		return [act(whole, rollers(whole), 'wait: the proof is there, and is being recorded', 'B', rollback.proveBy)];
	const still = rollback?.still ?? [];
	const text =
		still.length > 0
			? `end ${listed(still)}, or go on although it MAY RUN TWICE`
			: 'unknown if it ran: find out, record it, or go on';
	return [act(whole, rollers(whole), text, 'B', rollback?.proveBy ?? null)];
};

/** NOT RESTORED. */
export const rollbackFailed = (whole: Whole): readonly Act[] => [
	act(
		whole,
		rollers(whole),
		`${othersLeft(whole) ? 'the other path, ' : ''}the same again, or a rollback by hand`,
		'B',
	),
	...records(whole),
];
