/*
The one place where lines become Ink: a root box of the full height, and a box of fixed width for each row, because
Ink 8 lays out stale what may shrink.
*/
import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import type {Size} from '../state/view.ts';
import type {Theme} from '../theme.ts';
import {toAscii} from './ascii.ts';
import {fitted, type Line, type Span} from './line.ts';

type Props = {readonly lines: readonly Line[]; readonly size: Size; readonly theme: Theme};

const spins = ({look}: Span, {ascii}: Theme): boolean => look.spin === true && !ascii;

const Piece = ({piece, theme}: {readonly piece: Span; readonly theme: Theme}) => {
	const {look} = piece;
	const ink = {
		...(theme.colour && look.colour !== undefined ? {color: look.colour} : {}),
		...(theme.colour && look.background !== undefined ? {backgroundColor: look.background} : {}),
		bold: look.bold ?? false,
		dimColor: look.dim ?? false,
		inverse: look.inverse ?? false,
	};
	return (
		<Text {...ink}>
			{spins(piece, theme) ? <Spinner type="toggle" /> : theme.ascii ? toAscii(piece.text) : piece.text}
		</Text>
	);
};

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

const Row = memo(
	({line, columns, theme}: RowProps) => (
		<Box width={columns} height={1} flexShrink={0}>
			<Box width={columns} flexShrink={0}>
				<Text wrap="truncate">
					{fitted(line, columns).map((piece, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a span has no name but its place
						<Piece key={at} piece={piece} theme={theme} />
					))}
				</Text>
			</Box>
		</Box>
	),
	isSame,
);

/** Exactly `size`: rows too many are left out, missing ones are empty. */
export const Paint = ({lines, size, theme}: Props) => (
	<Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0}>
		{Array.from({length: size.rows}, (_, at) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its place
			<Row key={at} line={lines[at] ?? []} columns={size.columns} theme={theme} />
		))}
	</Box>
);
