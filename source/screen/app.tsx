/*
The screen: one View in one reducer, what it listens to, and what it draws. Panels draw, `press` decides what a key does,
the effects act; here they only meet.
*/
import {useReducer} from 'react';
import type {ScreenContext} from './acts/act.ts';
import {dialogHints} from './dialogs/hints.ts';
import {type Drawn, dialogLines} from './dialogs/lines.ts';
import {
	type Input,
	type Sized,
	useBegun,
	useBell,
	useBlock,
	useJournal,
	useKeys,
	usePaintLast,
	useQueue,
	useSize,
	useTail,
	useTick,
	useWhat,
} from './hooks.ts';
import {helpOf, hintsOf} from './keys/keys.ts';
import {OpeningScreen, Screen} from './panels/screen.tsx';
import {type Model, reduceIn} from './state/model.ts';
import {lookAt, type World} from './state/screen-world.ts';
import {boardTarget, outputShown} from './state/subject.ts';
import {withoutSecrets} from './state/without-secrets.ts';

export type AppProps = {
	readonly world: World;
	readonly input: Input;
	readonly terminal: Sized;
	/** As it is opened. */
	readonly first: Model;
};

/** More than any dialogue has. */
const whole = 10_000;

/** The dialogue over the panel, in as many rows as it wants and gets. */
const over = ({view}: ScreenContext, world: World) => {
	const {dialog, size, waiting} = view;
	if (dialog === null) return {};
	const drawn: Drawn = {theme: world.theme, columns: size.columns, waiting};
	return {
		dialogRows: dialogLines(dialog, drawn, whole).length,
		dialog: (rows: number) => dialogLines(dialog, drawn, rows),
	};
};

const playbookOf = (at: ScreenContext): string | null => {
	const {state, view} = at;
	const target = view.screen === 'run' ? view.target : boardTarget(at);
	const isTarget = ({id}: {readonly id: string}) => id === target;
	const found = state.runbook?.gates.find(isTarget) ?? state.runbook?.stages.find(isTarget);
	return found?.playbook ?? null;
};

/** All of it, as it stands. */
export const Shown = ({at: whole, world}: {readonly at: ScreenContext; readonly world: World}) => {
	const redact = (text: string) => world.redact(whole.opening?.runbook ?? whole.state.runbook, text);
	const at = {...whole, view: withoutSecrets(whole.view, redact)};
	const {state, snapshot, view, entries, replay, opening} = at;
	const {theme} = world;
	const hints = view.dialog ? dialogHints(view.dialog) : hintsOf(whole);
	const person = {...view.person, role: view.person.role ?? view.askedRole};
	const shared = {view, theme, person, hints, ...over(at, world)};
	if (opening !== null) return <OpeningScreen {...shared} opening={opening} now={snapshot.now} />;
	const cutover = {state, snapshot, entries, replay, account: at.account};
	return <Screen {...shared} {...cutover} help={() => helpOf(at)} />;
};

export const App = ({world, input, terminal, first}: AppProps) => {
	const [model, dispatch] = useReducer(reduceIn(world), first);
	const {cutover} = model.subject;
	const at = lookAt(world, model.subject, model.view, model.now);
	useKeys(input, world, dispatch);
	useSize(terminal, dispatch);
	useJournal(cutover, at.snapshot.endpoints.length > 0, world, dispatch);
	useTick(world, dispatch);
	useBegun(model.subject, model.performing !== null || model.queue.length > 0, world);
	useQueue(model, world, dispatch);
	useTail(cutover, cutover && outputShown(at), model.view, dispatch);
	usePaintLast(input, model.view, over(at, world).dialogRows ?? 0);
	useWhat(cutover, playbookOf(at), dispatch);
	useBlock(cutover, model.view.screen === 'evidence', model.beat, dispatch);
	useBell(at.snapshot, model.view, world, dispatch);
	return <Shown at={at} world={world} />;
};
