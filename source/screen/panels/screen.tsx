/*
A whole screen: frame, panel, a dialogue over the panel's lower part, footer, each in the rows that `layout` gives it.
*/

import {nextText} from '../../cutover/snapshot/next-step.ts';
import {layout} from '../layout.ts';
import type {OpeningProps, PanelProps} from '../panel.ts';
import {faultWord, type ScreenName, sizeClass, type View} from '../state/view.ts';
import {boardLines} from './board/board.ts';
import {tShort} from './board/clocks.ts';
import {documentLines} from './document.ts';
import {evidenceLines} from './evidence.ts';
import {type FooterProps, footerLines} from './footer.ts';
import {frameLines, toneOf} from './frame.ts';
import {healthLines} from './health/health.ts';
import {helpLines} from './help.ts';
import {journalLines} from './journal.ts';
import {bold, filled, fitted, type Line, plain, span} from './line.ts';
import {briefingLines} from './opening/briefing.ts';
import {openingLines} from './opening/opening.ts';
import {Paint} from './paint.tsx';
import {pollLines} from './poll/poll.ts';
import {rollbackLines} from './rollback/rollback.ts';
import {runLines} from './run/run.ts';
import {signOffsLines} from './sign-offs.ts';

/** The panel of each screen that an open cutover has; a new screen is a line here. */
const panels = {
	briefing: briefingLines,
	board: boardLines,
	run: runLines,
	poll: pollLines,
	rollback: rollbackLines,
	health: healthLines,
	signOffs: signOffsLines,
	evidence: evidenceLines,
	journal: journalLines,
	document: documentLines,
	help: helpLines,
} satisfies {[S in Exclude<ScreenName, 'opening'>]: (props: PanelProps) => readonly Line[]};

/** A dialog of which nothing is seen takes no answer. */
const unseenText = ({dialog}: View): string | null =>
	dialog === null ? null : `${dialog.title}: needs 40x10. Esc cancels.`;

/** Where there is no room for a screen: status, clock and Next in one line. */
const oneLine = ({snapshot, view, size, theme, replay}: PanelProps): Line => {
	const {headline, next, status} = snapshot;
	const loud = headline.loud || view.fault !== null;
	const look = toneOf(status, loud, theme);
	const said = view.fault === null ? headline.word : faultWord(view.fault);
	const word = replay === null ? said : `REPLAY ${said}`;
	const text =
		unseenText(view) ?? view.message?.text ?? view.fault?.fix ?? (next === null ? 'nothing to do' : nextText(next));
	return fitted([span(word, {...look, ...bold}), span(` ${tShort(snapshot)} ${text}`, plain)], size.columns);
};

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
	if (sizeClass(view.size) === 'line') {
		const unseen = unseenText(view);
		return unseen === null ? openingLines({...props, size: view.size}) : [fitted([span(unseen)], columns)];
	}
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
