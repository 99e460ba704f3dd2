/*
What to do next (RULES S5): every wait names who, until when, and the key that does it. A list of acts in order of
urgency; the first is NEXT, the first that is yours is YOU. Never empty while the cutover is open.
*/
import {wall, wallShort} from '../../text/time.ts';
import {releaseManager} from '../owners.ts';
import type {Person} from '../person.ts';
import {listed} from '../refusal.ts';
import {stageOfKind} from '../schedule.ts';
import type {GateStanding, Next, StageStanding} from '../standing.ts';
import type {State, Status} from '../state.ts';
import type {Whole} from './whole.ts';

/** A next act with every role that may do it. */
type Act = Next & {readonly roles: readonly string[]};

const who = (state: State, roles: readonly string[]): string => {
	const people = roles.map(role => ({role, names: state.runbook?.people?.[role] ?? []}));
	if (roles.length === 0) return 'anyone';
	return listed(people.map(({role, names}) => (names.length > 0 ? `${listed(names)} (${role})` : role)));
};

const act = (
	whole: Whole,
	roles: readonly string[],
	text: string,
	key: string | null,
	due: number | null = null,
): Act => ({text: `${who(whole.state, roles)}: ${text}`, role: roles[0] ?? null, roles, due, key});

const deciders = ({state}: Whole): readonly string[] =>
	(state.runbook && (stageOfKind(state.runbook, 'decision') ?? stageOfKind(state.runbook, 'act'))?.owners) ?? [];
const closers = ({state}: Whole): readonly string[] =>
	(state.runbook && stageOfKind(state.runbook, 'closing')?.owners) ?? [];
const manager = ({state}: Whole): readonly string[] => {
	const role = state.runbook && releaseManager(state.runbook);
	return role === null || role === undefined ? [] : [role];
};

const when = (planned: number, at: number): string => (planned > at ? ` at ${wallShort(planned)}` : ' now');

const gateAct = (whole: Whole, gate: GateStanding): Act => {
	if (gate.kind === 'acknowledgement' || gate.kind === 'statement') {
		const denied = gate.words.filter(({yes}) => !yes).map(({group}) => group);
		const roles = denied.length > 0 ? denied : gate.awaits.length > 0 ? gate.awaits : gate.owners;
		return gate.awaits.length === 0
			? act(whole, gate.owners, `run ${gate.id} again (${gate.reason ?? gate.verdict})`, 'r')
			: act(whole, roles, `answer ${gate.id}${gate.verdict === 'fail' ? ', yes when it is mended' : ''}`, 'a');
	}
	const again =
		gate.verdict === 'pending'
			? `run ${gate.id}`
			: `${gate.verdict === 'fail' ? 'mend and ' : ''}run ${gate.id} again (${gate.verdict})`;
	return act(whole, gate.owners, again, 'r');
};

const runningActs = (whole: Whole): readonly Act[] =>
	Object.values(whole.state.attempts)
		.filter(attempt => attempt.ended === null && attempt.within === null)
		.map(({of, by, at, stop}) => ({
			text: `${of} ${stop ? 'is being stopped' : 'runs'} since ${wall(at)}, by ${by.name}: wait for its end`,
			role: by.role,
			roles: by.role ? [by.role] : [],
			due: null,
			key: 'enter',
		}));

const workable = (stage: StageStanding): boolean =>
	(stage.kind === 'checks' || stage.kind === 'manual') &&
	stage.state !== 'done' &&
	stage.state !== 'skipped' &&
	stage.state !== 'running';

const stageAct = (whole: Whole, stage: StageStanding): Act => {
	const verb =
		stage.state === 'failed' || stage.state === 'lost'
			? `${stage.id} ${stage.state}: run it again`
			: `run ${stage.id}${when(stage.planned, whole.at)}`;
	return act(whole, stage.owners, verb, 'r', stage.planned);
};

const pollAct = (whole: Whole, text: string): readonly Act[] => {
	const missing = whole.poll?.votes.filter(({vote}) => vote === null).map(({role}) => role) ?? [];
	const planned = whole.stages.find(({id}) => id === whole.poll?.stage)?.planned ?? null;
	return missing.length === 0
		? []
		: [act(whole, missing, `${text}${planned === null ? '' : when(planned, whole.at)}`, 'g', planned)];
};

const openGates = ({gates}: Whole): readonly GateStanding[] =>
	gates.filter(({verdict}) => verdict !== 'pass' && verdict !== 'running');

/** Ended badly, but every gate that it judges passes by now: nothing waits for it. */
const settled = ({state, gates}: Whole, stage: StageStanding): boolean => {
	const ids = state.runbook?.stages.find(({id}) => id === stage.id)?.gates ?? [];
	const passed = gates.filter(({id}) => ids.includes(id)).every(({verdict}) => verdict === 'pass');
	return (stage.state === 'failed' || stage.state === 'lost') && ids.length > 0 && passed;
};

const preparing = (whole: Whole): readonly Act[] => {
	const before = whole.stages.filter(stage => workable(stage) && stage.planned < whole.state.t0);
	const due = before.filter(({state}) => state !== 'waiting');
	const coming = before.filter(({state}) => state === 'waiting');
	const promised = new Set(
		coming.flatMap(({id}) => whole.state.runbook?.stages.find(row => row.id === id)?.gates ?? []),
	);
	const open = openGates(whole).filter(({id}) => !promised.has(id));
	return [
		...runningActs(whole),
		...due.filter(stage => !settled(whole, stage)).map(stage => stageAct(whole, stage)),
		...open.map(gate => gateAct(whole, gate)),
		...coming.map(stage => stageAct(whole, stage)),
		...(openGates(whole).length === 0 ? pollAct(whole, 'go or no-go?') : []),
		...due.filter(stage => settled(whole, stage)).map(stage => stageAct(whole, stage)),
	];
};

const hold = (whole: Whole): readonly Act[] => [
	...whole.gates.filter(({verdict}) => verdict === 'fail').map(gate => gateAct(whole, gate)),
	...(whole.changed.length > 0
		? [act(whole, deciders(whole), `approve the change of ${listed(whole.changed)}, or put it back`, ':')]
		: []),
	...runningActs(whole),
	act(
		whole,
		deciders(whole),
		`lift the hold when its cause is mended: T0 ${wallShort(whole.state.t0)} again, or a later one`,
		'0',
	),
	...openGates(whole)
		.filter(({verdict}) => verdict !== 'fail')
		.map(gate => gateAct(whole, gate)),
];

const executing = (whole: Whole): readonly Act[] => {
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
		if (trigger.state === 'fired')
			return [
				act(whole, [...new Set([...manager(whole), ...closers(whole)])], `ROLL BACK: trigger ${trigger.id} fired`, 'B'),
			];
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

const observing = (whole: Whole): readonly Act[] => {
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

const rollers = (whole: Whole): readonly string[] => [...new Set([...manager(whole), ...closers(whole)])];

const rollingBack = (whole: Whole): readonly Act[] => {
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

const byStatus: {readonly [K in Status]: (whole: Whole) => readonly Act[]} = {
	preparing: whole => [
		...preparing(whole),
		...(openGates(whole).length === 0 ? [] : [act(whole, deciders(whole), 'go or no-go when every gate passes', 'g')]),
	],
	hold,
	go: whole => [
		...runningActs(whole),
		act(
			whole,
			whole.stages.find(({kind}) => kind === 'act')?.owners ?? [],
			`begin T0${when(whole.state.t0, whole.at)}`,
			'r',
			whole.state.t0,
		),
	],
	executing: whole => [...alarms(whole), ...executing(whole)],
	observing,
	kept: whole => [...alarms(whole), ...papers(whole)],
	'rolling-back': rollingBack,
	'rolled-back': papers,
	'rollback-failed': whole => [
		act(whole, rollers(whole), 'the other path, the same again, or a rollback by hand', 'B'),
		...papers(whole),
	],
	abandoned: papers,
	closed: () => [],
};

const plain = ({text, role, due, key}: Act): Next => ({text, role, due, key});

/** The most urgent act; null only when closed. */
export const nextFor = (whole: Whole): Next | null => {
	const first = byStatus[whole.state.status](whole)[0];
	return first ? plain(first) : null;
};

const rolesOf = ({state}: Whole, person: Person): readonly string[] => {
	const bound = Object.entries(state.runbook?.people ?? {}).flatMap(([role, names]) =>
		names.includes(person.name) ? [role] : [],
	);
	return person.role ? [person.role, ...bound] : bound;
};

/** What this person has to do, or that nothing of theirs waits. */
export const yours = (whole: Whole, person: Person): Next | null => {
	const acts = byStatus[whole.state.status](whole);
	const roles = rolesOf(whole, person);
	const mine = acts.find(({roles: needed}) => needed.some(role => roles.includes(role)));
	if (mine) return {...plain(mine), text: mine.text.slice(mine.text.indexOf(': ') + 2)};
	const urgent = acts[0];
	if (!urgent) return null;
	return roles.length === 0
		? {text: 'watch; say who you are at your first act', role: null, due: null, key: null}
		: {text: 'nothing of yours waits', role: null, due: urgent.due, key: null};
};
