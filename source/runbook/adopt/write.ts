/*
A map as YAML, to be read in a review: an entry a line, every text quoted.
*/
import {json} from '../../text/clean.ts';
import type {Entry, Proposal, Value} from './proposal.ts';
import {reviewedLines} from './repair.ts';

/** Words that YAML takes for texts whatever they are. */
const plainWord = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9._-]*$/i;
function value(given: Value): string {
	if (typeof given === 'number' || typeof given === 'boolean') return String(given);
	if (typeof given === 'string') return plainWord.test(given) || /^\d+[a-z]+$/.test(given) ? given : json(given);
	if (Array.isArray(given)) return `[${given.map(value).join(', ')}]`;
	return `{ ${Object.entries(given)
		.map(([key, one]) => `${key}: ${value(one)}`)
		.join(', ')} }`;
}

const line = (entry: Entry): string =>
	`    - { ${Object.entries(entry)
		.map(([key, one]) => `${key}: ${value(one)}`)
		.join(', ')} }`;

/** `by`: who looked at the map; null: nobody did. `on`: their day. */
export function mapText(
	{title, about, top, parts, ignore, digests}: Proposal,
	name: string,
	by: string | null,
	on: string,
): string {
	const lists = [...parts].flatMap(([key, entries]) =>
		entries.length === 0 && key !== 'stages'
			? []
			: [`  ${key}:${entries.length === 0 ? ' []' : ''}`, ...entries.map(line)],
	);
	return `${[
		'cutover: 1',
		`title: ${json(title)}`,
		...Object.entries(about).flatMap(([key, one]) => (one === null ? [] : `${key}: ${json(one)}`)),
		'',
		`# How ${name} is read. Nothing in it is inferred from here on.`,
		'reading:',
		...Object.entries(top).map(([key, one]) => `  ${key}: ${value(one)}`),
		...lists,
		...(ignore.length === 0
			? []
			: [`  ignore: [${ignore.map(({from, under}) => value(under === undefined ? from : {from, under})).join(', ')}]`]),
		'',
		'  # Written by cutover-tui adopt: the words that were looked at. A word that changes is an error until somebody looks again.',
		...reviewedLines(digests, by, on),
	].join('\n')}\n`;
}
