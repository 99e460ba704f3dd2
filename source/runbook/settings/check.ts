/*
What the settings say against the runbook and the workspace: names that nothing has, files that are not there, roles to
which nobody is bound.
*/

import type {Gate, Path, Rollback, Runbook, Stage, Trigger} from '../../cutover/model/runbook.ts';
import {rollbackPaths} from '../../cutover/model/script.ts';
import {hiddenCharacter} from '../../text/clean.ts';
import {parseDuration, parseInstant} from '../../text/time.ts';
import type {Complain} from '../problems/complain.ts';
import type {Roles} from '../roles.ts';
import type {Workspace} from '../workspace.ts';
import {findGate, findStage} from './apply.ts';
import {commandFields, nameOf, peopleFields, variableFields} from './notify.ts';
import type {Read} from './read.ts';
import type {Keys} from './yaml.ts';

type Parts = {
	readonly gates: readonly Gate[];
	readonly stages: readonly Stage[];
	readonly triggers: readonly Trigger[];
};

const names = (parts: readonly {readonly id: string}[]): string =>
	parts.length === 0 ? 'none' : parts.map(({id}) => id).join(', ');

export function checkNames({values, parsed, complain}: Read, {gates, stages, triggers}: Parts): void {
	const unknown = (keys: Keys, what: string, name: string, known: readonly {readonly id: string}[]) =>
		complain('settings-unknown', parsed.keyAt(keys), {what, name, names: names(known)});
	for (const id of Object.keys(values.gates ?? {})) if (!findGate(gates, id)) unknown(['gates', id], 'gate', id, gates);
	for (const id of Object.keys(values.triggers ?? {}))
		if (!triggers.some(trigger => trigger.id === id)) unknown(['triggers', id], 'trigger', id, triggers);
	for (const [id, stage] of Object.entries(values.stages ?? {})) {
		if (!findStage(stages, id)) unknown(['stages', id], 'stage', id, stages);
		stage.gates?.forEach((gate, index) => {
			if (!findGate(gates, String(gate)))
				complain('settings-unknown', parsed.at(['stages', id, 'gates', index]), {
					what: 'gate',
					name: String(gate),
					names: names(gates),
				});
		});
	}
}

/** Settings that are right by themselves but say nothing about what the runbook has. */
export function checkSigners({values, parsed, complain}: Read): void {
	if (values.signatures !== undefined && values.signatures !== 'off' && values['allowed-signers'] === undefined)
		complain('settings-signers', parsed.keyAt(['signatures']), {value: values.signatures});
}

/** A window that is none, or a rollback that is longer than it. */
function checkWindow({values: {window = {}}, parsed, complain}: Read): void {
	const [start, end] = [window.start, window.end].map(time => (time === undefined ? null : parseInstant(time)));
	const takes = window.rollback === undefined ? null : parseDuration(window.rollback);
	const wrong = (key: keyof typeof window, what: string) =>
		complain('settings-window', parsed.keyAt(['window', key]), {key, what});
	if (start != null && end != null && end <= start) wrong('end', 'ends before it begins');
	else if (start != null && end != null && takes !== null && takes > end - start)
		wrong('rollback', 'is shorter than a rollback');
	else if (end == null && takes !== null) wrong('rollback', 'has no end: how long a rollback takes says nothing');
}

export function checkFit(read: Read, {gates, triggers, rollback}: Parts & {readonly rollback: Rollback | null}): void {
	const {values, parsed, complain} = read;
	checkWindow(read);
	const unfit = (keys: Keys, what: string) =>
		complain('settings-unfit', parsed.keyAt(keys), {key: keys.join('.'), what});
	for (const {id, kind} of triggers) {
		const set = values.triggers?.[id];
		if (kind === 'outage' && set?.need) unfit(['triggers', id, 'need'], `trigger ${id} is an outage`);
		if (kind === 'outage' && set?.answer) unfit(['triggers', id, 'answer'], `trigger ${id} is an outage`);
		for (const key of ['threshold', 'warn', 'of', 'restore', 'confirm'] as const)
			if (kind === 'confirmation' && set?.[key] !== undefined)
				unfit(['triggers', id, key], `trigger ${id} is confirmed by people`);
	}
	for (const [id, set] of Object.entries(values.gates ?? {}))
		if (set.need && findGate(gates, id)?.kind !== 'acknowledgement')
			unfit(['gates', id, 'need'], `gate ${id} asks no groups`);
	const hasWorkflow = rollbackPaths({rollback}).some(({workflow}) => workflow !== undefined);
	for (const key of ['repository', 'ref', 'token', 'api'] as const)
		if (values.rollback?.[key] !== undefined && !hasWorkflow)
			unfit(['rollback', key], 'the runbook names no workflow to roll back with');
}

type Named = {readonly keys: Keys; readonly path: Path; readonly kind: 'file' | 'any'};

const program = (command: string): string => command.trim().split(/\s+/)[0] ?? '';

function pathsIn({values}: Read): readonly Named[] {
	const file = (path: Path | undefined, ...keys: Keys): readonly Named[] =>
		path === undefined ? [] : [{keys, path, kind: 'file'}];
	return [
		...Object.entries(values.gates ?? {}).flatMap(([id, gate]) => [
			...file(gate.playbook, 'gates', id, 'playbook'),
			...(gate.paths ?? []).map((path, index): Named => ({keys: ['gates', id, 'paths', index], path, kind: 'any'})),
		]),
		...Object.entries(values.stages ?? {}).flatMap(([id, stage]) => file(stage.playbook, 'stages', id, 'playbook')),
		...file(values['allowed-signers'], 'allowed-signers'),
		...file(values.freeze?.check, 'freeze', 'check'),
		...file(values.witness && program(values.witness.command), 'witness', 'command'),
		...(values.endpoints ?? []).flatMap(({run}, index) => file(run, 'endpoints', index, 'run')),
		...(values.notify ?? []).flatMap((set, index) =>
			commandFields(set).flatMap(([key, line]) => file(program(line), 'notify', index, key)),
		),
	];
}

export function checkPaths(read: Read, workspace: Workspace): void {
	for (const {keys, path, kind} of pathsIn(read)) {
		const found = workspace.has(path);
		if (found === null) read.complain('settings-path-missing', read.parsed.at(keys), {path});
		else if (kind === 'file' && found !== 'file')
			read.complain('settings-path', read.parsed.at(keys), {path, why: 'is a folder, not a file'});
	}
}

/** A channel whose address is not set here tells nobody: better known in daylight. */
export function checkVariables({values, parsed, complain}: Read, {isSet}: Workspace): void {
	if (isSet === undefined) return;
	for (const [index, set] of (values.notify ?? []).entries())
		for (const [key, name] of variableFields(set))
			if (!isSet(name)) complain('settings-unset', parsed.at(['notify', index, key]), {name, channel: nameOf(set)});
}

/** Whoever a channel mails to has an address in the settings. */
export function checkMails({values, parsed, complain}: Read): void {
	for (const [index, set] of (values.notify ?? []).entries())
		for (const [key, names] of peopleFields(set))
			names.forEach((name, place) => {
				if (values.people?.[name]?.mail === undefined)
					complain('settings-mail-missing', parsed.at(['notify', index, key, place]), {name});
			});
}

/** Names by role, the roles spelt as everywhere; null where there are none. */
function namesOf(
	{values, parsed, complain}: Read,
	key: 'roles' | 'deputies',
	roles: Roles,
): Readonly<Record<string, readonly string[]>> | null {
	const bound = new Map<string, readonly string[]>();
	for (const [name, people] of Object.entries(values[key] ?? {})) {
		const hidden = hiddenCharacter(name);
		if (hidden) complain('name-hidden', parsed.keyAt([key, name]), {what: 'The role', name, character: hidden.name});
		const role = roles.spell(name);
		if (bound.has(role)) complain('settings-role-twice', parsed.keyAt([key, name]), {role});
		bound.set(role, people);
		if (people.length === 0) complain('settings-role-empty', parsed.at([key, name]), {role});
		const observed = new Set<string>();
		people.forEach((person, index) => {
			if (observed.has(person.toLowerCase()))
				complain('settings-person-twice', parsed.at([key, name, index]), {name: person, role});
			observed.add(person.toLowerCase());
		});
	}
	return bound.size === 0 ? null : Object.fromEntries(bound);
}

/** Who holds which role. */
export const peopleOf = (read: Read, roles: Roles): Runbook['people'] => namesOf(read, 'roles', roles);

/** Who may take which role over; `known`: every role of the runbook and the settings. */
export function deputiesOf(read: Read, roles: Roles, known: readonly string[]): Runbook['deputies'] {
	const deputies = namesOf(read, 'deputies', roles);
	if (deputies === null) return undefined;
	for (const name of Object.keys(read.values.deputies ?? {}))
		if (!known.includes(roles.spell(name)))
			read.complain('settings-unknown', read.parsed.keyAt(['deputies', name]), {
				what: 'role',
				name,
				names: known.length === 0 ? 'none' : known.join(', '),
			});
	return deputies;
}

type Owned = {readonly what: string; readonly roles: readonly string[]; readonly line: number};

/** Every role that acts must be held by somebody, once anybody is bound at all. */
export function checkBound(
	runbook: Pick<Runbook, 'gates' | 'stages' | 'triggers' | 'signOffs'>,
	people: NonNullable<Runbook['people']>,
	complain: Complain,
): void {
	const owned: readonly Owned[] = [
		...runbook.gates.map(({id, owners, groups, line}) => ({what: `Gate ${id}`, roles: [...owners, ...groups], line})),
		...runbook.stages.map(({id, owners, line}) => ({what: id, roles: owners, line})),
		...runbook.triggers.map(({id, roles, line}) => ({what: `Trigger ${id}`, roles, line})),
		...runbook.signOffs.map(({id, role, line}) => ({what: `Sign-off ${id}`, roles: [role], line})),
	];
	for (const {what, roles, line} of owned)
		for (const role of new Set(roles))
			if (!Object.hasOwn(people, role)) complain('settings-role-unbound', {line, column: 1}, {what, role});
}
