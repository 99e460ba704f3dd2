/*
The page that chooses, as lines: a row for each open cutover with its state, its clock and what comes next; what is closed and
how it ended; what can be begun. What a row has no room for is in full below the list.
*/

import {nextText} from '../../cutover/snapshot/next-step.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {safe} from '../../text/clean.ts';
import {cells} from '../../text/fit.ts';
import {day, minutes, wallShort, wallShortOn} from '../../text/time.ts';
import type {FooterKey} from '../panel.ts';
import {tShort} from '../panels/board/clocks.ts';
import {paragraph} from '../panels/flow.ts';
import {footerKey, keysLine} from '../panels/footer.ts';
import {toneOf} from '../panels/frame.ts';
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
	type Span,
	shape,
	span,
	widest,
} from '../panels/line.ts';
import {type Section as Drawn, header, lazyRow, type Row, rule, stacked} from '../panels/section.ts';
import {typedEnd} from '../panels/typed-line.ts';
import {sizeClass} from '../state/view.ts';
import type {Theme} from '../theme.ts';
import {type ChooseModel, type ChooseRow, chosenRow, keyOf, type Section, sectionsOf} from './choose-model.ts';
import type {ClosedCutover, OpenCutover} from './choosing.ts';

const idsOf = ({choices: {closed, runbooks}, open}: ChooseModel): readonly string[] => [
	...[...open, ...closed].map(({id}) => id),
	...runbooks.map(({path}) => path),
	'rehearsal',
];

/** Ids that differ only at their ends keep these: the middle is left out. */
const idCell = (id: string, width: number): Span => {
	const text = safe(id);
	const isPlain = cells(text) === text.length;
	if (!isPlain || text.length <= width) return cell(text, width);
	const end = Math.floor((width - 1) / 2);
	return cell(`${text.slice(0, width - 1 - end)}…${text.slice(-end)}`, width);
};

/** Ids are cut in a list, and whole below it. */
const idWidth = (model: ChooseModel): number => {
	const {columns} = model.size;
	const most = columns >= 110 ? 36 : Math.max(10, Math.floor(columns / 4));
	return widest(idsOf(model), id => id, 0, most);
};

/** `HOLD 04:10 G2 failed`; what is no alarm has the clock in its place. */
const stateText = (snapshot: Snapshot): string => {
	const {headline, heldSince, now} = snapshot;
	if (heldSince !== null) return `${headline.word} ${minutes(now - heldSince)}`;
	// A T0 that is late is what the clock says itself.
	const word = headline.word === 'T0 LATE' ? '' : `${headline.word}  `;
	return `${word}${tShort(snapshot)}`;
};

const t0Text = ({t0, now}: Snapshot): string => `T0 ${wallShortOn(t0, now)}`;

const inCommand = ({command}: Snapshot): string => command ?? '';

/** Widths of the columns of what is open, the same for each. */
const columnOf = ({open}: ChooseModel, text: (snapshot: Snapshot) => string, most = 100): number =>
	widest(open, ({snapshot}) => (snapshot === null ? '' : text(snapshot)), 1, most);

const openLine = (model: ChooseModel, {id, snapshot, fault}: OpenCutover, theme: Theme): Line => {
	const name = idCell(id, idWidth(model));
	if (snapshot === null) return [shape(theme.unknown), blank(1), name, blank(2), span(`UNREADABLE  ${fault}`)];
	const {headline, status, next, command} = snapshot;
	const mark = headline.loud ? theme.status.hold : theme.status[status];
	const look = headline.loud ? {...toneOf(status, true, theme)} : bold;
	const state = stateText(snapshot);
	return [
		shape(mark),
		blank(1),
		name,
		blank(2),
		span(state, look),
		blank(columnOf(model, stateText) - state.length + 2),
		cell(t0Text(snapshot), columnOf(model, t0Text)),
		blank(2),
		...(model.size.columns < 70 ? [] : [cell(command ?? '', columnOf(model, inCommand, 12)), blank(2)]),
		span('NEXT ', bold),
		span(next === null ? 'nothing' : next.text),
	];
};

const closedLine = (model: ChooseModel, {id, how, at, why, title}: ClosedCutover): Line => [
	blank(2),
	idCell(id, idWidth(model)),
	blank(2),
	cell(how, 15),
	blank(1),
	span(`${day(at)} ${wallShort(at)}`),
	blank(2),
	span(why === '' ? title : why, dim),
];

const rowLine = (model: ChooseModel, row: ChooseRow, theme: Theme): Line => {
	if (row.kind === 'open') return openLine(model, row.cutover, theme);
	if (row.kind === 'closed') return closedLine(model, row.cutover);
	const [name, about] =
		row.kind === 'rehearsal'
			? ['rehearsal', 'rehearse the sample cutover: it plays against targets of its own']
			: [row.file.path, row.file.title ?? ''];
	return [blank(2), idCell(name, idWidth(model)), blank(2), span(about, row.kind === 'rehearsal' ? plain : dim)];
};

const titles: Readonly<Record<Section['name'], string>> = {open: 'OPEN', begin: 'BEGIN', closed: 'CLOSED'};

const about = ({choices: {folder}}: ChooseModel, {name, rows}: Section): string => {
	if (name === 'begin') return `a rehearsal, or a runbook of ${folder}`;
	return name === 'closed' ? `${rows.length}, opened to be read` : `${rows.length}`;
};

const drawn = (model: ChooseModel, section: Section, theme: Theme): Drawn => {
	const chosen = chosenRow(model);
	const key = chosen === undefined ? null : keyOf(chosen);
	const rows = section.rows.map((row): Row => {
		const is = keyOf(row) === key;
		return lazyRow([keyOf(row)], 1, () => [
			inset(model.size.columns, rowLine(model, row, theme), [], markOf(theme, is)),
		]);
	});
	return {
		title: titles[section.name],
		about: about(model, section),
		rows,
		chosen: section.rows.some(row => keyOf(row) === key) ? key : null,
		least: 1,
	};
};

const openDetail = ({runbook, snapshot, fault}: OpenCutover): readonly string[] => {
	if (snapshot === null) return [fault];
	const {headline, title, next, here} = snapshot;
	return [
		`${headline.word}  ${headline.text}`,
		`NEXT  ${next === null ? 'nothing' : nextText(next)}`,
		`${title}   ${runbook}`,
		...(here.length === 0 ? [] : [`online ${here.join(' ')}`]),
	];
};

/** All that is known of the row with the mark. */
const detailOf = (model: ChooseModel, row: ChooseRow): readonly [title: string, lines: readonly string[]] => {
	if (row.kind === 'open') return [row.cutover.id, openDetail(row.cutover)];
	if (row.kind === 'closed') {
		const {id, how, at, why, title, runbook} = row.cutover;
		return [id, [`${how} ${day(at)} ${wallShort(at)}${why === '' ? '' : `: ${why}`}`, `${title}   ${runbook}`]];
	}
	if (row.kind === 'rehearsal')
		return [
			'rehearsal',
			['The whole cutover of the sample on a clock of its own, with real scripts against a service that ends with it.'],
		];
	const {path, title} = row.file;
	return [
		path,
		[
			title ?? 'without a heading',
			`${model.choices.folder}/${path}`,
			'Shows what was read and what would run. Nothing begins yet.',
		],
	];
};

const mostDetail = 7;

const detailLines = (model: ChooseModel, rows: number, theme: Theme): readonly Line[] => {
	const {columns} = model.size;
	const row = chosenRow(model);
	if (row === undefined || rows < 2) return [];
	const [title, texts] = detailOf(model, row);
	const lines = texts.flatMap(text => paragraph(columns, text));
	return [header(theme, columns, title), ...lines.slice(0, rows - 1)];
};

const head = ({choices: {closed}, open, size}: ChooseModel): Line => {
	const counts = `${open.length === 0 ? 'none' : open.length} open, ${closed.length} closed`;
	return inset(size.columns, [span('CUTOVERS', bold)], [span(counts)]);
};

const keys = (isBack: boolean): readonly FooterKey[] => [
	footerKey('↑↓', 'move'),
	footerKey('⏎', 'open'),
	footerKey('/', 'find'),
	...(isBack ? [footerKey('Esc', 'back')] : []),
	footerKey('q', 'quit', true),
];

const lastLine = ({size: {columns}, filter, filtering}: ChooseModel, isBack: boolean, theme: Theme): Line => {
	if (filtering) return inset(columns, [span('/', bold), ...typedEnd(filter, columns - 3, theme)]);
	return keysLine(keys(isBack), columns, theme, filter === '' ? [] : [span(`/${filter}  `, bold)]);
};

/** Exactly as many lines as the terminal has rows. `isBack`: Esc goes back to a cutover. */
export const chooseLines = (model: ChooseModel, isBack: boolean, theme: Theme): readonly Line[] => {
	const {columns, rows} = model.size;
	const row = chosenRow(model);
	if (sizeClass(model.size) === 'line')
		return [row === undefined ? head(model) : fitted([markOf(theme, true), ...rowLine(model, row, theme)], columns)];
	const detail = detailLines(model, rows < 16 ? 0 : Math.min(mostDetail, Math.floor(rows / 3)), theme);
	const room = rows - 3 - detail.length;
	const sections = sectionsOf(model).map(section => drawn(model, section, theme));
	const list =
		sections.length === 0
			? [inset(columns, [span(`Nothing holds "${model.filter}".`, dim)])]
			: stacked(sections, {rows: room, columns}, theme);
	return [head(model), ...filled(list, room), ...detail, rule(theme, columns), lastLine(model, isBack, theme)];
};
