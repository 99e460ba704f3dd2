/*
What runs, as it will run: never cut, on as many rows as it takes.
*/
import {paragraph} from '../flow.ts';
import {blank, type Line} from '../line.ts';

export const verbatim = (columns: number, text: string): readonly Line[] =>
	paragraph(columns, text, {lead: [blank(2)]});

/** `A=1   B=2`. */
export const pairs = (values: Readonly<Record<string, string>>): string =>
	Object.entries(values)
		.map(([key, value]) => `${key}=${value}`)
		.join('   ');
