/*
A map that somebody looked at: its digests are made anew of the words that stand there now, and it says who looked and when.
*/

import {json} from '../../text/clean.ts';
import {anchorsIn} from './anchors-in.ts';
import {digestKey, digestOfPlace, placesFor, placesIn} from './places.ts';

/** The lines of `reviewed:`. `by` null: nobody looked yet. */
export const reviewedLines = (
	digests: Readonly<Record<string, string>>,
	by: string | null,
	on: string,
): readonly string[] => [
	'  reviewed:',
	...(by === null
		? ['    # not looked at: cutover-tui adopt --review --by NAME']
		: [`    by: ${json(by)}`, `    on: ${json(on)}`]),
	Object.keys(digests).length === 0 ? '    parts: {}' : '    parts:',
	...Object.entries(digests).map(([from, digest]) => `      ${json(from)}: ${json(digest)}`),
];

/** `text`: of the settings; `lines`: of the runbook. Null where it holds no block of digests. */
export function reviewedText(text: string, lines: readonly string[], by: string | null, on: string): string | null {
	const places = placesIn(lines);
	const rows = text.split('\n');
	const at = rows.findIndex(row => /^ {2}reviewed:\s*$/.test(row));
	if (at === -1) return null;
	let end = at + 1;
	while (end < rows.length && /^ {4}|^\s*$/.test(rows[end] ?? '')) end++;
	const digests = anchorsIn(text)
		.filter(({part}) => part !== 'ignore')
		.flatMap(({anchor}): readonly (readonly [string, string])[] => {
			const [only, ...others] = placesFor(anchor, places);
			return only && others.length === 0 ? [[digestKey(anchor), digestOfPlace(only, lines)]] : [];
		});
	return `${[...rows.slice(0, at), ...reviewedLines(Object.fromEntries(digests), by, on), ...rows.slice(end)]
		.join('\n')
		.replace(/\n+$/, '')}\n`;
}
