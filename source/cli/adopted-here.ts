/*
Which runbooks were adopted on this host: without its map such a runbook is refused, because what reads it otherwise would read something
else. `check` on another host knows it by the line `<!-- cutover: adopted -->`.
*/
import {appendFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ifExists} from '../disk/fault.ts';
import {makeFolders} from '../disk/file.ts';
import type {Args} from './args.ts';
import {stateRoot} from './state-root.ts';

const fileOf = (call: Pick<Args, 'text' | 'io'>): string => join(stateRoot(call), '.adopted');

const known = (call: Pick<Args, 'text' | 'io'>): readonly string[] =>
	(ifExists(() => readFileSync(fileOf(call), 'utf8')) ?? '').split('\n');

/** `file`: absolute path of a runbook. */
export const wasAdopted = (call: Pick<Args, 'text' | 'io'>, file: string): boolean => known(call).includes(file);

export function rememberAdopted(call: Pick<Args, 'text' | 'io'>, file: string): void {
	if (wasAdopted(call, file)) return;
	makeFolders(stateRoot(call));
	appendFileSync(fileOf(call), `${file}\n`, {mode: 0o600});
}
