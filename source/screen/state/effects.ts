/*
What a screen asks of the world, done: the only place of the screen that acts. Everything goes through the ports, and
whatever comes back, a fault included, becomes one thing to dispatch.
*/

import type {Step} from '../../commands/spec.ts';
import {signatureNeeded} from '../../cutover/decide/signed.ts';
import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Command} from '../../cutover/model/command.ts';
import type {Document} from '../../cutover/model/document.ts';
import type {Person} from '../../cutover/model/person.ts';
import {type Cutover, type Entry, type Opening, StoreFault, type ToSign} from '../../cutover/ports.ts';
import {failureText} from '../../disk/fault.ts';
import type {Effect} from '../acts/effect.ts';
import {logText, readsLikeFailure} from '../panels/run/log-line.ts';
import {asksRole, type CommandAnswer} from './answers.ts';
import {linesThatHold} from './document.ts';
import {lookAt, type Subject, type World} from './screen-world.ts';
import {outputShown} from './subject.ts';
import {type Fault, faultOf, type Search, type View} from './view.ts';

/** What came of an effect. */
export type Outcome =
	| {readonly kind: 'reported'; readonly effect: Effect; readonly reported: CommandAnswer}
	| {readonly kind: 'fault'; readonly fault: Fault}
	| {readonly kind: 'opened'; readonly cutover: Cutover}
	| {readonly kind: 'person'; readonly person: Person; readonly askedRole: string | null; readonly after: Effect | null}
	| {readonly kind: 'toSign'; readonly effect: Effect; readonly toSign: ToSign; readonly problem: string | null}
	| {readonly kind: 'document'; readonly document: Document; readonly line: number}
	| {readonly kind: 'found'; readonly search: Search | null; readonly text: string}
	| {readonly kind: 'left'};

export type Doing = {readonly world: World; readonly subject: Subject; readonly view: View; readonly now: number};

type Of<K extends Effect['kind']> = Extract<Effect, {kind: K}>;

const reported = (effect: Effect, answer: CommandAnswer): Outcome => ({kind: 'reported', effect, reported: answer});

const spoken = (effect: Effect, text: string): Outcome => reported(effect, {refused: false, text});

const opened = ({subject}: Doing): Cutover => {
	if (subject.cutover === null) throw new Error('No cutover is open.');
	return subject.cutover;
};

type Asked = {readonly command: Command; readonly by: Person};

const asked = (doing: Doing, {confirm, relayed}: Of<'send'>, step: Step, role: string | null): Asked => ({
	command: {...step.draft, id: doing.world.newId(), confirm, ...(relayed ? {relayed} : {})},
	by: {...doing.view.person, role: step.as ?? role},
});

const decide = async (doing: Doing, effect: Of<'send'>, step: Step, role: string | null): Promise<CommandAnswer> => {
	const {journal, acts} = opened(doing);
	const {command, by} = asked(doing, effect, step, role);
	if (effect.signedWith) return acts.sign(command, by, effect.signedWith);
	return effect.signs
		? (journal.would(command, by) ?? signatureNeeded('It is to be signed.'))
		: journal.decide(command, by);
};

/** In the role that was asked for before, where several own it and none was named. */
const sendStep = async (
	effect: Of<'send'>,
	step: Step,
	doing: Doing,
): Promise<readonly [Of<'send'>, CommandAnswer]> => {
	const {person, askedRole} = doing.view;
	const first = await decide(doing, effect, step, effect.as ?? person.role);
	if (!asksRole(first) || askedRole === null) return [effect, first];
	const second = await decide(doing, effect, step, askedRole);
	const mine = !second.refused || ('needs' in second && second.needs.words.length > 0);
	return mine ? [{...effect, as: askedRole}, second] : [effect, first];
};

const overtaken = 'Another entry was recorded in between: this is the statement now. Sign it again.';

/** What the first step left has to be signed with; a sentence where that cannot be said. */
const askToSign = async (effect: Of<'send'>, doing: Doing, problem: string | null): Promise<Outcome> => {
	const [step] = effect.steps;
	if (step === undefined) return spoken(effect, '');
	const {signedWith: _, ...unsigned} = effect;
	const {command, by} = asked(doing, effect, step, effect.as ?? doing.view.person.role);
	const found = await opened(doing).acts.toSign(command, by);
	if ('refused' in found) return reported(effect, found);
	return {kind: 'toSign', effect: unsigned, toSign: found, problem};
};

/** Why another signature is asked for, once one from elsewhere is of another entry, or of another time; null where none is. */
const asksAgain = (answer: CommandAnswer, {signedWith}: Of<'send'>): string | null => {
	if (!answer.refused || !('code' in answer) || signedWith?.kind !== 'elsewhere') return null;
	if (answer.code === 'signature-misplaced') return overtaken;
	return answer.code === 'signature-differs' ? `${answer.why} ${answer.fix}` : null;
};

/** One step after the other; the first that is refused ends it, and what is asked then speaks of the steps that are left. */
const send = async (effect: Of<'send'>, doing: Doing): Promise<Outcome> => {
	const entries: Entry[] = [];
	let left = effect;
	for (const [index, step] of effect.steps.entries()) {
		const [sent, answer] = await sendStep(left, step, doing);
		const rest = {...sent, steps: effect.steps.slice(index)};
		if (answer.refused && 'code' in answer && answer.code === 'signature-needed') return askToSign(rest, doing, null);
		const again = asksAgain(answer, left);
		if (again !== null) return askToSign(rest, doing, again);
		if (answer.refused) return reported(rest, answer);
		if ('entries' in answer) entries.push(...answer.entries);
		if (left.signedWith?.kind === 'elsewhere') {
			const {signedWith: _, ...unsigned} = left;
			left = {...unsigned, signs: true};
		}
	}
	return reported(effect, {refused: false, entries});
};

const begin = async (effect: Of<'begin'>, {world, subject, view}: Doing): Promise<Outcome> => {
	const {t0, ticket, environment, confirm} = effect;
	const answer = await (subject.opening as Opening).begin({t0, ticket, environment, confirm}, view.person);
	if ('refused' in answer) return reported(effect, answer);
	world.begun(answer);
	return {kind: 'opened', cutover: answer};
};

const blockRows = 1000;

/** Lines of the output that hold the text, or read like a failure where it is empty; all of them, in order. */
const hitsOf = (tail: Cutover['tail'], shown: AttemptRef, text: string): readonly number[] => {
	const sought = text.toLowerCase();
	const holds = (line: string): boolean => {
		const plainText = logText(line);
		return sought === '' ? readsLikeFailure(plainText) : plainText.toLowerCase().includes(sought);
	};
	const hits: number[] = [];
	for (let from = 0; ; from += blockRows) {
		const {lines} = tail.read(shown, from, blockRows);
		for (const [at, line] of lines.entries()) if (holds(line)) hits.push(from + at);
		if (lines.length < blockRows) return hits;
	}
};

const hitsInOutput = ({world, subject, view, now}: Doing, text: string): readonly number[] => {
	const shown = outputShown(lookAt(world, subject, view, now));
	return shown === null || subject.cutover === null ? [] : hitsOf(subject.cutover.tail, shown, text);
};

/** The hit at or beyond `from`; where there is none on that side, the first of the other end. */
const find = async ({text, from, by}: Of<'find'>, doing: Doing): Promise<Outcome> => {
	const read = doing.view.screen === 'document' ? doing.view.documents.at(-1) : undefined;
	const hits = read === undefined ? hitsInOutput(doing, text) : linesThatHold(read.document, text);
	const beyond = by > 0 ? hits.findIndex(line => line >= from) : hits.findLastIndex(line => line <= from);
	const at = beyond >= 0 ? beyond : by > 0 ? 0 : hits.length - 1;
	const line = hits[at];
	return {kind: 'found', search: line === undefined ? null : {text, line, index: at + 1, count: hits.length}, text};
};

/** The others hear of it at once, and what this screen shows of who is here is looked up anew. */
const renamed = async (now: Person, {world, subject, view}: Doing): Promise<void> => {
	if (now.name === view.person.name && now.role === view.person.role) return;
	world.named(now);
	await subject.cutover?.journal.look().catch(() => {});
};

const person = async ({name, role, after}: Of<'person'>, doing: Doing): Promise<Outcome> => {
	const {view} = doing;
	const known = name === view.person.name ? view.person : {...view.person, name, strength: 'stated' as const};
	await renamed(after === null ? {...known, role} : known, doing);
	if (after === null) return {kind: 'person', person: {...known, role}, askedRole: null, after};
	return {kind: 'person', person: known, askedRole: role, after: 'as' in after ? {...after, as: role} : after};
};

const doers: {readonly [K in Effect['kind']]: (effect: Of<K>, doing: Doing) => Promise<Outcome>} = {
	send,
	begin,
	find,
	person,
	invite: async (effect, doing) => {
		const {step, as} = effect;
		const {person: by} = doing.view;
		const command = {...step.draft, id: doing.world.newId()};
		return reported(effect, await opened(doing).acts.invite(command, {...by, role: as ?? by.role}));
	},
	attach: async (effect, doing) =>
		reported(effect, await opened(doing).acts.attach(effect.of, effect.file, doing.view.person)),
	export: async (effect, doing) => {
		const written = await opened(doing).acts.export(effect.format, effect.file);
		return spoken(effect, `The evidence is written: ${written}`);
	},
	read: async (effect, doing) => {
		const found = opened(doing).acts.document(effect.path);
		return 'refused' in found ? reported(effect, found) : {kind: 'document', document: found, line: effect.line};
	},
	approve: async (effect, doing) => reported(effect, await opened(doing).acts.approve(doing.view.person)),
	copy: async (effect, doing) => {
		const {acts} = opened(doing);
		acts.copy(typeof effect.what === 'string' ? acts[effect.what]() : effect.what.text);
		return spoken(effect, 'Copied to the clipboard of your terminal, where it allows that (OSC 52).');
	},
	sign: async ({signedWith, after}, doing) =>
		after?.kind === 'send' ? send({...after, signedWith}, doing) : {kind: 'left'},
	toSign: async ({of}, doing) => (of.kind === 'send' ? askToSign(of, doing, overtaken) : {kind: 'left'}),
	cancelSigning: async (_, doing) => {
		opened(doing).acts.cancelSigning();
		return {kind: 'left'};
	},
	replay: async (effect, doing) => {
		opened(doing).replay?.move(effect.move);
		return spoken(effect, '');
	},
	suspend: async (_, {world}) => {
		await world.suspend();
		return {kind: 'left'};
	},
	leave: async ({to}, {world}) => {
		world.leave(to);
		return {kind: 'left'};
	},
};

/** `doers[kind]` for an effect whose kind only it knows. */
const doerOf = <K extends Effect['kind']>(kind: K) => doers[kind] as (effect: Of<K>, doing: Doing) => Promise<Outcome>;

/** A store that fails is a fault of the whole screen once a cutover is open; anything else is the answer to this act. */
const failed = (effect: Effect, {subject}: Doing, error: unknown): Outcome => {
	if (!(error instanceof StoreFault))
		return reported(effect, {refused: true, why: `${failureText(error)}. Nothing was recorded by this screen.`});
	if (subject.cutover === null) return reported(effect, {refused: true, why: `${error.message} ${error.fix}`});
	return {kind: 'fault', fault: faultOf(error)};
};

/** Does it, and never throws. */
export const perform = async (effect: Effect, doing: Doing): Promise<Outcome> => {
	try {
		return await doerOf(effect.kind)(effect as never, doing);
	} catch (error) {
		return failed(effect, doing, error);
	}
};

/** Starts the work that is due after an act; what fails there is no answer to the act, which was recorded. */
export const startDesiredWork = async ({subject}: Doing): Promise<Outcome | null> => {
	try {
		await subject.cutover?.acts.reconcile();
		return null;
	} catch (error) {
		if (error instanceof StoreFault) return {kind: 'fault', fault: faultOf(error)};
		return {
			kind: 'reported',
			effect: {kind: 'leave'},
			reported: {
				refused: true,
				why: `It is recorded, but could not be started here: ${failureText(error)}. The watcher starts it.`,
			},
		};
	}
};
