/*
The journal inside an HTML document: its lines as data that no browser runs. `<` is written as JSON's own escape, so that
nothing in a line can end the block; a journal's lines never hold that escape themselves, so they come back byte for byte.
*/
const start = '<script type="application/x-ndjson" id="journal">\n';
const end = '</script>';

export const dataBlock = (lines: readonly string[]): string =>
	`${start}${lines.map(line => `${line.replaceAll('<', '\\u003c')}\n`).join('')}${end}`;

/** The lines of the block, each with its line feed; null where the document has none. */
export function journalIn(document: string): string | null {
	const from = document.lastIndexOf(start);
	const to = document.indexOf(end, from);
	if (from < 0 || to < 0) return null;
	return document
		.slice(from + start.length, to)
		.replaceAll(/\\(u003c|.)/g, (found, code: string) => (code === 'u003c' ? '<' : found));
}
