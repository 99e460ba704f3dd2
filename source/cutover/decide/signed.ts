/*
Acts that are signed: what the signature says, and whether it says what is about to be recorded. That the signature itself is
good is for `ssh-keygen` to say; here every field is compared, so that no statement serves for another act, entry or cutover.
*/
import {sameName} from '../../text/same-name.ts';
import {instant} from '../../text/time.ts';
import type {Command} from '../model/command.ts';
import type {Event} from '../model/event.ts';
import type {Person} from '../model/person.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import {fields, refuse} from './refusal.ts';

/** The namespace of the signature, so that a signature made for something else is none here. */
export const namespace = 'cutover-tui-act';

const purpose = 'an act in a cutover';
const longestMs = 600_000;

/** `entry`: number that the act gets; `head`: hash of the entry before it; `runbook`: digest of what is approved. */
export type Statement = {
	readonly purpose: typeof purpose;
	readonly cutover: string;
	readonly entry: number;
	readonly head: string;
	readonly subject: string;
	readonly decision: string;
	readonly role: string | null;
	readonly person: string;
	readonly runbook: string;
	readonly at: string;
};

type Said = Pick<Statement, 'subject' | 'decision'>;

const isAct = ({stages}: Runbook, id: string): boolean =>
	stages.some(stage => stage.kind === 'act' && sameName(stage.id, id));

/** What a command decides of what, where it is one that is signed: votes, T0, stand-down, rollback and sign-offs. */
export function saidBy({type, data}: Command, runbook: Runbook): Said | null {
	if (type === 'vote') return {subject: data.vote === 'keep' ? 'keep' : 'go/no-go', decision: data.vote};
	if (type === 'run') return isAct(runbook, data.target) ? {subject: 'T0', decision: 'start'} : null;
	if (type === 'report') return isAct(runbook, data.stage) ? {subject: 'T0', decision: data.result ?? ''} : null;
	if (type === 'standDown') return {subject: `trigger ${data.trigger}`, decision: 'stand down'};
	if (type === 'rollback') return {subject: 'rollback', decision: data.path ?? 'first available path'};
	return type === 'sign' ? {subject: `sign-off ${data.signOff.toUpperCase()}`, decision: 'sign'} : null;
}

/** The same of an event that such a command leaves; an empty decision may be any. The other events of its batch say nothing more. */
export function saidIn({type, data}: Event): Said | null {
	if (type === 'voted') return {subject: data.vote === 'keep' ? 'keep' : 'go/no-go', decision: data.vote};
	if (type === 't0Begun') return {subject: 'T0', decision: ''};
	if (type === 'stoodDown') return {subject: `trigger ${data.trigger}`, decision: 'stand down'};
	if (type === 'rollbackBegun') return {subject: 'rollback', decision: ''};
	return type === 'signed' ? {subject: `sign-off ${data.signOff.toUpperCase()}`, decision: 'sign'} : null;
}

/** One line of JSON, its members always in this order. */
export const statementText = (said: Omit<Statement, 'purpose'>): string => {
	const {cutover, entry, head, subject, decision, role, person, runbook, at} = said;
	return JSON.stringify({purpose, cutover, entry, head, subject, decision, role, person, runbook, at});
};

/** Null where the text is no statement, or not written as one. */
export function readStatement(text: string): Statement | null {
	try {
		const found: Statement = JSON.parse(text);
		return found.purpose === purpose && statementText(found) === text ? found : null;
	} catch {
		return null;
	}
}

/** What is refused until it is signed: `why` where the settings do not require it, but the person asked to sign. */
export const signatureNeeded = (why = 'The settings require a signature for it, and there is none.'): Refusal =>
	refuse('signature-needed', why, 'Sign it with a key.', fields('sign'));

const wrong = (field: string): Refusal =>
	refuse('signature-differs', `Its ${field} differs from this act.`, 'Sign again.');

/** The field that differs; null where none does. `signer`: of relayed words, who relays them. */
export function differs(statement: Statement, wanted: Readonly<Partial<Statement>>): keyof Statement | null {
	const names = Object.keys(wanted) as (keyof Statement)[];
	return names.find(field => statement[field] !== wanted[field]) ?? null;
}

/** Null where the act may be recorded as far as its signature goes. */
export function signatureForbidden(state: State, command: Command, by: Person, at: number): Refusal | null {
	const {runbook} = state;
	if (runbook === null || by.strength === 'process') return null;
	const said = saidBy(command, runbook);
	if (by.signed === undefined) return said === null || runbook.signatures !== 'required' ? null : signatureNeeded();
	const statement = readStatement(by.signed.statement);
	if (said === null || statement === null) return wrong('purpose');
	const person = by.relay?.by ?? by.name;
	const field = differs(statement, {...said, cutover: state.id, role: by.role, person, runbook: runbook.digest});
	if (field !== null) return wrong(field);
	return Math.abs(instant(statement.at) - at) > longestMs ? wrong('time') : null;
}

/** What was shown was so at the entry before the act; a statement names the entry that it becomes: replayed, or overtaken by another entry, it is refused. */
export function placeForbidden(by: Person, {seq, hash}: {readonly seq: number; readonly hash: string}): Refusal | null {
	if (by.shown !== undefined && (by.shown.entry !== seq || by.shown.head !== hash))
		return refuse(
			'overtaken',
			`It was shown as of entry ${by.shown.entry}, and ${seq} is the newest.`,
			'Read it again.',
		);
	const statement = by.signed === undefined ? null : readStatement(by.signed.statement);
	if (statement === null || (statement.entry === seq + 1 && statement.head === hash)) return null;
	return refuse(
		'signature-misplaced',
		`It is for entry ${statement.entry}, and the next entry is ${seq + 1}.`,
		'Sign again.',
	);
}
