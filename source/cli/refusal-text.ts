/** A refusal on the command line: its sentence, and what to type, from the catalogue of commands. */

import {type CommandName, catalogue} from '../commands/catalogue.ts';
import type {Field} from '../commands/field.ts';
import type {Needs, Refusal} from '../cutover/model/refusal.ts';
import {capital} from '../text/sentence.ts';

const known = new Map<string, Field>(
	Object.values(catalogue).flatMap(({fields}) => fields.map(each => [each.name, each])),
);

/** Options that are no field of one command. */
const others: Readonly<Record<string, string>> = {role: '--role ROLE', new: '--new'};

const optionOf = (name: string): string => {
	const field = known.get(name);
	if (field === undefined) return others[name] ?? `--${name}`;
	if (field.positional) return field.metavar;
	return field.kind === 'flag' ? `--${name}` : `--${name} ${field.values?.join('|') ?? field.metavar}`;
};

const isInCatalogue = (name: string): name is CommandName => Object.hasOwn(catalogue, name);

/** `trigger 1 --up`. */
function commandLine({name, on, fields}: NonNullable<Needs['command']>): string {
	const options = fields.map(optionOf);
	if (!isInCatalogue(name)) return [name, ...options].join(' ');
	const {lines, fields: own} = catalogue[name];
	// What cannot be left out is said, whether the refusal speaks of it or not.
	const needed = own
		.filter(field => field.positional && !field.optional && !fields.includes(field.name))
		.map(({metavar}) => metavar);
	const flags = lines.flatMap(({flag}) => (flag === undefined ? [] : [optionOf(flag.name)]));
	const words = lines.flatMap(({word}) => word ?? []);
	return [
		lines[0]?.command ?? name,
		words.join(' or '),
		on ?? '',
		flags.slice(0, 2).join(' or '),
		...needed,
		...options,
	]
		.filter(part => part !== '')
		.join(' ');
}

const typed = (word: string): string => `--confirm ${word.includes(' ') ? `"${word}"` : word}`;

const hint = ({words, fields, command}: Needs): string => {
	if (words.length > 0) return words.map(typed).join(' ');
	return command === null ? fields.map(optionOf).join(' ') : commandLine(command);
};

const opened = (fix: string, added: string): string => (added === '' ? fix : `${fix.replace(/\.$/, '')} (${added}).`);

/** What a refusal says, as one sentence: the rule, what forbids it now, what to do and what to type for it. */
export const refusalText = ({rule, why, fix, needs}: Refusal): string =>
	[rule === '' ? '' : `${capital(rule)}:`, why, opened(fix, hint(needs))].filter(part => part !== '').join(' ');
