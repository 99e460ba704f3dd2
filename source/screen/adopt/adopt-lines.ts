/*
The adopt page as lines: at 120 columns the document with what each line is taken as on the left and the question on the right, at 80 one
of both at a time.
*/

import {type SafeText, safe} from '../../text/clean.ts';
import {counted} from '../../text/counted.ts';
import {wrap} from '../../text/fit.ts';
import {type FooterKey, footerKey, keysLine} from '../panels/footer.ts';
import {
	blank,
	bold,
	cell,
	dim,
	filled,
	fitted,
	inset,
	type Line,
	markOf,
	plain,
	span,
	widthOf,
} from '../panels/line.ts';
import {rule} from '../panels/section.ts';
import type {Theme} from '../theme.ts';
import {type AdoptModel, openQuestions, partAt, questionOf} from './adopt-model.ts';

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
	const left: Line = [span(safe(`${what}  `), bold), span(safe(adoption.path))];
	const right = (count: number): Line => [span(safe(`${counts.slice(0, count).join('  ')}  ·  ${asked}`))];
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
			cell(safe(String(line)), 5, dim),
			cell(safe(what), takenWidth, look),
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
	const from = Math.max(1, Math.min(count - rows + 1, model.line - Math.floor(rows / 2)));
	return Array.from({length: Math.min(rows, count)}, (_, index) => documentLine(model, from + index, columns, theme));
}

const wrapped = (text: string, width: number): readonly SafeText[] => wrap(safe(text), Math.max(10, width));

const typedLine = ({typed}: AdoptModel, theme: Theme): Line => {
	if (typed === null) return [];
	const all = Array.from(typed.text);
	return [
		span(safe(`${typed.label}: `)),
		span(safe(all.slice(0, typed.cursor).join('')), bold),
		span(theme.glyph.cursor, bold),
		span(safe(all.slice(typed.cursor).join('')), bold),
	];
};

/** The choices around the one that is chosen, the default marked. */
function choiceLines(
	{choice}: AdoptModel,
	choices: readonly string[],
	given: string,
	rows: number,
	theme: Theme,
): readonly Line[] {
	const from = Math.max(0, Math.min(choices.length - rows, choice - Math.floor(rows / 2)));
	return choices.slice(from, from + rows).map((text, index) => {
		const isHere = from + index === choice;
		return [
			markOf(theme, isHere),
			blank(1),
			span(safe(text), isHere ? bold : plain),
			span(safe(text === given ? '  (proposed)' : ''), dim),
		];
	});
}

function questionLines(model: AdoptModel, rows: number, columns: number, theme: Theme): readonly Line[] {
	const question = questionOf(model);
	if (!question) return [[span(safe('No question is open.'), dim)]];
	const {questions} = model.draft;
	const at = questions.indexOf(question) + 1;
	const top: readonly Line[] = [
		[
			span(safe(`QUESTION ${at} of ${questions.length}`), bold),
			span(safe(model.answers[question.id] === undefined ? '' : '  answered'), dim),
		],
		[],
		...wrapped(question.question, columns)
			.slice(0, Math.max(3, rows - 10))
			.map((text): Line => [span(text)]),
		[],
	];
	const choices = question.choices ?? [];
	const body =
		choices.length > 0
			? choiceLines(model, choices, question.default, Math.max(3, rows - top.length - 1), theme)
			: [typedLine(model, theme), [span(safe(`proposed: ${question.default}`), dim)]];
	return [...top, ...body].slice(0, rows);
}

/** What stands at the selected line, and what of the document is not used. */
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
	const unused = model.draft.unused.map(({line, end, text}) => `${line === end ? line : `${line}-${end}`}  ${text}`);
	const errors = model.draft.errors.map(text => `Error: ${text}`);
	const lines: readonly Line[] = [
		...wrapped(said, columns).map((text): Line => [span(text, bold)]),
		...(model.typed === null ? [] : [[], typedLine(model, theme)]),
		...(commands.length === 0 ? [] : wrapped(may, columns).map((text): Line => [span(text)])),
		...commands.flatMap(text => wrapped(text, columns - 2)).map((text): Line => [blank(2), span(text, bold)]),
		[],
		...errors.flatMap(text => wrapped(text, columns)).map((text): Line => [span(text, {colour: 'red'})]),
		[span(safe(unused.length === 0 ? 'Every line is used or left out.' : 'Not used:'))],
		...unused.flatMap(text => wrapped(text, columns)).map((text): Line => [span(text, dim)]),
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

const beside = (
	left: readonly Line[],
	right: readonly Line[],
	width: number,
	columns: number,
	rows: number,
	theme: Theme,
): readonly Line[] =>
	Array.from(
		{length: rows},
		(_, at): Line => [
			...fitted(left[at] ?? [], width),
			span(theme.glyph.bar, dim),
			blank(1),
			...fitted(right[at] ?? [], columns - width - 2),
		],
	);

/** Exactly as many lines as the terminal has rows. */
export function adoptLines(model: AdoptModel, theme: Theme): readonly Line[] {
	const {columns, rows} = model.size;
	const room = Math.max(1, rows - 5);
	const frame = (body: readonly Line[]): readonly Line[] => [
		head(model, openQuestions(model).length),
		rule(theme, columns),
		...filled(body, room),
		rule(theme, columns),
		inset(columns, [span(safe(model.message), bold)]),
		keysLine(keysOf(model), columns, theme),
	];
	const indented = (lines: readonly Line[]): readonly Line[] => lines.map(line => fitted([blank(1), ...line], columns));
	if (model.mode === 'written')
		return frame(
			indented(
				model.result
					.flatMap(text => wrapped(text, columns - 2))
					.slice(model.scroll, model.scroll + room)
					.map((text): Line => [span(text)]),
			),
		);
	if (columns >= wide) {
		const width = Math.floor(columns * 0.6);
		const right = model.mode === 'questions' ? questionLines : aboutLines;
		return frame(
			beside(
				documentLines(model, room, width, theme),
				right(model, room, columns - width - 3, theme),
				width,
				columns,
				room,
				theme,
			),
		);
	}
	if (model.mode === 'questions') {
		const asked = questionLines(model, Math.max(6, room - 6), columns - 2, theme);
		const left = room - asked.length - 1;
		const isAbout = left >= 3 && questionOf(model)?.line !== null;
		return frame([
			...indented(asked),
			...(isAbout ? [rule(theme, columns), ...documentLines(model, left, columns, theme)] : []),
		]);
	}
	const about = aboutLines(model, model.typed === null ? 1 : 3, columns - 2, theme);
	return frame([
		...documentLines(model, room - about.length - 1, columns, theme),
		rule(theme, columns),
		...indented(about),
	]);
}
