/*
Lines of text with a blank to sign: `QA: ____  Ops: ____`, `Approved by: ____ (CISO)`, `Approved by (CISO): ____`, `Payroll manager: ____ Date: ____`.
*/
import type {Section} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Cell} from '../../markdown/table.ts';
import {piecesOf} from '../timeline/prose.ts';

const blank =
	/([^:：_|()（）]{1,40})(?:[(（]([^()（）]{1,40})[)）][ \t]*)?(?:[:：][ \t]*(?:\*\*)?[ \t]*(?:_{3,}|\.{4,}|…{1,40})|[ \t]_{5,})[ \t]*(?:[(（]([^()（）]{1,40})[)）])?[ \t,;|]*/g;
/** What is signed beside the name. */
const besides = /^(?:date|time|name|signature|signed|sign|initials|place|日期|时间|姓名|签名|签字)$/i;
const anybody =
	/^(?:(?:approved|signed|released|reviewed|accepted)(?: off)? by|approver|signatory|审批人|批准人|签字人)$/i;

const clean = (text: string): string => plain(text.replaceAll('**', '')).trim();

/** `QA:` and nothing behind it. */
const bare = /^([^:：]{1,40})[:：]\s*$/;

/** The names that a line has blanks for; null where it is anything else. */
function namesIn(line: string): readonly string[] | null {
	const alone = bare.exec(line)?.[1];
	if (alone !== undefined) return alone.split(/\s+/).length > 4 ? null : [clean(alone)];
	if (line.length > 400 || line.replaceAll(blank, '').trim() !== '') return null;
	return [...line.matchAll(blank)].flatMap(([, label = '', before = '', behind = '']) => {
		const name = clean(label);
		if (besides.test(name)) return [];
		return anybody.test(name) ? clean(before || behind) || [] : name;
	});
}

/** A cell for each name of the section, in its place; none where a line is no such line. */
function cellsOf({blocks}: Section): readonly Cell[] {
	const lines = blocks.flatMap(piecesOf).flatMap(piece => (piece.kind === 'line' ? [piece.cell] : []));
	const named = lines.map(cell => ({cell, names: namesIn(cell.text)}));
	if (named.some(({names}) => names === null)) return [];
	return named.flatMap(({cell, names}) => (names ?? []).map(text => ({...cell, text})));
}

/** Names of those who sign, under headings about it. */
export const signedLines = (sections: readonly Section[]): readonly Cell[] =>
	sections.filter(({topics}) => topics.has('signOffs')).flatMap(cellsOf);
