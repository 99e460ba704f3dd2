/** The screen while it is open: painter, Ink and the app, from the first frame to the one that is left. */

import {render} from 'ink';
import type {Cutover} from '../cutover/ports.ts';
import {App} from './app.tsx';
import {sizeOf} from './hooks.ts';
import type {Left, Loaded, ScreenOptions} from './screen-options.ts';
import {openModel} from './state/model.ts';
import type {World} from './state/screen-world.ts';
import {initialView} from './state/view.ts';
import {inkOptions} from './terminal/ink-streams.ts';
import {openPainter} from './terminal/open-painter.ts';
import {type Hold, suspend} from './terminal/take-terminal.ts';
import {openTheme} from './theme.ts';

/** Frames follow keys, the clock and the end of an output, none of which come often: a key that comes just after a frame is not held back for long. */
const maxFps = 250;

export type Ended = {readonly left: Left; readonly cutover: Cutover | null};

/** Resolves once it is left and the terminal was given back; throws what broke it. */
export const runScreen = async (options: ScreenOptions, loaded: Loaded, hold: Hold): Promise<Ended> => {
	const {terminal, person, account, ascii, colour, newId, redact, onSignal} = options;
	const clock = loaded.clock ?? options.clock;
	const {promise: over, resolve: leave} = Promise.withResolvers<Left>();
	const painter = openPainter({...terminal, clock, ascii, gone: () => leave('gone')});
	const stopSignals = onSignal(leave);

	let cutover = loaded.cutover ?? null;
	const world: World = {
		clock,
		theme: openTheme({ascii, colour}),
		account,
		newId,
		redact,
		// What rang then rings for nobody now.
		ring: () => (cutover?.replay ? undefined : painter.send('\u0007')),
		begun: opened => {
			cutover = opened;
		},
		named: person => loaded.named?.(person),
		leave: to => leave(to ?? 'left'),
		suspend: () => suspend(painter, hold, options.stop),
	};
	const {stdout, stdin} = painter;
	const subject = {opening: loaded.opening ?? null, cutover};
	const view = {...initialView(cutover ? 'board' : 'opening', person, sizeOf(stdout)), ...loaded.view};
	const first = openModel(subject, view, clock.now());

	const app = <App world={world} input={painter} terminal={stdout} first={first} />;
	const ink = render(app, {stdout, stdin, maxFps, ...inkOptions});
	options.shown();
	try {
		return {left: await Promise.race([over, ink.waitUntilExit().then(() => 'left' as const)]), cutover};
	} finally {
		stopSignals();
		const closing = painter.close();
		ink.unmount();
		hold.giveBack();
		await closing;
	}
};
