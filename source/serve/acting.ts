/*
One act by a personal link, from its form to its entry. The id of the command is made of the form's own number, so that a form that
is sent twice is one act; the entry follows directly on the state of which the shown text was true.
*/

import {randomBytes} from 'node:crypto';
import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {catalogue} from '../commands/catalogue.ts';
import {answersOf, type Values} from '../commands/field.ts';
import {situationIn} from '../commands/situation-in.ts';
import {isProblem, type Step} from '../commands/spec.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Invitation} from '../cutover/model/link.ts';
import {itself, type Person, shownPath} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import {type Clock, type Journal, StoreFault} from '../cutover/ports.ts';
import {claim} from '../disk/atomic-file.ts';
import {makeFolder} from '../disk/file.ts';
import {fieldsOf, offersOf, takesCode, type WebAct, webActOf, wordOf, wordsOf} from '../page/acts.ts';
import {type Ask, askOf, askPage, type Form, formPolicy} from '../page/ask.ts';
import {remarkPage} from '../page/me.ts';
import type {Rest} from '../page/rests.ts';
import {counted} from '../text/counted.ts';
import type {Answer, Asked, Page} from './route.ts';
import {tryCode} from './secrets.ts';
import {notice} from './server.ts';
import {personOf, type Session} from './sessions.ts';

type World = {readonly journal: Journal; readonly clock: Clock; readonly folder: string};

/** What a form says. `nonce`: its own number; `shown`: sha256 of the text above it. */
type Given = {
	readonly act: WebAct;
	readonly on: string;
	readonly nonce: string;
	readonly shown: string;
	readonly values: Values;
	readonly role: string | null;
	readonly word: string;
	readonly code: string;
};

type Failed = {readonly status: number; readonly problem: string};

const nonceShape = /^[\w-]{22}$/;
/** Texts that are remembered to say what changed. */
const mostTexts = 200;

/** What was given, by field; a form leaves out what it has no choice for. */
function givenIn({form}: Asked): Given | null {
	const act = webActOf(form.get('do'));
	const nonce = form.get('nonce') ?? '';
	if (act === null || !nonceShape.test(nonce)) return null;
	const own = new Set(['do', 'target', 'nonce', 'shown', 'role', 'word', 'code']);
	return {
		act,
		on: form.get('target') ?? '',
		nonce,
		shown: form.get('shown') ?? '',
		values: Object.fromEntries(
			[...form].flatMap(([name, value]) => (own.has(name) ? [] : [[name, value.replaceAll('\r\n', ' ').trim()]])),
		),
		role: form.get('role'),
		word: (form.get('word') ?? '').trim().toUpperCase(),
		code: form.get('code') ?? '',
	};
}

/** What somebody typed who has to open their link before they send it again: it is theirs to copy. */
export const typedIn = (asked: Asked): readonly string[] => Object.values(givenIn(asked)?.values ?? {}).filter(Boolean);

/** What the store says holds paths and addresses, which stay here. A form that is sent again is the same act. */
const faultText = ({code}: StoreFault): string =>
	code === 'uncertain' || code === 'io'
		? 'The journal did not answer: it is not known whether this was recorded. Send it again; it is recorded once.'
		: 'Nothing was recorded: the journal cannot be written now. Send it again in a minute.';

const saidBy = ({why, fix}: Refusal): string => `${why} ${fix}`;

export class Acts {
	readonly #world: World;
	readonly #texts = new Map<string, readonly string[]>();
	readonly policy = formPolicy;

	constructor(world: World) {
		this.#world = world;
	}

	/** Of the command, of this form of this link. */
	idOf(link: string, nonce: string): string {
		return `link/${link}/${nonce}`;
	}

	#restOf(on: string, person: Person): Rest {
		const {journal, clock} = this.#world;
		return {situation: situationIn(journal, clock.now(), person), observed: journal.observed(), on};
	}

	#page(ask: Ask, rest: Rest, form: Omit<Form, 'issuer'>, {by}: Invitation, status = 200): Page {
		this.#texts.set(ask.sha256, ask.rests);
		const [oldest] = this.#texts.keys();
		if (this.#texts.size > mostTexts && oldest !== undefined) this.#texts.delete(oldest);
		return {status, policy: formPolicy, body: askPage(ask, rest, {...form, issuer: by.name})};
	}

	/** The form of an act that this person may do now. */
	form({query, account}: Asked, session: Session, link: Invitation): Page {
		const act = webActOf(query.get('do'));
		const on = query.get('target') ?? '';
		const rest = this.#restOf(on, personOf(session, link, account));
		if (act === null || !offersOf(rest.situation).some(offer => offer.act === act && offer.on === on))
			return {
				status: 404,
				policy: formPolicy,
				body: remarkPage(
					'Nothing to do here',
					'This is not asked of you now: it was answered, or something else comes first.',
				),
			};
		const nonce = randomBytes(16).toString('base64url');
		return this.#page(askOf(act, rest), rest, {nonce, values: {}, problem: null, before: null}, link);
	}

	/** Records it, or shows the form again with what is wrong and what was typed. */
	async record(asked: Asked, session: Session, link: Invitation): Promise<Answer> {
		const given = givenIn(asked);
		if (given === null) return notice(400, 'Refused', 'This is no form of this page.');
		const person = personOf(session, link, asked.account);
		const failed = await this.#failure(given, person, link, session);
		if (failed === null) return {location: `/done?id=${given.nonce}`};
		const rest = this.#restOf(given.on, person);
		const ask = askOf(given.act, rest);
		const before = ask.sha256 === given.shown ? null : (this.#texts.get(given.shown) ?? null);
		const {nonce, values, role, word} = given;
		// What is decided anew takes its word anew; the digits are never written into a page.
		const typed = {...values, role: role ?? '', word: failed === overtaken ? '' : word};
		return this.#page(ask, rest, {nonce, values: typed, problem: failed.problem, before}, link, failed.status);
	}

	/** Null once it is recorded, also by this form before. */
	async #failure(given: Given, person: Person, link: Invitation, session: Session): Promise<Failed | null> {
		const {journal} = this.#world;
		const id = this.idOf(link.link, given.nonce);
		try {
			await journal.settle(itself);
			if (journal.entries().some(({cause}) => cause === id)) return null;
			return await this.#decide(given, id, {...person, role: given.role}, link, session);
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			return {status: 503, problem: faultText(error)};
		}
	}

	/** Null once it is recorded. */
	async #decide(given: Given, id: string, by: Person, link: Invitation, session: Session): Promise<Failed | null> {
		const {journal} = this.#world;
		const rest = this.#restOf(given.on, {...by, role: null});
		if (askOf(given.act, rest).sha256 !== given.shown) return overtaken;
		const step = stepOf(given, rest);
		if ('problem' in step) return step;
		const confirm = wordsOf(given.act).includes(given.word) ? [given.word] : [];
		const command = {...step.draft, id, confirm} as Command;
		const role = step.as ?? by.role;
		// Before the code is tried: what is refused anyway costs no try.
		const no = journal.would(command, {...by, role});
		if (no !== null) return {status: no.code === 'word-needed' ? 422 : 409, problem: saidBy(no)};
		const isSure = takesCode(given.act, rest.situation, given.on);
		const wrong = isSure ? await this.#codeProblem(given.code, link, session) : null;
		if (wrong !== null) return wrong;
		return this.#append(command, given, {
			...by,
			role,
			strength: by.web?.account !== undefined ? by.strength : isSure ? 'link+code' : 'link',
		});
	}

	async #codeProblem(code: string, {link, by}: Invitation, {from}: Session): Promise<Failed | null> {
		const {journal, folder} = this.#world;
		const tried = await tryCode(folder, link, code);
		if (tried.right) return null;
		if (tried.left > 0)
			return {
				status: 403,
				problem: `These are not the digits. ${counted(tried.left, 'try is', 'tries are')} left.`,
			};
		await journal.decide({id: `lock/${link}`, type: 'lockLink', data: {link, from}}, itself);
		return {status: 403, problem: `Your link is locked after too many wrong digits. Tell ${by.name}.`};
	}

	/** What was shown must still be so at the entry before the act. */
	async #append(command: Command, given: Given, by: Person): Promise<Failed | null> {
		const {journal, folder} = this.#world;
		for (;;) {
			const ask = askOf(given.act, this.#restOf(given.on, {...by, role: null}));
			const last = journal.entries().at(-1);
			if (ask.sha256 !== given.shown || last === undefined) return overtaken;
			keepText(folder, ask);
			const shown = {entry: last.seq, head: last.hash, sha256: ask.sha256};
			const answer = await journal.decide(command, {...by, shown});
			if (!answer.refused) return null;
			if (answer.code !== 'overtaken') return {status: 409, problem: saidBy(answer)};
			await journal.settle(itself);
		}
	}
}

const overtaken: Failed = {status: 409, problem: 'It changed while you read. Read it again; nothing was recorded.'};

/** The text lasts before the act that names it does. */
function keepText(folder: string, {text, sha256}: Ask): void {
	const file = join(folder, shownPath(sha256));
	if (existsSync(file)) return;
	makeFolder(dirname(file));
	claim(file, Buffer.from(text));
}

/** What the form decides, or what is missing. */
function stepOf(given: Given, {situation, on}: Rest): Step | Failed {
	const {act, word} = given;
	const spec = catalogue[act];
	const flags = spec.fields.filter(({kind}) => kind === 'flag');
	const known = flags.flatMap(field => {
		const value = field.initial?.(situation, on) ?? null;
		return value === null ? [] : [[field.name, value] as const];
	});
	const values: Values = {...given.values, ...Object.fromEntries(known), from: 'me'};
	const missing = fieldsOf(act).find(
		field =>
			(field.requiredWhen?.(values, situation, on) ?? false) &&
			(field.kind === 'checklist' ? answersOf(values, field.name).length === 0 : !values[field.name]),
	);
	if (missing !== undefined) return {status: 422, problem: `Not recorded: ${missing.label} is missing.`};
	const wanted = wordOf(act, values);
	if (word !== wanted && !(act === 'answer' && word === 'FIRE'))
		return {status: 422, problem: `Type ${wanted} to confirm. Nothing was recorded.`};
	const steps = spec.steps(values, on, situation);
	if (isProblem(steps)) return {status: 422, problem: steps.problem};
	const [step, ...others] = steps;
	return step === undefined || others.length > 0 ? {status: 422, problem: 'Answer for one of them at a time.'} : step;
}
