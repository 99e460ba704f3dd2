/**
 * What each key of the settings does, for docs/runbook-format.md. The keys are those of the shape that checks them: one
 * without an effect here, or an effect without a key, is an error and not a gap in the page.
 */
import {ZodMiniType} from 'zod/mini';
import {$ZodArray, $ZodDiscriminatedUnion, $ZodObject, $ZodOptional, $ZodRecord, $ZodType} from 'zod/v4/core';
import {later, shape} from '../source/runbook/settings/read.ts';
import {effectOf, type Setting} from '../source/runbook/settings/setting.ts';
import {settings} from '../source/runbook/settings/settings.ts';

/** What each key does, as its setting says. */
const effects: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries<Setting>(settings).flatMap(([key, {docs = {}}]) =>
		Object.entries(docs).map(([below, text]) => [below === '' ? key : `${key}.${below}`, text]),
	),
);

type Row = {readonly key: string; readonly effect: string | undefined};

/** `effect`: what the key does by what is around its schema. */
function rowsOf(schema: $ZodType, key: string, around?: string): readonly Row[] {
	const effect = schema instanceof ZodMiniType ? (effectOf(schema) ?? around) : around;
	const below = (name: string): string => (key === '' ? name : `${key}.${name}`);
	if (schema instanceof $ZodOptional) return rowsOf(schema._zod.def.innerType, key, effect);
	if (schema instanceof $ZodObject)
		return Object.entries(schema._zod.def.shape).flatMap(([name, value]) => rowsOf(value, below(name)));
	if (schema instanceof $ZodRecord) return rowsOf(schema._zod.def.valueType, below('*'), effect);
	if (schema instanceof $ZodArray) return rowsOf(schema._zod.def.element, key, effect);
	if (schema instanceof $ZodDiscriminatedUnion)
		return schema._zod.def.options.flatMap(option => (option instanceof $ZodType ? rowsOf(option, key) : []));
	return [{key, effect}];
}

const isLater = (key: string): boolean => later.some(one => key === one || key.startsWith(`${one}.`));

/** Every key, in the order of the shape. Throws where the table and the shape differ. */
export function settingsRows(): readonly {readonly key: string; readonly effect: string; readonly later: boolean}[] {
	const rows = new Map(rowsOf(shape, '').map(({key, effect}) => [key, effect ?? effects[key]] as const));
	const extra = Object.keys(effects).filter(key => !rows.has(key));
	if (extra.length > 0) throw new Error(`No such setting: ${extra.join(', ')}.`);
	return [...rows].map(([key, effect]) => {
		if (effect === undefined) throw new Error(`The setting ${key} is not documented in its entry.`);
		return {key, effect, later: isLater(key)};
	});
}
