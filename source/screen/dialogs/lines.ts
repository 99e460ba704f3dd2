/*
A dialogue as lines: its title, what it is about, what is typed, and what the keys do. Where there is little room, what
it is about gives way and says how much of it is missing; what is typed never does.
*/
import {safe} from '../../text/clean.ts';
import {cells, wrap} from '../../text/fit.ts';
import {paragraph} from '../panels/flow.ts';
import {
	blank,
	bold,
	dim,
	fitted,
	inset,
	type Line,
	type Look,
	markOf,
	plain,
	type Span,
	span,
	widest,
	widthOf,
} from '../panels/line.ts';
import {header} from '../panels/section.ts';
import {typedEnd, typedLine} from '../panels/typed-line.ts';
import {windowFrom} from '../state/rows.ts';
import type {Theme} from '../theme.ts';
import type {Dialog, FormDialog, MenuDialog, Row, WordsDialog} from './dialog.ts';
import {rowsShown} from './menu.ts';
import {margins, wrappedRows} from './scrolling.ts';
import {formBehind, wordAsked} from './words.ts';

export type Drawn = {
	readonly theme: Theme;
	readonly columns: number;
	/** A command is on its way. */
	readonly waiting: boolean;
};

const margin = margins.left;

const indented = (columns: number, spans: Line, mark: Span = blank(1)): Line =>
	inset(columns, [blank(margin - 1), ...spans], [], mark);

const wrapped = (text: string, {columns}: Drawn, look: Look = plain): readonly Line[] =>
	paragraph(columns, text, {lead: [blank(margin - 1)], look, free: margins.right - 1});

const optionsOf = ({options, value: taken}: Row): readonly Span[] =>
	options.map(({value, label}) => (value === taken ? span(`(*) ${label}`, bold) : span(`( ) ${label}`)));

const besideEachOther = (options: readonly Span[]): Line =>
	options.flatMap((option, index) => (index === 0 ? [option] : [blank(3), option]));

const longestList = 6;

const takenOf = ({options, value: taken}: Row) => options.find(({value}) => value === taken);

/** Options one under the other, around the one that is taken. */
const optionList = (field: Row): readonly Line[] => {
	const taken = field.options.findIndex(({value}) => value === field.value);
	const from = windowFrom(field.options.length, Math.max(0, taken), longestList);
	return optionsOf(field)
		.slice(from, from + longestList)
		.map(option => [option]);
};

/** What is known of it, behind its options or, of another row, behind the one that is taken. */
const withHint = (field: Row, isHere: boolean, room: number): readonly Line[] => {
	const taken = takenOf(field);
	const first = isHere || taken === undefined ? besideEachOther(optionsOf(field)) : [span(taken.label, bold)];
	const left = room - widthOf(first) - 2;
	const [beside, ...under] = wrap(safe(field.hint), Math.max(16, left));
	if (beside === undefined || left < 16) return [first, ...wrap(safe(field.hint), room).map(line => [span(line, dim)])];
	return [
		[...first, blank(2), span(beside, dim)],
		...under.map((line): Line => [blank(widthOf(first) + 2), span(line, dim)]),
	];
};

const choiceLines = (field: Row, isHere: boolean, room: number): readonly Line[] => {
	if (field.hint !== '') return withHint(field, isHere, room);
	const inline = besideEachOther(optionsOf(field));
	if (widthOf(inline) <= room) return [inline];
	return isHere ? optionList(field) : [[span(takenOf(field)?.label ?? '( ) …')]];
};

const textLines = (row: Row, at: number | null, room: number, drawn: Drawn): readonly Line[] => {
	const text = row.value ?? '';
	if (at === null) return [fitted([span(text)], room - 1)];
	const hint = text === '' && row.hint !== '' ? [blank(2), span(row.hint, dim)] : [];
	const typed = [...typedLine(text, at, room, drawn.theme), ...hint];
	if (row.options.length === 0) return [typed];
	const names = row.options.filter(({label}) => label.toLowerCase().startsWith(text.toLowerCase()));
	const offers = (names.length > 0 ? names : row.options).map(({label}) => label).join('  ');
	return [typed, fitted([span(`→ ${offers}`, dim)], room)];
};

const longestLabel = 24;

const labelWidth = (rows: readonly Row[]): number => widest(rows, ({label}) => label, 0, longestLabel) + 2;

const fieldLines = (form: FormDialog, drawn: Drawn): readonly Line[] => {
	const label = labelWidth(form.rows);
	const room = drawn.columns - margin - 2 - label;
	return form.rows.flatMap((row, index) => {
		const isHere = index === form.at && !drawn.waiting;
		const values =
			row.kind === 'choice' ? choiceLines(row, isHere, room) : textLines(row, isHere ? form.cursor : null, room, drawn);
		const names = wrap(safe(row.label), label - 1);
		const height = Math.max(values.length, names.length);
		return Array.from({length: height}, (_, line) => {
			const name = names[line] ?? '';
			const left = [span(name, isHere ? bold : {}), blank(label - cells(name))];
			return indented(drawn.columns, [...left, ...(values[line] ?? [])], markOf(drawn.theme, isHere && line === 0));
		});
	});
};

type Parts = {
	readonly title: string;
	readonly about: readonly Line[];
	readonly scroll: number;
	readonly typed: readonly Line[];
};

const aboutLines = (lines: readonly string[], {columns}: Drawn): readonly Line[] =>
	wrappedRows(lines, columns).map(line => indented(columns, [span(line)]));

const recording = 'Recording…';

const status = (
	drawn: Drawn,
	problem: string | null,
	again: boolean,
	otherwise: string,
	waits = recording,
): readonly Line[] => {
	if (drawn.waiting) return wrapped(waits, drawn, bold);
	if (problem !== null) return wrapped(`! ${problem}`, drawn, bold);
	return again ? wrapped('press Enter again', drawn, bold) : wrapped(otherwise, drawn, dim);
};

const form = (dialog: FormDialog, drawn: Drawn): Parts => ({
	title: dialog.title,
	about: aboutLines(dialog.lines, drawn),
	scroll: dialog.scroll,
	typed: [
		...fieldLines(dialog, drawn),
		...status(
			drawn,
			dialog.problem,
			dialog.again,
			'Nothing is recorded yet. Enter continues, Esc cancels.',
			dialog.act === 'signature' ? 'Signing: touch the key or answer the agent if it asks. Esc cancels.' : recording,
		),
	],
});

const words = (dialog: WordsDialog, drawn: Drawn): Parts => {
	const count = dialog.words.length > 1 ? `  (${dialog.given.length + 1} of ${dialog.words.length})` : '';
	return {
		title: dialog.title,
		about: aboutLines(dialog.lines, drawn),
		scroll: dialog.scroll,
		typed: [
			indented(drawn.columns, [
				span(`type ${wordAsked(dialog)} to confirm:  `),
				...(drawn.waiting ? [] : typedEnd(dialog.typed, 31, drawn.theme)),
				span(count),
			]),
			...status(
				drawn,
				dialog.problem,
				dialog.again,
				`Nothing is recorded yet. ${formBehind(dialog) === null ? '' : 'Tab changes what is said above, '}Esc cancels.`,
			),
		],
	};
};

const longestMenu = 12;

const menuRow = (row: MenuDialog['rows'][number], isHere: boolean, {theme, columns}: Drawn): Line => {
	const look = row.refusal === null ? (isHere ? bold : {}) : dim;
	const why = row.refusal === null ? [] : [span(`  (${row.refusal})`, dim)];
	return inset(columns, [blank(1), span(row.label, look), ...why], [], markOf(theme, isHere));
};

const menu = (dialog: MenuDialog, drawn: Drawn): Parts => {
	const rows = rowsShown(dialog);
	const from = windowFrom(rows.length, dialog.at, longestMenu);
	const shown = rows
		.slice(from, from + longestMenu)
		.map((row, index) => menuRow(row, from + index === dialog.at, drawn));
	const typed =
		dialog.typed === null
			? []
			: [indented(drawn.columns, [span(':', bold), ...typedEnd(dialog.typed, 61, drawn.theme)])];
	const none = rows.length === 0 ? wrapped('Nothing of that name.', drawn, dim) : [];
	const more = rows.length > shown.length ? wrapped(`${rows.length} in all`, drawn, dim) : [];
	return {title: dialog.title, about: [], scroll: 0, typed: [...typed, ...shown, ...none, ...more]};
};

const partsOf = (dialog: Dialog, drawn: Drawn): Parts => {
	if (dialog.kind === 'menu') return menu(dialog, drawn);
	return dialog.kind === 'form' ? form(dialog, drawn) : words(dialog, drawn);
};

/** What it is about, in `room` rows: the rest is scrolled to, and a row says how much that is. */
const scrolledLines = (about: readonly Line[], scroll: number, room: number, drawn: Drawn): readonly Line[] => {
	if (about.length <= room || room <= 0) return about.slice(0, Math.max(0, room));
	// In a single row the text itself.
	const height = Math.max(1, room - 1);
	const from = Math.min(scroll, about.length - height);
	const below = about.length - from - height;
	const more = `${from} lines above, ${below} below: PgUp PgDn`;
	return [...about.slice(from, from + height), ...wrapped(more, drawn, bold).slice(0, 1)].slice(0, room);
};

/** At most `room` rows. */
export const dialogLines = (dialog: Dialog, drawn: Drawn, room: number): readonly Line[] => {
	const {title, about, scroll, typed} = partsOf(dialog, drawn);
	const head = header(drawn.theme, drawn.columns, title.toUpperCase());
	const left = Math.max(0, room - 1);
	const shown = scrolledLines(about, scroll, left - typed.length, drawn);
	// What is typed at is seen, if there is one row.
	const marked = typed.findIndex(([margin]) => margin?.text === drawn.theme.glyph.chosen);
	const from = windowFrom(typed.length, Math.max(0, marked), left);
	return [head, ...shown, ...typed.slice(from, from + left)].slice(0, Math.max(0, room));
};
