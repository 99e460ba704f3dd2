/* Ids of gates, alone or at the start of a text: `G1: …`, `**SCH-1** …`, `Gate 1 – …`. */

import {han, withoutPictures} from '../../../text/letters.ts';
import {plain} from '../../markdown/inline.ts';
import type {Cell} from '../../markdown/table.ts';

export const idPattern = /^(?:[A-Za-z][A-Za-z0-9._-]{0,63}|\d{1,6}(?:\.\d{1,4}){0,3})$/;
/** A number may end in a dot, as lists have it. */
export const idOf = ({text}: Cell): string => plain(withoutPictures(text)).replace(/^(\d{1,6})[.)]$/, '$1');

const idOfItem = /^([A-Za-z][A-Za-z]{0,11}[-_.]?\d{1,4}[a-z]?)\s*(?:[:：.)\]–—]|-(?=\s))\s*(.+)$/s;
const markedId =
	/^(?:\*\*|__|`)([A-Za-z][A-Za-z]{0,11}[-_.]?\d{1,4}[a-z]?(?:[-_.][A-Za-z0-9]{1,20})*)[:.]?(?:\*\*|__|`)\s*[:：.–—-]?\s*(.+)$/s;
/** `SCH-1 Jobs are exported`, `Gate 1: …` */
const wordyId = new RegExp(
	String.raw`^(?:(?=[A-Z]{2,6}-\d)|(?:[Gg]ate|GATE|门禁|关卡) ?#?(?=\d{1,3} ?[:：.)–—-])|(?=[A-Z]{1,6}-?\d{1,3}\s+[${han}]))([A-Z]{1,6}-?\d{1,3}|\d{1,3})[ :：.)–—-]+(.+)$`,
	's',
);
/** `【G1】…`, `[G1] …` */
const bracketedId = /^[【[(（]([A-Za-z][A-Za-z]{0,11}[-_.]?\d{1,4}[a-z]?)[】\])）]\s*[:：.–—-]?\s*(.+)$/s;
const shortId = /^([A-Z]{1,4}-?\d{1,3})\s+(.+)$/s;

/** The id that a text begins with, and what is left of it. `mayBeShort`: nothing needs to be between them. */
export function idAt(given: string, mayBeShort: boolean): {readonly id: string; readonly after: string} | null {
	const text = withoutPictures(given);
	const [, id, after] =
		markedId.exec(text) ??
		idOfItem.exec(text) ??
		idOfItem.exec(plain(text)) ??
		wordyId.exec(plain(text)) ??
		bracketedId.exec(plain(text)) ??
		(mayBeShort ? shortId.exec(plain(text)) : null) ??
		[];
	return id === undefined || after === undefined ? null : {id, after};
}

export const hasShortId = (text: string): boolean => shortId.test(plain(text));
