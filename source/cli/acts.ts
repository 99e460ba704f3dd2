/* The verbs that touch files and processes, as the screen calls them by name (port Acts). */

import {randomUUID} from 'node:crypto';
import {resolve} from 'node:path';
import {usageError} from '../cutover/decide/refusal.ts';
import type {Acts, Cutover} from '../cutover/ports.ts';
import {storyOf} from '../cutover/snapshot/story.ts';
import {discard, keep} from '../evidence/attach.ts';
import {asText} from '../evidence/formats/text.ts';
import {formats, writerOf} from '../evidence/formats.ts';
import {writeWhole} from '../evidence/write.ts';
import {redaction, secretsOf} from '../processes/environment.ts';
import {safeLines} from '../text/clean.ts';
import {InputError} from '../text/error-text.ts';
import {lookingAt} from '../workspace/approved-run.ts';
import {approval} from './approval.ts';
import type {Opened} from './compose.ts';
import {documentAt} from './document.ts';
import {evidenceOf} from './evidence.ts';
import {giveLink, mailProblem} from './giving.ts';
import type {Io} from './io.ts';
import {keepBytes} from './keep-bytes.ts';
import {approvedRuns} from './preview.ts';
import {decideSigned, toSign} from './signing.ts';

/** Longest text that OSC 52 carries in common terminals, in bytes of base64. */
const clipboard = 74_994;

const withErrors = usageError(
	'runbook-errors',
	'The runbook has errors now.',
	'See them with check, fix them, then approve.',
);

/** Puts text on the clipboard of the terminal, also through SSH, and through tmux where `isTmux`. What is too long for a terminal is cut off. */
export const toClipboard = (text: string, isTmux: boolean): string => {
	const encoded = Buffer.from(text).toString('base64');
	const sent = `\u001b]52;c;${encoded.slice(0, clipboard - (clipboard % 4))}\u0007`;
	return isTmux ? `\u001bPtmux;${sent.replaceAll('\u001b', '\u001b\u001b')}\u001b\\` : sent;
};

/** What fails to be signed, or cannot be attached, is a sentence; the screen goes on. */
async function orRefused<T>(work: () => Promise<T>): Promise<T | {readonly refused: true; readonly why: string}> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof InputError) return {refused: true, why: error.message};
		throw error;
	}
}

/** The verbs that only read, of an open cutover or of one that is replayed. */
export const readingActs = (
	io: Io,
	{folder, journal, clock}: Pick<Opened, 'folder' | 'journal' | 'clock'>,
): Pick<Acts, 'evidence' | 'formats' | 'update' | 'copy' | 'what' | 'willRun' | 'document'> => {
	const redact = redaction(io.env);
	const clean = (text: string): string => redact(journal.state().runbook, text);
	return {
		evidence: () => evidenceOf({journal, clock}, asText),
		formats: Object.entries(formats).map(([value, {title: label}]) => ({value, label})),
		update: () => `${storyOf(journal.state(), clock.now(), journal.observed()).join('\n')}\n`,
		copy: text => void io.stdout.write(toClipboard(text, Boolean(io.env['TMUX']))),
		what(path) {
			const text = lookingAt(folder, journal.state()).textOf(path);
			return text === null ? null : safeLines(clean(text));
		},
		willRun: () => approvedRuns({folder, journal}),
		document: path => documentAt(folder, journal.state(), path, clean),
	};
};

function actsOf(io: Io, opened: Opened): Acts {
	const {folder, journal} = opened;
	let signing: AbortController | null = null;
	return {
		...readingActs(io, opened),
		toSign: (command, by) => orRefused(() => toSign({io, opened}, command, by)),
		sign(command, by, how) {
			signing = new AbortController();
			const {signal: cancel} = signing;
			return orRefused(() => decideSigned({io, opened, cancel, alone: true}, command, by, how));
		},
		cancelSigning: () => signing?.abort(),
		reconcile: () => opened.reconcile(),
		async invite(command, by) {
			const {runbook} = journal.state();
			const mails = command.type === 'invite' && command.data.sent === 'mail';
			const problem = mails && runbook !== null ? mailProblem(runbook, io.env) : null;
			if (problem !== null) return {refused: true, why: problem};
			const answer = await journal.decide(command, by);
			const invited = answer.refused ? undefined : answer.entries.find(({type}) => type === 'invited');
			if (invited?.type !== 'invited') return answer;
			const {name} = invited.data;
			const given = await giveLink(opened, invited.data, invited.by.name, io.env);
			if ('problem' in given) return {refused: true, why: given.problem};
			const {link, code, needs} = given;
			if (link !== null) io.stdout.write(toClipboard(link, Boolean(io.env['TMUX'])));
			const where =
				link === null
					? `The link of ${name} was mailed, and is shown nowhere.`
					: `The link of ${name} is on your clipboard, where the terminal allows that (OSC 52): send it to ${name} alone.`;
			const digits = code === null ? [] : [`Say to ${name}, once: ${code}`];
			return {refused: false, text: [where, ...(needs === null ? [] : [needs]), ...digits].join(' ')};
		},
		attach: (of, file, by) =>
			orRefused(async () => {
				const {runbook} = journal.state();
				const copy = keep(folder, resolve(io.cwd, file), null, runbook === null ? [] : secretsOf(io.env, runbook));
				const {name, path, sha256, bytes} = copy;
				const answer = await journal.decide(
					{id: randomUUID(), type: 'attach', data: {of, name, path, sha256, bytes}},
					by,
				);
				if (answer.refused) discard(folder, copy, journal.entries());
				return answer;
			}),
		async export(format, file) {
			const target = resolve(io.cwd, file);
			writeWhole(target, evidenceOf(opened, await writerOf(format)), {overwrite: false});
			return target;
		},
		changes: () => approval(folder, journal, io.env).lines,
		async approve(by) {
			const {command, read} = approval(folder, journal, io.env);
			if (command === null) return withErrors;
			const answer = await journal.decide({id: randomUUID(), ...command}, by);
			if (!answer.refused) keepBytes(folder, read);
			return answer;
		},
	};
}

/** An open cutover as the screen gets it. */
export const forScreen = (io: Io, opened: Opened): Cutover => ({
	journal: opened.journal,
	tail: opened.tail,
	acts: actsOf(io, opened),
});
