/*
Signs an act of the command line: makes the statement for the entry that it becomes, has it signed, and checks the signature
against the allowed signers before it is sent.
*/
import {resolve} from 'node:path';
import {approvedBytes} from '../attempts/approved.ts';
import {actAs} from '../cutover/decide/acting.ts';
import {isRefusal} from '../cutover/decide/refusal.ts';
import {namespace, saidBy, statementText} from '../cutover/decide/signed.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Person} from '../cutover/model/person.ts';
import {NotSigned, sign, verifySignature} from '../evidence/ssh-signature.ts';
import {stamp} from '../text/time.ts';
import type {Args} from './args.ts';
import type {Opened} from './compose.ts';
import {UsageError} from './usage-error.ts';

/** The person with the signature of this act; unchanged where none was asked for. Throws UsageError. */
export async function signing(call: Args, opened: Opened, command: Command, by: Person): Promise<Person> {
	const key = call.text('sign');
	if (key === null) return by;
	const {journal, folder, clock} = opened;
	// What time brings becomes an entry of its own, before the one that is signed.
	await journal.settle({...by, name: 'cutover-tui', role: null, strength: 'process'});
	const state = journal.state();
	const {runbook} = state;
	if (runbook?.allowedSigners === undefined)
		throw new UsageError('The settings name no allowed signers: add allowed-signers, or leave out --sign.');
	const said = saidBy(command, runbook);
	if (said === null)
		throw new UsageError('Votes, T0, stand-down, rollback and sign-offs are signed. Leave out --sign.');
	const person = actAs(state, command, by, clock.now());
	if (isRefusal(person)) return by;
	const last = journal.entries().at(-1);
	const at = stamp(clock.now());
	const statement = statementText({
		...said,
		cutover: state.id,
		entry: (last?.seq ?? 0) + 1,
		head: last?.hash ?? '',
		role: person.role,
		person: by.name,
		runbook: runbook.digest,
		at,
	});
	try {
		const signature = await sign(resolve(call.io.cwd, key), namespace, statement);
		const allowed = approvedBytes(folder, state, runbook.allowedSigners);
		const signed = {statement, signature};
		return {...by, strength: 'signature', key: await verifySignature(allowed, by.name, namespace, signed, at), signed};
	} catch (error) {
		if (error instanceof NotSigned) throw new UsageError(error.message);
		throw error;
	}
}
