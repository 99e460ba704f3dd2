/*
A map that somebody looked at: its digests are made anew of the words that stand there now, and it says who looked and when.
*/
import {documentOf} from '../document.ts';
import {digestKey, digestOfPlace, placesFor, placesOf} from './places.ts';

const quoted = (text: string): string => JSON.stringify(text);

/** `text`: of the settings; `lines`: of the runbook. Null where it holds no block of digests. */
export function reviewedText(text: string, lines: readonly string[], by: string, on: string): string | null {
	const places = placesOf(documentOf(lines, 0), lines.length);
	const rows = text.split('\n');
	const at = rows.findIndex(row => /^ {2}reviewed:\s*$/.test(row));
	if (at === -1) return null;
	let end = at + 1;
	while (end < rows.length && /^ {4}|^\s*$/.test(rows[end] ?? '')) end++;
	const anchors = [
		...text.matchAll(
			/\bfrom: (?:"((?:[^"\\]|\\.)*)"|([^,{}\n]+?))(?:, under: (?:"((?:[^"\\]|\\.)*)"|([^,{}\n]+?)))?(?= *[,}\n])/g,
		),
	].map(([, from, bare, under, bareUnder]) => ({
		from: from === undefined ? (bare ?? '').trim() : String(JSON.parse(`"${from}"`)),
		under: under === undefined ? bareUnder?.trim() : String(JSON.parse(`"${under}"`)),
	}));
	const parts = anchors.flatMap(anchor => {
		const [only, ...others] = placesFor(anchor, places);
		return only && others.length === 0
			? [`      ${quoted(digestKey(anchor))}: ${quoted(digestOfPlace(only, lines))}`]
			: [];
	});
	return [
		...rows.slice(0, at + 1),
		`    by: ${quoted(by)}`,
		`    on: ${quoted(on)}`,
		'    parts:',
		...new Set(parts),
		...rows.slice(end),
		'',
	]
		.join('\n')
		.replace(/\n+$/, '\n');
}
