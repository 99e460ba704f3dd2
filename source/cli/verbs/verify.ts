/*
`verify [ID|DIR|FILE]`: checks a cutover's folder, also a copy of it elsewhere, or the journal in its HTML evidence; runs
nothing of it. 0 where all that is there holds, 1 where something does not.
*/

import {existsSync, readFileSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {signatureCheck} from '../../evidence/signatures.ts';
import {type Demands, type Verified, verifyFolder} from '../../evidence/verify.ts';
import {type Compared, type VerifiedDocument, verifyDocument} from '../../evidence/verify-document.ts';
import {follows, origin, read} from '../../journal/entry.ts';
import {journalFile} from '../../journal/file-store.ts';
import {counted} from '../../text/counted.ts';
import type {Args} from '../args.ts';
import {folderNamed, onlyOpen} from '../choose.ts';
import {cutoversOf} from '../compose.ts';
import {pageOf} from '../evidence.ts';
import {say, sayJson} from '../io.ts';
import {UsageError} from '../usage-error.ts';

/** Its folder, where its journal is in it. */
function inFolder(folder: string, id: string): string {
	if (existsSync(join(folder, journalFile))) return folder;
	throw new UsageError(
		`The journal of ${id} is not in ${folder}. If it is in a database, bring it out first: cutover-tui store pull ${id} DIR. Then verify DIR/${id}.`,
	);
}

async function folderOf(call: Args): Promise<string> {
	const word = call.word(0) ?? call.text('cutover');
	if (word !== null) return inFolder(await folderNamed(call, word), word);
	const known = await cutoversOf(call);
	const only = onlyOpen(known) ?? known[0];
	if (only === undefined) throw new UsageError('There is no cutover yet. Name the folder of one: verify DIR.');
	return inFolder(only.folder, only.id);
}

/** The document that a call names; null where it names a folder or a cutover. */
function documentOf(call: Args): string | null {
	const word = call.word(0);
	const file = resolve(call.io.cwd, word ?? '');
	return word !== null && statSync(file, {throwIfNoEntry: false})?.isFile() ? file : null;
}

const chain = {origin, read, follows};

/** Where the evidence's own journal is checked, no file beside it is. */
async function verifyFile({io}: Args, file: string, demands: Demands): Promise<VerifiedDocument> {
	const found = await verifyDocument(readFileSync(file, 'utf8'), chain, demands, entries => pageOf(io.env, entries));
	if (found !== null) return found;
	throw new UsageError(`${file} holds no journal. Name a folder, or a file that export --format html wrote.`);
}

/** `page`: of a document, where that was not compared it is the journal that holds. */
const lines = ({valid, text, events, head, problems}: Verified, page: Compared | null): readonly string[] => [
	`${valid ? 'HOLDS' : 'DOES NOT HOLD'}  ${valid && page !== null && page !== 'same' ? 'the journal is ' : ''}${text}`,
	...problems.map(({seq, code, message}) => `  ${seq === null ? '' : `entry ${seq}  `}${code}  ${message}`),
	`${events} entries, head ${head === '' ? 'none' : head}`,
];

const filesElsewhere = 'its files and signatures are checked with the folder of the cutover';

/** What was checked of a document, and what was not. */
function aboutPage({page, program}: VerifiedDocument): string {
	if (page === 'same') return `the page says what its journal says; ${filesElsewhere}`;
	if (page === 'other program')
		return `NOT COMPARED: the page was written by ${program || 'an unknown program'}; the journal alone: ${filesElsewhere}`;
	if (page === 'open')
		return `NOT COMPARED: the page was exported before the close; the journal alone: ${filesElsewhere}`;
	return `the journal alone: ${filesElsewhere}`;
}

const signaturesLine = ({good, bad, unsigned}: ReturnType<typeof signatureCheck>['count']) =>
	`signatures: ${good} good, ${bad} bad, ${counted(unsigned, 'act')} unsigned`;

/** Throws UsageError for what is no head: a slip of the hand must not read as a changed journal. */
function headOf(call: Args): string | null {
	const head = call.text('head')?.trim() ?? null;
	if (head === null || /^[0-9a-f]{64}$/i.test(head)) return head;
	throw new UsageError(`"${head}" is not a head. Write all 64 characters of it, as verify and the evidence show it.`);
}

export const run = async (call: Args): Promise<number> => {
	const file = documentOf(call);
	const demands = {closed: call.flag('closed'), head: headOf(call)};
	const folder = file === null ? await folderOf(call) : null;
	// Who may sign is in an approved file, which a document does not hold.
	const signatures = folder === null ? null : signatureCheck(folder);
	const document = folder === null ? await verifyFile(call, file ?? '', demands) : null;
	const verified =
		document ??
		(await verifyFolder(folder ?? '', chain, {...demands, ...(signatures && {checkEntry: signatures.check})}));
	if (call.flag('json')) {
		const {valid, closed, text, events, head, problems, provenUpTo} = verified;
		const found = {valid, closed, text, events, head, problems, signatures: signatures?.count ?? null, provenUpTo};
		sayJson(call.io, {...found, ...(document && {page: document.page})});
	} else {
		say(call.io, ...lines(verified, document?.page ?? null));
		if (document !== null) say(call.io, aboutPage(document));
		if (signatures !== null) say(call.io, signaturesLine(signatures.count));
	}
	return verified.valid ? 0 : 1;
};
