/* The page that chooses, as a state that keys change: one list, from which Enter takes a row. It only opens. */

import {atEnd} from '../dialogs/edit.ts';
import {lineAfter} from '../dialogs/typing.ts';
import {listSteps} from '../state/rows.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {Choice, Choices, ClosedCutover, OpenCutover, RunbookFile} from './choosing.ts';

export type ChooseRow =
	| {readonly kind: 'open'; readonly cutover: OpenCutover}
	| {readonly kind: 'closed'; readonly cutover: ClosedCutover}
	| {readonly kind: 'runbook'; readonly file: RunbookFile}
	| {readonly kind: 'rehearsal'};

export type ChooseModel = {
	readonly choices: Choices;
	readonly size: Size;
	readonly open: readonly OpenCutover[];
	/** Key of the row with the mark. */
	readonly chosen: string;
	/** Only rows that hold it are shown. */
	readonly filter: string;
	readonly filtering: boolean;
	readonly choice: Choice | null;
};

export const keyOf = (row: ChooseRow): string => {
	if (row.kind === 'rehearsal') return 'rehearsal';
	return row.kind === 'runbook' ? `runbook ${row.file.path}` : `cutover ${row.cutover.id}`;
};

const textOf = (row: ChooseRow): string => {
	if (row.kind === 'rehearsal') return 'rehearsal rehearse the sample cutover';
	if (row.kind === 'runbook') return `${row.file.path} ${row.file.title ?? ''}`;
	if (row.kind === 'closed') return `${row.cutover.id} ${row.cutover.title} ${row.cutover.how} ${row.cutover.why}`;
	return `${row.cutover.id} ${row.cutover.snapshot?.title ?? ''} ${row.cutover.snapshot?.headline.word ?? ''}`;
};

export type Section = {readonly name: 'open' | 'begin' | 'closed'; readonly rows: readonly ChooseRow[]};

/** What is open is first; where nothing is, what can be begun does. */
export const sectionsOf = ({choices: {closed, runbooks}, open, filter}: ChooseModel): readonly Section[] => {
	const begin: Section = {
		name: 'begin',
		rows: [{kind: 'rehearsal'}, ...runbooks.map(file => ({kind: 'runbook', file}) as const)],
	};
	const ended: Section = {name: 'closed', rows: closed.map(cutover => ({kind: 'closed', cutover}) as const)};
	const going: Section = {name: 'open', rows: open.map(cutover => ({kind: 'open', cutover}) as const)};
	const sought = filter.toLowerCase();
	return (open.length === 0 ? [begin, ended] : [going, ended, begin])
		.map(({name, rows}) => ({name, rows: rows.filter(row => textOf(row).toLowerCase().includes(sought))}))
		.filter(({rows}) => rows.length > 0);
};

const rowsOf = (model: ChooseModel): readonly ChooseRow[] => sectionsOf(model).flatMap(({rows}) => rows);

/** The row with the mark; undefined where the filter leaves none. */
export const chosenRow = (model: ChooseModel): ChooseRow | undefined => {
	const rows = rowsOf(model);
	return rows.find(row => keyOf(row) === model.chosen) ?? rows[0];
};

/** `at`: id of the cutover that one comes from. */
export const openChoose = (choices: Choices, size: Size, at: string | null): ChooseModel => ({
	choices,
	size,
	open: choices.open(),
	chosen: at === null ? '' : `cutover ${at}`,
	filter: '',
	filtering: false,
	choice: null,
});

const moved = (model: ChooseModel, by: number): ChooseModel => {
	const rows = rowsOf(model);
	const at = Math.max(
		0,
		rows.findIndex(row => keyOf(row) === model.chosen),
	);
	const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
	return row === undefined ? model : {...model, chosen: keyOf(row)};
};

const taken = (model: ChooseModel): ChooseModel => {
	const row = chosenRow(model);
	if (row === undefined) return model;
	if (row.kind === 'rehearsal') return {...model, choice: {kind: 'rehearsal'}};
	if (row.kind === 'runbook') return {...model, choice: {kind: 'runbook', path: row.file.path}};
	return {...model, choice: {kind: 'cutover', id: row.cutover.id}};
};

const filtered = (model: ChooseModel, press: Press): ChooseModel => {
	const after = lineAfter(atEnd(model.filter), press);
	return after === null ? model : {...model, filter: after.text};
};

/** `comesFrom`: where Esc goes back to, null where it leaves. */
export const pressChoose = (model: ChooseModel, press: Press, comesFrom: string | null): ChooseModel => {
	const key = 'key' in press ? press.key : '';
	const by = listSteps[key];
	if (by !== undefined) return moved(model, by);
	if (key === 'ctrl-c') return {...model, choice: {kind: 'nothing'}};
	if (key === 'enter') return model.filtering ? {...model, filtering: false} : taken(model);
	if (key === 'esc') {
		if (model.filter !== '' || model.filtering) return {...model, filter: '', filtering: false};
		return {...model, choice: comesFrom === null ? {kind: 'nothing'} : {kind: 'cutover', id: comesFrom}};
	}
	if (model.filtering) return filtered(model, press);
	if (key === '/') return {...model, filtering: true};
	return key === 'q' ? {...model, choice: {kind: 'nothing'}} : model;
};
