/*
The one place where lines become Ink: a root box of the full height, and a box of fixed width for each row, because
Ink 8 lays out stale what may shrink. A row is one text that is coloured already: a component for each of its spans would
cost most of what a keypress costs.
*/
import chalk from 'chalk';
import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import type {Size} from '../state/view.ts';
import type {Colour, Theme} from '../theme.ts';
import {toAscii} from './ascii.ts';
import {filled, fitted, type Line, type Look, type Span} from './line.ts';

type Props = {readonly lines: readonly Line[]; readonly size: Size; readonly theme: Theme};

const spins = ({look}: Span, {ascii}: Theme): boolean => look.spin === true && !ascii;

const background = (colour: Colour) => `bg${colour[0]?.toUpperCase()}${colour.slice(1)}` as `bg${Capitalize<Colour>}`;

/** Chalk, as Ink does it too, so that both know the same of the terminal. */
const coloured = (text: string, look: Look, theme: Theme): string => {
	const {dim, bold, inverse} = look;
	let styled = dim ? chalk.dim(text) : text;
	if (theme.colour && look.colour !== undefined) styled = chalk[look.colour](styled);
	if (theme.colour && look.background !== undefined) styled = chalk[background(look.background)](styled);
	if (bold) styled = chalk.bold(styled);
	return inverse ? chalk.inverse(styled) : styled;
};

const textOf = ({text, look}: Span, theme: Theme): string => coloured(theme.ascii ? toAscii(text) : text, look, theme);

type RowProps = {readonly line: Line; readonly columns: number; readonly theme: Theme};

const looks = ['colour', 'background', 'bold', 'dim', 'inverse', 'spin'] as const;

/** Most rows look as they did a second ago: Ink need not lay those out again. */
const isSame = (a: RowProps, b: RowProps): boolean =>
	a.columns === b.columns &&
	a.theme === b.theme &&
	a.line.length === b.line.length &&
	a.line.every(({text, look}, at) => {
		const other = b.line[at];
		return text === other?.text && (look === other.look || looks.every(name => look[name] === other.look[name]));
	});

const Turning = ({look, theme}: {readonly look: Look; readonly theme: Theme}) => (
	<Text
		{...(theme.colour && look.colour !== undefined ? {color: look.colour} : {})}
		bold={look.bold ?? false}
		dimColor={look.dim ?? false}
	>
		<Spinner type="toggle" />
	</Text>
);

/** One text, or, where something turns, the parts around it. */
const partsOf = (line: Line, theme: Theme) => {
	if (!line.some(piece => spins(piece, theme))) return line.map(piece => textOf(piece, theme)).join('');
	return line.map((piece, at) =>
		// biome-ignore lint/suspicious/noArrayIndexKey: a span has no name but its place
		spins(piece, theme) ? <Turning key={at} look={piece.look} theme={theme} /> : textOf(piece, theme),
	);
};

const Row = memo(
	({line, columns, theme}: RowProps) => (
		<Box width={columns} height={1} flexShrink={0}>
			<Text wrap="truncate">{partsOf(fitted(line, columns), theme)}</Text>
		</Box>
	),
	isSame,
);

/** Exactly `size`: rows too many are left out, missing ones are empty. */
export const Paint = ({lines, size, theme}: Props) => (
	<Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0}>
		{filled(lines, size.rows).map((line, at) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its place
			<Row key={at} line={line} columns={size.columns} theme={theme} />
		))}
	</Box>
);
