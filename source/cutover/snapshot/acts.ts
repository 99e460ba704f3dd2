/** A next act: who, what, by which key; and the roles that the acts of every phase speak of. */

import {sameName} from '../../text/same-name.ts';
import {wall, wallShort} from '../../text/time.ts';
import * as owners from '../decide/owners.ts';
import {listed} from '../decide/refusal.ts';
import {anyRuns} from '../decide/rules/path.ts';
import {attemptsOf} from '../due/attempts-of.ts';
import {nextCommand, runsOwn} from '../due/next-command.ts';
import {running} from '../due/schedule.ts';
import {type AttemptTarget, targetName, targetText} from '../model/attempt-target.ts';
import type {CommandName} from '../model/command.ts';
import {leaseSeconds, silenceOf, silenceText} from '../model/hosts.ts';
import type {Runbook} from '../model/runbook.ts';
import {type Attempt, openAttempts, type State} from '../model/state.ts';
import type {Next, NextTarget} from './next-step.ts';
import {missing} from './poll.ts';
import type {StageSnapshot} from './stages.ts';
import {afterOf, sinceOf} from './wait.ts';
import {lastSafeNear, rowOf, type Whole} from './whole.ts';

/** A next act with every role that may do it. `afterRoles`: who alone decides what comes after it. */
export type Act = Next & {readonly roles: readonly string[]; readonly afterRoles: readonly string[]};

/** `bob (project-owner) and carol (ops-lead)`. `each`: all of them are awaited, not any one of them. */
export const whoText = (state: State, roles: readonly string[], each: boolean): string => {
	if (roles.length === 0) return 'anyone';
	return each
		? listed(roles.map(role => owners.holdersText(state.people, [role])))
		: owners.holdersText(state.people, roles);
};

/** The same in fewer words, from the most on: without roles, then the first and how many others. */
const namesText = ({people}: State, roles: readonly string[], each: boolean): readonly string[] => {
	const held = (role: string): readonly string[] => (people?.[role]?.length ? people[role] : [role]);
	const named = [...new Set(each ? roles.map(role => listed(held(role), 'or')) : roles.flatMap(held))];
	const word = each ? 'and' : 'or';
	const few = named.length > 2 ? [`${named[0]} ${word} ${named.length - 1} others`] : [];
	return named.length === 0 ? [] : [listed(named, word), ...few];
};

/**
 * What an act does, and of what: a command, on a target; `since`, where that is not known of the target, `due` in ms; `says`:
 * times that its text names, in ms; `each`: of every role.
 */
type Doing = {
	readonly brief?: string;
	readonly act?: CommandName;
	readonly target?: NextTarget | null;
	readonly since?: number | null;
	readonly due?: number | null;
	readonly says?: readonly (number | null)[];
	readonly each?: boolean;
};

const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

/** To the minute, as texts name them. */
const namesTime = (says: readonly (number | null)[], time: number | null): boolean =>
	time !== null && says.some(one => one !== null && minuteOf(one) === minuteOf(time));

/** An act of these roles, or of anyone where none is named. */
export const act = (whole: Whole, roles: readonly string[], text: string, doing: Doing): Act => {
	const {brief = null, act = null, target = null, due = null, says = [], each = false} = doing;
	const since = doing.since ?? sinceOf(whole, target);
	const after = afterOf(whole, {act, target});
	return {
		text,
		brief,
		who: whoText(whole.state, roles, each),
		names: namesText(whole.state, roles, each),
		role: roles[0] ?? null,
		roles,
		since,
		due,
		saysSince: namesTime(says, since),
		saysDue: namesTime(says, due),
		after: after?.text ?? null,
		afterRoles: after?.roles ?? [],
		act,
		target,
	};
};

export const onStage = (id: string): NextTarget => ({kind: 'stage', id});
export const onGate = (id: string): NextTarget => ({kind: 'gate', id});
export const onTrigger = (id: string): NextTarget => ({kind: 'trigger', id});

/** The roles of the rules, of the runbook that is open. */
const rolesBy =
	(of: (runbook: Runbook) => readonly string[]) =>
	({state}: Whole): readonly string[] =>
		state.runbook === null ? [] : of(state.runbook);

export const deciders = rolesBy(owners.deciders);
export const closers = rolesBy(owners.closers);
export const manager = rolesBy(owners.managers);
export const rollers = rolesBy(owners.rollbackOwners);

/** ` at 22:00`, or ` now` once it is past; `says`: the time that it names. */
export const when = (planned: number, at: number): {readonly text: string; readonly says: readonly number[]} =>
	planned > at ? {text: ` at ${wallShort(planned)}`, says: [planned]} : {text: ' now', says: []};

const onTarget = (target: AttemptTarget): NextTarget => {
	if ('gate' in target) return onGate(target.gate);
	return 'stage' in target ? onStage(target.stage) : {kind: 'path', id: target.path};
};

/** Who may run it. */
const runnersOf = (whole: Whole, target: AttemptTarget): readonly string[] => {
	const {gates = [], stages = []} = whole.state.runbook ?? {};
	if ('path' in target) return rollers(whole);
	return [...gates, ...stages].find(({id}) => id === targetName(target))?.owners ?? [];
};

/** Nobody knows of an attempt whose host is silent; once its lease is over, others may go on. */
const silentAct = (whole: Whole, attempt: Attempt, silent: number): Act => {
	const {target, at} = attempt;
	const said = `${targetText(target)} is unknown: ${silenceText(whole.observed.hosts, attempt)}`;
	const doing = {target: onTarget(target), since: at};
	if (silent <= leaseSeconds) {
		const free = whole.at + 1000 * (leaseSeconds + 1 - silent);
		return {...act(whole, [], `${said}; wait until ${wall(free)}`, {...doing, due: free, says: [free]}), who: null};
	}
	const again = 'path' in target ? 'rollback' : 'run';
	return act(whole, runnersOf(whole, target), `${said}; run it on another host`, {...doing, act: again});
};

/** What rolls back: a path that can run here; else people do, and record it. */
export const wayBack = ({state, observed}: Whole): CommandName => (anyRuns(state, observed) ? 'rollback' : 'byHand');

/** What runs is waited for, by name */
export const runningActs = (whole: Whole): readonly Act[] =>
	openAttempts(whole.state).map(attempt => {
		const {target, by, at, stop, host, limitSeconds} = attempt;
		const silent = silenceOf(whole.observed.hosts, attempt);
		if (silent !== null) return silentAct(whole, attempt, silent);
		const text = `wait: ${targetText(target)} ${stop ? 'is being stopped' : 'runs'}${host === null ? '' : ` on ${host}`} since ${wall(at)} (${by.name})`;
		const due = limitSeconds === null || stop !== null ? null : at + limitSeconds * 1000;
		const doing = {target: onTarget(target), since: at, due, says: [at]};
		return {...act(whole, by.role ? [by.role] : [], text, doing), who: null};
	});

/** What people do outside, and only record here. */
export const isByHand = (whole: Whole, {id, kind}: StageSnapshot): boolean => {
	const stage = rowOf(whole, id);
	return kind === 'manual' && stage !== undefined && !runsOwn(stage);
};

/** The next command of a stage that is worked on, and not running; null where it has none. */
export const commandAct = (whole: Whole, {id, owners}: StageSnapshot): Act | null => {
	const stage = rowOf(whole, id);
	const next = stage && !running(whole.state, id) ? nextCommand(whole.state, stage) : null;
	if (!stage || next === null) return null;
	const count = stage.commands?.length ?? 0;
	// It waits since the one before it ended.
	const since = attemptsOf(whole.state, id).at(-1)?.ended?.at ?? null;
	const text = `run command ${next.index + 1} of ${count} of ${id}`;
	return act(whole, owners, text, {act: 'run', target: onStage(id), since});
};

/** `; latest go 22:45`, where the change window says one and it is near or past. */
export const lastSafeText = (whole: Whole): string => {
	const next = lastSafeNear(whole);
	return next === null ? '' : `; ${next.state === 'past' ? 'past the ' : ''}latest ${next.what} ${wallShort(next.at)}`;
};

/** All who hold it voted already, for other roles of theirs. */
const isStuck = ({people}: State, role: string, voters: readonly string[]): boolean => {
	const names = people?.[role] ?? [];
	return names.length > 0 && names.every(name => voters.some(voter => sameName(voter, name)));
};

/** The votes that are missing, asked in these words; a role whose vote nobody can give is handed over first. */
export const pollAct = (whole: Whole, text: string): readonly Act[] => {
	const {poll, state} = whole;
	if (poll === null) return [];
	const voters = poll.votes.flatMap(({by}) => by ?? []);
	const open = missing(poll);
	const stuck = open.filter(role => isStuck(state, role, voters));
	const asked = open.filter(role => !stuck.includes(role));
	const due = whole.stages.find(({id}) => id === poll.stage)?.planned ?? whole.at;
	const {text: at, says} = when(due, whole.at);
	const brief = `${text}${at}`;
	const command = poll.kind === 'keep' ? 'keep' : 'vote';
	const target = onStage(poll.stage);
	return [
		...(asked.length === 0 && stuck.length > 0
			? []
			: [act(whole, asked, `${brief}${lastSafeText(whole)}`, {brief, act: command, target, due, says, each: true})]),
		...stuck.map(role => act(whole, [role], `hand ${role} over to somebody who then votes`, {act: 'handRole', due})),
	];
};
