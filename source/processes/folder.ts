/*
Where an attempt keeps its things inside a cutover's folder. Names only; who may write which of them is said where it
is written.
*/
import {join} from 'node:path';
import {type AttemptRef, attemptKey} from '../cutover/model/attempt-target.ts';
import type {Path} from '../cutover/model/runbook.ts';

/** An attempt, or its key: `T-30-2`. */
export type AttemptName = AttemptRef | string;

const keyOf = (attempt: AttemptName): string => (typeof attempt === 'string' ? attempt : attemptKey(attempt));

/** Its place relative to the cutover's folder: `attempts/T-30-2`. */
const attemptPath = (attempt: AttemptName): Path => `attempts/${keyOf(attempt)}`;

/** Its log relative to the cutover's folder. */
export const logPath = (attempt: AttemptName): Path => `${attemptPath(attempt)}/log`;

export const attemptFolder = (folder: Path, attempt: AttemptName): Path => join(folder, attemptPath(attempt));

export const ownerFile = (folder: Path, attempt: AttemptName): Path =>
	join(attemptFolder(folder, attempt), 'owner.json');

export const resultFile = (folder: Path, attempt: AttemptName): Path =>
	join(attemptFolder(folder, attempt), 'result.json');

/** The samples of its endpoints, a line each. */
export const samplesFile = (folder: Path): Path => join(folder, 'probes', 'samples.ndjson');

export const watcherFile = (folder: Path): Path => join(folder, 'watcher.json');

/** Value of the environment variable by which an attempt's processes are found, also those that left its session. */
export const markOf = (folder: Path, attempt: AttemptName): string => `${folder}:${keyOf(attempt)}`;
