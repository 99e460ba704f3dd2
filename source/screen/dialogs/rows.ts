/*
The rows of a form, from the fields of its act and what is known and typed so far. They are made anew after each change,
because some fields are asked, or required, only after another one was answered in a certain way.
*/
import {type Choice, choice, type Field, hintOf, same, type Values} from '../../commands/field.ts';
import {type Draft, rolesFor, ruling, type Situation} from '../../commands/situation.ts';
import {saidBy} from '../../cutover/decide/signed.ts';
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import type {ActName} from '../acts/effect.ts';
import {plannedFor} from '../acts/own.ts';
import {situationOf} from '../acts/selection.ts';
import type {Row} from './dialog.ts';

/** The question before something starts that takes no typed word. */
export const sure = 'sure';

const asText: ReadonlySet<Field['kind']> = new Set(['text', 'time', 'past', 'number', 'person', 'file']);

const optionsOf = ({choices, values}: Field, situation: Situation, on: string): readonly Choice[] =>
	choices?.(situation, on) ?? (values ?? []).map(same);

const rowOf = (field: Field, values: Values, situation: Situation, on: string): Row => {
	const options = optionsOf(field, situation, on);
	const isText = asText.has(field.kind);
	const typed = values[field.name];
	const only = isText || options.length !== 1 ? null : (options[0]?.value ?? null);
	const value = typed ?? only ?? (isText ? '' : null);
	return {
		name: field.name,
		kind: isText ? 'text' : 'choice',
		label: field.label,
		hint: hintOf(field, situation, on),
		options,
		value,
		required: field.requiredWhen?.(values, situation, on) ?? false,
		aside: field.aside === true || only !== null,
		...(field.longest === undefined ? {} : {longest: field.longest}),
		...(field.kind === 'time' ? {isTime: true} : {}),
	};
};

const checklist = (field: Field, values: Values, situation: Situation, on: string): readonly Row[] => {
	const required = field.requiredWhen?.(values, situation, on) ?? false;
	const options = optionsOf(field, situation, on);
	const known = field.known?.(situation, on) ?? {};
	return (field.rows?.(situation, on) ?? []).map(item => {
		const name = `${field.name}:${item}`;
		const value = values[name] ?? null;
		const {text: hint = '', value: initial = null} = known[item] ?? {};
		return {name, kind: 'choice', label: item, hint, options, value, required, aside: initial !== null};
	});
};

/** A question of the form itself, which no field of the act asks. */
const choiceRow = (
	name: string,
	label: string,
	options: readonly Choice[],
	value: string | null,
	aside: boolean,
): Row => ({name, kind: 'choice', label, hint: '', options, value, required: true, aside});

/** Whose turn it is: among those that have not voted, the role that was named before, or the one that NEXT names. */
const likelyRole = ({view, snapshot}: ScreenContext, roles: readonly string[]): string | null =>
	[view.askedRole, snapshot.you?.role ?? null, snapshot.next?.role ?? null].find(
		role => role !== null && roles.includes(role),
	) ?? null;

const notVoted = ({snapshot}: ScreenContext, name: ActName, roles: readonly string[]): readonly string[] => {
	if (name !== 'vote' && name !== 'keep') return roles;
	const open = (snapshot.poll?.votes ?? []).filter(({vote}) => vote === null).map(({role}) => role);
	const left = roles.filter(role => open.includes(role));
	return left.length > 0 ? left : roles;
};

/** Asked where the rules ask in which role; a role that is the only one left is known. */
const roleRow = (at: ScreenContext, name: ActName, on: string, {role}: Values): readonly Row[] => {
	const {fields, probe} = acts[name];
	if (fields.some(field => field.name === 'role' || field.name === 'group')) return [];
	const draft = probe(at, on);
	const may = draft === null ? [] : notVoted(at, name, rolesFor(situationOf(at), draft));
	if (may.length === 0) return [];
	const value = role ?? (may.length === 1 ? (may[0] ?? null) : likelyRole(at, may));
	return [choiceRow('role', 'as', may.map(same), value, role === undefined && value !== null)];
};

/** The name of the row that asks whether an act is signed. */
export const signs = 'signed';

/** Where the settings leave it to the person; as it was done the last time. */
const signsRow = (at: ScreenContext, name: ActName, on: string, values: Values): readonly Row[] => {
	const {runbook} = at.state;
	const probe = name === 'signAll' ? ({type: 'sign', data: {signOff: ''}} as const) : acts[name].probe(at, on);
	const draft = runbook?.signatures === 'optional' ? probe : null;
	if (runbook === null || draft === null || saidBy({...draft, id: ''}, runbook) === null) return [];
	const value = values[signs] ?? (at.view.signedWith === null ? 'no' : 'yes');
	return [choiceRow(signs, 'signed with a key', [same('no'), same('yes')], value, true)];
};

const yesOrNo = [choice('yes', 'yes (y)'), choice('no', 'no (n)')];

const takesWords = (at: ScreenContext, draft: Draft | null): boolean =>
	draft !== null && (ruling(situationOf(at), draft)?.needs.words ?? []).length > 0;

/** Typed words ask for themselves. */
const sureRow = (at: ScreenContext, name: ActName, on: string, values: Values): readonly Row[] => {
	const {asks, probe} = acts[name];
	if (asks === null || takesWords(at, probe(at, on))) return [];
	return [choiceRow(sure, asks, yesOrNo, values[sure] ?? null, false)];
};

/** In the order in which they are shown. */
export const formRows = (at: ScreenContext, name: ActName, on: string, values: Values): readonly Row[] => {
	const situation = situationOf(at);
	const asked = acts[name].fields.filter(field => field.askedWhen?.(values, situation, on) ?? true);
	const rows = asked.flatMap(field =>
		field.kind === 'checklist' ? checklist(field, values, situation, on) : [rowOf(field, values, situation, on)],
	);
	const from = rows.findIndex(({name: row}) => row === 'from');
	return [
		...roleRow(at, name, on, values),
		...(from < 0 ? rows : [...rows.slice(from), ...rows.slice(0, from)]),
		...signsRow(at, name, on, values),
		...sureRow(at, name, on, values),
	];
};

/** What is known before anybody typed. */
export const knownValues = (at: ScreenContext, name: ActName, on: string): Values => {
	const situation = situationOf(at);
	const known = acts[name].fields.flatMap(({name: field, initial, known: rows}) => [
		[field, initial?.(situation, on) ?? null] as const,
		...Object.entries(rows?.(situation, on) ?? {}).map(([item, {value}]) => [`${field}:${item}`, value] as const),
	]);
	const values = Object.fromEntries(known.flatMap(([field, value]) => (value === null ? [] : [[field, value]])));
	return {...values, ...(name === 'begin' ? plannedFor(at) : {})};
};

/** What the rows say, with what was known of fields that are not asked. */
export const valuesIn = (values: Values, rows: readonly Row[]): Values => ({
	...values,
	...Object.fromEntries(rows.flatMap(({name, value}) => (value === null ? [] : [[name, value]]))),
});

export const isMissing = ({required, value, kind}: Row): boolean =>
	required && (value === null || (kind === 'text' && value.trim() === ''));

/** The first that has to be answered, from `from` on; null where none is left. */
export const nextMissing = (rows: readonly Row[], from = 0): number | null => {
	const found = rows.findIndex((row, index) => index >= from && isMissing(row));
	return found < 0 ? null : found;
};

/** The first that is not answered yet, asked for or not; null where none is left. */
export const nextOpen = (rows: readonly Row[], from: number): number | null => {
	const found = rows.findIndex(
		(row, index) => index >= from && (isMissing(row) || (row.kind === 'choice' && row.value === null && !row.aside)),
	);
	return found < 0 ? null : found;
};

/** Where the cursor starts: at what is missing, else at the first that is not only passed over, else at what is said. */
export const firstRow = (rows: readonly Row[]): number => {
	const found = [rows.findIndex(({aside}) => !aside), rows.findIndex(({name}) => name !== 'from')];
	return nextMissing(rows) ?? Math.max(0, found.find(place => place >= 0) ?? 0);
};
