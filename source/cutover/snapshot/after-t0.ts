/** What is next from T0 on: its result, alarms, verification, the last votes, and the records at the end. */
import {counted} from '../../text/counted.ts';
import {wall, wallShort} from '../../text/time.ts';
import {allAre, listed} from '../decide/refusal.ts';
import {stuckAt} from '../due/attempts-of.ts';
import {goesOnBy, runsOwn} from '../due/next-command.ts';
import {awaitsMeasuring, isMeasured, running} from '../due/schedule.ts';
import {attestedFor} from '../due/triggers.ts';
import {
	type Act,
	act,
	closers,
	commandAct,
	isByHand,
	manager,
	onStage,
	onTrigger,
	pollAct,
	rollers,
	runningActs,
	wayBack,
	when,
	whoText,
} from './acts.ts';
import {downWith} from './endpoints.ts';
import {filledByRule} from './evidence-fields.ts';
import {isAsked, type TriggerSnapshot} from './triggers.ts';
import {sinceOf} from './wait.ts';
import {rowOf, type Whole} from './whole.ts';

const outcome = (whole: Whole): readonly Act[] => {
	const stage = whole.stages.find(({kind}) => kind === 'act');
	const runs = runningActs(whole);
	if (!stage || running(whole.state, stage.id)) return runs;
	const target = onStage(stage.id);
	const failed = stage.state === 'failed' || stage.state === 'lost';
	const command = commandAct(whole, stage);
	if (command !== null && !failed) return [command, ...runs];
	if (!failed)
		return [
			act(whole, stage.owners, `record the result of ${stage.id}, pass or fail`, {act: 'report', target}),
			...runs,
		];
	const row = rowOf(whole, stage.id);
	const back = {act: wayBack(whole), since: sinceOf(whole, target)};
	if (row === undefined || !runsOwn(row))
		return [act(whole, rollers(whole), `${stage.id} failed: roll back, or record its result again`, back)];
	// Who resumes it may not be who rolls back.
	const mayRollBack = stage.owners.some(role => rollers(whole).includes(role));
	const stuck = stuckAt(whole.state, stage.id);
	const again = command === null ? `resume ${stage.id}` : `${command.text} again`;
	const goesOn = `${again},${mayRollBack ? '' : ' or'} record its result`;
	const first = stuck === null ? goesOn : `find out how "${stuck}" of ${stage.id} ended and record the result`;
	const text = mayRollBack ? `${first}, or roll back` : first;
	const brief = `${stage.id} ${stage.state}: roll back, or wait`;
	const other = `${brief} for ${whoText(whole.state, stage.owners, false)}`;
	const own = act(whole, stage.owners, text, {act: goesOnBy(whole.state, row) ?? 'report', target});
	return [own, act(whole, rollers(whole), other, {...back, brief})];
};

/** Measured, the samples say when it is up; by hand, people do. */
const outageAct = (whole: Whole, {id, measured, down}: TriggerSnapshot, firesAt: number): Act =>
	measured
		? act(whole, verifiers(whole), `report whether ${down?.endpoint ?? 'it'} recovers`, {
				act: 'note',
				target: onTrigger(id),
				due: firesAt,
			})
		: act(whole, [], `report when it is up again; trigger ${id} fires after ${wall(firesAt)}`, {
				act: 'up',
				target: onTrigger(id),
				due: firesAt,
				says: [firesAt],
			});

/** Who is in command knows what to be ready for, and when to the second; who judges alone may roll back at once. */
const readyAct = (whole: Whole, {id, down, measured}: TriggerSnapshot, firesAt: number): Act => {
	const judges = manager(whole).length > 0 ? manager(whole) : rollers(whole);
	const mayJudge = whole.triggers.some(
		({kind, roles, facts}) =>
			kind === 'confirmation' && facts.length === 1 && roles.length === 1 && roles[0] === judges[0],
	);
	const names = measured && down ? listed(downWith(whole.endpoints, down.endpoint), 'or') : null;
	const goesOn = names === null ? 'the outage goes on' : `${names} is still down`;
	const then = firesAt > whole.at ? `after ${wall(firesAt)} if ${goesOn}` : 'with the next failed sample';
	const now = mayJudge ? ', or at once' : '';
	return act(whole, judges, `roll back ${then}${now}`, {
		act: wayBack(whole),
		since: sinceOf(whole, onTrigger(id)),
		due: firesAt,
		says: firesAt > whole.at ? [firesAt] : [],
	});
};

const verifiers = (whole: Whole): readonly string[] =>
	whole.stages.find(({kind}) => kind === 'verification')?.owners ?? [];

const areUp = (names: readonly string[]): string => `${names.length === 1 ? 'it is' : 'they are'} up`;

/** People answer for endpoints in the place of samples. */
const attestActs = (whole: Whole, names: readonly string[], text: string): readonly Act[] => {
	const id = whole.state.runbook && attestedFor(whole.state.runbook);
	return id === null || names.length === 0
		? []
		: [act(whole, [], `${text} (trigger ${id})`, {act: 'observed', target: onTrigger(id)})];
};

/** Nobody can see a critical endpoint; or it is down, by its samples or as two people say, while no clock of a trigger runs: keep waits. */
const endpointActs = (whole: Whole): readonly Act[] => {
	const critical = whole.endpoints.filter(endpoint => endpoint.critical);
	const namesOf = (is: (endpoint: (typeof critical)[number]) => boolean) => critical.filter(is).map(({name}) => name);
	const blind = namesOf(({state, answered}) => state === 'unknown' && answered === null);
	const look = attestActs(whole, blind, `check ${listed(blind)} in another way; two people answer`);
	const down = namesOf(({state, answered}) => state === 'down' || answered === 'down');
	const isAnswered = whole.triggers.some(({state, firesAt}) => state === 'fired' || firesAt !== null);
	if (down.length === 0 || isAnswered) return look;
	const said = namesOf(({answered}) => answered === 'down');
	const text = `${allAre(down)} down: roll back, or wait until ${areUp(down)}`;
	return [
		...look,
		act(whole, rollers(whole), text, {act: wayBack(whole)}),
		...attestActs(whole, said, `answer for ${listed(said)} again once ${areUp(said)}`),
	];
};

const alarms = (whole: Whole): readonly Act[] => [...triggerAlarms(whole), ...endpointActs(whole)];

const triggerAlarms = (whole: Whole): readonly Act[] =>
	// A fired trigger comes before questions and outages of the others.
	whole.triggers
		.toSorted((a, b) => Number(b.state === 'fired') - Number(a.state === 'fired'))
		.flatMap((trigger): readonly Act[] => {
			if (trigger.state === 'fired')
				return [
					act(whole, rollers(whole), `ROLL BACK: trigger ${trigger.id} fired`, {
						act: wayBack(whole),
						since: trigger.firedAt,
					}),
				];
			if (trigger.firesAt !== null)
				return [readyAct(whole, trigger, trigger.firesAt), outageAct(whole, trigger, trigger.firesAt)];
			if (!isAsked(trigger)) return [];
			const late = trigger.answerBy !== null && whole.at >= trigger.answerBy;
			const doing = {act: 'answer', target: onTrigger(trigger.id), due: trigger.answerBy} as const;
			if (late) return [act(whole, manager(whole), `fire or dismiss trigger ${trigger.id}`, doing)];
			const asked = [...new Set(trigger.facts.flatMap(({awaits}) => awaits))];
			const text = `answer trigger ${trigger.id} by ${wallShort(trigger.answerBy ?? whole.at)}`;
			return [act(whole, asked, text, {...doing, says: [trigger.answerBy], each: true})];
		});

/** T0 is begun and not done. */
export const executing = (whole: Whole): readonly Act[] => [...alarms(whole), ...outcome(whole)];

/** T0 passed. Once a trigger fired nothing is verified or kept before it is answered. */
export const observing = (whole: Whole): readonly Act[] => {
	if (whole.triggers.some(({state}) => state === 'fired')) return [...alarms(whole), ...runningActs(whole)];
	const open = whole.stages
		.filter(({kind, offsetSeconds}) => kind === 'verification' || (kind === 'manual' && offsetSeconds >= 0))
		.filter(({state}) => state !== 'done' && state !== 'skipped');
	const verify = open
		.filter(({id}) => !running(whole.state, id))
		.map(stage => {
			const hasFailed = stage.state === 'failed' || stage.state === 'lost';
			const command = commandAct(whole, stage);
			if (command !== null && !hasFailed) return command;
			const row = rowOf(whole, stage.id);
			const isToMeasure = row !== undefined && awaitsMeasuring(whole.state, row);
			const isOpen = stage.state === 'open';
			const isToRun = isToMeasure || (!isOpen && stage.kind === 'manual' && row?.playbook != null);
			const byPeople = isByHand(whole, stage) && !isOpen ? 'do' : 'answer';
			const runs = isToMeasure ? (isMeasured(whole.state, row) ? 'measure' : 'start') : 'run';
			const verb = isToRun ? runs : byPeople;
			const again = command === null ? `${verb} it again` : `${command.text} again`;
			const at = isOpen ? {text: ' now', says: []} : when(stage.planned, whole.at);
			const doing = {
				act: isToRun || command !== null ? 'run' : 'report',
				target: onStage(stage.id),
				due: stage.planned,
			} as const;
			return hasFailed
				? act(whole, stage.owners, `${stage.id} ${stage.state}: ${again}, or decide`, doing)
				: act(whole, stage.owners, `${verb} ${stage.id}${at.text}`, {...doing, says: at.says});
		});
	const unverified = open.filter(({kind, state}) => kind === 'verification' && state !== 'failed').map(({id}) => id);
	const question = `keep, or roll back?${unverified.length === 0 ? '' : ` once ${listed(unverified)} is done,`}`;
	// Where nobody is asked to keep it, what is left is to close it.
	const [runs, last] = whole.poll === null ? [[], records(whole)] : [runningActs(whole), pollAct(whole, question)];
	return [...alarms(whole), ...runs, ...verify, ...last];
};

/** Whoever closes it is not led past what others still have to sign: a close is final. */
const closing = (unsigned: number, blank: number): string => {
	const missing = [
		...(unsigned > 0 ? [counted(unsigned, 'sign-off')] : []),
		...(blank > 0 ? [counted(blank, 'field')] : []),
	];
	if (missing.length === 0) return 'close the cutover';
	return `close the cutover once ${listed(missing)} ${unsigned + blank === 1 ? 'is' : 'are'} there`;
};

/** It closes once nothing runs, as far as hosts are heard, and every trigger that fired is answered. */
const toClose = (whole: Whole, unsigned: number, blank: number): readonly Act[] => {
	const runs = runningActs(whole).filter(({act}) => act === null);
	const isFired = whole.state.rollback === null && whole.triggers.some(({state}) => state === 'fired');
	return runs.length > 0 || isFired ? runs : [act(whole, closers(whole), closing(unsigned, blank), {act: 'close'})];
};

/** What is left to sign, fill in and close. */
export const records = (whole: Whole): readonly Act[] => {
	const unsigned = whole.signOffs.filter(({signed, notRecorded}) => !signed && notRecorded === null);
	const ready = unsigned.filter(({blockedBy}) => blockedBy.length === 0);
	const blocked = unsigned.filter(({blockedBy}) => blockedBy.length > 0);
	const blank = whole.fields
		.filter(({field, value}) => value === null && !filledByRule(whole.state, field))
		.map(({field}) => field);
	return [
		...ready.map(({id, role}) => act(whole, [role], `sign ${id}`, {act: 'sign', target: {kind: 'signOff', id}})),
		...(blank.length > 0
			? [
					act(whole, [], `fill in ${listed(blank.slice(0, 3))}${blank.length > 3 ? ' and more' : ''}`, {
						act: 'setField',
						target: {kind: 'field', id: blank[0] ?? ''},
					}),
				]
			: []),
		...blocked.map(({id, role, blockedBy}) =>
			act(whole, [role], `${id} needs ${blockedBy[0] ?? ''}`, {act: 'sign', target: {kind: 'signOff', id}}),
		),
		...toClose(whole, unsigned.length, blank.length),
	];
};

/** Kept: triggers stay armed until close. */
export const kept = (whole: Whole): readonly Act[] => [...alarms(whole), ...records(whole)];

/** Its reason stands for all that nobody signed or filled in. */
export const abandoned = (whole: Whole): readonly Act[] => toClose(whole, 0, 0);
