/*
The screen: one View in one reducer, what it listens to, and what it draws. Panels draw, `press` decides what a key does,
the effects act; here they only meet.
*/
import {useReducer} from 'react';
import type {ScreenContext} from './acts/act.ts';
import type {Dialog, FormDialog} from './dialogs/dialog.ts';
import {type Drawn, dialogLines} from './dialogs/lines.ts';
import {formBehind} from './dialogs/words.ts';
import {
	type Input,
	type Sized,
	useBegun,
	useBell,
	useJournal,
	useKeys,
	usePaintLast,
	useQueue,
	useSize,
	useTail,
	useTick,
} from './hooks.ts';
import {helpOf, hintsOf} from './keys/keys.ts';
import type {FooterKey} from './panel.ts';
import {footerKey} from './panels/footer.ts';
import {OpeningScreen, Screen} from './panels/screen.tsx';
import {type Model, reduceIn} from './state/model.ts';
import {lookAt, type World} from './state/screen-world.ts';
import {outputShown} from './state/subject.ts';
import type {View} from './state/view.ts';
import {graphemesOf} from './terminal/graphemes.ts';

/*
What a person types is on the screen while they type it, and the bridge may see the screen: a secret is shown as it would be
recorded, once its last letter is there. What was typed is kept as it is: a file may really be called so.
*/
type Redact = (text: string) => string;

function formWithout(form: FormDialog, redact: Redact): FormDialog {
	const rows = form.rows.map(row =>
		row.kind === 'text' && row.value !== null ? {...row, value: redact(row.value)} : row,
	);
	const [typed, shown] = [form.rows[form.at]?.value ?? '', rows[form.at]?.value ?? ''];
	const cursor = typed === shown ? form.cursor : [...graphemesOf(shown)].length;
	return {...form, rows, cursor};
}

function dialogWithout(dialog: Dialog, redact: Redact): Dialog {
	if (dialog.kind === 'menu') return {...dialog, typed: dialog.typed === null ? null : redact(dialog.typed)};
	const said = {lines: dialog.lines.map(redact), problem: dialog.problem === null ? null : redact(dialog.problem)};
	return dialog.kind === 'form'
		? {...formWithout(dialog, redact), ...said}
		: {...dialog, ...said, typed: redact(dialog.typed)};
}

/** The view as it is drawn. */
function withoutSecrets(view: View, redact: Redact): View {
	const {dialog, message, search} = view;
	return {
		...view,
		dialog: dialog === null ? null : dialogWithout(dialog, redact),
		message: message === null ? null : {...message, text: redact(message.text)},
		search: search === null ? null : {...search, text: redact(search.text)},
	};
}

const cancel = footerKey('Esc', 'cancel', true);

/** The keys of a dialogue: only what does something now. */
const hintsBy = {
	menu: ({typed}) => [
		footerKey('↑↓', 'move'),
		...(typed === null ? [footerKey('/', 'find')] : []),
		footerKey('⏎', 'select'),
		cancel,
	],
	form: ({rows, at}) => [
		footerKey('⏎', 'continue'),
		...(rows.length > 1 ? [footerKey('Tab ↑↓', 'field')] : []),
		...(rows[at]?.kind === 'choice' ? [footerKey('← →', 'choose')] : []),
		cancel,
	],
	words: dialog => [
		footerKey('⏎', 'after the word, a moment later'),
		...(formBehind(dialog) === null ? [] : [footerKey('Tab', 'change')]),
		cancel,
	],
} satisfies {[K in Dialog['kind']]: (dialog: Extract<Dialog, {kind: K}>) => readonly FooterKey[]};

const dialogHints = (dialog: Dialog): readonly FooterKey[] => hintsBy[dialog.kind](dialog as never);

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

/** All of it, as it stands. */
export const Shown = ({at: whole, world}: {readonly at: ScreenContext; readonly world: World}) => {
	const redact = (text: string) => world.redact(whole.opening?.runbook ?? whole.state.runbook, text);
	const at = {...whole, view: withoutSecrets(whole.view, redact)};
	const {view, opening} = at;
	const {theme} = world;
	const hints = view.dialog ? dialogHints(view.dialog) : hintsOf(whole);
	const person = {...view.person, role: view.person.role ?? view.askedRole};
	const shared = {view, theme, person, hints, ...over(at, world)};
	if (opening !== null) return <OpeningScreen {...shared} opening={opening} now={at.snapshot.now} />;
	return <Screen {...at} {...shared} help={() => helpOf(at)} />;
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
	useBell(at.snapshot, model.view, world, dispatch);
	return <Shown at={at} world={world} />;
};
