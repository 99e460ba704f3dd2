/*
A map for a runbook, proposed: from what the strict reader reads of it, else from the places that look like its parts. What a person must
say is a question with the answer that `--yes` takes; what could do harm (a command of a step or of the rollback) is never proposed to run.
*/

import {documentOf} from '../document.ts';
import {conditionOf} from '../parts/gates/pass-condition.ts';
import type {ReadResult} from '../read.ts';
import {digestKey, digestOf} from './anchors.ts';
import {type FoundPart, type FoundParts, partsIn, takenAs} from './parts-found.ts';
import {partsRead} from './parts-read.ts';
import {type Place, placesOf} from './places.ts';
import {
	type Answers,
	type Asking,
	anchorOf,
	type Entry,
	type Kind,
	kindNames,
	type Listed,
	listedAs,
	type Named,
	type Proposal,
	type Question,
	type Taken,
} from './proposal.ts';
import {stepsOf} from './propose-steps.ts';
import {shortened} from './shorten.ts';

type PartKind = Exclude<Kind, 'stages'>;
const partKinds = ['gates', 'triggers', 'rollback', 'signOffs'] as const;

/** What the reader knows of a place is more than its words tell. */
const merged = (found: readonly FoundPart[], read: readonly FoundPart[], isRead: boolean): readonly FoundPart[] => {
	if (read.length > 0 && (isRead || found.length === 0)) return read;
	const at = (parts: readonly FoundPart[], {line}: Place) => parts.filter(({place}) => place.line === line);
	return found.map(one => (at(found, one.place).length > 1 ? one : (at(read, one.place)[0] ?? one)));
};

/** A place is one part: a trigger before a gate, a step of the rollback last. `said`: what a person took a line as. */
function settled(
	found: FoundParts,
	read: FoundParts,
	isRead: boolean,
	steps: ReadonlySet<number>,
	places: readonly Place[],
	said: (line: number) => string | undefined,
): FoundParts {
	const owned = new Set<number>();
	// Of a runbook that is not read as it stands the places tell more than the reader's guess.
	const elsewhere = (kind: PartKind, line: number): boolean =>
		!isRead && partKinds.some(other => other !== kind && found[other].some(({place}) => place.line === line));
	const of = (kind: PartKind): readonly FoundPart[] => read[kind].filter(({place}) => !elsewhere(kind, place.line));
	const known = {gates: of('gates'), triggers: of('triggers'), signOffs: of('signOffs'), rollback: read.rollback};
	const isFree = ({place, rest}: FoundPart, kind: PartKind): boolean => {
		const meant = said(place.line);
		if (meant !== undefined && kindNames[meant] !== kind) return false;
		const isWay = rest['path'] !== undefined;
		return !steps.has(place.line) && (isWay || rest['says'] !== undefined || !owned.has(place.line));
	};
	const take = (kind: PartKind, parts: readonly FoundPart[]): readonly FoundPart[] => {
		const more = places
			.filter(({line}) => kindNames[said(line) ?? ''] === kind && parts.every(({place}) => place.line !== line))
			.map(place => takenAs(kind, place));
		const kept = [...parts, ...more].filter(part => isFree(part, kind));
		for (const {place} of kept) owned.add(place.line);
		return kept;
	};
	const outages = found.triggers.filter(({rest}) => rest['outage'] !== undefined);
	const isOutage = ({place, rest: {says}}: FoundPart): FoundPart | undefined =>
		outages.find(one => !isRead && one.place === place && one.rest['says'] === says);
	const triggers = take(
		'triggers',
		merged(found.triggers, known.triggers, isRead).map(part => ({
			...part,
			rest: {...isOutage(part)?.rest, ...part.rest},
		})),
	);
	const gates = take('gates', merged(found.gates, known.gates, isRead));
	const isSigned = known.signOffs.length > 0 && (isRead || found.signOffs.length === 0);
	const signOffs = take('signOffs', isSigned ? known.signOffs : found.signOffs);
	const byHand = found.rollback.filter(({place}) => known.rollback.every(one => one.place !== place));
	return {triggers, gates, signOffs, rollback: take('rollback', [...known.rollback, ...byHand])};
}

/** Asks which of two it is, and whether it is the second. */
const isOther = (
	{ask}: Asking,
	id: string,
	line: number | null,
	choices: readonly [string, string],
	question: string,
	usual = choices[0],
): boolean => ask({id, question, default: usual, line, choices}) === choices[1];

function areReasons(items: readonly Place[], likely: boolean, asking: Asking): boolean {
	const line = items[0]?.line ?? 0;
	const shown = items.slice(0, 2).map(({text}) => `"${text}"`);
	const more = items.length > 2 ? ` and ${items.length - 2} more` : '';
	const question = `${shown.join(', ')}${more}: reasons to roll back, or steps of the rollback?`;
	return !isOther(asking, `wrong.${line}`, line, ['reasons', 'steps'], question, likely ? 'reasons' : 'steps');
}

function askAboutParts(parts: FoundParts, isRead: boolean, asking: Asking) {
	const {gates} = parts;
	const headings = [...new Set(gates.map(({place}) => `"${place.section.heading || place.text}"`))].join(', ');
	const ways = parts.rollback.filter(({rest}) => rest['path'] !== undefined);
	const runs = ways.map(({rest}) => `"${rest['run'] ?? rest['workflow'] ?? ''}"`).join(' and ');
	const clocks = parts.triggers.filter(({rest}) => rest['outage'] !== undefined);
	const outages = clocks.map(({place}) => `"${place.text}"`).join(', ');
	const [gate, way, clock] = [gates, ways, clocks].map(([first]) => first?.place.line ?? null);
	const mustHold = `${gates.length} items under ${headings}: must they hold before T0?`;
	const runsIt = `${runs}: may the program run it as the rollback, or do people?`;
	const measures = `${outages}: does a clock measure it, or do people confirm it?`;
	return {
		areGates: isRead || gates.length === 0 || !isOther(asking, 'gates', gate ?? null, ['yes', 'no'], mustHold),
		/** What the reader takes for the rollback path of a runbook that it does not read is no more than likely. */
		byHand: !isRead && ways.length > 0 && !isOther(asking, 'rollback', way ?? null, ['hand', 'run'], runsIt),
		byPeople: clocks.length > 0 && isOther(asking, 'outage', clock ?? null, ['clock', 'people'], measures),
	};
}

/** Gates whose commands pass by their exit code alone, although more must hold: people may look at it instead. */
function leftToPeople(seen: ReadResult['seen'], asking: Asking): ReadonlySet<number> {
	const unjudged = (seen?.gates ?? []).filter(
		({kind, expect, passWhen, commands}) =>
			kind === 'command' && expect === undefined && conditionOf(passWhen, commands.join('\n')) === 'unjudged',
	);
	const [first] = unjudged;
	const shown = unjudged.map(({commands, passWhen}) => `"${commands.join('; ')}" ("${passWhen}")`).join(', ');
	const question = `${shown}: does exit code 0 pass it, or do people look at what must hold?`;
	const areLooked = first !== undefined && isOther(asking, 'judged', first.line, ['exit', 'people'], question);
	return new Set(areLooked ? unjudged.map(({line}) => line) : []);
}

const asked = ({run: _, says: __, ...rest}: Entry): Entry => rest;

const confirmed = ({outage: _, atLimit: __, ...rest}: Entry): Entry => rest;

/** Headings with nothing under them that an entry takes, the outermost ones. */
function leftOf(places: readonly Place[], anchors: readonly Pick<Named, 'place'>[]): readonly Place[] {
	const outside = places.filter(
		place => place.kind === 'heading' && anchors.every(({place: one}) => one.line > place.end || one.end < place.line),
	);
	return outside.filter(place => !outside.some(other => other.line < place.line && other.end >= place.end));
}

/** The map of a runbook that was read without one, with the questions that are open; `answers` take the place of defaults. */
export function propose(result: ReadResult, answers: Answers, shorten = shortened): Proposal {
	const {runbook, seen, source} = result;
	const document = documentOf(source);
	const places = placesOf(document, source.length);
	const questions: Question[] = [];
	const ask = (question: Question): string => {
		questions.push(question);
		return answers[question.id] ?? question.default;
	};
	const asking: Asking = {ask, answers};
	const name = (place: Place): Named | null => {
		const anchor = anchorOf(place, places);
		return anchor && {place, anchor};
	};
	const isRead = runbook !== null;
	const {given, ids, top: marks, owner, entries: stages} = stepsOf(result, places, name, asking);
	const stageOf = (gate: string): string | null => {
		const index = given.findIndex(({stage}) => stage?.gates.includes(gate) && stage.kind === 'checks');
		return index === -1 ? null : (ids[index] ?? null);
	};
	const closer = given.at(-1);
	const [usual = 'operator'] = owner;
	const top = owner.length === 0 ? marks : {owner: owner.length === 1 ? usual : owner, ...marks};
	const closing = closer?.owner ?? closer?.stage?.owners[0] ?? usual;
	const stepPlaces = given.map(({place}) => place);
	const parts = settled(
		partsIn(
			places,
			{
				all: given.flatMap(({place, holdsGates}) => (holdsGates ? [] : place)),
				zero: given[ids.indexOf(marks['zero'] ?? '')]?.place.line ?? Number.POSITIVE_INFINITY,
				owners: new Set(
					given.flatMap(({owner: own, stage}) => [own ?? [], stage?.owners ?? []].flat()).map(one => one.toLowerCase()),
				),
			},
			source,
			{closing, areReasons: (items, likely) => areReasons(items, likely, asking)},
		),
		partsRead(seen, places, source, stageOf),
		isRead,
		new Set(stepPlaces.map(({line}) => line)),
		places,
		line => answers[`line.${line}`],
	);
	const {areGates, byPeople, byHand} = askAboutParts(parts, isRead, asking);
	const looked = leftToPeople(seen, asking);
	const listed = (kind: PartKind): readonly Listed[] =>
		(kind === 'gates' && !areGates ? [] : parts[kind]).flatMap(({place, rest}) => {
			const named = name(place);
			if (!named) return [];
			if (kind === 'gates' && looked.has(place.line)) return [listedAs(named, asked(rest))];
			if (kind === 'rollback' && byHand) return [listedAs(named, {by: 'hand'})];
			return [listedAs(named, kind === 'triggers' && byPeople ? confirmed(rest) : rest)];
		});
	const singles: readonly (readonly [Kind, readonly Listed[]])[] = [
		['stages', stages],
		...partKinds.map(kind => [kind, listed(kind)] as const),
	];
	const all = singles.flatMap(([kind, list]) => list.map(one => ({kind, ...one})));
	const kindOf = new Map(all.map(({kind, place}) => [place, kind]));
	const lists = singles.map(([kind, list]) => {
		const isOthers = (place: Place): boolean => (kindOf.get(place) ?? kind) !== kind;
		const isLeft = ({line}: Place): boolean => !(kindNames[answers[`line.${line}`] ?? 'step'] ?? false);
		return [kind, shorten(kind, list, {places, zero: marks['zero'], isOthers, isLeft})] as const;
	});
	const left = leftOf(places, all).flatMap(place => anchorOf(place, places) ?? []);
	const notUsed = `Not used: ${left.map(({from}) => `"${from}"`).join(', ')}. Leave out?`;
	const leavesOut = left.length === 0 || !isOther(asking, 'ignore', null, ['yes', 'no'], notUsed);
	return {
		title: seen?.title ?? document.title ?? 'Cutover',
		about: {ticket: seen?.ticket ?? null, environment: seen?.environment ?? null},
		top,
		parts: new Map(lists.map(([kind, list]) => [kind, list.map(({entry}) => entry)])),
		taken: all.map(takenOf).toSorted((a, b) => a.line - b.line),
		ignore: leavesOut ? left : [],
		digests: Object.fromEntries(
			lists
				.flatMap(([, list]) => list)
				.map(({anchor, place}) => [digestKey(anchor), digestOf(anchor, place, places, source)]),
		),
		questions,
	};
}

const takenOf = ({kind, entry, place: {line, end, text}}: Listed & {readonly kind: Kind}): Taken => ({
	kind,
	line,
	end,
	text,
	id: kind === 'stages' ? String(entry['id']) : '',
});
