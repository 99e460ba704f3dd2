/*
Every key from the one table, under the headings of where it works; for one that the rules refuse now, why.
*/
import {safe} from '../../text/clean.ts';
import {cells, wrap} from '../../text/fit.ts';
import type {Hint, PanelProps} from '../panel.ts';
import {blank, bold, cell, dim, inset, type Line, span} from './line.ts';
import {scrolled} from './scroll.ts';
import {header} from './section.ts';

const keyWidth = (help: readonly Hint[]): number =>
	Math.min(16, Math.max(1, ...help.map(({keys}) => cells(safe(keys)))));

const hintLines = (columns: number, width: number, {keys, label, help, refusal}: Hint): readonly Line[] => {
	const text = wrap(safe(help === '' ? label : help), Math.max(10, columns - width - 5));
	const why = refusal === null ? [] : wrap(safe(`not available: ${refusal}`), Math.max(10, columns - width - 7));
	return [
		...text.map((part, at) => inset(columns, [cell(safe(at === 0 ? keys : ''), width, bold), blank(2), span(part)])),
		...why.map(part => inset(columns, [blank(width + 4), span(part, dim)])),
	];
};

const helpText = ({help: all, size, theme}: PanelProps): readonly Line[] => {
	const help = all();
	const width = keyWidth(help);
	const headings = [...new Set(help.map(({where}) => where))];
	return headings.flatMap(where => [
		header(theme, size.columns, safe(where.toUpperCase()), safe('')),
		...help.filter(hint => hint.where === where).flatMap(hint => hintLines(size.columns, width, hint)),
	]);
};

export const helpLines = (props: PanelProps): readonly Line[] => {
	const {shown, place} = scrolled(helpText(props), props.view, props.size.rows - 1);
	return [
		header(props.theme, props.size.columns, safe('HELP'), safe('every act is in the palette too (:)'), place),
		...shown,
	];
};
