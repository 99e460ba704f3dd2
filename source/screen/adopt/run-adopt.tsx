/* The adopt page while it is open: painter, Ink and the page, from the first frame to the key that leaves it. */

import {render} from 'ink';
import {useEffect, useReducer} from 'react';
import {safe} from '../../text/clean.ts';
import type {Input, Sized} from '../hooks.ts';
import {Paint} from '../panels/paint.tsx';
import type {Left, ScreenOptions} from '../screen-options.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import {openPainter} from '../terminal/open-painter.ts';
import {takeTerminal} from '../terminal/take-terminal.ts';
import {openTheme, type Theme} from '../theme.ts';
import {adoptLines} from './adopt-lines.ts';
import {type AdoptModel, openAdopt, pressAdopt} from './adopt-model.ts';
import type {Adoption} from './adoption.ts';

type Action = {readonly kind: 'pressed'; readonly press: Press} | {readonly kind: 'sized'; readonly size: Size};

const reduce = (model: AdoptModel, action: Action): AdoptModel =>
	action.kind === 'sized' ? {...model, size: action.size} : pressAdopt(model, action.press);

type Props = {
	readonly adoption: Adoption;
	readonly input: Input;
	readonly terminal: Sized;
	readonly theme: Theme;
	readonly leave: (model: AdoptModel) => void;
};

const Page = ({adoption, input, terminal, theme, leave}: Props) => {
	const [model, dispatch] = useReducer(reduce, null, () => openAdopt(adoption, terminal.size()));
	useEffect(() => {
		const stop = input.keys(press => dispatch({kind: 'pressed', press}));
		return () => void stop();
	}, [input]);
	useEffect(() => terminal.resized(() => dispatch({kind: 'sized', size: terminal.size()})), [terminal]);
	useEffect(() => {
		if (model.left) leave(model);
	}, [model, leave]);
	return <Paint lines={adoptLines(model, theme)} size={model.size} theme={theme} />;
};

export type AdoptOptions = Pick<ScreenOptions, 'terminal' | 'clock' | 'ascii' | 'colour' | 'onSignal'>;

/** How it was left, and whether the map was written. */
export type AdoptEnd = {readonly left: Left; readonly isWritten: boolean};

/** Takes the terminal, and gives it back whatever ends the page. */
export async function runAdopt(adoption: Adoption, options: AdoptOptions): Promise<AdoptEnd> {
	const {terminal, clock, ascii, colour, onSignal} = options;
	const giveBack = takeTerminal(terminal.output, {title: safe('cutover-tui adopt')});
	process.once('exit', giveBack);
	const {promise: over, resolve} = Promise.withResolvers<AdoptEnd>();
	const end = (left: Left) => resolve({left, isWritten: false});
	const painter = openPainter({...terminal, clock, ascii, gone: () => end('gone')});
	const stopSignals = onSignal(end);
	const {stdout, stdin} = painter;
	const sized = {
		size: () => ({columns: stdout.columns, rows: stdout.rows}),
		resized(listener: () => void) {
			stdout.on('resize', listener);
			return () => void stdout.off('resize', listener);
		},
	};
	const leave = ({mode}: AdoptModel) => resolve({left: 'left', isWritten: mode === 'written'});
	const theme = openTheme({ascii, colour});
	const page = <Page adoption={adoption} input={painter} terminal={sized} theme={theme} leave={leave} />;
	const ink = render(page, {stdout, stdin, interactive: true, patchConsole: false, exitOnCtrlC: false});
	try {
		return await over;
	} finally {
		stopSignals();
		const closing = painter.close();
		ink.unmount();
		giveBack();
		process.off('exit', giveBack);
		await closing;
	}
}
