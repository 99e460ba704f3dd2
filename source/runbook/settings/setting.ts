/*
What a setting is: a key of the settings with its schema, its documentation, what it changes of a runbook that was read, and
what can be wrong with it there.
*/
import * as z from 'zod/mini';
import type {Path, Runbook} from '../../cutover/model/runbook.ts';
import {filesOfCommand} from '../../text/code.ts';
import type {Complain, Place} from '../problems/complain.ts';
import type {Workspace} from '../workspace.ts';
import type {Keys} from './yaml.ts';

type Parts = 'gates' | 'stages' | 'triggers' | 'rollback';

/** A runbook while the settings come into force: its parts as they were read, and what the settings before said. */
export type Draft = Pick<Runbook, Parts> & Partial<Omit<Runbook, Parts>>;

/** What a setting is checked against. `at` and `keyAt` take the keys below the setting. */
export type Against = {
	/** With all settings in force. */
	readonly runbook: Draft;
	readonly workspace: Workspace;
	readonly complain: Complain;
	/** Place of the value. */
	at(...below: Keys): Place;
	/** Place of its key. */
	keyAt(...below: Keys): Place;
};

/** A path of the workspace that is set below these keys: `any` may be a folder. */
export type NamedPath = {readonly below: Keys; readonly path: Path; readonly kind: 'file' | 'any'};

export type Setting<S extends z.ZodMiniType = z.ZodMiniType> = {
	readonly schema: S;
	/** What it does, by the keys below it (`*` for any, '' for its own value) that do not say so themselves: lines of docs/runbook-format.md. */
	readonly docs?: Readonly<Record<string, string>>;
	/** It is read and checked, but has no effect yet: `check` refuses it. */
	readonly later?: true;
	/** The runbook with it in force. Absent where the reader asks for the value itself. */
	apply?(draft: Draft, value: z.infer<S>): Draft;
	/** Complains of what fits its schema, but not the runbook or this machine. */
	check?(value: z.infer<S>, against: Against): void;
	/** The paths it names: each must be there. */
	paths?(value: z.infer<S>): readonly NamedPath[];
};

/** Gives the functions the type of the schema. */
export const setting = <const S extends z.ZodMiniType>(spec: Setting<S>): Setting<S> => spec;

const effects = new WeakMap<z.ZodMiniType, string>();

/** What a key does that says so beside its schema. */
export const effectOf = (schema: z.ZodMiniType): string | undefined => effects.get(schema);

/** A key with what it does. */
export function required<S extends z.ZodMiniType>(schema: S, effect: string): S {
	const own = schema.check();
	effects.set(own, effect);
	return own;
}

/** A key that may be left out. */
export const optional = <S extends z.ZodMiniType>(schema: S, effect: string): z.ZodMiniOptional<S> =>
	required(z.optional(schema), effect);

/** What something of each kind says of itself, for the documentation. */
export const perKind = <T>(table: Readonly<Record<string, T>>, text: (of: T) => string | undefined): string =>
	Object.entries(table)
		.flatMap(([name, of]) => {
			const said = text(of);
			return said === undefined ? [] : [`\`${name}\`: ${said}`];
		})
		.join('; ');

/** A path that may be left out. */
export const fileAt = (path: Path | undefined, ...below: Keys): readonly NamedPath[] =>
	path === undefined ? [] : [{below, path, kind: 'file'}];

/** The program of a command line, or the script that it hands to an interpreter, which must be there. */
export function programAt(command: string, ...below: Keys): readonly NamedPath[] {
	const [first = ''] = command.trim().split(/&&|\|\||[|;\n]/);
	return fileAt(filesOfCommand(first)[0] ?? first.split(/\s+/)[0] ?? '', ...below);
}
