/*
What is typed at the prompt of `--plain`, word by word; and what the screen shows beside its board, printed: documents, outputs and
health. A last word that begins with a slash prints the lines that hold it, with their numbers.
*/

import {runsOf, runText} from '../cutover/due/will-run.ts';
import {targetName} from '../cutover/model/attempt-target.ts';
import type {State} from '../cutover/model/state.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {approvedName, documentsIn, rowNamed} from '../screen/acts/documents.ts';
import {logText, readsLikeFailure} from '../screen/panels/run/log-line.ts';
import {sameName} from '../text/same-name.ts';
import {readingActs} from './acts.ts';
import type {Line} from './colour.ts';
import type {Opened} from './compose.ts';
import type {Io} from './io.ts';
import {approvedRuns} from './preview.ts';
import {outageLines, section, triggerAndHealthLines} from './status-lines.ts';

const outputRows = 40;
/** Lines before and behind a failure. */
const beside = 10;
const rowLines = 12;

const numbered = (lines: readonly string[], from: number): readonly string[] =>
	lines.map((line, index) => `${String(from + index + 1).padStart(5)}  ${line}`);

/** The lines that hold the text, without regard to case. */
export function found(lines: readonly string[], text: string): readonly string[] {
	const sought = text.toLowerCase();
	const hits = numbered(lines, 0).filter((_, index) => (lines[index] ?? '').toLowerCase().includes(sought));
	return hits.length === 0 ? [`No line holds "${text}".`] : [...hits, `${hits.length} of ${lines.length} lines`];
}

const piece = /"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+)/g;
const pieces = new RegExp(`(?:${piece.source})+`, 'g');

/** A typed line as words; quotes keep blanks together, also within a word: `--reason="two words"`. */
export const wordsOf = (line: string): readonly string[] =>
	[...line.matchAll(pieces)].map(([word]) =>
		[...word.matchAll(piece)]
			.map(([, double, single, bare]) => single ?? (double ?? bare ?? '').replaceAll(/\\(.)/g, '$1'))
			.join(''),
	);

/** `Alice Kim release-manager`: a name of any number of words, and then a role. Two words are a name where somebody has it. */
export const whoIn = (
	words: readonly string[],
	people: State['people'],
): {readonly name: string | undefined; readonly role: string | undefined} => {
	const whole = words.length === 0 ? undefined : words.join(' ');
	const isBound = Object.values(people ?? {}).some(names => names.some(name => sameName(name, whole ?? '')));
	return words.length < 2 || isBound
		? {name: whole, role: undefined}
		: {name: words.slice(0, -1).join(' '), role: words.at(-1)};
};

/** Words before `/TEXT`, and the text. */
export const soughtIn = (
	words: readonly string[],
): {readonly words: readonly string[]; readonly sought: string | null} => {
	const at = words.findIndex(word => word.length > 1 && word.startsWith('/'));
	return at < 0 ? {words, sought: null} : {words: words.slice(0, at), sought: words.slice(at).join(' ').slice(1)};
};

/** `read`: what can be read; `read FILE`: all of it; `read G2`: the runbook at that row, what runs there and what it names. */
export function documentLines(io: Io, opened: Opened, given: readonly string[]): readonly string[] {
	const {words, sought} = soughtIn(given);
	const state = opened.journal.state();
	const row = rowNamed(state, words[0] ?? null);
	const own = approvedName(state, state.runbook?.path ?? '');
	const asked = row === null ? words.join(' ') : own;
	if (asked === '' && sought === null)
		return ['read FILE, read ROW or read FILE /TEXT; there are:', ...documentsIn(state)];
	const document = readingActs(io, opened).document(asked === '' ? own : asked);
	if ('refused' in document) return [document.why];
	const {path, version, differs, lines, isCut} = document;
	const head = `${path}  ${version === 'approved' ? 'as it was approved' : 'from the workspace, not approved'}${differs ? '; the file differs now' : ''}${isCut ? '; its beginning' : ''}`;
	if (sought !== null) return [head, ...found(lines, sought)];
	if (row === null) return [head, ...numbered(lines, 0)];
	const from = Math.max(0, row.line - 1);
	const runs = runsOf(state, words[0] ?? '', approvedRuns(opened));
	return [
		head,
		...numbered(lines.slice(from, from + rowLines), from),
		...(runs.length === 0 ? [] : ['What runs:', ...runs.flatMap(run => runText(run, {short: true}))]),
		...[...new Set(row.names)].map(name => `${row.called} names ${name}: read ${name}`),
	];
}

/** The lines around the first that reads like a failure. */
function failureIn(lines: readonly string[]): readonly string[] {
	const at = lines.findIndex(readsLikeFailure);
	if (at < 0) return ['No line reads like a failure.'];
	const from = Math.max(0, at - beside);
	return numbered(lines.slice(from, at + beside + 1), from);
}

/** `output G2 [ATTEMPT] [all|failure|/TEXT]`. */
export function outputLines({journal, tail}: Opened, given: readonly string[]): readonly string[] {
	const {words, sought} = soughtIn(given);
	const [id = '', ...more] = words;
	const attempts = Object.values(journal.state().attempts).filter(({target}) => targetName(target) === id);
	if (attempts.length === 0) return [`Nothing ran for "${id}". Name a gate or a stage.`];
	const number = more.find(word => /^\d+$/.test(word));
	const unknown = more.find(word => word !== number && word !== 'all' && word !== 'failure');
	const numbers = attempts.map(({attempt}) => attempt).join(', ');
	if (unknown !== undefined) return [`"${unknown}" is not known here: output ${id} [ATTEMPT] [all|failure|/TEXT].`];
	const one = number === undefined ? attempts.at(-1) : attempts.find(({attempt}) => attempt === Number(number));
	if (one === undefined) return [`${id} has no attempt ${number}; there are ${numbers}.`];
	const ref = one.within ?? one;
	const {total} = tail.read(ref, 0, 0);
	const all = tail.read(ref, 0, total).lines;
	const head = `${id} attempt ${one.attempt} of ${numbers}, ${total} lines`;
	if (sought !== null) return [head, ...found(all.map(logText), sought)];
	if (more.includes('failure')) return [head, ...failureIn(all.map(logText))];
	return [head, ...(more.includes('all') ? all : all.slice(-outputRows))];
}

/** Triggers, endpoints and every outage. */
export const healthLines = (snapshot: Snapshot, {journal}: Opened): readonly Line[] => {
	const lines = [
		...triggerAndHealthLines(snapshot),
		...section('Outages', outageLines(journal.state().outages, snapshot.now)),
	];
	return lines.length === 0 ? ['The runbook has no triggers and no endpoints.'] : lines;
};
