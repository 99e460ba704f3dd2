/** What an answer makes of the screen: done, refused with the reason, or one more thing to be asked. */

import {same, type Values} from '../../commands/field.ts';
import {rolesFor} from '../../commands/situation.ts';
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {Answer, Entry} from '../../cutover/ports.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import type {ScreenContext} from '../acts/act.ts';
import type {Effect} from '../acts/effect.ts';
import {situationOf} from '../acts/selection.ts';
import {formOf, refusalText} from '../dialogs/opening.ts';
import {wordsOf} from '../dialogs/words.ts';
import {goTo} from './moves.ts';
import type {View} from './view.ts';

/** A sentence, or what the journal answered. */
export type CommandAnswer =
	| Answer
	| {readonly refused: true; readonly why: string}
	| {readonly refused: false; readonly text: string};

const settled = (view: View): View => ({...view, waiting: false});

/** Why something was refused was true then: on a screen that nobody touches it may be false a minute later. */
const refusalMs = 60_000;

const refusedHere = ({view, steady}: ScreenContext, text: string): View => {
	const {dialog} = view;
	if (dialog?.kind === 'form') return {...settled(view), dialog: {...dialog, problem: text, at: dialog.at}};
	return {...settled(view), dialog: null, message: {kind: 'refused', text, until: steady + refusalMs}};
};

const askWords = (view: View, effect: Effect, refusal: Refusal): View => {
	const about = effect.kind === 'send' ? effect.about : undefined;
	const form = view.dialog?.kind === 'form' ? view.dialog : null;
	return {...settled(view), dialog: wordsOf(refusal, effect, form, about)};
};

/** Roles in which the rules would let it be; all of them where none is. */
const rolesOf = (at: ScreenContext, effect: Effect): readonly string[] => {
	const roles = at.state.runbook?.roles ?? [];
	const [step] = effect.kind === 'send' ? effect.steps : effect.kind === 'invite' ? [effect.step] : [];
	const may = step === undefined ? [] : rolesFor(situationOf(at), step.draft);
	return may.length > 0 ? may : roles;
};

const askRole = (at: ScreenContext, effect: Effect): View => {
	const form = formOf(at, 'person', '', effect);
	const options = rolesOf(at, effect).map(same);
	const rows = form.rows.map(row => (row.name === 'role' ? {...row, options, value: null, required: true} : row));
	const lines = ['Several roles may do this: say in which one you act.', ...form.lines];
	return {...settled(at.view), dialog: {...form, title: 'In which role?', lines, rows, at: rows.length - 1}};
};

/** With the key of the newest signature, else the agent's only one that counts. */
const signerOf = ({toSign, signedWith}: View): Values => {
	if (signedWith?.kind === 'file') return {with: 'file', key: signedWith.path};
	const keys = toSign?.keys ?? [];
	const known = keys.find(({key}) => signedWith?.kind === 'agent' && key === signedWith.key);
	const allowed = keys.filter(({allowed: counts}) => counts);
	const chosen = known ?? (allowed.length === 1 ? allowed[0] : undefined);
	return chosen === undefined ? {} : {with: chosen.key};
};

/** Asks with what an act is signed. Where it was asked before, what was said stays, but a signature of what is no longer true. */
export const askToSign = (at: ScreenContext, effect: Effect, problem: string | null): View => {
	const before = at.view.dialog?.kind === 'form' && at.view.dialog.act === 'signature' ? at.view.dialog : null;
	const about = effect.kind === 'send' ? effect.about?.title : undefined;
	const said = before === null ? signerOf(at.view) : {...before.values, signature: ''};
	const form = formOf(at, 'signature', '', effect, said);
	const left = effect.kind === 'send' ? effect.steps.length - 1 : 0;
	const more = left > 0 ? [`Then ${left} more, each with a statement of its own.`] : [];
	const title = about === undefined ? form.title : `Sign: ${about}`;
	return {...at.view, dialog: {...form, title, lines: [...form.lines, ...more], problem}};
};

const said = (entries: readonly Entry[]): string =>
	entries.length === 0 ? 'That was recorded before.' : entries.map(entry => sentence(entry)).join(' · ');

/** For so long it is said what was recorded: by then what was started may have ended. */
const newsMs = 10_000;

/** Where one looks next, after what was recorded. */
const follow = (view: View, entries: readonly Entry[]): View =>
	entries.some(({type}) => type === 'rollbackBegun') ? goTo(view, 'rollback').view : view;

/** The verification that was started, which asks once it has measured. */
const measuringIn = ({state}: ScreenContext, entries: readonly Entry[]): string | null => {
	for (const entry of entries) {
		if (entry.type !== 'started' || !('stage' in entry.data.target)) continue;
		const {stage: id} = entry.data.target;
		const stage = state.runbook?.stages.find(row => row.id === id);
		if (stage?.kind === 'verification' && stage.playbook === null) return id;
	}
	return null;
};

/** A key that signed is offered again; a signature from elsewhere served once. */
const signedBy = (effect: Effect, {signedWith}: View): View['signedWith'] => {
	const now = effect.kind === 'send' ? effect.signedWith : undefined;
	return now === undefined || now.kind === 'elsewhere' ? signedWith : now;
};

/** The view after the world answered to what was asked of it. */
export const answered = (at: ScreenContext, effect: Effect, reported: CommandAnswer): View => {
	const {view} = at;
	if (!reported.refused) {
		if (effect.kind === 'copy' && view.toSign !== null && 'text' in reported)
			return {...settled(view), message: {kind: 'done', text: reported.text}};
		const free = {...settled(view), dialog: null, fault: null, toSign: null, signedWith: signedBy(effect, view)};
		if ('text' in reported)
			return {...free, message: reported.text === '' ? null : {kind: 'done', text: reported.text}};
		const measuring = measuringIn(at, reported.entries) ?? view.measuring;
		return {
			...follow(free, reported.entries),
			measuring,
			moved: [],
			message: {kind: 'done', text: said(reported.entries), until: at.steady + newsMs},
		};
	}
	if (!('code' in reported)) return refusedHere(at, reported.why);
	if (reported.needs.words.length > 0) return askWords(view, effect, reported);
	return reported.usageError && reported.code === 'role-needed'
		? askRole(at, effect)
		: refusedHere(at, refusalText(reported));
};

/** Whether only the role is missing. */
export const asksRole = (reported: CommandAnswer): boolean =>
	reported.refused && 'code' in reported && reported.usageError && reported.code === 'role-needed';
