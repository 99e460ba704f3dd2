/*
A map for a runbook, proposed: from what the strict reader reads of it, else from the order of its steps. What a person must say is a question
with the answer that `--yes` takes; what could do harm (a command, work taken for a gate) is never proposed to run.
*/

import type {Gate, Runbook} from '../../cutover/model/runbook.ts';
import {durationText} from '../../text/time.ts';
import {filesOfCommand, isPath, pathOf} from '../code.ts';
import {documentOf} from '../document.ts';
import {spans} from '../markdown/inline.ts';
import {limitsIn} from '../parts/timeline/duration.ts';
import {untimedSteps} from '../parts/timeline/timeline.ts';
import type {Understood} from '../read.ts';
import {words} from '../words/synonyms.ts';
import {says} from '../words/words.ts';
import {type Anchor, anchorOf, digestOfPlace, type Place, placesOf} from './places.ts';

export type Question = {
	readonly id: string;
	readonly question: string;
	readonly default: string;
	/** Line of the runbook that it is about. */
	readonly line: number | null;
	readonly choices?: readonly string[];
};

export type Value = string | number | boolean | readonly (string | number)[] | {readonly [key: string]: Value};

export type Entry = Readonly<Record<string, Value>>;

export type Proposal = {
	readonly title: string;
	readonly top: Readonly<Record<string, string>>;
	readonly parts: Readonly<Record<'stages' | 'gates' | 'triggers' | 'rollback' | 'signOffs', readonly Entry[]>>;
	readonly ignore: readonly string[];
	/** Digest by the words of an entry. */
	readonly digests: Readonly<Record<string, string>>;
	readonly questions: readonly Question[];
	/** What stands in the runbook and cannot be named alone. */
	readonly lost: readonly number[];
};

/** Answers by the id of a question. */
export type Answers = Readonly<Record<string, string>>;

const slug = (text: string, taken: Set<string>): string => {
	const base =
		text
			.normalize('NFKD')
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-+|-+$/g, '')
			.split('-')
			.slice(0, 3)
			.join('-')
			.replace(/^(?=\d)/, 's-') || 'stage';
	let id = base;
	for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
	taken.add(id);
	return id;
};

const switchLike = [
	'cutover',
	'cut over',
	'switch',
	'switch over',
	'fail over',
	'failover',
	'go live',
	'turn',
	'enable',
	'upgrade',
	'deploy',
	'migrate',
	'promote',
	'release',
	'point',
	'open',
	'run',
	'swap',
	'execute',
];

/** The first step of the words above that is not the first of all: something must stand before T0. */
function zeroOf(texts: readonly string[]): number {
	const later = texts.map((text, index) => ({text, index})).slice(1);
	for (const word of switchLike) {
		const found = later.find(({text}) => says(text, [word]));
		if (found) return found.index;
	}
	return Math.min(texts.length - 1, Math.max(1, Math.floor(texts.length / 2)));
}

function decisionOf(texts: readonly string[], zero: number): number {
	const before = texts.slice(0, zero);
	const found = before.findLastIndex(text => says(text, words.decision));
	return found === -1 ? Math.max(0, zero - 1) : found;
}

type Named = {readonly place: Place; readonly anchor: Anchor};

type Finder = {
	at(line: number): Named | null;
	readonly lost: number[];
};

function finder(places: readonly Place[]): Finder {
	const lost: number[] = [];
	return {
		lost,
		at(line) {
			const place = places.find(one => one.line === line);
			const anchor = place ? anchorOf(place, places) : null;
			if (!place || !anchor) {
				lost.push(line);
				return null;
			}
			return {place, anchor};
		},
	};
}

const entryOf = ({anchor}: Named, rest: Entry): Entry => ({
	...rest,
	from: anchor.from,
	...(anchor.under === undefined ? {} : {under: anchor.under}),
});

/** The map of a runbook that was read without one, with the questions that are open; `answers` take the place of defaults. */
export function propose({seen, unused, source}: Understood, answers: Answers): Proposal {
	const document = documentOf(source, 0);
	const places = placesOf(document, source.length);
	const find = finder(places);
	const questions: Question[] = [];
	const ask = (question: Question): string => {
		questions.push(question);
		return answers[question.id] ?? question.default;
	};
	const book = seen?.stages.length ? seen : null;
	const steps = book ? [] : untimedSteps(document);
	const taken = new Set<string>();
	const top: Record<string, string> = {};
	const stages: Entry[] = [];
	const named = (book?.stages ?? steps).flatMap(step => find.at(step.line) ?? []);
	const texts = named.map(({place}) => place.text);
	const ids = texts.map(text => slug(text.replace(/^\S*\d\S*\s+/, '').replace(/\([^()]{1,40}\)/g, ''), taken));
	const choices = ids;
	const idAt = (index: number): string => ids[index] ?? '';
	const roles = seen?.roles ?? [];
	const owner = roles.length === 1 ? (roles[0] ?? 'operator') : 'operator';
	if ((book?.stages ?? steps).length > 0) {
		const isOwned = book?.stages.some(({owners}) => owners.length > 0) ?? false;
		top['owner'] = isOwned
			? (answers['owner'] ?? owner)
			: ask({
					id: 'owner',
					question: 'Who does the steps? The runbook names nobody.',
					default: owner,
					line: null,
					choices: roles,
				});
	}
	if (book) {
		const kinds = (kind: string): number =>
			book.stages.filter(stage => find.lost.every(line => line !== stage.line)).findIndex(stage => stage.kind === kind);
		const before = kinds('decision');
		top['zero'] = idAt(Math.max(0, kinds('act')));
		top['decision'] = ask({
			id: 'decision',
			question: 'Which stage is the go/no-go?',
			default: idAt(Math.max(0, before)),
			line: book.stages[before]?.line ?? null,
			choices,
		});
		const closing = kinds('closing');
		if (closing !== -1) top['closing'] = idAt(closing);
	} else if (named.length > 0) {
		const zero = ask({
			id: 'zero',
			question: 'Which step is T0, the first that cannot be undone for free?',
			default: idAt(zeroOf(texts)),
			line: named[zeroOf(texts)]?.place.line ?? null,
			choices,
		});
		top['zero'] = zero;
		const at = Math.max(1, ids.indexOf(zero));
		const go = decisionOf(texts, at);
		top['decision'] = ask({
			id: 'decision',
			question: 'Which step is the go/no-go? The last before T0 unless said.',
			default: idAt(go),
			line: named[go]?.place.line ?? null,
			choices,
		});
		const last = ids.length - 1;
		if (last > at)
			top['closing'] = ask({
				id: 'closing',
				question: 'Which step keeps the change or rolls back?',
				default: idAt(last),
				line: named[last]?.place.line ?? null,
				choices,
			});
	}
	named.forEach((one, index) => {
		const stage = book?.stages.find(({line}) => line === one.place.line);
		const rest: Record<string, string | readonly string[]> = {id: idAt(index)};
		if (stage) {
			rest['at'] = stage.offsetSeconds === 0 ? 'T0' : stage.id.replace(/\.\d+$/, '');
			if (stage.owners.length > 0) rest['owner'] = stage.owners;
			if (stage.kind === 'verification') rest['asks'] = stage.items;
		} else {
			const [limit] = limitsIn(one.place.text);
			const isLast = index === named.length - 1;
			if (limit) rest['takes'] = durationText(limit.seconds);
			else if (!isLast)
				rest['takes'] = ask({
					id: `takes.${idAt(index)}`,
					question: `How long does "${one.place.text}" take?`,
					default: answers['takes'] ?? '15m',
					line: one.place.line,
				});
		}
		stages.push(entryOf(one, rest));
	});
	const stageOf = (gate: string): string | null => {
		const runs = book?.stages.find(({gates, kind}) => gates.includes(gate) && kind === 'checks');
		const index = runs ? named.findIndex(({place}) => place.line === runs.line) : -1;
		return index === -1 ? null : idAt(index);
	};
	const others = partsOf(seen, find, places, source, ask, stageOf);
	const ignored = unused
		.flatMap(({heading}) =>
			places.filter(({kind, text}) => kind === 'heading' && heading !== '' && text !== '' && heading.endsWith(text)),
		)
		.filter(place => named.every(one => one.place.line < place.line || one.place.line > place.end))
		.flatMap(place => anchorOf(place, places)?.from ?? []);
	const left = [...new Set(ignored)];
	const leaveOut =
		left.length === 0
			? 'yes'
			: ask({
					id: 'ignore',
					question: `Not used: ${left.map(words => `"${words}"`).join(', ')}. Leave out?`,
					default: 'yes',
					line: null,
					choices: ['yes', 'no'],
				});
	const all = [...named, ...others.named];
	return {
		title: seen?.title ?? document.title ?? 'Cutover',
		top,
		parts: {stages, ...others.parts},
		ignore: leaveOut === 'no' ? [] : left,
		digests: Object.fromEntries(all.map(({anchor, place}) => [anchor.from, digestOfPlace(place, source)])),
		questions,
		lost: find.lost,
	};
}

function partsOf(
	seen: Runbook | null,
	find: Finder,
	places: readonly Place[],
	source: readonly string[],
	ask: (question: Question) => string,
	stageOf: (gate: string) => string | null,
): {readonly parts: Omit<Proposal['parts'], 'stages'>; readonly named: readonly Named[]} {
	const named: Named[] = [];
	const take = (line: number, rest: (one: Named) => Entry): readonly Entry[] => {
		const one = find.at(line);
		if (!one) return [];
		named.push(one);
		return [entryOf(one, rest(one))];
	};
	const beforeOf = (id: string): Entry => {
		const stage = stageOf(id);
		return stage === null ? {} : {before: stage};
	};
	const isFiles = ({raw}: Place, files: readonly string[]): boolean => {
		const own = spans(raw)
			.map(({code}) => code.trim())
			.filter(isPath)
			.map(pathOf);
		return own.join() === files.join();
	};
	const citesOf = (gate: Gate, place: Place): Entry => {
		const run = gate.commands.flatMap(filesOfCommand);
		const cited = gate.files.filter(file => !run.includes(file));
		const isSaid = gate.kind === 'files' && isFiles(place, gate.files);
		return cited.length === 0 || isSaid ? {} : {cites: cited, ...(gate.kind === 'files' ? {files: 'code'} : {})};
	};
	const isCode = ({raw}: Place, commands: readonly string[]): boolean => {
		const own = spans(raw).map(({code}) => code.trim());
		return own.length === commands.length && own.every((code, index) => code === commands[index]);
	};
	const gates = (seen?.gates ?? []).flatMap(gate =>
		take(gate.line, ({place}) => ({
			...(/^[A-Za-z]/.test(gate.id) ? {id: gate.id} : {}),
			...(gate.kind === 'command' ? {run: isCode(place, gate.commands) ? 'code' : gate.commands} : {}),
			...beforeOf(gate.id),
			...(gate.expect === undefined ? {} : {expect: gate.expect}),
			...(gate.kind === 'files' && isFiles(place, gate.files) ? {files: 'code'} : {}),
			...citesOf(gate, place),
			...(gate.kind === 'acknowledgement' ? {acknowledge: gate.groups, need: gate.need} : {}),
			...(gate.owners.length > 0 ? {owner: gate.owners} : {}),
		})),
	);
	const triggers = (seen?.triggers ?? []).flatMap(trigger =>
		take(trigger.line, ({place}) => {
			const isPart = seen?.triggers.some(other => other !== trigger && other.line === trigger.line) ?? false;
			const part: Entry = isPart ? {says: trigger.text} : {};
			if (trigger.kind !== 'outage') return {...part, ...(trigger.roles.length > 0 ? {ask: trigger.roles} : {})};
			const how = ask({
				id: `trigger.${trigger.id}`,
				question: `"${place.text}": does a clock watch it (${durationText(trigger.thresholdSeconds)} down), or do people confirm it?`,
				default: durationText(trigger.thresholdSeconds),
				line: trigger.line,
				choices: [durationText(trigger.thresholdSeconds), 'people'],
			});
			const asked: Entry = trigger.roles.length > 0 ? {ask: trigger.roles} : {};
			return how === 'people'
				? {...part, ...asked}
				: {...part, ...asked, outage: how, ...(trigger.strict ? {} : {atLimit: true})};
		}),
	);
	const rollback = (
		[
			['preferred', seen?.rollback?.preferred],
			['fallback', seen?.rollback?.fallback],
		] as const
	).flatMap(([path, way]) => {
		if (!way) return [];
		const file = way.kind === 'workflow' ? way.workflow : way.script;
		const short = file.split('/').at(-1) ?? file;
		const holds = places.filter(one => source.slice(one.line - 1, one.end).some(text => text.includes(short)));
		const place =
			holds
				.filter(({line}) => line >= (seen?.rollback?.line ?? 1))
				.toSorted((a, b) => a.end - a.line - (b.end - b.line))[0] ?? holds.at(-1);
		const reference: Entry = way.kind === 'script' && way.reference !== null ? {reference: way.reference} : {};
		const run: Entry =
			way.kind === 'workflow'
				? {workflow: way.workflow, ...(Object.keys(way.inputs).length > 0 ? {with: way.inputs} : {})}
				: {run: [way.script, ...(way.args ?? [])].join(' ')};
		return place ? take(place.line, () => ({path, ...run, ...reference})) : [];
	});
	const signOffs = (seen?.signOffs ?? []).flatMap(sign => take(sign.line, () => ({role: sign.role})));
	return {parts: {gates, triggers, rollback, signOffs}, named};
}
