/*
What every acting verb does: ask the journal, ask for a typed word where one is missing, print what was recorded, and
start what must run now.
*/

import {randomUUID} from 'node:crypto';
import {createInterface} from 'node:readline';
import {type Draft, ownRole} from '../commands/situation.ts';
import {situationIn} from '../commands/situation-in.ts';
import {relayable} from '../cutover/decide/rules/people.ts';
import {signatureNeeded} from '../cutover/decide/signed.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import {type Answer, type Entry, type Journal, type SignedWith, StoreFault, type ToSign} from '../cutover/ports.ts';
import {previewLines, previewOf} from '../cutover/snapshot/preview.ts';
import {digestOf} from '../disk/digest.ts';
import {failureText} from '../disk/fault.ts';
import {instant, wall} from '../text/time.ts';
import type {Args} from './args.ts';
import {line, typed} from './ask.ts';
import {choose} from './choose.ts';
import {closing, type Opened} from './compose.ts';
import {entryLine} from './entry-line.ts';
import {type Io, onTerminal, say, tell} from './io.ts';
import {person, thisMachine} from './person.ts';
import {runPreview} from './preview.ts';
import {refusalText} from './refusal-text.ts';
import {named} from './runbook-rows.ts';
import {decideSigned, toSign} from './signing.ts';
import {UsageError} from './usage-error.ts';

/*
With what an act is signed, on the command line: `--sign KEY`, or asked on the terminal. A signature made elsewhere is read
from the input, up to its last line.
*/

/** `asked`: the statement is shown, and a signature of it read. Null where no signature was asked for. */
function signedWith(call: Args): SignedWith | 'asked' | null {
	const key = call.text('sign');
	if (key === null) return null;
	return key === '-' ? 'asked' : {kind: 'file', path: key};
}

/** Lines of the input up to the end of a signature; what there is where the input ends before. */
function pasted(io: Io): Promise<string> {
	const asked = createInterface({input: io.stdin, terminal: false});
	const lines: string[] = [];
	return new Promise(resolve => {
		asked.once('close', () => resolve(lines.join('\n')));
		asked.on('line', text => {
			lines.push(text);
			if (text.includes('END SSH SIGNATURE')) asked.close();
		});
	});
}

async function elsewhere(io: Io, {statement, elsewhere: how}: ToSign): Promise<SignedWith | null> {
	tell(io, 'Sign this elsewhere, and paste the signature here:', how);
	const signature = await pasted(io);
	return signature.trim() === '' ? null : {kind: 'elsewhere', statement, signature};
}

/** Null where nothing was given. */
async function askSignature(io: Io, asked: ToSign): Promise<SignedWith | null> {
	if (!onTerminal(io)) return elsewhere(io, asked);
	tell(io, `This act is signed. Statement of entry ${asked.entry}: ${asked.statement}`);
	for (const [index, {name, allowed}] of asked.keys.entries())
		tell(io, `  ${index + 1}  agent: ${name}${allowed ? '' : ' (not among the allowed signers)'}`);
	if (asked.noKeys !== null) tell(io, `  ${asked.noKeys}`);
	const number = asked.keys.length === 0 ? '' : 'its number, ';
	const answer = (await line(io, `Sign with ${number}a key file, or - to paste a signature: `))?.trim() ?? '';
	if (answer === '') return null;
	if (answer === '-') return elsewhere(io, asked);
	const chosen = /^\d+$/.test(answer) ? asked.keys[Number(answer) - 1] : undefined;
	return chosen === undefined ? {kind: 'file', path: answer} : {kind: 'agent', key: chosen.key};
}

/**
The id of what a call sends: its own, or that of the option, which stands for one act. `suffix` tells apart the commands that one call sends. Throws UsageError where the id was given with another act: the answer of that
one would pass for the answer of this one, which nobody did.
*/
function commandIdOf(call: Args, {entries}: Pick<Journal, 'entries'>, suffix = ''): string {
	const given = call.text('command-id');
	if (given === null) return `${randomUUID()}${suffix}`;
	const own = `${given}#${digestOf(Buffer.from(call.asked())).slice(-8)}`;
	const isOther = (cause: string): boolean =>
		cause.startsWith(`${given}#`) && cause.lastIndexOf('#') === given.length && !cause.startsWith(own);
	const other = entries().find(({cause}) => isOther(cause));
	if (other === undefined) return `${own}${suffix}`;
	throw new UsageError(
		`--command-id ${given} was used for another act, entry ${other.seq} of the log. Give each act an id of its own.`,
	);
}

/** A command before it has an id. */
export type Order = Draft & Pick<Command, 'relayed'>;

/** An open cutover and who acts on it. */
export type Acting = {readonly call: Args; readonly opened: Opened; readonly runbook: Runbook; readonly by: Person};

/** `recorded` null: refused, and said so. */
export type Done = {readonly code: number; readonly recorded: readonly Entry[] | null};

/** Who acts, in a role of this runbook. */
export function personOf(call: Args, runbook: Runbook | null): Person {
	const role = call.text('role');
	const own = role === null || runbook === null ? role : named(runbook, 'role', role);
	return person(thisMachine(call.io.env), call.text('as'), own);
}

/** Who acts on an open cutover. */
export const actorOf = (call: Args, {journal}: {readonly journal: Pick<Journal, 'state'>}): Person =>
	personOf(call, journal.state().runbook);

/** Opens the cutover that the call speaks of, runs `work` on it, and closes it again. */
export async function acting(call: Args, work: (acting: Acting) => Promise<number>): Promise<number> {
	return closing(await choose(call, 'act'), opened => {
		const {runbook} = opened.journal.state();
		if (runbook === null) throw new UsageError('This cutover was never begun.');
		return work({call, opened, runbook, by: personOf(call, runbook)});
	});
}

/** Who acts in this: where several roles may and none was said, in the one that the person holds. Nobody's own word is given in a role that they did not name. */
function actorIn({opened: {journal, clock}, by}: Acting, order: Order): Person {
	if (by.role !== null || relayable.includes(order.type)) return by;
	return {...by, role: ownRole(situationIn(journal, clock.now(), by), order)};
}

/** Why it would be refused, whatever word is typed; null where it would not, or was sent before. */
export function refusalOf(context: Acting, order: Order): Refusal | null {
	const {call, opened} = context;
	const no = opened.journal.would({...order, id: commandIdOf(call, opened.journal)}, actorIn(context, order));
	return no !== null && no.needs.words.length === 0 ? no : null;
}

export function report(io: Io, entries: readonly Entry[]): void {
	say(io, ...entries.map(entry => entryLine(`${wall(instant(entry.at))}  `, entry)));
}

/** Typed words that the refusal asks for: null where the operator did not type them. */
async function askWords(io: Io, refusal: Refusal): Promise<readonly string[] | null> {
	tell(io, refusalText(refusal));
	for (const word of refusal.needs.words) if (!(await typed(io, word))) return null;
	return refusal.needs.words;
}

export function refuse(io: Io, refusal: Refusal): Done {
	tell(io, `${refusalText(refusal)}${refusal.needs.words.length === 0 ? '' : ' Nothing was done.'}`);
	return {code: refusal.usageError ? 2 : 1, recorded: null};
}

/** Starts the work that is due; answers what kept it from starting, such as a full disk, which hides no cutover from who looks. */
export async function notStarted({reconcile}: Pick<Opened, 'reconcile'>): Promise<string | null> {
	try {
		await reconcile();
		return null;
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		return `${error.message} ${error.fix}`;
	}
}

/** Starts the work that is due. What fails here is no answer to the act: the watcher, or the next command, starts it. */
export async function startDesiredWork(io: Io, opened: Opened): Promise<void> {
	try {
		await opened.reconcile();
	} catch (error) {
		const why = failureText(error);
		tell(io, `It could not be started from here: ${why}. The watcher starts it, or the next command.`);
	}
}

/** What it would record and change; nothing is recorded. */
function dryRun({call: {io}, opened, by}: Acting, order: Order): Done {
	const {journal, clock} = opened;
	const state = journal.state();
	const context = {at: Math.max(clock.now(), state.at), by, observed: journal.observed()};
	const found = previewOf(state, {...order, id: 'dry-run'}, context);
	if ('refused' in found) return refuse(io, found);
	say(io, ...runPreview(opened, order), ...previewLines(found));
	tell(io, 'A dry run: nothing was recorded.');
	return {code: 0, recorded: null};
}

/** Sends one command, or with --dry-run shows what it would do; `suffix` tells apart the commands that one call sends. */
export async function send(context: Acting, order: Order, suffix = ''): Promise<Done> {
	const {call, opened} = context;
	const {io} = call;
	const by = actorIn(context, order);
	if (call.flag('dry-run')) return dryRun({...context, by}, order);
	const id = commandIdOf(call, opened.journal, suffix);
	const signing = {io, opened};
	let how = signedWith(call);
	const ask = async (words: readonly string[]): Promise<Answer> => {
		const command: Command = {...order, id, confirm: [...(order.confirm ?? []), ...call.list('confirm'), ...words]};
		const answer = how === null ? await opened.journal.decide(command, by) : null;
		const isUnsigned = answer?.refused && answer.code === 'signature-needed' && onTerminal(io);
		if (answer !== null && !isUnsigned) return answer;
		const asked = how === null || how === 'asked' ? await toSign(signing, command, by) : null;
		if (asked !== null && 'refused' in asked) return asked;
		const chosen = asked === null ? how : await askSignature(io, asked);
		if (chosen === null || chosen === 'asked') return answer ?? signatureNeeded('No signature was given.');
		if (chosen.kind !== 'elsewhere') how = chosen;
		return decideSigned(signing, command, by, chosen);
	};
	let words: readonly string[] = [];
	for (;;) {
		const answer = await ask(words);
		if (!answer.refused) {
			report(io, answer.entries);
			await startDesiredWork(io, opened);
			return {code: 0, recorded: answer.entries};
		}
		const missing = answer.needs.words.some(word => !words.includes(word));
		if (missing) tell(io, ...runPreview(opened, order));
		if (!missing || !onTerminal(io)) {
			await startDesiredWork(io, opened);
			return refuse(io, answer);
		}
		const given = await askWords(io, answer);
		if (given === null) {
			tell(io, 'Nothing was done.');
			return {code: 1, recorded: null};
		}
		words = [...words, ...given];
	}
}
