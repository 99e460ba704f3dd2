/*
Who has a screen open. Each screen keeps a small file in the cutover's folder and touches it now and then; who is here
is known by the process being alive, and how long a person was away by when their last file was touched. Nothing here is
a fact of the cutover: it is not journaled, and a full disk only makes it silent.
*/
import {readdirSync, rmSync, statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Person} from '../cutover/model/person.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock, Here} from '../cutover/ports.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {ifPossible} from '../disk/fault.ts';
import {makeFolder} from '../disk/file.ts';
import {type Identity, identityOf, isAlive} from '../processes/process.ts';

const touchEveryMs = 5000;

type Mark = Here & Identity & {readonly file: Path; readonly touched: number};

const placeOf = (folder: Path): Path => join(folder, 'here');

/** A record that this program wrote: one with a name is one. */
const isMark = (value: object | null): value is Here & Identity =>
	value !== null && 'name' in value && typeof value.name === 'string';

function read(file: Path): Mark | null {
	const record = readRecord(file);
	return isMark(record) ? {...record, file, touched: statSync(file).mtimeMs} : null;
}

const marks = (folder: Path): readonly Mark[] =>
	(ifPossible(() => readdirSync(placeOf(folder))) ?? [])
		.filter(name => name.endsWith('.json'))
		.flatMap(name => ifPossible(() => read(join(placeOf(folder), name))) ?? []);

/** Who has a screen open now, each name once, the longest first. */
export function present(folder: Path): readonly Here[] {
	const alive = marks(folder)
		.filter(isAlive)
		.toSorted((a, b) => a.since - b.since);
	return alive
		.filter(({name}, index) => alive.findIndex(other => other.name === name) === index)
		.map(({name, role, since}) => ({name, role, since}));
}

/** When this name was last here, real ms since the epoch; null while they still are, or where they never were. */
export function lastHere(folder: Path, name: string): number | null {
	const own = marks(folder).filter(mark => mark.name === name);
	return own.length === 0 || own.some(isAlive) ? null : Math.max(...own.map(({touched}) => touched));
}

export type Presence = {
	/** Somebody else sits at this screen from now on: it is one screen still. */
	named(person: Pick<Person, 'name' | 'role'>): void;
	leave(): void;
};

/** What is left of an earlier screen of theirs; a living one stays. */
function forget(folder: Path, name: string): void {
	for (const mark of marks(folder)) if (mark.name === name && !isAlive(mark)) rmSync(mark.file, {force: true});
}

/** Marks this process as a screen of that person. `clock`: of the machine. */
export function enter(
	folder: Path,
	{name, role}: Pick<Person, 'name' | 'role'>,
	{every, now}: Pick<Clock, 'every' | 'now'>,
): Presence {
	const file = join(placeOf(folder), `${process.pid}.json`);
	let mine = {name, role, since: now(), ...identityOf(process.pid)};
	// Who is here is worth no failure.
	const be = (): void =>
		void ifPossible(() => {
			makeFolder(placeOf(folder));
			forget(folder, mine.name);
			replaceFile(file, mine, 'nothing');
		});
	be();
	const touch = (): void => {
		try {
			utimesSync(file, now() / 1000, now() / 1000);
		} catch {
			ifPossible(() => replaceFile(file, mine, 'nothing'));
		}
	};
	const stop = every(touchEveryMs, touch);
	return {
		named(person) {
			mine = {...mine, name: person.name, role: person.role};
			be();
		},
		leave() {
			stop();
			// What stays tells when they left: the start is taken back, so that nobody with this pid counts as here.
			ifPossible(() => replaceFile(file, {...mine, start: 0}, 'nothing'));
		},
	};
}
