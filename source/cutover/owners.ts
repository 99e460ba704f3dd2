/*
Who may do what (RULES S7), one line a command. Without a role the one owner of the act is assumed; where people are
bound to roles, a name acts only in a role that it is bound to.
*/
import type {Command, CommandData, CommandType, Refusal} from './command.ts';
import type {Person} from './person.ts';
import {isRefusal, listed, misuse, refuse} from './refusal.ts';
import type {Runbook} from './runbook.ts';
import {stageOf, stageOfKind} from './schedule.ts';
import type {State} from './state.ts';
import {gateOf} from './verdict.ts';

/** Roles that may; `anyone` with a name; `process`: only the runner and the watcher. */
type Owners = readonly string[] | 'anyone' | 'process' | Refusal;

/** The release manager's role: the one of that name, else the first owner of T0. */
export const releaseManager = (runbook: Runbook): string | null =>
	runbook.roles.find(role => /^release[-_]?manager$/i.test(role)) ?? stageOfKind(runbook, 'act')?.owners[0] ?? null;

const deciders = (runbook: Runbook): readonly string[] =>
	stageOfKind(runbook, 'decision')?.owners ?? stageOfKind(runbook, 'act')?.owners ?? [];
const closers = (runbook: Runbook): readonly string[] => stageOfKind(runbook, 'closing')?.owners ?? [];
const some = (roles: readonly (string | null)[]): Owners => {
	const known = [...new Set(roles.filter(role => role !== null))];
	return known.length === 0 ? 'anyone' : known;
};
const rollers = (state: State, runbook: Runbook): Owners =>
	Object.values(state.triggers).some(trigger => trigger.fired)
		? 'anyone'
		: some([releaseManager(runbook), ...closers(runbook)]);

/** The row that a command names; a refusal that lists what there is. */
export const targetOwners = (runbook: Runbook, target: string): Owners => {
	const owners = gateOf(runbook, target)?.owners ?? stageOf(runbook, target)?.owners;
	if (!owners)
		return unknown(
			'gate or stage',
			target,
			[...runbook.gates, ...runbook.stages].map(row => row.id),
		);
	return some(owners);
};

/** Nothing of that name; says what there is. */
export const unknown = (what: string, name: string, names: readonly string[]): Refusal =>
	misuse(
		`a ${what} is named as the runbook names it`,
		`There is no ${what} "${name}".`,
		names.length === 0 ? `The runbook has none.` : `The runbook has ${listed(names)}.`,
	);

const triggerOwners = (state: State, runbook: Runbook, id: string, at: number): Owners => {
	const trigger = runbook.triggers.find(row => row.id === id);
	if (!trigger)
		return unknown(
			'trigger',
			id,
			runbook.triggers.map(row => row.id),
		);
	if (trigger.kind === 'outage') return 'anyone';
	const until = state.triggers[id]?.asked?.until;
	return some([...trigger.roles, ...(until !== undefined && at >= until ? [releaseManager(runbook)] : [])]);
};

const groupOwners = (runbook: Runbook, id: string, group: string | null): Owners => {
	const gate = gateOf(runbook, id);
	if (!gate)
		return unknown(
			'gate',
			id,
			runbook.gates.map(row => row.id),
		);
	return group === null ? some(gate.groups) : [group];
};

const signer = (runbook: Runbook, id: string): Owners => {
	const item = runbook.signOffs.find(row => row.id.toLowerCase() === id.toLowerCase());
	return item
		? some([item.role])
		: unknown(
				'sign-off',
				id,
				runbook.signOffs.map(row => `${row.id} (${row.role})`),
			);
};

type Table = {
	readonly [K in CommandType]: (data: Readonly<CommandData[K]>, state: State, runbook: Runbook, at: number) => Owners;
};

const anyone = (): Owners => 'anyone';
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
	layAside: (_, __, runbook) => some([releaseManager(runbook)]),
	outage: anyone,
	seen: anyone,
	standDown: (_, __, runbook) =>
		some([releaseManager(runbook), ...closers(runbook), ...runbook.stages.flatMap(stage => stage.owners)]),
	rollback: (_, state, runbook) => rollers(state, runbook),
	cancelRollback: (_, state, runbook) => rollers(state, runbook),
	rollbackByHand: (_, state, runbook) => rollers(state, runbook),
	prove: anyone,
	sign: ({signOff}, _, runbook) => signer(runbook, signOff),
	attach: anyone,
	note: anyone,
	setField: anyone,
	setNotRecorded: anyone,
	close: (_, __, runbook) => some(closers(runbook)),
	beginStep: process,
	endStep: process,
	judge: process,
	end: process,
	loseWatcher: process,
	reportRepair: process,
};

const ownersOf = <K extends CommandType>(command: Command<K>, state: State, runbook: Runbook, at: number): Owners => {
	const look: (data: Readonly<CommandData[K]>, state: State, runbook: Runbook, at: number) => Owners =
		table[command.type as K];
	return look(command.data, state, runbook, at);
};

const rolesOf = (runbook: Runbook, name: string): readonly string[] | null =>
	runbook.people &&
	Object.entries(runbook.people).flatMap(([role, names]) =>
		names.some(bound => bound.toLowerCase() === name.toLowerCase()) ? [role] : [],
	);

const notBound = (runbook: Runbook, by: Person, role: string): Refusal =>
	refuse(
		'people act in the roles that they are bound to',
		`${by.name} is not bound to ${role}.`,
		`${role} is ${listed(runbook.people?.[role] ?? [])}: let one of them do it.`,
	);

const inRole = (runbook: Runbook, owners: readonly string[] | 'anyone', by: Person, role: string): Person | Refusal => {
	const known = runbook.roles.find(name => name.toLowerCase() === role.toLowerCase().replaceAll(/\s+/g, '-'));
	if (known === undefined) return unknown('role', role, runbook.roles);
	const bound = rolesOf(runbook, by.name);
	if (bound && !bound.includes(known)) return notBound(runbook, by, known);
	if (owners !== 'anyone' && !owners.includes(known))
		return refuse(
			'an act belongs to its owner',
			`${known} does not own this.`,
			`It is for ${listed(owners)}: act in that role, or ask who holds it.`,
		);
	return {...by, role: known};
};

const inOneOf = (runbook: Runbook, owners: readonly string[] | 'anyone', by: Person): Person | Refusal => {
	const bound = rolesOf(runbook, by.name);
	if (bound?.length === 0)
		return refuse(
			'people act in the roles that they are bound to',
			`${by.name} is bound to no role.`,
			`Name somebody who is: ${listed([...new Set(Object.values(runbook.people ?? {}).flat())])}.`,
		);
	const mine = owners === 'anyone' ? (bound ?? []) : owners.filter(role => bound?.includes(role) ?? true);
	if (mine.length === 1) return {...by, role: mine[0] ?? null};
	if (owners === 'anyone') return by;
	return mine.length === 0
		? refuse(
				'an act belongs to its owner',
				`${by.name} holds ${listed(bound ?? [])}, and this is for ${listed(owners)}.`,
				`Let one of ${listed(owners.flatMap(role => runbook.people?.[role] ?? []))} do it.`,
			)
		: misuse('an act has one role', `This is for ${listed(mine)}.`, `Say in which role you act (--role ROLE).`);
};

/** The person with the role in which they may act, or why they may not. */
export const actAs = (state: State, command: Command, by: Person, at: number): Person | Refusal => {
	if (by.strength === 'process') return by;
	const {runbook} = state;
	if (runbook === null) return by;
	const owners = ownersOf(command, state, runbook, at);
	if (owners === 'process')
		return refuse(
			'runners report what they ran',
			`${command.type} comes from a runner, not from a person.`,
			'Run the gate or stage instead.',
		);
	if (owners !== 'anyone' && isRefusal(owners)) return owners;
	return by.role === null ? inOneOf(runbook, owners, by) : inRole(runbook, owners, by, by.role);
};

/** As `actAs`, for stamping entries: unchanged where the rules refused. */
export const acting = (state: State, command: Command, by: Person, at: number): Person => {
	const person = actAs(state, command, by, at);
	return isRefusal(person) ? by : person;
};
