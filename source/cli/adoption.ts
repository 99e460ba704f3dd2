/*
What `adopt` does to a runbook, for its flags and for its page: proposes a map or repairs the one that is there, reads the runbook by it, and
writes it beside the runbook, never over another file.
*/

import {existsSync, readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {basename, resolve} from 'node:path';
import {replaceFile} from '../disk/atomic-file.ts';
import {fencedCommands, fencesIn} from '../runbook/adopt/fence-commands.ts';
import {type Answers, kindNames, type Question} from '../runbook/adopt/proposal.ts';
import {propose} from '../runbook/adopt/propose.ts';
import {repairedText, repairsOf, reviewedText} from '../runbook/adopt/repair.ts';
import {mapText} from '../runbook/adopt/write.ts';
import {documentOf} from '../runbook/document.ts';
import {besideRunbook} from '../runbook/open.ts';
import {type ReadResult, readRunbook} from '../runbook/read.ts';
import {headingText} from '../runbook/summary.ts';
import type {AdoptDraft, Adoption, AdoptPart} from '../screen/adopt/adoption.ts';
import {day} from '../text/time.ts';
import {rememberAdopted} from './adopted-here.ts';
import type {Args} from './args.ts';
import {systemClock} from './clock.ts';
import {type Line, uncoloured} from './colour.ts';
import {type Read, readFor} from './opening.ts';
import {problemLines, whatWasRead} from './what-was-read.ts';

export type Adopting = {
	readonly read: Read;
	/** Where the map is, or will. */
	readonly file: string;
	/** The map that is there; null where none is. */
	readonly map: string | null;
	/** Why no map can be written here; null where one can. */
	readonly refusal: string | null;
	/** That it was adopted here: from then on it is refused without its map. */
	remember(): void;
};

const today = (): string => day(systemClock.now());

export function adoptingOf(call: Args, word: string): Adopting {
	const read = readFor(call, word, false);
	const file = besideRunbook(resolve(call.io.cwd, word));
	const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
	const isMap = text !== null && /^reading:/m.test(text);
	const isTaken = text === null ? read.bytes.settings !== null : !isMap;
	const remember = (): void => rememberAdopted(call, realpathSync(resolve(call.io.cwd, word)));
	const refusal = isTaken
		? `Nothing is overwritten: ${word} has settings already. Add reading: to them, or move them away.`
		: null;
	return {read, file, map: isMap ? text : null, refusal, remember};
}

/** What the map makes of the runbook, read from its own text. */
export const readWith = ({read, file}: Adopting, text: string): ReadResult =>
	readRunbook({
		path: file,
		bytes: read.bytes.runbook,
		settings: {path: file, bytes: Buffer.from(text)},
		workspace: {has: () => 'file'},
	});

export type Made = {
	readonly text: string;
	readonly questions: readonly Question[];
	readonly taken: readonly Pick<AdoptPart, 'kind' | 'line' | 'end' | 'text' | 'id'>[];
};

const nameOf = Object.fromEntries(Object.entries(kindNames).map(([name, kind]) => [kind, name])) as Record<
	string,
	AdoptPart['kind']
>;

/** The map as these answers make it. `by`: who answered all of them; null where defaults were taken. */
export function mapWith(adopting: Adopting, answers: Answers, by: string | null): Made {
	const {read, file, map} = adopting;
	if (map !== null) {
		const repaired = repairedText(map, read, answers);
		const text = reviewedText(repaired, read.source, by, today()) ?? repaired;
		return {text, questions: repairsOf(map, read), taken: []};
	}
	const proposal = propose({...read}, answers);
	return {
		text: mapText(proposal, basename(file).replace(/\.cutover\.yaml$/, '.md'), by, today()),
		questions: proposal.questions,
		taken: proposal.taken.map(({kind, ...one}) => ({...one, kind: nameOf[kind] ?? 'step'})),
	};
}

/** Answers that are no questions: what a line is taken as, and what a step is corrected to. */
export const isCorrection = (id: string): boolean => /^(?:line\.\d+|(?:takes|owner|at|run)\.[\w-]+)$/.test(id);

/** Writes the map: anew, or in the place of the one that was repaired. */
export function writeMap({file, map, remember}: Adopting, text: string): void {
	remember();
	if (map !== null) replaceFile(file, Buffer.from(text));
	else writeFileSync(file, text, {flag: 'wx', mode: 0o644});
}

/** What was read by the map, as `check` shows it. */
export const checked = ({read, file}: Adopting, found: ReadResult): readonly Line[] => [
	...whatWasRead({...read, ...found, notes: []}),
	...problemLines({file: read.file, problems: found.problems}),
	file,
];

const aboutStep = (seen: ReadResult['seen'], line: number): string => {
	const stage = seen?.stages.find(one => one.line === line);
	if (!stage) return '';
	const kind = {act: 'T0', decision: 'go/no-go', closing: 'closing'}[stage.kind as string] ?? '';
	const time = stage.more['time'] ?? stage.id;
	return [time === kind ? '' : time, kind, stage.owners.join(', ')].filter(text => text !== '').join('  ');
};

function partsShown(taken: Made['taken'], {seen, source}: ReadResult): readonly AdoptPart[] {
	const {sections} = documentOf(source);
	return taken.map(part => {
		const fenced = part.kind === 'step' ? fencedCommands(fencesIn(sections, part)).commands : [];
		const runs = (seen?.stages.find(({line}) => line === part.line)?.commands?.length ?? 0) > 0;
		const trigger = seen?.triggers.find(({line}) => line === part.line);
		const sign = seen?.signOffs.find(({line}) => line === part.line);
		const gate = seen?.gates.find(({line}) => line === part.line);
		const about = {
			step: aboutStep(seen, part.line),
			gate: gate?.kind === 'command' ? 'runs a command' : (gate?.owners.join(', ') ?? ''),
			trigger: trigger?.kind === 'outage' ? `outage ${trigger.thresholdSeconds / 60}m` : '',
			rollback: '',
			'sign-off': sign?.role ?? '',
		}[part.kind];
		return {...part, about: runs ? `${about}  runs` : about, commands: fenced.map(({text}) => text), runs};
	});
}

/** What the parts of an existing map are, from the runbook as it is read by it. */
const takenBy = ({seen}: ReadResult): Made['taken'] => {
	const plain = (kind: AdoptPart['kind'], parts: readonly {readonly line: number; readonly id: string}[]) =>
		parts.map(({line, id}) => ({kind, line, end: line, text: '', id: kind === 'step' ? id : ''}));
	return [
		...plain('step', seen?.stages ?? []),
		...plain('gate', seen?.gates ?? []),
		...plain('trigger', seen?.triggers ?? []),
		...plain('sign-off', seen?.signOffs ?? []),
	].toSorted((a, b) => a.line - b.line);
};

/** The port of the page. `by`: who answers it. */
export function adoptionOf(adopting: Adopting, by: string): Adoption {
	const {read} = adopting;
	const draft = (answers: Answers): AdoptDraft => {
		const made = mapWith(adopting, answers, by);
		const found = readWith(adopting, made.text);
		return {
			questions: made.questions,
			parts: partsShown(made.taken.length > 0 ? made.taken : takenBy(found), found),
			unused: found.unused.map(one => ({line: one.line, end: one.end, text: `${one.what}, ${headingText(one)}`})),
			errors: found.problems
				.filter(({severity}) => severity === 'error')
				.map(({line, message, fix, file}) => `${file === undefined ? `line ${line}: ` : ''}${message} ${fix}`),
		};
	};
	return {
		path: read.file,
		source: read.source,
		isRepair: adopting.map !== null,
		draft,
		write(answers) {
			const {text} = mapWith(adopting, answers, by);
			writeMap(adopting, text);
			return checked(adopting, readWith(adopting, text)).map(uncoloured);
		},
	};
}
