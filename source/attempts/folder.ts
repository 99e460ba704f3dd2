/*
Where an attempt keeps its things inside a cutover's folder. Names only; who may write which of them is said where it
is written.
*/
import {join} from 'node:path';
import type {AttemptRef} from '../cutover/model/event.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {attemptKey} from '../cutover/model/state.ts';

/** Its place relative to the cutover's folder: `attempts/T-30-2`. */
const attemptPath = (ref: AttemptRef): Path => `attempts/${attemptKey(ref)}`;

/** Its log relative to the cutover's folder. */
export const logPath = (ref: AttemptRef): Path => `${attemptPath(ref)}/log`;

export const attemptFolder = (folder: Path, ref: AttemptRef): Path => join(folder, attemptPath(ref));

export const ownerFile = (folder: Path, ref: AttemptRef): Path => join(attemptFolder(folder, ref), 'owner.json');

export const resultFile = (folder: Path, ref: AttemptRef): Path => join(attemptFolder(folder, ref), 'result.json');

export const watcherFile = (folder: Path): Path => join(folder, 'watcher.json');

/** Value of the environment variable by which an attempt's processes are found, also those that left its session. */
export const markOf = (folder: Path, ref: AttemptRef): string => `${folder}:${attemptKey(ref)}`;
