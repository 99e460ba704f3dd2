/*
Signs an act, for the command line and the screen: makes the statement for the entry that it becomes, has it signed, and
checks the signature against the allowed signers before it is sent.
*/
import {dirname, join, resolve} from 'node:path';
import {actAs} from '../cutover/decide/acting.ts';
import {isRefusal} from '../cutover/decide/refusal.ts';
import {namespace, readStatement, saidBy, signatureNeeded, statementText} from '../cutover/decide/signed.ts';
import type {Command} from '../cutover/model/command.ts';
import {type Person, programOf} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {Answer, SignedWith, ToSign} from '../cutover/ports.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {makeFolders} from '../disk/file.ts';
import {agentKeys, NotSigned, pastedSignature, sign, signByAgent, verifySignature} from '../evidence/ssh-signature.ts';
import {quoted} from '../text/shell.ts';
import {stamp} from '../text/time.ts';
import {approvedBytes} from '../workspace/approved.ts';
import type {Opened} from './compose.ts';
import type {Io} from './io.ts';

/** `cancel`: ends what waits for a key. `alone`: nothing is asked on the terminal, because a screen has it. */
export type Signing = {
	readonly io: Io;
	readonly opened: Opened;
	readonly cancel?: AbortSignal;
	readonly alone?: boolean;
};

/** The statement of the entry that the command becomes; a refusal where the rules refuse it anyway. Throws NotSigned. */
async function statementOf({opened}: Signing, command: Command, by: Person): Promise<string | Refusal> {
	const {journal, clock} = opened;
	// What time brings becomes an entry of its own, before the one that is signed.
	await journal.settle(programOf(by));
	const refusal = journal.would(command, by);
	if (refusal !== null && refusal.code !== signatureNeeded().code) return refusal;
	const state = journal.state();
	const {runbook} = state;
	if (runbook?.allowedSigners === undefined)
		throw new NotSigned('The settings name no allowed signers. Add allowed-signers, or do it without a signature.');
	const said = saidBy(command, runbook);
	if (said === null)
		throw new NotSigned('Votes, T0, stand-down, rollback and sign-offs are signed. Do this without a signature.');
	const person = actAs(state, command, by, clock.now());
	if (isRefusal(person)) return person;
	const last = journal.entries().at(-1);
	return statementText({
		...said,
		cutover: state.id,
		entry: (last?.seq ?? 0) + 1,
		head: last?.hash ?? '',
		role: person.role,
		person: by.name,
		runbook: runbook.digest,
		at: stamp(clock.now()),
	});
}

/** `ssh-ed25519 AAAA… ana@laptop` as a person tells keys apart. */
function nameOf(key: string): string {
	const [type = '', blob = '', ...comment] = key.split(' ');
	return `${type.replace(/^ssh-|-cert-v01@openssh\.com$|@openssh\.com$/g, '')} ${comment.join(' ') || `…${blob.slice(-12)}`}`;
}

/** What somebody has to sign, and with which keys they could. Throws NotSigned. */
export async function toSign(signing: Signing, command: Command, by: Person): Promise<ToSign | Refusal> {
	const statement = await statementOf(signing, command, by);
	if (typeof statement !== 'string') return statement;
	const {opened, io} = signing;
	const state = opened.journal.state();
	const allowed = Buffer.from(approvedBytes(opened.folder, state, state.runbook?.allowedSigners ?? '')).toString();
	const {keys, why} = await agentKeys(io.env);
	const listed = keys.map(key => ({
		key,
		name: nameOf(key),
		allowed: allowed.includes(key.split(' ')[1] ?? key),
	}));
	const file = join(opened.folder, 'to-sign', `${encodeURIComponent(by.name)}.json`);
	makeFolders(dirname(file));
	replaceFile(file, Buffer.from(statement));
	return {
		statement,
		file,
		entry: readStatement(statement)?.entry ?? 0,
		elsewhere: `printf %s ${quoted(statement)} | ssh-keygen -Y sign -n ${namespace} -f KEY`,
		keys: listed.toSorted((a, b) => Number(b.allowed) - Number(a.allowed)),
		noKeys: why,
	};
}

async function signatureOf({io, cancel, alone}: Signing, statement: string, how: SignedWith): Promise<string> {
	const limits = {env: io.env, ...(cancel ? {cancel} : {}), ...(alone ? {alone} : {})};
	if (how.kind === 'elsewhere') return pastedSignature(how.signature);
	if (how.kind === 'agent') return signByAgent(how.key, namespace, statement, limits);
	return sign(resolve(io.cwd, how.path), namespace, statement, limits);
}

/** Has it signed and decides it; signed again where another entry came in between. Throws NotSigned. */
export async function decideSigned(signing: Signing, command: Command, by: Person, how: SignedWith): Promise<Answer> {
	const {opened, cancel} = signing;
	const {journal, folder} = opened;
	for (let left = 3; ; left--) {
		const now = await statementOf(signing, command, by);
		if (typeof now !== 'string') return now;
		const statement = how.kind === 'elsewhere' ? how.statement : now;
		const signed = {statement, signature: await signatureOf(signing, statement, how)};
		const state = journal.state();
		const allowed = approvedBytes(folder, state, state.runbook?.allowedSigners ?? '');
		const at = readStatement(statement)?.at ?? '';
		const key = await verifySignature(allowed, by.name, namespace, signed, at);
		if (cancel?.aborted) throw new NotSigned('Cancelled before it was recorded.');
		const answer = await journal.decide(command, {...by, strength: 'signature', key, signed});
		const isOvertaken = answer.refused && answer.code === 'signature-misplaced' && how.kind !== 'elsewhere';
		if (!isOvertaken || left === 0) return answer;
	}
}
