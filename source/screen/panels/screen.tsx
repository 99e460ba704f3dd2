/*
A whole screen: frame, panel, a dialogue over the panel's lower part, footer, each in the rows that `layout` gives it.
*/
import {Box} from 'ink';
import type {ReactNode} from 'react';
import {layout} from '../layout.ts';
import type {OpeningProps, PanelProps} from '../panel.ts';
import {sizeClass} from '../state/view.ts';
import {Footer, type FooterProps} from './footer.tsx';
import {Frame} from './frame.tsx';
import {OneLine} from './one-line.tsx';
import {Opening} from './opening/opening.tsx';
import {panels} from './panels.ts';

/** `dialogRows`: how many it would like; `dialog` is drawn at the size that it gets. */
type Over = {readonly dialogRows?: number; readonly dialog?: (rows: number) => ReactNode};

export type ScreenProps = Omit<PanelProps, 'size'> & Over;
export type OpeningScreenProps = Omit<OpeningProps, 'size'> & Pick<FooterProps, 'hints'> & Over;

export const Screen = ({dialogRows = 0, dialog, ...props}: ScreenProps) => {
	const {view} = props;
	const {columns} = view.size;
	if (sizeClass(view.size) === 'line') return <OneLine {...props} size={view.size} />;
	const rows = layout(view, dialogRows);
	const Panel = panels[view.screen === 'opening' ? 'board' : view.screen];
	return (
		<Box flexDirection="column" width={columns} height={view.size.rows} flexShrink={0}>
			<Frame {...props} size={{columns, rows: rows.top}} />
			<Panel {...props} size={{columns, rows: rows.panel}} />
			{dialog?.(rows.dialog)}
			<Footer {...props} size={{columns, rows: rows.footer}} />
		</Box>
	);
};

export const OpeningScreen = ({dialogRows = 0, dialog, hints, ...props}: OpeningScreenProps) => {
	const {view, theme} = props;
	const {columns} = view.size;
	if (sizeClass(view.size) === 'line') return <Opening {...props} size={view.size} />;
	const rows = layout(view, dialogRows);
	return (
		<Box flexDirection="column" width={columns} height={view.size.rows} flexShrink={0}>
			<Opening {...props} size={{columns, rows: rows.top + rows.panel}} />
			{dialog?.(rows.dialog)}
			<Footer view={view} theme={theme} hints={hints} size={{columns, rows: rows.footer}} />
		</Box>
	);
};
