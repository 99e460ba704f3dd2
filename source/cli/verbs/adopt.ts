/*
`adopt RUNBOOK`: proposes the map of a runbook that is not written for this program, and writes it as its settings; the Markdown is never
touched. Without answers it asks and writes nothing (exit 3); `--yes` takes the defaults, which somebody must look at before begin.
`--review` says that the map was looked at, and takes over changed words.
*/
import {closeSync, existsSync, openSync, readFileSync, writeSync} from 'node:fs';
import {basename, resolve} from 'node:path';
import {replaceFile} from '../../disk/atomic-file.ts';
import {type Answers, type Proposal, propose} from '../../runbook/adopt/propose.ts';
import {reviewedText} from '../../runbook/adopt/review.ts';
import {mapText} from '../../runbook/adopt/write.ts';
import {besideRunbook} from '../../runbook/open.ts';
import {readRunbook, type Understood} from '../../runbook/read.ts';
import {json, safe} from '../../text/clean.ts';
import {day} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {systemClock} from '../clock.ts';
import {say, tell} from '../io.ts';
import {type Read, readFor} from '../opening.ts';
import {problemLines, understood} from '../understood.ts';
import {UsageError} from '../usage-error.ts';

function create(file: string, text: string): void {
	const descriptor = openSync(file, 'wx', 0o644);
	try {
		writeSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}

/** `zero=upgrade` -> the answer of that question. */
function answersOf(call: Args): Answers {
	return Object.fromEntries(
		call.list('answer').map(given => {
			const [, key, value] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
			if (key === undefined || value === undefined) throw new UsageError(`--answer ${given}: write it as ID=VALUE.`);
			return [key, value];
		}),
	);
}

const today = (): string => day(systemClock.now());

/** What the map makes of the runbook, read from its own text. */
const readWith = (read: Read, file: string, text: string): Understood =>
	readRunbook({
		path: file,
		bytes: read.bytes.runbook,
		settings: {path: file, bytes: Buffer.from(text)},
		workspace: {has: () => 'file'},
	});

function show(call: Args, read: Read, file: string, found: Understood): void {
	for (const line of understood({...read, ...found, notes: []})) say(call.io, line);
	for (const line of problemLines({file: read.file, problems: found.problems})) say(call.io, line);
	say(call.io, safe(file));
}

function ask(call: Args, word: string, {questions}: Proposal, answers: Answers): number {
	const open = questions.filter(({id}) => answers[id] === undefined);
	if (call.flag('json')) call.io.stdout.write(`${json({questions: open}, 2)}\n`);
	else
		for (const {id, question, default: given, line} of open)
			say(call.io, safe(`${line === null ? word : `${word}:${line}`}  ${id}  ${question} [${given}]`));
	tell(
		call.io,
		safe(
			`Nothing was written. Answer with --answer ID=VALUE, or take the defaults with --yes, and look at them later.`,
		),
	);
	return 3;
}

function adopt(call: Args, word: string): number {
	const read = readFor(call, word);
	const file = besideRunbook(resolve(call.io.cwd, word));
	if (read.bytes.settings !== null || existsSync(file)) {
		tell(
			call.io,
			safe(`Nothing is overwritten: ${word} has settings already. Add reading: to them, or move them away.`),
		);
		return 1;
	}
	if (read.seen === null) {
		for (const line of problemLines(read)) tell(call.io, line);
		return 2;
	}
	const answers = answersOf(call);
	const proposal = propose(
		{
			runbook: read.runbook,
			seen: read.seen,
			unused: read.unused,
			problems: read.problems,
			notes: read.notes,
			source: read.source,
		},
		answers,
	);
	const unknown = Object.keys(answers).filter(id => !proposal.questions.some(question => question.id === id));
	if (unknown.length > 0)
		throw new UsageError(
			`There is no question ${unknown.join(', ')}; there are ${proposal.questions.map(({id}) => id).join(', ') || 'none'}.`,
		);
	if (proposal.parts.stages.length === 0) {
		tell(
			call.io,
			safe('No steps were found: nothing to adopt. Write a list, table or headings of steps, in their order.'),
		);
		return 2;
	}
	const isOpen = proposal.questions.some(({id}) => answers[id] === undefined);
	if (isOpen && !call.flag('yes')) return ask(call, word, proposal, answers);
	const by = isOpen ? null : (call.text('by') ?? process.env['USER'] ?? null);
	const text = mapText(proposal, basename(word), by, today());
	const found = readWith(read, file, text);
	if (found.seen === null) {
		for (const line of problemLines({file: word, problems: found.problems})) tell(call.io, line);
		return 2;
	}
	create(file, text);
	show(call, read, file, found);
	tell(
		call.io,
		safe(
			by === null
				? `Next: read ${basename(file)}, then cutover-tui adopt ${word} --review --by NAME`
				: `Next: cutover-tui check ${word}`,
		),
	);
	return found.runbook === null ? 2 : 0;
}

function review(call: Args, word: string): number {
	const read = readFor(call, word);
	const by = call.text('by');
	if (by === null) throw new UsageError('Say who looked at the map: --by NAME.');
	const file = besideRunbook(resolve(call.io.cwd, word));
	if (!existsSync(file)) {
		tell(call.io, safe(`${word} has no map: cutover-tui adopt ${word} writes one.`));
		return 1;
	}
	const before = readFileSync(file, 'utf8');
	const text = reviewedText(before, read.source, by, today());
	if (text === null) {
		tell(call.io, safe(`${file} holds no reading.reviewed: add it, or adopt the runbook anew.`));
		return 1;
	}
	const found = readWith(read, file, text);
	const blocking = found.problems.filter(({severity}) => severity === 'error');
	if (blocking.length > 0) {
		for (const line of problemLines({file: word, problems: blocking})) tell(call.io, line);
		tell(call.io, safe('Nothing was written: correct the map first.'));
		return 2;
	}
	replaceFile(file, Buffer.from(text));
	show(call, read, file, found);
	return 0;
}

export const run = async (call: Args): Promise<number> => {
	const word = call.must(0);
	return call.flag('review') ? review(call, word) : adopt(call, word);
};
