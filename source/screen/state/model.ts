/** The one state of the screen and what changes it. Pure: what is to be done waits in `queue` until it is performed. */

import {forbids} from '../../commands/situation.ts';
import {isStage} from '../../cutover/model/attempt-target.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import type {Effect} from '../acts/effect.ts';
import type {FormDialog, WordsDialog} from '../dialogs/dialog.ts';
import {withAbout} from '../dialogs/form.ts';
import {openAct, refusalOf, refusalText} from '../dialogs/opening.ts';
import {pauseMs} from '../dialogs/typing.ts';
import type {Press} from '../terminal/keys-in.ts';
import {answered, askToSign} from './answers.ts';
import {autoSelect} from './auto-select.ts';
import {atLine} from './document.ts';
import type {Outcome} from './effects.ts';
import {centred, opensDocument} from './moves.ts';
import {greeting, type Phase, phaseOf, turned} from './phase.ts';
import {press} from './press.ts';
import {lookAt, type Subject, type World} from './screen-world.ts';
import {faultOf, initialView, type Size, type TailView, type View} from './view.ts';

/*
A dialog stays open while others act. What it would do is then shown anew, and what the rules say against it by now, before
anybody sends it.
*/

/** Why the rules refuse it whatever words are typed; null where they would take it. */
const refusalOfSent = (at: ScreenContext, effect: Effect): string | null => {
	const step = effect.kind === 'send' ? effect.steps[0] : undefined;
	if (step === undefined || effect.kind !== 'send') return null;
	const refusal = at.would(step.draft, step.as ?? effect.as, effect.relayed?.speaker);
	return forbids(refusal) ? refusalText(refusal) : null;
};

/** Takes the refusal of before away where it holds no more; what else was said stays. */
const judged = <D extends FormDialog | WordsDialog>(dialog: D, refusal: string | null): D => ({
	...dialog,
	problem: refusal ?? (dialog.problem === dialog.overtaken ? null : dialog.problem),
	overtaken: refusal,
});

const overtaken = (at: ScreenContext): View => {
	const {view} = at;
	const {dialog, waiting} = view;
	if (dialog === null || dialog.kind === 'menu' || waiting) return view;
	if (dialog.kind === 'words') return {...view, dialog: judged(dialog, refusalOfSent(at, dialog.effect))};
	const form = judged(dialog, refusalOf(at, dialog.act, dialog.on));
	return {...view, dialog: acts[form.act].course ? withAbout(at, form) : form};
};

export type Model = {
	readonly view: View;
	readonly subject: Subject;
	/** Ms on the cutover's clock. */
	readonly now: number;
	readonly queue: readonly {readonly id: number; readonly effect: Effect}[];
	/** Id of what is being performed: the next one waits for it. */
	readonly performing: number | null;
	readonly asked: number;
	readonly phase: Phase;
};

export type Action =
	| {readonly kind: 'pressed'; readonly press: Press; readonly now: number}
	| {readonly kind: 'changed' | 'ticked'; readonly now: number}
	| {readonly kind: 'taken' | 'performed'; readonly id: number}
	| {readonly kind: 'sized'; readonly size: Size}
	| {readonly kind: 'tailed'; readonly tail: TailView | null}
	| {readonly kind: 'rang'; readonly rings: readonly string[]}
	| Outcome;

const phaseIn = ({cutover}: Subject): Phase => (cutover ? phaseOf(cutover.journal.state()) : 'before');

const greetingIn = ({cutover}: Subject) => (cutover ? greeting(cutover.journal.state()) : null);

type Reducers = {
	readonly [K in Action['kind']]: (model: Model, action: Extract<Action, {kind: K}>, world: World) => Model;
};

const at = (model: Model, world: World) => lookAt(world, model.subject, model.view, model.now);

const queued = (model: Model, view: View, effects: readonly Effect[]): Model => ({
	...model,
	view,
	queue: [...model.queue, ...effects.map((effect, index) => ({id: model.asked + index, effect}))],
	asked: model.asked + effects.length,
});

const withView = (model: Model, change: Partial<View>): Model => ({...model, view: {...model.view, ...change}});

/** What the store says of itself is on row 1 for as long as it says so. */
const changed = (model: Model, now: number): Model => {
	const fault = model.subject.cutover?.journal.fault() ?? null;
	return {...withView(model, {fault: fault && faultOf(fault)}), now};
};

/** A statement names the entry that it becomes: once another one took its place, there is a new one to sign. */
const unlessOvertaken = (model: Model): Model => {
	const {dialog, toSign, waiting} = model.view;
	const isAsked = dialog?.kind === 'form' && dialog.act === 'signature' && dialog.after !== null && !waiting;
	const last = model.subject.cutover?.journal.entries().at(-1)?.seq ?? 0;
	if (!isAsked || toSign === null || last < toSign.entry) return model;
	return queued(model, {...model.view, waiting: true}, [{kind: 'toSign', of: dialog.after}]);
};

/** Whoever leaves does not wait for a disk that hangs, nor for a key. */
const waitsForNothing = ({kind}: Effect): boolean => kind === 'leave' || kind === 'suspend' || kind === 'cancelSigning';

const reducers: Reducers = {
	pressed: (model, {press: pressed, now}, world) => {
		// A key takes the time of the last tick, so that it shows the same snapshot and does not make another one.
		const current = {...model, now: now - model.now < 1000 ? model.now : now};
		const {view, effects} = press(at(current, world), pressed);
		return queued(current, view, effects);
	},
	changed: (model, {now}, world) => {
		const current = unlessOvertaken(changed(model, now));
		return current.subject.cutover === null ? current : {...current, view: overtaken(at(current, world))};
	},
	ticked: (model, {now}, {clock}) => {
		const until = model.view.message?.until ?? Number.POSITIVE_INFINITY;
		return {...(clock.steady() < until ? model : withView(model, {message: null})), now};
	},
	taken: (model, {id}) => {
		const atOnce = model.queue.some(item => item.id === id && waitsForNothing(item.effect));
		const queue = model.queue.filter(item => item.id !== id);
		return {...model, queue, performing: atOnce ? model.performing : id};
	},
	performed: (model, {id}) => (model.performing === id ? {...model, performing: null} : model),
	sized: (model, {size}) => withView(model, {size}),
	tailed: (model, {tail}) => {
		if (tail === null && model.view.tail === null) return model;
		// A new attempt has fewer lines than the one that was scrolled: it is followed from its start.
		const isPast = tail !== null && tail.from !== null && tail.from > 0 && tail.from >= (tail.total ?? tail.from + 1);
		return withView(model, isPast ? {tail, follow: true, scroll: 0, search: null} : {tail});
	},
	rang: (model, {rings}) => withView(model, {rung: [...new Set([...model.view.rung, ...rings])]}),
	reported: (model, {effect, reported}, world) => ({...model, view: answered(at(model, world), effect, reported)}),
	fault: (model, {fault}) => withView(model, {fault, waiting: false}),
	opened: (model, {cutover}) => {
		const {person, size} = model.view;
		const message = greeting(cutover.journal.state(), 'The cutover is begun.');
		const view: View = {...initialView('board', person, size), message};
		return {...model, subject: {...model.subject, cutover}, view};
	},
	person: (model, {person, askedRole, after}) => {
		const message = {kind: 'done', text: `You are ${person.name}${person.role ? `, ${person.role}` : ''}.`} as const;
		const view = {
			...model.view,
			person,
			askedRole,
			dialog: null,
			waiting: after !== null,
			message: after ? null : message,
		};
		return queued(model, view, after ? [after] : []);
	},
	toSign: (model, {effect, toSign, problem}, world) => {
		const view = {...model.view, toSign, waiting: false, message: null};
		return {...model, view: askToSign({...at(model, world), view}, effect, problem)};
	},
	found: (model, {search, text}, world) => {
		if (search === null) {
			const none = text === '' ? 'No line reads like a failure.' : `No line holds "${text}".`;
			return withView(model, {filter: '', search: null, message: {kind: 'refused', text: none}});
		}
		if (model.view.screen === 'document')
			return withView(model, {...atLine(model.view, search.line), filter: '', search, message: null});
		const scroll = centred(at(model, world), search.line);
		return withView(model, {scroll, follow: false, filter: '', search, message: null});
	},
	document: (model, {document, line}) => ({...model, view: opensDocument(model.view, document, line)}),
	left: model => model,
};

/** The board turns when the cutover enters another phase, by whomever. */
const inPhase = (model: Model): Model => {
	const phase = phaseIn(model.subject);
	return phase === model.phase ? model : {...model, phase, view: turned(model.view, phase)};
};

/** An Enter that was meant for the screen below does not answer a form that opens by itself. */
const lookMs = 1000;

/** What was measured is asked about as soon as it is there; a dialog or a search that is open goes first. */
const asking = (model: Model, world: World): Model => {
	const {measuring, dialog, filtering, waiting} = model.view;
	if (measuring === null || dialog !== null || filtering || waiting) return model;
	const context = at(model, world);
	const attempt = Object.values(context.state.attempts).findLast(({target}) => isStage(target, measuring));
	if (!attempt?.ended) return model;
	const known = withView(model, {measuring: null});
	if (attempt.ended.outcome !== 'pass') return known;
	const {view} = openAct({...context, view: known.view}, 'report', measuring);
	const form =
		view.dialog?.kind === 'form' ? {...view.dialog, letterAt: context.steady + lookMs - pauseMs} : view.dialog;
	return withView(known, {...view, dialog: form});
};

/** The mark is on what is to be done, while nobody moved it. */
const led = (model: Model, world: World): Model => {
	if (model.subject.cutover === null) return model;
	const view = autoSelect(at(model, world));
	return view === model.view ? model : {...model, view};
};

/** What is to be performed now: one thing at a time, in order; only leaving and suspending wait for nothing. */
export const nextEffect = ({queue, performing}: Model): Model['queue'][number] | null =>
	queue.find(({effect}) => waitsForNothing(effect)) ?? (performing === null ? (queue[0] ?? null) : null);

/** One reducer for the whole screen, given its world. */
export const reduceIn =
	(world: World) =>
	(model: Model, action: Action): Model => {
		const reduce = reducers[action.kind] as (model: Model, action: Action, world: World) => Model;
		return led(asking(inPhase(reduce(model, action, world)), world), world);
	};

/** A screen shows what the cutover is doing now, or at its first opening. */
export const openModel = (subject: Subject, view: View, now: number): Model => ({
	view: turned({...view, message: view.message ?? greetingIn(subject)}, phaseIn(subject)),
	subject,
	now,
	queue: [],
	performing: null,
	asked: 0,
	phase: phaseIn(subject),
});
