/*
Every key from the one table, under the headings of where it works; for one that the rules refuse now, why.
*/

import type {Hint, PanelProps} from '../panel.ts';
import {paragraph} from './flow.ts';
import {blank, bold, cell, dim, type Line, widest} from './line.ts';
import {scrolled} from './scroll.ts';
import {header} from './section.ts';

const hintLines = (columns: number, width: number, {keys, label, help, refusal}: Hint): readonly Line[] => {
	return [
		...paragraph(columns, help === '' ? label : help, {lead: [cell(keys, width, bold), blank(2)], free: 1}),
		...(refusal === null
			? []
			: paragraph(columns, `not available: ${refusal}`, {lead: [blank(width + 4)], look: dim, free: 1})),
	];
};

const helpText = ({help: all, size, theme}: PanelProps): readonly Line[] => {
	const help = all();
	const width = widest(help, ({keys}) => keys, 1, 16);
	const headings = [...new Set(help.map(({where}) => where))];
	return headings.flatMap(where => [
		header(theme, size.columns, where.toUpperCase()),
		...help.filter(hint => hint.where === where).flatMap(hint => hintLines(size.columns, width, hint)),
	]);
};

export const helpLines = (props: PanelProps): readonly Line[] => {
	const {shown, place} = scrolled(helpText(props), props.view, props.size.rows - 1);
	return [header(props.theme, props.size.columns, 'HELP', 'every act is in the palette too (:)', place), ...shown];
};
