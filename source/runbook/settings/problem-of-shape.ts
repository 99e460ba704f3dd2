/*
Issues of the shape, as complaints at the very value.
*/
import type {$ZodIssue} from 'zod/v4/core';
import {nearest} from '../../text/nearest.ts';
import type {Complain} from '../problems/complain.ts';
import {pathFault, urlFault} from './schemas.ts';
import type {Keys, Parsed} from './yaml.ts';

type Issue = $ZodIssue;

const dotted = (keys: Keys): string =>
	keys.map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : `${index === 0 ? '' : '.'}${key}`)).join('');

const kindOf = (value: unknown): string => {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'a group of keys';
	return typeof value === 'string'
		? `"${value}"`
		: `the ${typeof value === 'boolean' ? 'word' : 'number'} ${String(value)}`;
};

const wantedNames: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a group of keys',
	record: 'a group of keys',
};

const valueAt = (value: unknown, keys: Keys): unknown =>
	keys.reduce<unknown>(
		(known, key) => (typeof known === 'object' && known !== null ? Reflect.get(known, key) : undefined),
		value,
	);

/** A key that is not there is missing, and not of the wrong kind. `names`: the keys of a group. */
function complainOfType(
	keys: Keys,
	wanted: string,
	parsed: Parsed,
	complain: Complain,
	names: readonly string[] = [],
): void {
	const value = valueAt(parsed.value, keys);
	const [at, key] = [parsed.at(keys), dotted(keys) || 'The settings'];
	const of = wanted === wantedNames['object'] && names.length > 0 ? `: ${names.join(', ')}` : '';
	if (value === undefined) complain('settings-missing', at, {key, wanted, of});
	else complain('settings-type', at, {key, found: kindOf(value), wanted, of});
}

/** `names`: those that may be there; `top`: those that may be at the top of the settings. */
const hint = (name: string, names: readonly string[], top: readonly string[]): string => {
	const near = nearest(name, names);
	if (near !== null) return `Did you mean ${near}?`;
	if (names.length === 0) return 'Take it out.';
	const elsewhere = top.includes(name) ? ` ${name} is at the top of the settings.` : '';
	return `There are ${names.join(', ')}.${elsewhere}`;
};

function custom(message: string, keys: Keys, parsed: Parsed, complain: Complain): void {
	const value = valueAt(parsed.value, keys);
	const at = parsed.at(keys);
	const key = dotted(keys);
	const [code, why] = message.split(/:(.*)/s);
	const found = typeof value === 'object' ? kindOf(value) : String(value);
	if (code === 'settings-duration' || code === 'settings-time') complain(code, at, {key, found});
	else if (code === 'settings-id') complain(code, at, {found});
	else if (code === 'settings-path')
		complain(code, at, {path: found, why: pathFault(found) ?? 'is not a path inside the workspace'});
	else if (code === 'settings-url')
		complain(code, at, {
			key,
			why: why ?? urlFault(found.includes('://') ? found : `http://${found}`) ?? 'is not an http or https address',
		});
	else if (code === 'settings-secret') complain(code, at, {key});
	else complainOfType(keys, why ?? 'something else', parsed, complain);
}

const listed = (values: readonly unknown[]): string =>
	values
		.filter(value => value !== undefined)
		.map(String)
		.join(' or ');

function wantedOf(issue: Issue): string | null {
	if (issue.code === 'invalid_type') return wantedNames[issue.expected] ?? 'something else';
	if (issue.code === 'invalid_value') return listed(issue.values);
	if (issue.code === 'invalid_union' && 'options' in issue && issue.options !== undefined) return listed(issue.options);
	if (issue.code === 'invalid_union')
		return [...new Set(issue.errors.flat().map(inner => wantedOf(inner) ?? inner.message.replace(/^.*?:/, '')))].join(
			' or ',
		);
	return null;
}

/** `namesAt`: the keys that may be at a place. */
export function complainOfShape(
	issues: readonly Issue[],
	parsed: Parsed,
	namesAt: (keys: Keys) => readonly string[],
	complain: Complain,
): void {
	for (const issue of issues) {
		const keys = issue.path.filter(key => typeof key !== 'symbol');
		if (issue.code === 'unrecognized_keys')
			for (const name of issue.keys)
				complain('settings-key', parsed.keyAt([...keys, name]), {
					key: dotted([...keys, name]),
					hint: hint(name, namesAt(keys), namesAt([])),
				});
		else if (issue.code === 'invalid_key')
			complain('settings-key', parsed.keyAt(keys), {
				key: dotted(keys),
				hint: hint(String(keys.at(-1) ?? ''), namesAt(keys.slice(0, -1)), namesAt([])),
			});
		else {
			const wanted = wantedOf(issue);
			if (wanted === null) custom(issue.message, keys, parsed, complain);
			else complainOfType(keys, wanted, parsed, complain, namesAt(keys));
		}
	}
}
