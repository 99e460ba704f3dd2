/*
`verify [ID|DIR|FILE]`: checks a cutover's folder, also a copy of it elsewhere, or the journal in its HTML evidence; runs
nothing of it. 0 where all that is there holds, 1 where something does not.
*/
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {journalIn} from '../../evidence/journal-block.ts';
import {signatureCheck} from '../../evidence/signatures.ts';
import {type Demands, type Verified, verifyFolder, verifyJournal} from '../../evidence/verify.ts';
import {follows, origin, read} from '../../journal/entry.ts';
import {journalFile} from '../../journal/file-store.ts';
import {json, safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {meant} from '../choose.ts';
import {cutoversOf, withCatalog} from '../compose.ts';
import {say} from '../io.ts';
import {UsageError} from '../usage-error.ts';

/** Its folder, where its journal is in it. */
function inFolder(folder: string, id: string): string {
	if (existsSync(join(folder, journalFile))) return folder;
	throw new UsageError(
		`The journal of ${id} is not in ${folder}. If it is in a database, bring it out first: cutover-tui store pull --cutover ${id}.`,
	);
}

async function folderOf(call: Args): Promise<string> {
	const word = call.word(0) ?? call.text('cutover');
	if (word !== null) {
		const place = resolve(call.io.cwd, word);
		if (existsSync(join(place, journalFile))) return place;
		const folder = await withCatalog(call, async catalog =>
			!word.includes('/') && (await catalog.has(word)) ? catalog.folder(word) : null,
		);
		if (folder !== null) return inFolder(folder, word);
		throw new UsageError(`There is no cutover "${word}", and no folder of one. See them: cutover-tui list.`);
	}
	const known = await cutoversOf(call);
	const [only = known[0], ...others] = meant(known);
	if (only === undefined) throw new UsageError('There is no cutover yet. Name the folder of one: verify DIR.');
	if (others.length > 0) throw new UsageError('Several cutovers are open. Say which: verify ID.');
	return inFolder(only.folder, only.id);
}

/** The document that a call names; null where it names a folder or a cutover. */
function documentOf(call: Args): string | null {
	const word = call.word(0);
	const file = resolve(call.io.cwd, word ?? '');
	return word !== null && statSync(file, {throwIfNoEntry: false})?.isFile() ? file : null;
}

/** Where the chain of the evidence's own journal is checked, no file beside it is. */
async function verifyDocument(file: string, demands: Demands): Promise<Verified> {
	const journal = journalIn(readFileSync(file, 'utf8'));
	if (journal === null)
		throw new UsageError(`${file} holds no journal. Name a folder, or a file that export --format html wrote.`);
	return verifyJournal(journal, {origin, read, follows}, demands);
}

const lines = ({valid, text, events, head, problems}: Verified): readonly string[] => [
	`${valid ? 'HOLDS' : 'DOES NOT HOLD'}  ${text}`,
	...problems.map(({seq, code, message}) => `  ${seq === null ? '' : `entry ${seq}  `}${code}  ${message}`),
	`${events} entries, head ${head === '' ? 'none' : head}`,
];

const journalAlone = safe('the journal alone: its files and signatures are checked with the folder of the cutover');

const signaturesLine = ({good, bad, unsigned}: ReturnType<typeof signatureCheck>['count']) =>
	safe(`signatures: ${good} good, ${bad} bad, ${unsigned} acts unsigned`);

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
	// Who may sign stands in an approved file, which a document does not hold.
	const signatures = folder === null ? null : signatureCheck(folder);
	const verified =
		folder === null || signatures === null
			? await verifyDocument(file ?? '', demands)
			: await verifyFolder(folder, {origin, read, follows}, {...demands, checkEntry: signatures.check});
	if (call.flag('json')) {
		const {valid, closed, text, events, head, problems, provenUpTo} = verified;
		const document = {valid, closed, text, events, head, problems, signatures: signatures?.count ?? null, provenUpTo};
		call.io.stdout.write(`${json(document, 2)}\n`);
	} else {
		for (const line of lines(verified)) say(call.io, safe(line));
		say(call.io, signatures === null ? journalAlone : signaturesLine(signatures.count));
	}
	return verified.valid ? 0 : 1;
};
