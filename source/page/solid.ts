/*
What people compare and read to each other stays in one piece: a browser ends a line behind any hyphen, also within a time, an
offset or the number of a ticket. Only a digest or an address, which fits in no column, breaks anywhere.
*/
import {escaped, type Html, raw} from './html.ts';

const date = String.raw`\d{4}-\d\d-\d\dT?`;
const time = String.raw`\d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)`;
const number = String.raw`[A-Za-z]+\d*[-+][A-Z]?\d[\w:+-]*`;
/** Longer than any time, and than what a column of a printed table can hold. */
const longest = 24;
const piece = new RegExp(String.raw`(\S{${longest + 1},}|(?:\b|(?<=\dT))(?:${date}|${time}|${number}))`);
/** Most texts have none, and a page is rendered at each change. */
const maybe = new RegExp(String.raw`\d-\d|\d[+]\d|[A-Za-z]\d*[-+][A-Z]?\d|\S{${longest + 1}}`);

function whole(text: string): string {
	if (text.length <= longest) return `<span class="solid">${escaped(text)}</span>${text.endsWith('T') ? '<wbr>' : ''}`;
	const parts = text.split(/(?<=\d\d-\d\dT|[/;,=])/);
	return parts.length > 1
		? parts.map(part => `${markup(part)}<wbr>`).join('')
		: `<span class="long">${escaped(text)}</span>`;
}

const markup = (text: string): string =>
	maybe.test(text)
		? text
				.split(piece)
				.map((part, index) => (index % 2 === 0 ? escaped(part) : whole(part)))
				.join('')
		: escaped(text);

/** The journal is rendered at each change, and its lines stay what they were. */
const known = new Map<string, Html>();
const most = 1000;

/** Text with its times, offsets and numbers in one piece each; every part of it is escaped. */
export function solid(text: string): Html {
	const before = known.get(text);
	if (before !== undefined) return before;
	if (known.size >= most) known.clear();
	const made = raw(markup(text));
	known.set(text, made);
	return made;
}
