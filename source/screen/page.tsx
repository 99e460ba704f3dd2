/* A page with a state of its own, beside the screen of a cutover: painter and Ink, from the first frame to what it ends with. */

import {render} from 'ink';
import {type ReactElement, useEffect} from 'react';
import type {SafeText} from '../text/clean.ts';
import {type Input, type Sized, useKeys, useSize} from './hooks.ts';
import {holdTerminal} from './open.tsx';
import type {Left, ScreenOptions} from './screen-options.ts';
import type {Action} from './state/model.ts';
import {inkOptions} from './terminal/ink-streams.ts';
import {openPainter} from './terminal/open-painter.ts';
import {suspend} from './terminal/take-terminal.ts';
import {openTheme, type Theme} from './theme.ts';

export type PageOptions = Pick<ScreenOptions, 'terminal' | 'clock' | 'ascii' | 'colour' | 'onSignal' | 'stop'>;

export type PageProps<End> = {
	readonly input: Input;
	readonly terminal: Sized;
	readonly theme: Theme;
	readonly clock: ScreenOptions['clock'];
	readonly leave: (end: End) => void;
};

export type PageEvent = Extract<Action, {kind: 'pressed' | 'sized'}>;

/** Keys and sizes reach the page's reducer, and what the page ends with, once it is there, ends it. */
export function usePage<End>(
	{input, terminal, clock, leave}: Pick<PageProps<End>, 'input' | 'terminal' | 'clock' | 'leave'>,
	dispatch: (event: PageEvent) => void,
	end: End | null,
): void {
	useKeys(input, {clock}, dispatch);
	useSize(terminal, dispatch);
	useEffect(() => {
		if (end !== null) leave(end);
	}, [end, leave]);
}

/** Takes the terminal, and gives it back whatever ends the page. `ended`: what a signal, or a terminal that is gone, makes of it. */
export async function runPage<End, Other = End>(
	title: SafeText,
	{terminal, clock, ascii, colour, onSignal, stop}: PageOptions,
	page: (props: PageProps<End>) => ReactElement,
	ended: (left: Left) => Other,
): Promise<End | Other> {
	const hold = holdTerminal(terminal.output, {title});
	const {promise: over, resolve} = Promise.withResolvers<End | Other>();
	const end = (left: Left) => resolve(ended(left));
	const painter = openPainter({...terminal, clock, ascii, gone: () => end('gone')});
	const stopSignals = onSignal(end);
	const {stdout, stdin} = painter;
	const input: Input = {
		...painter,
		keys: listener =>
			painter.keys(press => {
				if ('key' in press && press.key === 'ctrl-z') void suspend(painter, hold, stop);
				else listener(press);
			}),
	};
	const theme = openTheme({ascii, colour});
	const shown = page({input, terminal: stdout, theme, clock, leave: resolve});
	const ink = render(shown, {stdout, stdin, ...inkOptions});
	try {
		return await over;
	} finally {
		stopSignals();
		const closing = painter.close();
		ink.unmount();
		hold.release();
		await closing;
	}
}
