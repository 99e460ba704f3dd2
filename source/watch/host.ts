/*
One process watches all open cutovers of a state folder that need what it was given. Whoever needs a watcher asks a host
that has the same environment, by a request in the cutover's folder; without one it starts a host. What goes wrong with
one cutover ends its watch alone, and another process sees to it.
*/

import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {ifExists, ifPossible} from '../disk/fault.ts';
import {pause} from '../net/limit.ts';
import {identityIn} from '../processes/attempt-status.ts';
import type {Environment, ProcessEnvironment} from '../processes/environment.ts';
import {watcherFile} from '../processes/folder.ts';
import {isSame} from '../processes/place.ts';
import {type Identity, identityOf, isAlive} from '../processes/process.ts';
import {inOneLine} from '../text/error-text.ts';
import type {Lost} from './watcher.ts';

const everyMs = 1000;

/** Names the process that is asked to watch the cutover, or was just started for it. */
const requestFile = (folder: Path): Path => join(folder, 'watch-request.json');

export const request = (folder: Path, host: Identity): void => replaceFile(requestFile(folder), host);

/** The folders beside this one, each of a cutover. */
const siblings = (folder: Path): readonly Path[] =>
	readdirSync(dirname(folder), {withFileTypes: true})
		.filter(entry => entry.isDirectory() && entry.name !== basename(folder))
		.map(entry => join(dirname(folder), entry.name));

/** What a process of this account was started with; null where it cannot be read. */
function environmentOf(pid: number): Environment | null {
	const text = ifPossible(() => readFileSync(`/proc/${pid}/environ`, 'utf8'));
	if (text === null) return null;
	const entries = text.split('\0').filter(Boolean);
	return Object.fromEntries(
		entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
	);
}

const isEqual = (one: Environment, other: Environment): boolean => {
	const names = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...names].every(name => one[name] === other[name]);
};

/**
 * Asks a host that lives and has the same of what this cutover needs; false where there is none. Secrets are in the memory
 * of who was given them alone, so a cutover that needs some has a watcher of its own.
 */
export function askHost(
	folder: Path,
	own: ProcessEnvironment,
	wanted: (env: Environment) => ProcessEnvironment,
): boolean {
	if (Object.keys(own.secret).length > 0) return false;
	const hosts = siblings(folder).flatMap(sibling =>
		[watcherFile(sibling), requestFile(sibling)].flatMap(file => identityIn(file) ?? []),
	);
	const host = hosts.find(found => {
		if (found.pid === process.pid || !isAlive(found)) return false;
		const env = environmentOf(found.pid);
		return env !== null && isEqual(wanted(env).open, own.open);
	});
	if (host === undefined) return false;
	request(folder, host);
	return true;
}

/** Whether the process of this record also watches another cutover, and looked at it within so many ms. */
export const watchesOthers = (
	folder: Path,
	host: Identity,
	looked: (folder: Path) => number | null,
	since: number,
): boolean =>
	siblings(folder).some(sibling => {
		const other = identityIn(watcherFile(sibling));
		return other !== null && isSame(other, host) && (looked(sibling) ?? 0) >= since;
	});

export type HostWorld = {
	readonly clock: Clock;
	/** Watches one cutover to its end; `lost`: called with the watcher before, where that is gone. */
	watch(folder: Path, lost: (lost: Lost) => void): Promise<void>;
	/** Says what went wrong with a cutover where its own processes say it. */
	complain(folder: Path, text: string): void;
};

/** Watches `first`, what was asked for since, and what a watcher that is gone had watched. Resolves when nothing is left. */
export async function host(first: Path, {clock, watch, complain}: HostWorld): Promise<void> {
	const self = identityOf(process.pid);
	const watched = new Set<Path>();

	const end = (folder: Path): void => {
		watched.delete(folder);
		rmSync(requestFile(folder), {force: true});
		// It lives on for others: a record of its own would say that it watches this one.
		const record = identityIn(watcherFile(folder));
		if (record !== null && isSame(record, self)) rmSync(watcherFile(folder), {force: true});
	};

	const begin = (folder: Path): void => {
		if (watched.has(folder)) return;
		watched.add(folder);
		watch(folder, lost => adopt(folder, lost))
			.catch(error => complain(folder, inOneLine(error)))
			.then(() => end(folder))
			.catch(error => complain(folder, inOneLine(error)));
	};

	const adopt = (folder: Path, {who}: Lost): void => {
		if (who === null) return;
		for (const sibling of siblings(folder)) {
			const record = identityIn(watcherFile(sibling));
			if (record !== null && isSame(record, who)) begin(sibling);
		}
	};

	const lookForRequests = (): void => {
		for (const sibling of siblings(first)) {
			if (watched.has(sibling)) continue;
			// Most are over, however many there are: of those no file is opened.
			if (!existsSync(requestFile(sibling))) continue;
			const asked = ifExists(() => identityIn(requestFile(sibling))) ?? null;
			if (asked !== null && isSame(asked, self)) begin(sibling);
		}
	};

	begin(first);
	while (watched.size > 0) {
		await pause(clock, everyMs);
		try {
			lookForRequests();
		} catch (error) {
			complain(first, inOneLine(error));
		}
	}
}
