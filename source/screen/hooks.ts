/** What a screen listens to and what it sets going, one hook each. None of them keeps anything of its own. */

import {type Dispatch, useEffect} from 'react';
import type {AttemptRef} from '../cutover/model/attempt-target.ts';
import type {State} from '../cutover/model/state.ts';
import type {Cutover} from '../cutover/ports.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {layout} from './layout.ts';
import {perform, startDesiredWork} from './state/effects.ts';
import {type Action, type Model, nextEffect} from './state/model.ts';
import type {Subject, World} from './state/screen-world.ts';
import type {Size, View} from './state/view.ts';
import type {OpenPainter} from './terminal/open-painter.ts';

type Send = Dispatch<Action>;

export type Input = Pick<OpenPainter, 'keys' | 'paintLast'>;

/** Raw keys, each once, with the time of the keypress. */
export const useKeys = (
	input: Input,
	{clock}: Pick<World, 'clock'>,
	dispatch: Dispatch<Extract<Action, {kind: 'pressed'}>>,
): void =>
	useEffect(() => {
		const stop = input.keys(press => dispatch({kind: 'pressed', press, now: clock.now()}));
		return () => void stop();
	}, [input, clock, dispatch]);

/** What is drawn on: a terminal, as Ink sees it. */
export type Sized = Size & Pick<NodeJS.EventEmitter, 'on' | 'off'>;

export const sizeOf = ({columns, rows}: Size): Size => ({columns, rows});

export const useSize = (terminal: Sized, dispatch: Dispatch<Extract<Action, {kind: 'sized'}>>): void =>
	useEffect(() => {
		const resized = () => dispatch({kind: 'sized', size: sizeOf(terminal)});
		terminal.on('resize', resized);
		return () => void terminal.off('resize', resized);
	}, [terminal, dispatch]);

/** Files and the head of the workspace change seldom; a sample has to be seen within a second, in a rehearsal of its own time. */
const lookEveryMs = {calm: 5000, measured: 1000, least: 100} as const;

const periodOf = (measured: boolean, {rehearsal}: State): number =>
	measured ? Math.max(lookEveryMs.least, lookEveryMs.measured / (rehearsal?.speed ?? 1)) : lookEveryMs.calm;

/** The journal as it changes, here or elsewhere; and now and then what only looking tells. `measured`: endpoints are bound. */
export const useJournal = (cutover: Cutover | null, measured: boolean, {clock}: World, dispatch: Send): void =>
	useEffect(() => {
		if (cutover === null) return;
		const {journal} = cutover;
		const changed = () => dispatch({kind: 'changed', now: clock.now()});
		const stopWatching = journal.watch(changed);
		const stopLooking = clock.every(periodOf(measured, journal.state()), () => void journal.look().catch(changed));
		changed();
		return () => {
			stopWatching();
			stopLooking();
		};
	}, [cutover, measured, clock, dispatch]);

/** Of a store that several hosts may ask. */
const askEveryMs = 3000;

/** Where somebody else begins what is open here to be begun, its board follows. */
export const useBegun = ({opening, cutover}: Subject, isActing: boolean, {clock, leave}: World): void =>
	useEffect(() => {
		if (opening === null || cutover !== null || isActing) return;
		let isOver = false;
		const ask = async (): Promise<void> => {
			// A store that gives no answer now says why to whoever begins.
			const isBegun = await opening.isBegun().catch(() => false);
			if (isBegun && !isOver) leave('begun');
		};
		const stop = clock.every(askEveryMs, () => void ask());
		return () => {
			isOver = true;
			stop();
		};
	}, [opening, cutover, isActing, clock, leave]);

/** The clocks, each second. */
export const useTick = (
	{clock}: Pick<World, 'clock'>,
	dispatch: Dispatch<{readonly kind: 'ticked'; readonly now: number}>,
): void => useEffect(() => clock.every(1000, () => dispatch({kind: 'ticked', now: clock.now()})), [clock, dispatch]);

/** Performs what was asked, one thing at a time, in order. */
export const useQueue = (model: Model, world: World, dispatch: Send): void => {
	const {subject, view, now} = model;
	const next = nextEffect(model);
	// biome-ignore lint/correctness/useExhaustiveDependencies: an effect is performed once, with the view that asked for it.
	useEffect(() => {
		if (!next) return;
		const doing = {world, subject, view, now};
		dispatch({kind: 'taken', id: next.id});
		void perform(next.effect, doing).then(async outcome => {
			dispatch(outcome);
			const acted = outcome.kind === 'reported' && !outcome.reported.refused && 'entries' in outcome.reported;
			const fault = acted ? await startDesiredWork(doing) : null;
			if (fault) dispatch(fault);
			dispatch({kind: 'performed', id: next.id});
		});
	}, [next?.id]);
};

/** The end of the output shown, or the lines that one scrolled to. */
export const useTail = (
	cutover: Cutover | null,
	shown: AttemptRef | null,
	{follow, scroll, size}: View,
	dispatch: Send,
): void => {
	const target = shown?.target ?? null;
	const attempt = shown?.attempt ?? 0;
	const {rows} = size;
	useEffect(() => {
		if (cutover === null || target === null) return dispatch({kind: 'tailed', tail: null});
		const {tail} = cutover;
		const ref = {target, attempt};
		if (follow)
			return tail.watch(ref, rows, (lines, bytes) =>
				dispatch({
					kind: 'tailed',
					tail: {...ref, lines, bytes, from: null, total: lines.length < rows ? lines.length : null},
				}),
			);
		const {lines, total: all} = tail.read(ref, scroll, rows);
		dispatch({kind: 'tailed', tail: {...ref, lines, bytes: 0, from: scroll, total: all}});
		return undefined;
	}, [cutover, target, attempt, follow, scroll, rows, dispatch]);
};

/** Rows above an output. */
const logHead = 3;

/** On a slow line the output is painted last: what flows through it matters less than the rest, a dialogue over it above all. */
export const usePaintLast = (input: Input, view: View, dialogRows: number): void => {
	const {top, panel} = layout(view, dialogRows);
	const flows = view.screen === 'run';
	const from = flows ? top + logHead : 0;
	const to = flows ? top + panel : 0;
	useEffect(() => input.paintLast({from, to}), [input, from, to]);
};

/** Rings once for each thing that is loud, and once for several at a time. */
export const useBell = ({rings}: Snapshot, {rung}: View, world: World, dispatch: Send): void => {
	const fresh = rings.filter(name => !rung.includes(name)).join('\n');
	useEffect(() => {
		if (fresh === '') return;
		world.ring();
		dispatch({kind: 'rang', rings: fresh.split('\n')});
	}, [fresh, world, dispatch]);
};
