/**
 * What each key of the settings does, for docs/runbook-format.md. The keys are those of the shape that checks them: one
 * without an effect here, or an effect without a key, is an error and not a gap in the page.
 */
import {$ZodArray, $ZodDiscriminatedUnion, $ZodObject, $ZodOptional, $ZodRecord, $ZodType} from 'zod/v4/core';
import {later, shape} from '../source/runbook/settings/read.ts';
import type {Setting} from '../source/runbook/settings/setting.ts';
import {settings} from '../source/runbook/settings/settings.ts';

/** What each key does, as its setting says. */
const effects: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries<Setting>(settings).flatMap(([key, {docs}]) =>
		Object.entries(docs).map(([below, text]) => [below === '' ? key : `${key}.${below}`, text]),
	),
);

function keysOf(schema: $ZodType, above: string): readonly string[] {
	const below = (key: string): string => (above === '' ? key : `${above}.${key}`);
	if (schema instanceof $ZodOptional) return keysOf(schema._zod.def.innerType, above);
	if (schema instanceof $ZodObject)
		return Object.entries(schema._zod.def.shape).flatMap(([key, value]) => keysOf(value, below(key)));
	if (schema instanceof $ZodRecord) return keysOf(schema._zod.def.valueType, below('*'));
	if (schema instanceof $ZodArray) return keysOf(schema._zod.def.element, above);
	if (schema instanceof $ZodDiscriminatedUnion)
		return schema._zod.def.options.flatMap(option => (option instanceof $ZodType ? keysOf(option, above) : []));
	return [above];
}

const isLater = (key: string): boolean => later.some(one => key === one || key.startsWith(`${one}.`));

/** Every key, in the order of the shape. Throws where the table and the shape differ. */
export function settingsRows(): readonly {readonly key: string; readonly effect: string; readonly later: boolean}[] {
	const keys = [...new Set(keysOf(shape, ''))];
	const extra = Object.keys(effects).filter(key => !keys.includes(key));
	if (extra.length > 0) throw new Error(`No such setting: ${extra.join(', ')}.`);
	return keys.map(key => {
		const effect = effects[key];
		if (effect === undefined) throw new Error(`The setting ${key} is not documented in its entry.`);
		return {key, effect, later: isLater(key)};
	});
}
