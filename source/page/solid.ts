/*
What people compare and read to each other stays in one piece: a browser ends a line behind any hyphen, also within a time, an
offset or the number of a ticket. Only a digest or an address, which fits in no column, breaks anywhere.
*/
import {type Html, html, raw} from './html.ts';

const date = String.raw`\d{4}-\d\d-\d\dT?`;
const time = String.raw`\d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)`;
const number = String.raw`[A-Za-z]+\d*[-+][A-Z]?\d[\w:+-]*`;
/** Longer than any time, and than what a column of a printed table can hold. */
const longest = 24;
const piece = new RegExp(String.raw`(\S{${longest + 1},}|(?:\b|(?<=\dT))(?:${date}|${time}|${number}))`);

function whole(text: string): Html {
	if (text.length <= longest) return html`<span class="solid">${text}</span>${text.endsWith('T') && raw('<wbr>')}`;
	const parts = text.split(/(?<=\d\d-\d\dT|[/;,=])/);
	return parts.length > 1
		? html`${parts.map(part => html`${solid(part)}<wbr>`)}`
		: html`<span class="long">${text}</span>`;
}

/** Text with its times, offsets and numbers in one piece each. */
export function solid(text: string): Html {
	return html`${text.split(piece).map((part, index) => (index % 2 === 0 ? part : whole(part)))}`;
}
