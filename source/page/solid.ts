/*
What people compare and read to each other stays in one piece: a browser ends a line behind any hyphen, also within a time, an
offset or the number of a ticket. One that is wider than its line breaks all the same.
*/
import {type Html, html} from './html.ts';

const piece = /\b(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?|[A-Za-z]+\d*[-+][A-Z]?\d[\w:+-]{0,20})/g;

/** Text with its times, offsets and numbers in one piece each. */
export const solid = (text: string): Html => {
	const pieces = text.match(piece) ?? [];
	return html`${text.split(piece).map((between, index) => {
		const found = pieces[index];
		return found === undefined ? between : html`${between}<span class="solid">${found}</span>`;
	})}`;
};
