/*
A dialogue as lines: its title, what it is about, what is typed, and what the keys do. Where there is little room, what
it is about gives way and says how much of it is missing; what is typed never does.
*/
import {type SafeText, safe} from '../../text/clean.ts';
import {cells, wrap} from '../../text/fit.ts';
import {blank, bold, dim, inset, type Line, type Span, span} from '../panels/line.ts';
import {header} from '../panels/section.ts';
import type {Theme} from '../theme.ts';
import type {Dialog, Field, FormDialog, MenuDialog, WordsDialog} from './dialog.ts';
import {fieldsAsked} from './fields.ts';
import {rowsShown} from './menu.ts';
import {wordAsked} from './words.ts';

export type Drawn = {
	readonly theme: Theme;
	readonly columns: number;
	/** A command is on its way. */
	readonly waiting: boolean;
};

const margin = 3;

const indented = (columns: number, spans: Line, mark: Span = blank(1)): Line =>
	inset(columns, [blank(margin - 1), ...spans], [], mark);

const wrapped = (text: string, {columns}: Drawn, look: Span['look'] = {}): readonly Line[] =>
	wrap(safe(text), columns - margin - 3).map(line => indented(columns, [span(line, look)]));

const cursor = ({theme}: Drawn): Span => span(theme.glyph.cursor, bold);

/** The end of a text too long for its place: that is where one types. */
const endOf = (text: string, width: number): SafeText => {
	const all = Array.from(safe(text));
	while (cells(all.join('')) > width) all.shift();
	return safe(all.join(''));
};

const optionSpans = (field: Field & {kind: 'choice'}): Line =>
	field.options.flatMap(({value, label}, index) => [
		...(index === 0 ? [] : [blank(3)]),
		span(safe(value === field.value ? `(*) ${label}` : `( ) ${label}`), value === field.value ? bold : {}),
	]);

const widthOf = (spans: Line): number => spans.reduce((sum, {text}) => sum + cells(text), 0);

const longestList = 6;

/** Options one under the other, around the one that is taken. */
const optionList = (field: Field & {kind: 'choice'}): readonly Line[] => {
	const taken = Math.max(
		0,
		field.options.findIndex(({value}) => value === field.value),
	);
	const from = Math.max(0, Math.min(field.options.length - longestList, taken - Math.floor(longestList / 2)));
	return field.options
		.slice(from, from + longestList)
		.map(({value, label}) => [
			span(safe(value === field.value ? `(*) ${label}` : `( ) ${label}`), value === field.value ? bold : {}),
		]);
};

const choiceLines = (field: Field & {kind: 'choice'}, isHere: boolean, room: number): readonly Line[] => {
	const inline = optionSpans(field);
	if (widthOf(inline) <= room) return [inline];
	if (isHere) return optionList(field);
	const taken = field.options.find(({value}) => value === field.value);
	return [[span(safe(taken?.label ?? '( ) …'))]];
};

const textLine = (field: Field & {kind: 'text' | 'time'}, isHere: boolean, room: number, drawn: Drawn): Line => {
	const typed = span(endOf(field.value, room - 1));
	if (!isHere) return [typed];
	const hint = field.value === '' && field.hint !== '' ? [blank(2), span(safe(field.hint), dim)] : [];
	return [typed, cursor(drawn), ...hint];
};

const longestLabel = 24;

const labelWidth = (fields: readonly Field[]): number =>
	Math.min(longestLabel, Math.max(...fields.map(({label}) => cells(safe(label))))) + 2;

const fieldLines = (form: FormDialog, drawn: Drawn): readonly Line[] => {
	const fields = fieldsAsked(form.fields);
	const label = labelWidth(fields);
	const room = drawn.columns - margin - 2 - label;
	return fields.flatMap((field, index) => {
		const isHere = index === form.at && !drawn.waiting;
		const values = field.kind === 'choice' ? choiceLines(field, isHere, room) : [textLine(field, isHere, room, drawn)];
		const names = wrap(safe(field.label), label - 1);
		const rows = Math.max(values.length, names.length);
		return Array.from({length: rows}, (_, row) => {
			const name = names[row] ?? safe('');
			const left = [span(name, isHere ? bold : {}), blank(label - cells(name))];
			return indented(
				drawn.columns,
				[...left, ...(values[row] ?? [])],
				isHere && row === 0 ? span(drawn.theme.glyph.chosen, bold) : blank(1),
			);
		});
	});
};

type Parts = {readonly title: string; readonly about: readonly Line[]; readonly typed: readonly Line[]};

const status = (drawn: Drawn, problem: string | null, again: boolean, otherwise: string): readonly Line[] => {
	if (drawn.waiting) return wrapped('Recording…', drawn, bold);
	if (problem !== null) return wrapped(`! ${problem}`, drawn, bold);
	return again ? wrapped('press Enter again', drawn, bold) : wrapped(otherwise, drawn, dim);
};

const form = (dialog: FormDialog, drawn: Drawn): Parts => ({
	title: dialog.title,
	about: dialog.lines.flatMap(line => wrapped(line, drawn)),
	typed: [
		...fieldLines(dialog, drawn),
		...status(
			drawn,
			dialog.problem,
			dialog.again,
			'Nothing is recorded yet. Enter on the last field goes on, Esc forgets it.',
		),
	],
});

const words = (dialog: WordsDialog, drawn: Drawn): Parts => {
	const count = dialog.words.length > 1 ? `  (${dialog.given.length + 1} of ${dialog.words.length})` : '';
	return {
		title: dialog.title,
		about: dialog.lines.flatMap(line => wrapped(line, drawn)),
		typed: [
			indented(drawn.columns, [
				span(safe(`type ${wordAsked(dialog)} to confirm:  `)),
				span(endOf(dialog.typed, 30), bold),
				...(drawn.waiting ? [] : [cursor(drawn)]),
				span(safe(count)),
			]),
			...status(
				drawn,
				dialog.problem,
				dialog.again,
				'Nothing is recorded yet. Enter alone does nothing, Esc forgets it.',
			),
		],
	};
};

const longestMenu = 12;

const menuRow = (row: MenuDialog['rows'][number], isHere: boolean, {theme, columns}: Drawn): Line => {
	const look = row.refusal === null ? (isHere ? bold : {}) : dim;
	const why = row.refusal === null ? [] : [span(safe(`  (${row.refusal})`), dim)];
	return inset(
		columns,
		[blank(1), span(safe(row.label), look), ...why],
		[],
		isHere ? span(theme.glyph.chosen, bold) : blank(1),
	);
};

const menu = (dialog: MenuDialog, drawn: Drawn): Parts => {
	const rows = rowsShown(dialog);
	const from = Math.max(0, Math.min(rows.length - longestMenu, dialog.at - Math.floor(longestMenu / 2)));
	const shown = rows
		.slice(from, from + longestMenu)
		.map((row, index) => menuRow(row, from + index === dialog.at, drawn));
	const typed =
		dialog.typed === null
			? []
			: [indented(drawn.columns, [span(safe(':'), bold), span(endOf(dialog.typed, 60), bold), cursor(drawn)])];
	const none = rows.length === 0 ? wrapped('Nothing of that name.', drawn, dim) : [];
	const more = rows.length > shown.length ? wrapped(`${rows.length} in all`, drawn, dim) : [];
	return {title: dialog.title, about: [], typed: [...typed, ...shown, ...none, ...more]};
};

const partsOf = (dialog: Dialog, drawn: Drawn): Parts => {
	if (dialog.kind === 'menu') return menu(dialog, drawn);
	return dialog.kind === 'form' ? form(dialog, drawn) : words(dialog, drawn);
};

/** At most `room` rows. */
export const dialogLines = (dialog: Dialog, drawn: Drawn, room: number): readonly Line[] => {
	const {title, about, typed} = partsOf(dialog, drawn);
	const left = room - typed.length - 1;
	const kept = about.length <= left ? about : about.slice(0, Math.max(0, left - 1));
	const missing = about.length - kept.length;
	const more =
		missing > 0 && left > 0
			? wrapped(`… ${missing} more lines; a taller window shows them`, drawn, bold).slice(0, 1)
			: [];
	const head = header(drawn.theme, drawn.columns, safe(title.toUpperCase()), safe(''));
	return [head, ...kept, ...more, ...typed].slice(0, Math.max(0, room));
};
