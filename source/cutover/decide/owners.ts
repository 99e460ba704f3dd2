/* Who may do what (RULES S7), one line a command. */

import {sameName} from '../../text/same-name.ts';
import {gateOf, groupOf} from '../due/gate-verdict.ts';
import {stageOf, stageOfKind} from '../due/schedule.ts';
import {firedTriggers, openQuestion} from '../due/triggers.ts';
import type {Command, CommandData, CommandType} from '../model/command.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import {linkOf} from './links.ts';
import {listed, usageError} from './refusal.ts';

/** Roles that may; `anyone` with a name; `any role`: anyone named who holds one; `process`: only the runner and the watcher. */
export type Owners = readonly string[] | 'anyone' | 'any role' | 'process' | Refusal;

/** The release manager's role: the one of that name, else the first owner of T0. */
export const releaseManager = (runbook: Runbook): string | null =>
	runbook.roles.find(role => /^release[-_]?manager$/i.test(role)) ?? stageOfKind(runbook, 'act')?.owners[0] ?? null;

/** The release manager, as a list. */
export const managers = (runbook: Runbook): readonly string[] => {
	const role = releaseManager(runbook);
	return role === null ? [] : [role];
};

/** Who holds these roles, each named once: `alice (release-manager, qa-owner) or bob (ops-lead)`; a role that nobody is bound to by itself. */
export const holdersText = (people: State['people'], roles: readonly string[]): string => {
	const holds = (name: string): string =>
		roles.filter(role => people?.[role]?.some(other => sameName(other, name))).join(', ');
	const unheld = roles.filter(role => (people?.[role] ?? []).length === 0);
	const names = [...new Set(roles.flatMap(role => people?.[role] ?? []))];
	const sets = [...new Set(names.map(holds))];
	return listed(
		[
			...sets.map(
				held =>
					`${listed(
						names.filter(name => holds(name) === held),
						'or',
					)} (${held})`,
			),
			...unheld,
		],
		'or',
	);
};

/** Who acts in a role: its holder, else the first of those who are bound to it. */
export const holderOf = ({holders, people}: Pick<State, 'holders' | 'people'>, role: string): string | null =>
	holders[role]?.name ?? people?.[role]?.[0] ?? null;

/** Owners of the go/no-go. */
export const deciders = (runbook: Runbook): readonly string[] =>
	stageOfKind(runbook, 'decision')?.owners ?? stageOfKind(runbook, 'act')?.owners ?? [];

/** Owners of the last decision. */
export const closers = (runbook: Runbook): readonly string[] => stageOfKind(runbook, 'closing')?.owners ?? [];
const some = (roles: readonly string[]): Owners => (roles.length === 0 ? 'anyone' : [...new Set(roles)]);

/** Who may roll back, whatever fired. */
export const rollbackOwners = (runbook: Runbook): readonly string[] => [
	...new Set([...managers(runbook), ...closers(runbook)]),
];

const rollers = (state: State, runbook: Runbook): Owners =>
	firedTriggers(state).length > 0 ? 'any role' : some(rollbackOwners(runbook));

/** The row that a command names; a refusal that lists what there is. */
const targetOwners = (runbook: Runbook, target: string): Owners => {
	const owners = gateOf(runbook, target)?.owners ?? stageOf(runbook, target)?.owners;
	if (!owners) return unknown('gate or stage', target, [...runbook.gates, ...runbook.stages]);
	return some(owners);
};

/** Nothing of that name; says what there is. */
export const unknown = (what: string, name: string, rows: readonly (string | {readonly id: string})[]): Refusal => {
	const names = rows.map(row => (typeof row === 'string' ? row : row.id));
	return usageError('unknown-name', `There is no ${what} "${name}".`, `The runbook has ${listed(names)}.`);
};

const triggerOwners = (state: State, runbook: Runbook, id: string, at: number): Owners => {
	const trigger = runbook.triggers.find(row => row.id === id);
	if (!trigger) return unknown('trigger', id, runbook.triggers);
	if (trigger.kind === 'outage') return 'anyone';
	const until = openQuestion(state, trigger)?.until ?? null;
	return some([...trigger.roles, ...(until !== null && at >= until ? managers(runbook) : [])]);
};

const groupOwners = (runbook: Runbook, id: string, group: string | null): Owners => {
	const gate = gateOf(runbook, id);
	if (!gate) return unknown('gate', id, runbook.gates);
	const named = group === null ? undefined : groupOf(gate, group);
	return named === undefined ? some(gate.groups) : [named];
};

const signer = (runbook: Runbook, id: string): Owners => {
	const item = runbook.signOffs.find(row => sameName(row.id, id));
	return item
		? some([item.role])
		: unknown(
				'sign-off',
				id,
				runbook.signOffs.map(row => `${row.id} (${row.role})`),
			);
};

const inviters = (
	state: State,
	runbook: Runbook,
	{name, roles}: {readonly name: string; readonly roles: readonly string[]},
): Owners => some([...deciders(runbook), ...roles, ...(rolesOf(state, name) ?? [])]);

type Table = {
	readonly [K in CommandType]: (data: Readonly<CommandData[K]>, state: State, runbook: Runbook, at: number) => Owners;
};

/** Roles that a name is bound to; null where nobody is bound. */
export const rolesOf = ({people}: Pick<State, 'people'>, name: string): readonly string[] | null =>
	people &&
	Object.entries(people).flatMap(([role, names]) => (names.some(bound => sameName(bound, name)) ? [role] : []));

const anyone = (): Owners => 'anyone';
const anyRole = (): Owners => 'any role';
const process = (): Owners => 'process';

const table: Table = {
	begin: anyone,
	approve: (_, __, runbook) => some(deciders(runbook)),
	schedule: (_, __, runbook) => some(deciders(runbook)),
	hold: anyone,
	abandon: (_, __, runbook) => some(deciders(runbook)),
	freeze: (_, __, runbook) => some(deciders(runbook)),
	run: ({target}, _, runbook) => targetOwners(runbook, target),
	runWithin: process,
	report: ({stage}, _, runbook) => targetOwners(runbook, stage),
	skip: ({stage}, _, runbook) => targetOwners(runbook, stage),
	done: ({stage}, _, runbook) => targetOwners(runbook, stage),
	stop: ({target}, _, runbook) => targetOwners(runbook, target),
	acknowledge: ({gate, group}, _, runbook) => groupOwners(runbook, gate, group),
	vote: ({vote}, _, runbook) => some(vote === 'keep' ? closers(runbook) : deciders(runbook)),
	extend: (_, __, runbook) => some(closers(runbook)),
	askTrigger: anyone,
	answerTrigger: ({trigger}, state, runbook, at) => triggerOwners(state, runbook, trigger, at),
	dismissTrigger: (_, __, runbook) => some(managers(runbook)),
	outage: anyone,
	attestEndpoint: anyone,
	standDown: (_, __, runbook) => some([...rollbackOwners(runbook), ...runbook.stages.flatMap(stage => stage.owners)]),
	rollback: (_, state, runbook) => rollers(state, runbook),
	cancelRollback: (_, state, runbook) => rollers(state, runbook),
	adoptRun: (_, state, runbook) => rollers(state, runbook),
	rollbackByHand: (_, state, runbook) => rollers(state, runbook),
	prove: anyRole,
	sign: ({signOff}, _, runbook) => signer(runbook, signOff),
	attach: anyone,
	note: anyone,
	setField: anyone,
	setNotRecorded: anyone,
	close: (_, __, runbook) => some(closers(runbook)),
	confirmRelay: anyone,
	handRole: anyone,
	takeRole: anyone,
	invite: ({name, roles}, state, runbook) => inviters(state, runbook, {name, roles}),
	// Whoever may give it may take it: without it its person cannot vote.
	revoke: ({link}, state, runbook) => {
		const known = linkOf(state, link);
		return known === null ? 'anyone' : inviters(state, runbook, known);
	},
	beginStep: process,
	endStep: process,
	judge: process,
	end: process,
	recordWatcherLost: process,
	beginDispatch: process,
	answerDispatch: process,
	recordRun: process,
	recordRunUnreachable: process,
	recordNotificationFailed: process,
	recordNotificationsRestored: process,
	recordOnCall: process,
	recordAutoRollbackSkipped: process,
	recordLeftovers: process,
	recordLate: process,
	recordOpened: process,
	lockLink: process,
	measure: process,
};

/** Who may send this command now. */
export const ownersOf = <K extends CommandType>(
	command: Command<K>,
	state: State,
	runbook: Runbook,
	at: number,
): Owners => {
	const look: (data: Readonly<CommandData[K]>, state: State, runbook: Runbook, at: number) => Owners =
		table[command.type as K];
	return look(command.data, state, runbook, at);
};
