/*
A whole screen: frame, panel, a dialogue over the panel's lower part, footer, each in the rows that `layout` gives it.
*/
import {layout} from '../layout.ts';
import type {OpeningProps, PanelProps} from '../panel.ts';
import {sizeClass} from '../state/view.ts';
import {type FooterProps, footerLines} from './footer.ts';
import {frameLines} from './frame.ts';
import {filled, type Line} from './line.ts';
import {oneLine} from './one-line.ts';
import {openingLines} from './opening/opening.ts';
import {Paint} from './paint.tsx';
import {panels} from './panels.ts';

/** `dialogRows`: how many it would like; `dialog` is drawn at the size that it gets. */
type Over = {readonly dialogRows?: number; readonly dialog?: (rows: number) => readonly Line[]};

export type ScreenProps = Omit<PanelProps, 'size'> & Over;
export type OpeningScreenProps = Omit<OpeningProps, 'size'> & Pick<FooterProps, 'hints'> & Over;

const linesOf = ({dialogRows = 0, dialog, ...props}: ScreenProps): readonly Line[] => {
	const {view} = props;
	const {columns} = view.size;
	if (sizeClass(view.size) === 'line') return [oneLine({...props, size: view.size})];
	const rows = layout(view, dialogRows);
	const panel = panels[view.screen === 'opening' ? 'board' : view.screen];
	return [
		...filled(frameLines({...props, size: {columns, rows: rows.top}}), rows.top),
		...filled(panel({...props, size: {columns, rows: rows.panel}}), rows.panel),
		...filled(dialog?.(rows.dialog) ?? [], rows.dialog),
		...footerLines({...props, size: {columns, rows: rows.footer}}),
	];
};

export const Screen = (props: ScreenProps) => (
	<Paint lines={linesOf(props)} size={props.view.size} theme={props.theme} />
);

const openingScreenLines = ({dialogRows = 0, dialog, hints, ...props}: OpeningScreenProps): readonly Line[] => {
	const {view, theme} = props;
	const {columns} = view.size;
	if (sizeClass(view.size) === 'line') return openingLines({...props, size: view.size});
	const rows = layout(view, dialogRows);
	const room = rows.top + rows.panel;
	return [
		...filled(openingLines({...props, size: {columns, rows: room}}), room),
		...filled(dialog?.(rows.dialog) ?? [], rows.dialog),
		...footerLines({view, theme, hints, size: {columns, rows: rows.footer}}),
	];
};

export const OpeningScreen = (props: OpeningScreenProps) => (
	<Paint lines={openingScreenLines(props)} size={props.view.size} theme={props.theme} />
);
