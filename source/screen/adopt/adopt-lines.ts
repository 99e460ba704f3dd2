/*
The adopt page as lines: at 120 columns the document with what each line is taken as on the left and the question on the right, at 80 one
of both at a time.
*/

import {safe} from '../../text/clean.ts';
import {counted} from '../../text/counted.ts';
import type {FooterKey} from '../panel.ts';
import {beside} from '../panels/beside.ts';
import {paragraph} from '../panels/flow.ts';
import {footerKey, keysLine} from '../panels/footer.ts';
import {
	blank,
	bold,
	cell,
	dim,
	filled,
	fitted,
	inset,
	type Line,
	type Look,
	markOf,
	plain,
	span,
	widthOf,
} from '../panels/line.ts';
import {rule} from '../panels/section.ts';
import {typedLine} from '../panels/typed-line.ts';
import {windowFrom} from '../state/rows.ts';
import type {Theme} from '../theme.ts';
import {type AdoptModel, choicesOf, openQuestions, partAt, questionOf, resultRows, roomIn} from './adopt-model.ts';
import type {AdoptQuestion} from './adoption.ts';

const wide = 120;

const takenWidth = 24;

function head({adoption, draft, size}: AdoptModel, open: number): Line {
	const of = (kind: string): number => draft.parts.filter(part => part.kind === kind).length;
	const counts = [
		counted(of('step'), 'step'),
		counted(of('gate'), 'gate'),
		counted(of('trigger'), 'trigger'),
		`${of('rollback')} rollback`,
		counted(of('sign-off'), 'sign-off'),
	];
	const what = adoption.isRepair ? 'REPAIR MAP' : 'ADOPT';
	const asked = open === 0 ? 'no question open' : `${counted(open, 'question')} open`;
	const left: Line = [span(`${what}  `, bold), span(adoption.path)];
	const right = (count: number): Line => [span(`${counts.slice(0, count).join('  ')}  ·  ${asked}`)];
	const shown = counts.findLastIndex((_, at) => widthOf(left) + widthOf(right(at + 1)) + 4 <= size.columns);
	return inset(size.columns, left, right(Math.max(2, shown + 1)));
}

/** One line of the document: its number, what it is taken as, its words. */
function documentLine(model: AdoptModel, line: number, columns: number, theme: Theme): Line {
	const part = partAt({draft: model.draft, line});
	const inside = model.draft.parts.some(one => one.line < line && one.end >= line);
	const text = safe((model.adoption.source[line - 1] ?? '').replaceAll('\t', '  '));
	const isHere = line === model.line;
	const what = part ? `${part.kind} ${part.about}` : inside ? theme.glyph.bar : '';
	const look = part ? bold : inside ? plain : dim;
	const row = fitted(
		[
			cell(String(line), 5, dim),
			cell(what, takenWidth, look),
			blank(1),
			span(text, part ? plain : inside ? plain : dim),
		],
		columns - 1,
	);
	const mark = markOf(theme, isHere);
	return isHere ? [mark, ...row.map(one => span(one.text, {inverse: true}))] : [mark, ...row];
}

/** So many lines of the document, around the selected one. */
function documentLines(model: AdoptModel, rows: number, columns: number, theme: Theme): readonly Line[] {
	const count = model.adoption.source.length;
	const from = windowFrom(count, model.line - 1, rows) + 1;
	return Array.from({length: Math.min(rows, count)}, (_, index) => documentLine(model, from + index, columns, theme));
}

const lookedAt = (text: string, columns: number, look: Look = plain): readonly Line[] =>
	paragraph(columns, text, {look});

const typed = ({typed: line}: AdoptModel, columns: number, theme: Theme): readonly Line[] => {
	if (line === null) return [];
	const label = span(`${line.label}: `);
	const room = columns - 2 - widthOf([label]);
	return [inset(columns, [label, ...typedLine(line.text, line.cursor, room, theme, bold)])];
};

/** The choices around the one that is chosen, the default marked. */
function choiceLines(model: AdoptModel, question: AdoptQuestion, rows: number, theme: Theme): readonly Line[] {
	const {default: given} = question;
	const choices = choicesOf(question);
	const from = windowFrom(choices.length, model.choice, rows);
	return choices.slice(from, from + rows).map((text, index) => {
		const isHere = from + index === model.choice;
		const proposed = span(text === given ? '  (proposed)' : '', dim);
		return [blank(1), markOf(theme, isHere), blank(1), span(text, isHere ? bold : plain), proposed];
	});
}

function questionLines(model: AdoptModel, rows: number, columns: number, theme: Theme): readonly Line[] {
	const question = questionOf(model);
	if (!question) return lookedAt('No question is open.', columns, dim);
	const {questions} = model.draft;
	const place = span(`QUESTION ${questions.indexOf(question) + 1} of ${questions.length}`, bold);
	const answered = span(model.answers[question.id] === undefined ? '' : '  answered', dim);
	const top: readonly Line[] = [
		inset(columns, [place, answered]),
		[],
		...lookedAt(question.question, columns).slice(0, Math.max(3, rows - 7)),
		[],
	];
	const body =
		model.typed === null
			? choiceLines(model, question, Math.max(3, rows - top.length - 1), theme)
			: [...typed(model, columns, theme), ...lookedAt(`proposed: ${question.default}`, columns, dim)];
	return [...top, ...body].slice(0, rows);
}

/** What is at the selected line, and what of the document is not used. */
function aboutLines(model: AdoptModel, rows: number, columns: number, theme: Theme): readonly Line[] {
	const part = partAt(model);
	const said = part
		? `Line ${model.line} is taken as a ${part.kind}${part.about === '' ? '.' : `: ${part.about}`}`
		: `Line ${model.line} is not taken as a part.`;
	const commands = part?.commands ?? [];
	const may =
		part?.runs === true
			? 'These commands are run, one go-ahead each (r: people run them):'
			: 'People run these commands (r: the program does, one go-ahead each):';
	const {unused, errors} = model.draft;
	const lines: readonly Line[] = [
		...lookedAt(said, columns, bold),
		...(model.typed === null ? [] : [[], ...typed(model, columns, theme)]),
		...(commands.length === 0 ? [] : lookedAt(may, columns)),
		...commands.flatMap(text => paragraph(columns, text, {lead: [blank(2)], look: bold})),
		[],
		...errors.flatMap(text => lookedAt(`Error: ${text}`, columns, {colour: 'red'})),
		...lookedAt(unused.length === 0 ? 'Every line is used or left out.' : 'Not used:', columns),
		...unused.flatMap(({line, end, text}) =>
			lookedAt(`${line === end ? line : `${line}-${end}`}  ${text}`, columns, dim),
		),
	];
	return lines.slice(0, rows);
}

function keysOf(model: AdoptModel): readonly FooterKey[] {
	const {mode, typed} = model;
	if (mode === 'written') return [footerKey('↑↓', 'scroll'), footerKey('⏎', 'leave', true)];
	const tab = footerKey('Tab', mode === 'questions' ? 'lines' : 'ask');
	if (mode === 'questions') {
		const choose = typed === null ? [footerKey('↑↓', 'choose')] : [];
		return [footerKey('⏎', 'accept'), ...choose, footerKey('Esc', 'back'), tab, footerKey('Ctrl-C', 'leave', true)];
	}
	if (typed !== null) return [footerKey('⏎', 'accept'), footerKey('Esc', 'cancel', true)];
	const part = partAt(model);
	const ofStep = [footerKey('l', 'length'), footerKey('i', 'time'), footerKey('o', 'owner')];
	return [
		footerKey('n', 'next'),
		footerKey('t', 'take as'),
		footerKey('x', 'ignore'),
		...(part?.kind === 'step' ? ofStep : []),
		...(part?.kind === 'step' && part.commands.length > 0 ? [footerKey('r', 'run')] : []),
		tab,
		footerKey('w', 'write', true),
		footerKey('q', 'leave', true),
	];
}

/** What is asked or said, beside the document or under it. */
function bodyLines(model: AdoptModel, rows: number, theme: Theme): readonly Line[] {
	const {mode, scroll, size} = model;
	const {columns} = size;
	if (mode === 'written')
		return resultRows(model)
			.slice(scroll, scroll + rows)
			.map(text => inset(columns, [span(text)]));
	const said = mode === 'questions' ? questionLines : aboutLines;
	if (columns >= wide) {
		const left = Math.floor(columns * 0.6);
		const right = columns - left - 1;
		return beside(
			[
				{columns: left, lines: documentLines(model, rows, left, theme)},
				{columns: right, lines: said(model, rows, right, theme)},
			],
			{size: {columns, rows}, theme},
			theme.glyph.bar,
		);
	}
	if (mode === 'questions') {
		const asked = questionLines(model, Math.max(6, rows - 6), columns, theme);
		const left = rows - asked.length - 1;
		if (left < 3 || questionOf(model)?.line === null) return asked;
		return [...asked, rule(theme, columns), ...documentLines(model, left, columns, theme)];
	}
	const about = aboutLines(model, Math.max(3, Math.floor(rows / 3)), columns, theme);
	return [...documentLines(model, rows - about.length - 1, columns, theme), rule(theme, columns), ...about];
}

/** Exactly as many lines as the terminal has rows. */
export function adoptLines(model: AdoptModel, theme: Theme): readonly Line[] {
	const {columns} = model.size;
	const room = roomIn(model);
	return [
		head(model, openQuestions(model).length),
		rule(theme, columns),
		...filled(bodyLines(model, room, theme), room),
		rule(theme, columns),
		inset(columns, [span(model.message, bold)]),
		keysLine(keysOf(model), columns, theme),
	];
}
