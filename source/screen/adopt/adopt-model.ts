/*
The adopt page as a state that keys change: questions one at a time, the document with what each line is taken as, and what `check` says
once the map is written. Nothing is written before the last key.
*/

import {type SafeText, safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import {atEnd, type EditedLine} from '../dialogs/edit.ts';
import {lineAfter} from '../dialogs/typing.ts';
import {rowSteps} from '../state/rows.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import {type AdoptAnswers, type AdoptDraft, type Adoption, type AdoptQuestion, takenKinds} from './adoption.ts';

/** What is typed, and the answer that it becomes. */
type Typed = EditedLine & {readonly id: string; readonly label: string};

export type AdoptModel = {
	readonly adoption: Adoption;
	readonly size: Size;
	readonly answers: AdoptAnswers;
	readonly draft: AdoptDraft;
	readonly mode: 'questions' | 'lines' | 'written';
	/** Id of the question shown. */
	readonly asked: string | null;
	/** Of its choices. */
	readonly choice: number;
	readonly typed: Typed | null;
	/** Line of the document that is selected, from 1. */
	readonly line: number;
	readonly message: string;
	/** What `check` says of the map that was written. */
	readonly result: readonly string[];
	readonly scroll: number;
	readonly left: boolean;
};

export const questionOf = ({draft, asked}: AdoptModel): AdoptQuestion | null =>
	draft.questions.find(({id}) => id === asked) ?? null;

const isOpen = (answers: AdoptAnswers, {id}: AdoptQuestion): boolean => answers[id] === undefined;

export const openQuestions = ({draft, answers}: AdoptModel): readonly AdoptQuestion[] =>
	draft.questions.filter(question => isOpen(answers, question));

/** The last row of a list that other answers than its own are taken beside. */
export const another = 'another answer';

/** What can be chosen; none where the answer is typed. */
export const choicesOf = ({choices = [], others}: AdoptQuestion): readonly string[] =>
	others ? [...choices, another] : choices;

/** The question as it is first shown: its answer, else its default, is chosen or typed. */
function shown(model: AdoptModel, question: AdoptQuestion | null): AdoptModel {
	if (!question) return {...model, mode: 'lines', asked: null, typed: null};
	const now = model.answers[question.id] ?? question.default;
	const choices = choicesOf(question);
	const isTyped = choices.length === 0 || (question.others === true && !choices.includes(now));
	return {
		...model,
		mode: 'questions',
		asked: question.id,
		choice: Math.max(0, choices.indexOf(now)),
		typed: isTyped ? {...atEnd(now), id: question.id, label: 'answer'} : null,
		line: question.line ?? model.line,
		message: '',
	};
}

export function openAdopt(adoption: Adoption, size: Size): AdoptModel {
	const draft = adoption.draft({});
	const model: AdoptModel = {
		adoption,
		size,
		answers: {},
		draft,
		mode: 'lines',
		asked: null,
		choice: 0,
		typed: null,
		line: draft.parts[0]?.line ?? 1,
		message: draft.parts.length === 0 ? 'No steps were found: take lines as steps with t.' : '',
		result: [],
		scroll: 0,
		left: false,
	};
	return shown(model, draft.questions[0] ?? null);
}

const answered = (model: AdoptModel, id: string, value: string): AdoptModel => {
	const answers = {...model.answers, [id]: value};
	return {...model, answers, draft: model.adoption.draft(answers), typed: null, message: ''};
};

/** On to the question after this one that is open, else to any, else to the document. */
function next(model: AdoptModel): AdoptModel {
	const {draft, asked} = model;
	const at = draft.questions.findIndex(({id}) => id === asked);
	const open = openQuestions(model);
	const after = open.find(question => draft.questions.indexOf(question) > at) ?? open[0] ?? null;
	return after
		? shown(model, after)
		: {...shown(model, null), message: 'All questions are answered. Look at the lines, then write the map with w.'};
}

function previous(model: AdoptModel): AdoptModel {
	const at = model.draft.questions.findIndex(({id}) => id === model.asked);
	const before = model.draft.questions[at - 1];
	return before ? shown(model, before) : {...model, message: 'This is the first question.'};
}

function pressQuestion(model: AdoptModel, press: Press): AdoptModel {
	const question = questionOf(model);
	const key = 'key' in press ? press.key : '';
	const choices = question ? choicesOf(question) : [];
	if (key === 'esc' && model.typed !== null && choices.length > 0) return {...model, typed: null, message: ''};
	if (key === 'esc' || key === 'shift-tab') return previous(model);
	if (key === 'tab') return {...model, mode: 'lines', typed: null, message: ''};
	if (!question) return shown(model, null);
	if (model.typed === null) {
		if (key === 'up') return {...model, choice: (model.choice + choices.length - 1) % choices.length};
		if (key === 'down') return {...model, choice: (model.choice + 1) % choices.length};
		if (key === 'enter' && choices[model.choice] === another)
			return {...model, typed: {...atEnd(''), id: question.id, label: 'answer'}, message: ''};
		if (key === 'enter') return next(answered(model, question.id, choices[model.choice] ?? question.default));
		if (key === 'q') return {...model, left: true};
		return model;
	}
	if (key === 'enter') {
		const text = model.typed.text.trim();
		return text === '' ? {...model, message: 'Type an answer.'} : next(answered(model, question.id, text));
	}
	return typedOn(model, press);
}

function typedOn(model: AdoptModel, press: Press): AdoptModel {
	if (model.typed === null) return model;
	const after = lineAfter(model.typed, press);
	return after === null ? model : {...model, typed: {...model.typed, ...after}};
}

/** Lines that can be selected: those with text. */
const selectable = (source: readonly string[], line: number): boolean => (source[line - 1] ?? '').trim() !== '';

function moved(model: AdoptModel, by: number): AdoptModel {
	const {source} = model.adoption;
	let line = model.line;
	for (let left = Math.abs(by); left > 0; left--) {
		let to = line + Math.sign(by);
		while (to >= 1 && to <= source.length && !selectable(source, to)) to += Math.sign(by);
		if (to < 1 || to > source.length) break;
		line = to;
	}
	return {...model, line, message: ''};
}

export const partAt = ({draft, line}: Pick<AdoptModel, 'draft' | 'line'>) =>
	draft.parts.find(part => part.line === line) ?? null;

const uses = ['none', ...takenKinds] as const;

/** The line is taken as the next thing that it may be. */
function retaken(model: AdoptModel): AdoptModel {
	const now = partAt(model)?.kind ?? 'none';
	for (let step = 1; step < uses.length; step++) {
		const use = uses[(uses.indexOf(now) + step) % uses.length] ?? 'none';
		const after = answered(model, `line.${model.line}`, use);
		if ((partAt(after)?.kind ?? 'none') === use) return after;
	}
	return {...model, message: 'This line cannot be taken as a part.'};
}

function edited(model: AdoptModel, what: 'takes' | 'owner' | 'at'): AdoptModel {
	const part = partAt(model);
	if (part?.kind !== 'step') return {...model, message: 'Only a step has a time, a length and an owner.'};
	const id = `${what}.${part.id}`;
	const label = {takes: 'takes, such as 10m', owner: 'owner, a role', at: 'time, such as T-30'}[what];
	return {...model, typed: {...atEnd(model.answers[id] ?? ''), id, label}, message: ''};
}

/** A person lets the commands of a step be run, or takes it back; nothing else ever does. */
function letRun(model: AdoptModel): AdoptModel {
	const part = partAt(model);
	if (part?.kind !== 'step' || part.commands.length === 0)
		return {...model, message: 'Only a step with commands in a fence can be run.'};
	return answered(model, `run.${part.id}`, part.runs ? 'no' : 'fence');
}

function written(model: AdoptModel): AdoptModel {
	const open = openQuestions(model);
	if (open.length > 0) return {...shown(model, open[0] ?? null), message: 'Answer this first.'};
	const [error] = model.draft.errors;
	if (error !== undefined) return {...model, message: error};
	const result = model.adoption.write(model.answers);
	return {
		...model,
		mode: 'written',
		result,
		scroll: 0,
		message: 'The map is written. This is what check reads with it.',
	};
}

const jumps: Readonly<Record<string, number>> = {...rowSteps, k: -1, j: 1};

function nextPart(model: AdoptModel, by: 1 | -1): AdoptModel {
	const lines = model.draft.parts.map(({line}) => line);
	const found = by > 0 ? lines.find(line => line > model.line) : lines.findLast(line => line < model.line);
	return found === undefined ? model : {...model, line: found, message: ''};
}

function ask(model: AdoptModel): AdoptModel {
	const open = openQuestions(model)[0] ?? model.draft.questions[0] ?? null;
	return open ? shown(model, open) : {...model, message: 'No question is open. w writes the map.'};
}

const lineKeys: Readonly<Record<string, (model: AdoptModel) => AdoptModel>> = {
	n: model => nextPart(model, 1),
	p: model => nextPart(model, -1),
	t: retaken,
	x: model => answered(model, `line.${model.line}`, 'none'),
	r: letRun,
	l: model => edited(model, 'takes'),
	o: model => edited(model, 'owner'),
	i: model => edited(model, 'at'),
	tab: ask,
	enter: ask,
	w: written,
	q: model => ({...model, left: true}),
};

function pressLine(model: AdoptModel, press: Press): AdoptModel {
	const key = 'key' in press ? press.key : '';
	if (model.typed !== null) {
		if (key === 'esc') return {...model, typed: null};
		if (key !== 'enter') return typedOn(model, press);
		const {id, text} = model.typed;
		return text.trim() === '' ? {...model, typed: null} : answered(model, id, text.trim());
	}
	const by = jumps[key];
	if (by !== undefined) return moved(model, by);
	return lineKeys[key]?.(model) ?? model;
}

/** Rows between its head and its keys. */
export const roomIn = ({size}: AdoptModel): number => Math.max(1, size.rows - 5);

/** What `check` says, as it is wrapped. */
export const resultRows = ({result, size}: AdoptModel): readonly SafeText[] =>
	result.flatMap(text => wrap(safe(text), Math.max(10, size.columns - 2)));

const scrolled = (model: AdoptModel, by: number): AdoptModel => {
	const last = Math.max(0, resultRows(model).length - roomIn(model));
	return {...model, scroll: Math.max(0, Math.min(last, model.scroll + by))};
};

export function pressAdopt(model: AdoptModel, press: Press): AdoptModel {
	if ('key' in press && press.key === 'ctrl-c') return {...model, left: true};
	if (model.mode === 'questions') return pressQuestion(model, press);
	if (model.mode === 'lines') return pressLine(model, press);
	const key = 'key' in press ? press.key : '';
	const by = jumps[key];
	if (by !== undefined) return scrolled(model, by);
	return key === 'enter' || key === 'q' || key === 'esc' ? {...model, left: true} : model;
}
