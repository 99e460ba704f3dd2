/*
What runs, as it will run: never cut, on as many rows as it takes.
*/
import {safe} from '../../../text/clean.ts';
import {wrap} from '../../../text/fit.ts';
import {blank, inset, type Line, span} from '../line.ts';

export const verbatim = (columns: number, text: string): readonly Line[] =>
	wrap(safe(text), Math.max(10, columns - 4)).map(part => inset(columns, [blank(2), span(part)]));

/** `A=1   B=2`. */
export const pairs = (values: Readonly<Record<string, string>>): string =>
	Object.entries(values)
		.map(([key, value]) => `${key}=${value}`)
		.join('   ');
