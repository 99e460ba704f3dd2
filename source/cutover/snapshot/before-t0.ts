/** What is next before T0: stages that are due, gates that do not pass, the votes; in a hold what lifts it. */
import {wall, wallShort} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {endsBeforeT0} from '../due/gate-verdict.ts';
import {
	type Act,
	act,
	commandAct,
	deciders,
	isByHand,
	lastSafeText,
	onGate,
	onStage,
	pollAct,
	runningActs,
	when,
} from './acts.ts';
import type {GateSnapshot} from './gates.ts';
import {isOpenWork, type StageSnapshot} from './stages.ts';
import {isFixed, rowOf, type Whole} from './whole.ts';

const gateAct = (whole: Whole, gate: GateSnapshot): Act => {
	const target = onGate(gate.id);
	const denied = gate.words.filter(({yes}) => !yes).map(({group}) => group);
	if (denied.length > 0)
		return act(whole, denied, `answer ${gate.id}, yes when it is fixed`, {act: 'acknowledge', target, each: true});
	if (gate.awaits.length > 0 && gate.verdict !== 'fail')
		return act(whole, gate.awaits, `answer ${gate.id}`, {act: 'acknowledge', target, each: true});
	if (gate.verdict === 'pending') return act(whole, gate.owners, `run ${gate.id}`, {act: 'run', target});
	const brief = `${gate.verdict === 'fail' ? 'fix the cause and ' : ''}run ${gate.id} again`;
	return act(whole, gate.owners, `${brief} (${gate.reason ?? gate.verdict})`, {act: 'run', target, brief});
};

/** Gates that somebody may do something for; one that is being judged again is not. */
const openGates = ({gates}: Whole): readonly GateSnapshot[] =>
	gates.filter(({verdict, judging}) => verdict !== 'pass' && verdict !== 'running' && !judging);

/** Of a stage that failed: its open gates, where all that they want is people's answers. To run it again before those brings nothing. */
const unanswered = (whole: Whole, {id, state}: StageSnapshot): readonly GateSnapshot[] => {
	if (state !== 'failed') return [];
	const ids = rowOf(whole, id)?.gates ?? [];
	const open = openGates(whole).filter(gate => ids.includes(gate.id));
	return open.every(({awaits, verdict}) => awaits.length > 0 && verdict !== 'fail') ? open : [];
};

const stageAct = (whole: Whole, stage: StageSnapshot): Act => {
	const target = onStage(stage.id);
	if (stage.state === 'open')
		return commandAct(whole, stage) ?? act(whole, stage.owners, `answer ${stage.id} now`, {act: 'report', target});
	const {text, says} = when(stage.planned, whole.at);
	const [verb, does] = isByHand(whole, stage) ? (['do', 'report'] as const) : (['run', 'run'] as const);
	const doing = {act: does, target, due: stage.planned} as const;
	const missing = unanswered(whole, stage).map(({id}) => id);
	const after = missing.length === 0 ? '' : ` once ${listed(missing)} ${missing.length === 1 ? 'passes' : 'pass'}`;
	const command = commandAct(whole, stage);
	const again = command === null ? `${verb} it again${after}` : `${command.text} again`;
	return stage.state === 'failed' || stage.state === 'lost'
		? act(whole, stage.owners, `${stage.id} ${stage.state}: ${again}`, doing)
		: act(whole, stage.owners, `${verb} ${stage.id}${text}`, {...doing, says});
};

/** Gates that pass now, and no longer at T0: no go is taken before they are judged again. */
const endingGates = ({gates, state}: Whole): readonly GateSnapshot[] =>
	gates.filter(({until}) => endsBeforeT0(state, until));

const againAct = (whole: Whole, {id, owners, until}: GateSnapshot): Act => {
	const {t0, runbook} = whole.state;
	const lasts = runbook?.gates.find(gate => gate.id === id)?.maxAgeSeconds ?? 0;
	const from = t0 - lasts * 1000;
	const early = from > whole.at ? ` from ${wall(from)}` : '';
	const text = `run ${id} again${early}: PASS ends ${wallShort(until ?? t0)}, before T0 ${wallShort(t0)}`;
	// Before then a pass would end before T0 as well: no key leads to it.
	const says = [from, until, t0];
	return act(whole, owners, text, early === '' ? {act: 'run', target: onGate(id), says} : {due: from, says});
};

const allPass = (whole: Whole): boolean =>
	whole.gates.every(({verdict}) => verdict === 'pass') && endingGates(whole).length === 0;

const beforeVotes = (whole: Whole): readonly Act[] => {
	const before = whole.stages.filter(stage => isOpenWork(stage) && stage.state !== 'running');
	const due = before.filter(({state}) => state !== 'waiting');
	const coming = before.filter(({state}) => state === 'waiting');
	const comes = new Set(coming.map(({id}) => id));
	const promised = new Set((whole.state.runbook?.stages ?? []).flatMap(({id, gates}) => (comes.has(id) ? gates : [])));
	const asked = [...new Set(due.flatMap(stage => unanswered(whole, stage)))];
	const open = openGates(whole).filter(gate => !promised.has(gate.id) && !asked.includes(gate));
	return [
		...runningActs(whole),
		...asked.map(gate => gateAct(whole, gate)),
		...due.filter(({settled}) => !settled).map(stage => stageAct(whole, stage)),
		...open.filter(({verdict}) => verdict !== 'pending').map(gate => gateAct(whole, gate)),
		...coming.map(stage => stageAct(whole, stage)),
		...open.filter(({verdict}) => verdict === 'pending').map(gate => gateAct(whole, gate)),
		...endingGates(whole)
			.filter(({judging}) => !judging)
			.map(gate => againAct(whole, gate)),
		...(allPass(whole) ? pollAct(whole, 'go or no-go?') : []),
	];
};

/** In preparing. */
export const preparing = (whole: Whole): readonly Act[] => [
	...beforeVotes(whole),
	...(allPass(whole)
		? []
		: [
				act(
					whole,
					deciders(whole),
					`go or no-go when every gate ${openGates(whole).length === 0 && endingGates(whole).length > 0 ? 'is valid until T0' : 'passes'}`,
					{act: 'vote', each: true},
				),
			]),
];

/** In a hold. */
export const hold = (whole: Whole): readonly Act[] => {
	const brief = `release the hold${isFixed(whole) ? '' : ' once fixed'}`;
	return [
		...openGates(whole)
			.filter(({verdict}) => verdict === 'fail')
			.map(gate => gateAct(whole, gate)),
		...(whole.changed.length > 0
			? [act(whole, deciders(whole), `approve the change of ${listed(whole.changed)}, or restore it`, {act: 'approve'})]
			: []),
		...runningActs(whole),
		act(whole, deciders(whole), `${brief}: keep or move T0 ${wallShort(whole.state.t0)}`, {
			act: 't0',
			brief,
			says: [whole.state.t0],
		}),
		...openGates(whole)
			.filter(({verdict}) => verdict !== 'fail')
			.map(gate => gateAct(whole, gate)),
	];
};

/** In go. */
export const go = (whole: Whole): readonly Act[] => {
	const owners = whole.stages.find(({kind}) => kind === 'act')?.owners ?? [];
	const {text, says} = when(whole.state.t0, whole.at);
	return [
		...runningActs(whole),
		act(whole, owners, `start T0${text}${lastSafeText(whole)}`, {
			says,
			act: 'run',
			target: onStage(whole.stages.find(({kind}) => kind === 'act')?.id ?? 'T0'),
			due: whole.state.t0,
		}),
	];
};
