/*
The signatures of a journal, checked one by one: the statement's fields against the entry that it became, and the signature
against the allowed signers that were approved at the time.
*/

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {differs, namespace, readStatement, saidIn} from '../cutover/decide/signed.ts';
import type {Digests, Runbook} from '../cutover/model/runbook.ts';
import type {Entry} from '../cutover/ports.ts';
import {digestOf} from '../disk/digest.ts';
import {errorText} from '../text/error-text.ts';
import {NotSigned, verifySignature} from './ssh-signature.ts';
import type {Fault} from './verify.ts';

export type SignatureCheck = {
	/** Entry by entry, from the first on. */
	check(entry: Entry): Promise<Fault | null>;
	readonly count: {good: number; bad: number; unsigned: number};
};

type Approved = {readonly id: string; readonly runbook: Runbook; readonly approved: Digests};

function allowedIn(folder: string, {runbook, approved}: Approved): Uint8Array {
	const digest = approved[runbook.allowedSigners ?? ''] ?? null;
	if (digest === null) throw new NotSigned('No allowed signers were approved');
	const bytes = readFileSync(join(folder, 'approved', digest.slice(7)));
	if (digestOf(bytes) !== digest) throw new NotSigned('The allowed signers are not those that were approved');
	return bytes;
}

async function check(folder: string, {seq, previous, by, ...event}: Entry, approved: Approved | null): Promise<void> {
	const said = event.type === 'reported' ? {subject: 'T0', decision: ''} : saidIn(event);
	const statement = by.signed === undefined ? null : readStatement(by.signed.statement);
	if (statement === null || by.signed === undefined || said === null || approved === null)
		throw new NotSigned('Its statement is not of an act');
	const {id, runbook} = approved;
	const wanted = {
		cutover: id,
		entry: seq,
		head: previous,
		subject: said.subject,
		...(said.decision === '' ? {} : {decision: said.decision}),
		role: by.role,
		person: by.relay?.by ?? by.name,
		runbook: runbook.digest,
	};
	const field = differs(statement, wanted);
	if (field !== null) throw new NotSigned(`Its statement is of another ${field}`);
	const key = await verifySignature(allowedIn(folder, approved), statement.person, namespace, by.signed, statement.at);
	if (key !== by.key) throw new NotSigned(`It was signed with ${key}, and the entry says ${by.key ?? 'none'}`);
}

export function signatureCheck(folder: string): SignatureCheck {
	const count = {good: 0, bad: 0, unsigned: 0};
	let approved: Approved | null = null;
	let before: Entry | null = null;
	return {
		count,
		async check(entry) {
			if (entry.type === 'begun') approved = entry.data;
			else if (entry.type === 'approved' && approved !== null) approved = {id: approved.id, ...entry.data};
			const {by, cause, seq} = entry;
			if (by.strength === 'process') return null;
			if (by.signed === undefined) {
				if (saidIn(entry) === null) return null;
				count.unsigned++;
				if (approved?.runbook.signatures !== 'required') return null;
				return {seq, code: 'unsigned', message: `entry ${seq} is not signed, and the approved settings require it`};
			}
			const act = before;
			before = entry;
			// What an act brings with it at once is of the same signature; another act never is.
			const brought = saidIn(entry) === null && (entry.type !== 'reported' || act?.type === 't0Begun');
			const isSame = JSON.stringify(act?.by.signed) === JSON.stringify(by.signed);
			if (brought && isSame && act?.cause === cause && act.seq === seq - 1) return null;
			try {
				await check(folder, entry, approved);
				count.good++;
				return null;
			} catch (error) {
				count.bad++;
				const why = errorText(error);
				return {seq, code: 'signature', message: `the signature of entry ${seq} does not hold: ${why}`};
			}
		},
	};
}
