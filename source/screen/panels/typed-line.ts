/* A line that is typed at: as much of it as its place holds, around the cursor. */
import {safe} from '../../text/clean.ts';
import {cells} from '../../text/fit.ts';
import {graphemesOf} from '../terminal/graphemes.ts';
import type {Theme} from '../theme.ts';
import {bold, type Line, type Look, plain, span} from './line.ts';

/** At most `width` cells; `at`: graphemes before the cursor. */
export const typedLine = (text: string, at: number, width: number, {glyph}: Theme, look: Look = plain): Line => {
	const room = width - 1;
	const all = [...graphemesOf(text)].map(grapheme => safe(grapheme));
	const before = all.slice(0, at);
	const after = all.slice(at);
	while (before.length > 0 && cells(before.join('')) > Math.max(1, room - Math.min(8, after.length))) before.shift();
	while (after.length > 0 && cells([...before, ...after].join('')) > room) after.pop();
	return [span(before.join(''), look), span(glyph.cursor, bold), span(after.join(''), look)];
};

/** The same where one types at the end. */
export const typedEnd = (text: string, width: number, theme: Theme): Line =>
	typedLine(text, Number.POSITIVE_INFINITY, width, theme, bold);
