/*
`adopt RUNBOOK`: proposes the map of a runbook that is not written for this program, and writes it as its settings; the Markdown is never
touched. On a terminal it is a page. Elsewhere it asks and writes nothing (exit 3) until everything is answered; `--yes` takes the defaults,
which somebody must look at before begin. Where the map is there and the runbook was edited, it asks about what changed. `--review` says
that the map was looked at, and takes over changed words.
*/

import {basename} from 'node:path';
import type {Answers, Question} from '../../runbook/adopt/proposal.ts';
import {reviewedText} from '../../runbook/adopt/repair.ts';
import {day} from '../../text/time.ts';
import {personOf} from '../act.ts';
import {
	type Adopting,
	adoptingOf,
	adoptionOf,
	checked,
	isCorrection,
	type Made,
	mapWith,
	readWith,
	writeMap,
} from '../adoption.ts';
import type {Args} from '../args.ts';
import {systemClock} from '../clock.ts';
import {onTerminal, say, sayJson, tell} from '../io.ts';
import {isPlain} from '../plain.ts';
import {codeOfLeft, terminalOf} from '../show.ts';
import {UsageError} from '../usage-error.ts';
import {tellProblems} from '../what-was-read.ts';

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

function refuse(call: Args, sentence: string, code: number): number {
	tell(call.io, sentence);
	return code;
}

function ask(call: Args, word: string, open: readonly Question[]): number {
	if (call.flag('json')) sayJson(call.io, {questions: open});
	else
		say(
			call.io,
			...open.map(
				({id, question, default: given, line}) =>
					`${line === null ? word : `${word}:${line}`}  ${id}  ${question} [${given}]`,
			),
		);
	return refuse(
		call,
		'Nothing was written. Answer with --answer ID=VALUE, or take the defaults with --yes, and look at them later.',
		3,
	);
}

/** Who answers, and so has looked at the map. */
const looker = (call: Args): string => call.text('by') ?? personOf(call, null).name;

const noSteps = 'No steps were found: nothing to adopt. Write a list, table or headings of steps, in their order.';

/** Throws where a correction is of no step: what it says would silently not be so. */
function needSteps({map, file}: Adopting, corrections: readonly string[], taken: Made['taken']): void {
	const [first] = corrections;
	if (map !== null && first !== undefined)
		throw new UsageError(`${basename(file)} is written: correct ${first} there, or remove it and adopt anew.`);
	const steps = taken.filter(({kind}) => kind === 'step').map(({id}) => id);
	const unknown = corrections.filter(id => !id.startsWith('line.') && !steps.includes(id.slice(id.indexOf('.') + 1)));
	if (unknown.length > 0)
		throw new UsageError(`${unknown.join(', ')}: there is no such step; there are ${steps.join(', ')}.`);
}

function byFlags(call: Args, word: string, adopting: Adopting): number {
	const {map, file, read} = adopting;
	const answers = answersOf(call);
	const {questions, taken, text: draft} = mapWith(adopting, answers, null);
	needSteps(adopting, Object.keys(answers).filter(isCorrection), taken);
	const unknown = Object.keys(answers).filter(
		id => !isCorrection(id) && !questions.some(question => question.id === id),
	);
	if (unknown.length > 0)
		throw new UsageError(
			`There is no question ${unknown.join(', ')}; there are ${questions.map(({id}) => id).join(', ') || 'none'}.`,
		);
	for (const {id, choices = [], others} of questions) {
		const given = answers[id];
		if (!others && given !== undefined && choices.length > 0 && !choices.includes(given))
			throw new UsageError(`${id} is one of ${choices.join(', ')}; ${given} is none of them.`);
	}
	if (map === null && !taken.some(({kind}) => kind === 'step')) return refuse(call, noSteps, 2);
	if (map !== null && questions.length === 0) {
		say(call.io, ...checked(adopting, readWith(adopting, map)));
		return refuse(call, `${basename(file)} fits the runbook: nothing was changed.`, 0);
	}
	const open = questions.filter(({id}) => answers[id] === undefined);
	if (open.length > 0 && !call.flag('yes')) return ask(call, word, open);
	const by = open.length > 0 ? null : looker(call);
	const text = by === null ? draft : mapWith(adopting, answers, by).text;
	const found = readWith(adopting, text);
	if (found.seen === null || found.problems.some(({code}) => code === 'settings-two'))
		return tellProblems(call.io, {file: read.file, problems: found.problems});
	writeMap(adopting, text);
	say(call.io, ...checked(adopting, found));
	const next =
		found.runbook === null
			? `Next: correct ${basename(file)} where the error says, then cutover-tui check ${word}`
			: by === null
				? `Next: read ${basename(file)}, then cutover-tui adopt ${word} --review --by NAME`
				: `Next: cutover-tui check ${word}`;
	return refuse(call, next, found.runbook === null ? 2 : 0);
}

/** The page, on a terminal. */
export async function onPage(call: Args, word: string, adopting = adoptingOf(call, word)): Promise<number> {
	const by = looker(call);
	const {runAdopt} = await import('../../screen/adopt/run-adopt.tsx');
	const {left, isWritten} = await runAdopt(adoptionOf(adopting, by), terminalOf(call));
	if (left !== 'left') return codeOfLeft(left);
	return isWritten
		? refuse(call, `${adopting.file} is written. Next: cutover-tui check ${word}`, 0)
		: refuse(call, 'Nothing was written.', 3);
}

function review(call: Args, word: string, adopting: Adopting): number {
	const {file, map, read} = adopting;
	const by = call.text('by');
	if (by === null) throw new UsageError('Say who looked at the map: --by NAME.');
	if (map === null) return refuse(call, `${word} has no map: cutover-tui adopt ${word} writes one.`, 1);
	const text = reviewedText(map, read.source, by, day(systemClock.now()));
	if (text === null) return refuse(call, `${file} holds no reading.reviewed: add it, or adopt the runbook anew.`, 1);
	const found = readWith(adopting, text);
	const blocking = found.problems.filter(({severity}) => severity === 'error');
	if (blocking.length > 0) {
		tellProblems(call.io, {file: word, problems: blocking});
		return refuse(call, 'Nothing was written: correct the map first, or repair it: cutover-tui adopt.', 2);
	}
	writeMap(adopting, text);
	say(call.io, ...checked(adopting, found));
	return 0;
}

export const run = async (call: Args): Promise<number> => {
	const word = call.must(0);
	const adopting = adoptingOf(call, word);
	if (call.flag('review')) return review(call, word, adopting);
	if (adopting.refusal !== null) return refuse(call, adopting.refusal, 1);
	if (adopting.read.seen === null && adopting.read.source.length === 0) return tellProblems(call.io, adopting.read);
	const isAsked = call.flag('yes') || call.flag('json') || call.list('answer').length > 0;
	return onTerminal(call.io) && !isPlain(call) && !isAsked
		? onPage(call, word, adopting)
		: byFlags(call, word, adopting);
};
