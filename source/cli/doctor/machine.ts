/* Where an examination looks: files below a root, and what programs print. */

import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {ifPossible} from '../../disk/fault.ts';
import {accountName} from '../account.ts';
import {systemClock} from '../clock.ts';

/** `root`: prefix of /etc, /proc, /run and /sys: `/`, or in a test a folder of the same shape. */
export type Machine = {
	readonly root: Path;
	readonly user: string;
	readonly clock: Pick<Clock, 'now' | 'steady'>;
	/** What a program prints to stdout, without blanks at its ends; null where it cannot be run, or fails. */
	print(command: string, ...args: readonly string[]): string | null;
};

const patienceMs = 5000;

function print(command: string, ...args: readonly string[]): string | null {
	const {status, stdout} = spawnSync(command, args, {encoding: 'utf8', timeout: patienceMs});
	return status === 0 ? stdout.trim() : null;
}

export const thisMachine = (): Machine => ({root: '/', user: accountName(), clock: systemClock, print});

/** Text of a file; null where it cannot be read. */
export const textOf = ({root}: Pick<Machine, 'root'>, file: Path): string | null =>
	ifPossible(() => readFileSync(join(root, file), 'utf8'));

/** Names in a folder, sorted; none where it cannot be read. */
export const namesIn = ({root}: Pick<Machine, 'root'>, folder: Path): readonly string[] =>
	ifPossible(() => readdirSync(join(root, folder)).toSorted()) ?? [];
