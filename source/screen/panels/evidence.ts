/*
The evidence block as it would be exported now; a field that nobody has answered is marked, because none may stay blank.
*/

import {safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import type {PanelProps} from '../panel.ts';
import {chosenIn} from '../state/rows.ts';
import {paragraph} from './flow.ts';
import {blank, bold, cell, inset, type Line, markOf, shape, span, widest} from './line.ts';
import {scrolled} from './scroll.ts';
import {header, lazyRow, type Row, type Section, stacked} from './section.ts';

type Field = PanelProps['snapshot']['fields'][number];

const fieldRow = (props: PanelProps, {field, value}: Field, width: number, chosen: boolean): Row => {
	const {theme, size} = props;
	const mark = value === null ? theme.missing : theme.yes;
	const parts: readonly string[] =
		value === null ? ['MISSING  nobody has said'] : wrap(safe(value), Math.max(10, size.columns - width - 6));
	return lazyRow([field], parts.length, () =>
		parts.map((part, at): Line => {
			const left = at === 0 ? [shape(mark), blank(1), cell(`${field}:`, width)] : [blank(width + 2)];
			return inset(
				size.columns,
				[...left, blank(1), span(part, value === null ? bold : {})],
				[],
				markOf(theme, chosen && at === 0),
			);
		}),
	);
};

const fieldsSection = (props: PanelProps): Section => {
	const {fields} = props.snapshot;
	const chosen = chosenIn('fields', props);
	const width = widest(fields, ({field}) => `${field}:`, 1, 32);
	const missing = fields.filter(({value}) => value === null).length;
	return {
		title: 'EVIDENCE',
		about: missing === 0 ? `${fields.length} fields, none missing` : `${missing} of ${fields.length} fields missing`,
		rows: fields.map(field => fieldRow(props, field, width, field.field === chosen)),
		chosen,
		least: 1,
	};
};

/** The block byte for byte as it is exported, when the pane in use is the text. */
const blockLines = (props: PanelProps): readonly Line[] => {
	const {view, size, theme, evidence} = props;
	const lines = evidence().flatMap(text => paragraph(size.columns, text));
	const {shown, place} = scrolled(lines, view, size.rows - 1);
	return [header(theme, size.columns, 'EVIDENCE', 'as it would be exported now', place), ...shown];
};

export const evidenceLines = (props: PanelProps): readonly Line[] =>
	props.view.pane === 'text' ? blockLines(props) : stacked([fieldsSection(props)], props.size, props.theme);
