/*
A file that is read: the version that was approved, line by line with its number, long lines going on below. The line under
the cursor is marked; what it names is opened with Enter.
*/
import type {Document} from '../../cutover/model/document.ts';
import type {PanelProps} from '../panel.ts';
import {type DocumentRow, documentRows, numberWidth, rowAt} from '../state/document.ts';
import {windowFrom} from '../state/rows.ts';
import {blank, bold, cellEnd, dim, inset, type Line, type Look, markOf, plain, shape, span} from './line.ts';
import {marked} from './run/output.ts';
import {searchSpans} from './run/search.ts';
import {header} from './section.ts';

const heading = /^#{1,6}\s/;
const fence = /^\s*(?:```|~~~)/;

const lookOf = ({lines}: Document, {line}: DocumentRow): Look => {
	const text = lines[line] ?? '';
	return heading.test(text) ? bold : fence.test(text) ? dim : plain;
};

const citeLook: Look = {colour: 'cyan'};

/** With what it names in another colour. */
const withCites = (text: string, look: Look, cites: readonly string[]): Line => {
	const first = cites
		.map(path => ({path, at: text.indexOf(path)}))
		.filter(({at}) => at >= 0)
		.toSorted((a, b) => a.at - b.at)[0];
	if (first === undefined) return text === '' ? [] : [span(text, look)];
	const end = first.at + first.path.length;
	return [
		span(text.slice(0, first.at), look),
		span(text.slice(first.at, end), {...look, ...citeLook}),
		...withCites(text.slice(end), look, cites),
	];
};

const rowLine = (
	{view: {filter, search}, size, theme}: PanelProps,
	document: Document,
	row: DocumentRow,
	chosen: boolean,
): Line => {
	const number = row.part === 0 ? String(row.line + 1) : '';
	const text = withCites(row.text, lookOf(document, row), document.cites[row.line] ?? []);
	const sought = (search?.text ?? filter).toLowerCase();
	return inset(
		size.columns,
		[cellEnd(number, numberWidth(document), dim), blank(1), ...marked(text, sought, theme.colour)],
		[],
		markOf(theme, chosen),
	);
};

/** Which version it is, and what of that a reader has to know. */
const aboutLines = (props: PanelProps, {version, digest, differs, isCut}: Document): readonly Line[] => {
	const {size, theme} = props;
	const short = digest === null ? '' : ` (${digest.slice(0, 19)}…)`;
	const said =
		version === 'approved'
			? `approved version${short}`
			: differs
				? `the version of the workspace${short}: the approved one is not kept here`
				: `as it is in the workspace${short}: not approved`;
	const warning = (text: string): Line => inset(size.columns, [shape(theme.warning), span(` ${text}`, bold)]);
	const found = searchSpans(props);
	return [
		inset(size.columns, [span(said, dim)], found),
		...(version === 'approved' && differs ? [warning('The file in the workspace differs from this version.')] : []),
		...(isCut ? [warning('The file is longer: its end is not shown.')] : []),
	];
};

export const documentLines = (props: PanelProps): readonly Line[] => {
	const {view, size, theme} = props;
	const open = view.documents.at(-1);
	if (open === undefined) return [header(theme, size.columns, 'READ', 'nothing is open')];
	const {document, line} = open;
	const rows = documentRows(document, view.size.columns);
	const at = rowAt(open, view.size.columns);
	const place = `line ${line + 1} of ${Math.max(1, document.lines.length)}`;
	const head = [
		header(theme, size.columns, document.path, '', place),
		...aboutLines(props, document).slice(0, Math.max(0, size.rows - 3)),
	];
	const room = Math.max(0, size.rows - head.length);
	const from = windowFrom(rows.length, at, room);
	const shown = rows.slice(from, from + room).map((row, index) => rowLine(props, document, row, from + index === at));
	return [...head, ...shown];
};
