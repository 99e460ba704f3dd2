/*
Reads the settings by themselves: whether they are of this version, and their shape; then, once that is read, what they say of
the runbook. Only settings/load.ts loads this file.
*/

import * as z from 'zod/mini';
import {
	$ZodArray,
	$ZodDiscriminatedUnion,
	$ZodEnum,
	$ZodObject,
	$ZodOptional,
	$ZodRecord,
	type $ZodType,
	safeParse,
} from 'zod/v4/core';
import type {Path} from '../../cutover/model/runbook.ts';
import {nearest} from '../../text/nearest.ts';
import type {Complain} from '../problems/complain.ts';
import type {Workspace} from '../workspace.ts';
import {complainOfShape} from './problem-of-shape.ts';
import type {Against, Draft, NamedPath, Setting} from './setting.ts';
import {type Settings, settings} from './settings.ts';
import type {Source} from './source.ts';
import {type Keys, type Parsed, readYaml} from './yaml.ts';

export type Read = {
	readonly values: Settings;
	readonly parsed: Parsed;
	readonly complain: Complain;
	/** Null: front matter of the runbook. */
	readonly file: Path | null;
	/** The runbook with all settings in force. */
	inForce(draft: Draft): Draft;
	/** Complains of what they say against the runbook, with all of them in force, and the workspace. */
	check(runbook: Draft, workspace: Workspace): void;
};

const all = Object.entries<Setting>(settings);

/** Of all settings together. */
export const shape = z.strictObject(Object.fromEntries(all.map(([key, {schema}]) => [key, z.optional(schema)])));

/** Keys of those that are checked, but have no effect yet. */
export const later: readonly string[] = all.flatMap(([key, setting]) => (setting.later ? [key] : []));

const applied =
	(values: Readonly<Record<string, unknown>>) =>
	(draft: Draft): Draft =>
		all.reduce(
			(before, [key, {apply}]) =>
				apply === undefined || values[key] === undefined ? before : apply(before, values[key]),
			draft,
		);

function checked(values: Readonly<Record<string, unknown>>, {at, keyAt}: Parsed, complain: Complain): Read['check'] {
	return (runbook, workspace) => {
		for (const [key, {check, paths}] of all) {
			const value = values[key];
			if (value === undefined) continue;
			const against: Against = {
				runbook,
				workspace,
				complain,
				at: (...below) => at([key, ...below]),
				keyAt: (...below) => keyAt([key, ...below]),
			};
			check?.(value, against);
			for (const named of paths?.(value) ?? []) checkPath(named, against);
		}
	};
}

function checkPath({below, path, kind}: NamedPath, {workspace, complain, at}: Against): void {
	const found = workspace.has(path);
	if (found === null) complain('settings-path-missing', at(...below), {path});
	else if (kind === 'file' && found !== 'file')
		complain('settings-path', at(...below), {path, why: 'is a folder, not a file'});
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape that the value says it has; the first where it says none. */
const optionFor = ({_zod}: $ZodDiscriminatedUnion, value: unknown): $ZodType => {
	const {discriminator, options} = _zod.def;
	const said: unknown = isGroup(value) ? value[discriminator] : undefined;
	const found = options.find(
		option => option instanceof $ZodObject && safeParse(option._zod.def.shape[discriminator] ?? shape, said).success,
	);
	return found ?? options[0] ?? shape;
};

/** The names that may be at a place. `value`: all that is set; it tells which shape of several a place has. */
function namesAt(keys: Keys, value: unknown): readonly string[] {
	let here: $ZodType = shape;
	let set = value;
	for (const key of keys) {
		while (here instanceof $ZodOptional) here = here._zod.def.innerType;
		set = typeof set === 'object' && set !== null ? Reflect.get(set, key) : undefined;
		const next: $ZodType | undefined =
			here instanceof $ZodObject
				? here._zod.def.shape[String(key)]
				: here instanceof $ZodRecord
					? here._zod.def.valueType
					: here instanceof $ZodArray
						? here._zod.def.element
						: undefined;
		if (!next) return [];
		here = next;
		while (here instanceof $ZodOptional) here = here._zod.def.innerType;
		if (here instanceof $ZodDiscriminatedUnion) here = optionFor(here, set);
	}
	if (here instanceof $ZodObject) return Object.keys(here._zod.def.shape);
	return here instanceof $ZodRecord && here._zod.def.keyType instanceof $ZodEnum
		? Object.values(here._zod.def.keyType._zod.def.entries).map(String)
		: [];
}

const titles = new Set(
	'title date author authors tags layout description status version categories draft slug'.split(' '),
);

/** Front matter of another tool: hardly a word of it is ours, or could be one of ours misspelt, and none sets more than one value. */
const isForeign = (value: Readonly<Record<string, unknown>>): boolean => {
	const keys = Object.keys(value);
	const names = namesAt([], null).filter(name => name !== 'title');
	const isOurs = (key: string): boolean =>
		!titles.has(key.toLowerCase()) && (names.includes(key) || nearest(key, names) !== null);
	const ours = keys.filter(isOurs);
	return (
		!keys.includes('cutover') &&
		keys.some(key => key !== 'title') &&
		ours.length * 2 < keys.length &&
		ours.every(key => typeof value[key] !== 'object')
	);
};

/** Whether a front matter belongs to another tool, asked without complaining of it. */
export function isAnothers(source: Source): boolean {
	const value = readYaml(source.text, source.from, () => {})?.value;
	return isGroup(value) && isForeign(value);
}

/** Null where there are none that can be used; then, unless they are not ours, it has complained. */
export function readSettings(source: Source, complain: Complain): Read | null {
	const parsed = readYaml(source.text, source.from, complain);
	if (!parsed) return null;
	const {value} = parsed;
	if (isGroup(value) && source.file === null && isForeign(value)) {
		complain('settings-foreign', {line: 1, column: 1}, {});
		return null;
	}
	if (!isGroup(value)) {
		complain('settings-version', {line: source.from + 1, column: 1}, {});
		return null;
	}
	if (value['cutover'] !== 1)
		complain('settings-version', 'cutover' in value ? parsed.at(['cutover']) : {line: source.from + 1, column: 1}, {});
	const result = shape.safeParse(value);
	for (const key of later) if (key in value) complain('settings-later', parsed.keyAt([key]), {key});
	if (!result.success) {
		complainOfShape(result.error.issues, parsed, keys => namesAt(keys, value), complain);
		return null;
	}
	// Each value as its own schema checked it.
	const values: Settings = result.data;
	return {
		values,
		parsed,
		complain,
		file: source.file,
		inForce: applied(result.data),
		check: checked(result.data, parsed, complain),
	};
}
