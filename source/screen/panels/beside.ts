/* Panes beside each other, a line between them. */
import type {PanelProps} from '../panel.ts';
import {dim, fitted, type Line, span} from './line.ts';

export type Beside = {readonly lines: readonly Line[]; readonly columns: number};

/** As many rows as the panel has; each pane exactly as wide as it says. `first`: between them in the first row, a header mostly. */
export const beside = (
	panes: readonly Beside[],
	{size, theme}: Pick<PanelProps, 'size' | 'theme'>,
	first = theme.glyph.fork,
): readonly Line[] =>
	Array.from(
		{length: size.rows},
		(_, row): Line =>
			panes.flatMap(({lines, columns}, at): Line => {
				const between = at === 0 ? [] : [span(row === 0 ? first : theme.glyph.bar, dim)];
				return [...between, ...fitted(lines[row] ?? [], columns)];
			}),
	);
