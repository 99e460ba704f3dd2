/*
A map for a runbook, proposed: from what the strict reader reads of it, else from the places that look like its parts. What a person must
say is a question with the answer that `--yes` takes; what could do harm (a command of a step or of the rollback) is never proposed to run.
*/

import {durationText} from '../../text/time.ts';
import {documentOf} from '../document.ts';
import {offsetOfSeconds} from '../parts/timeline/offset.ts';
import type {Understood} from '../read.ts';
import {type FoundPart, type FoundParts, partsIn} from './parts.ts';
import {anchorOf, digestKey, digestOfPlace, type Place, placesOf} from './places.ts';
import {type Answers, type Entry, entryOf, type Named, type Proposal, type Question} from './proposal.ts';
import {partsRead} from './propose-parts.ts';
import {labelledOwner} from './step.ts';
import {chosen, decisionOf, slug, stepsRead} from './steps.ts';
import {timelinesOf} from './timelines.ts';

const kinds = ['gates', 'triggers', 'rollback', 'signOffs'] as const;

/** What the reader knows of a place is more than its words tell. */
const merged = (found: readonly FoundPart[], read: readonly FoundPart[], isRead: boolean): readonly FoundPart[] => {
	if (read.length > 0 && (isRead || found.length === 0)) return read;
	return found.map(one => read.find(({place}) => place.line === one.place.line) ?? one);
};

/** Whoever the head of the document names as its owner. */
const namedOwner = (lines: readonly string[], first: number): string | null =>
	lines
		.slice(0, Math.min(first, 30))
		.map(labelledOwner)
		.find(one => one !== null) ?? null;

/** The map of a runbook that was read without one, with the questions that are open; `answers` take the place of defaults. */
export function propose({runbook, seen, source}: Understood, answers: Answers): Proposal {
	const document = documentOf(source, 0);
	const places = placesOf(document, source.length);
	const lost: number[] = [];
	const questions: Question[] = [];
	const ask = (question: Question): string => {
		questions.push(question);
		return answers[question.id] ?? question.default;
	};
	const name = (place: Place): Named | null => {
		const anchor = anchorOf(place, places);
		if (!anchor) lost.push(place.line);
		return anchor && {place, anchor};
	};

	const isRead = runbook !== null;
	const read = stepsRead(seen?.stages ?? [], places);
	const timelines = isRead ? [] : timelinesOf(places, source);
	const [best, ...others] = timelines;
	const rivals = best
		? [
				best,
				...others.filter(({steps, score}) => score >= best.score * 0.85 && steps[0]?.place !== best.steps[0]?.place),
			].slice(0, 4)
		: [];
	const labels = rivals.map(({steps}) => `${steps[0]?.place.line ?? 1}-${steps.at(-1)?.place.line ?? 1}`);
	const which =
		rivals.length < 2
			? 0
			: Math.max(
					0,
					labels.indexOf(
						ask({
							id: 'timeline',
							question: `Which lines hold the steps? ${rivals.map(({steps}, index) => `${labels[index]} "${steps[0]?.title ?? ''}" and ${steps.length - 1} more`).join('; ')}`,
							default: labels[0] ?? '',
							line: best?.steps[0]?.place.line ?? null,
							choices: labels,
						}),
					),
				);
	const timeline = rivals[which] ?? null;
	const plan = timeline && chosen(timeline, source);
	const given = (plan ? plan.steps : read).flatMap(step => {
		const named = name(step.place);
		return named ? [{...step, named, stage: read.find(({place}) => !plan && place === step.place)?.stage ?? null}] : [];
	});
	const taken = new Set<string>();
	const ids = given.map(({title}) => slug(title, taken));
	const idAt = (index: number): string => ids[index] ?? '';
	const lineAt = (index: number): number | null => given[index]?.place.line ?? null;

	const top: Record<string, string> = {};
	const roles = seen?.roles ?? [];
	const headed = namedOwner(source, given[0]?.place.line ?? 0);
	const usual = headed ?? (roles.length === 1 ? (roles[0] ?? 'operator') : 'operator');
	const isOwned = headed !== null || given.some(({owner, stage}) => owner !== null || (stage?.owners.length ?? 0) > 0);
	if (given.length > 0)
		top['owner'] = isOwned
			? (answers['owner'] ?? usual)
			: ask({
					id: 'owner',
					question: 'Who does the steps? The runbook names nobody.',
					default: usual,
					line: null,
					choices: roles,
				});

	const atZero = plan
		? plan.zero
		: Math.max(
				0,
				given.findIndex(({stage}) => stage?.kind === 'act'),
			);
	const isAnchored = plan ? plan.isAnchored : true;
	if (given.length > 0) {
		top['zero'] = isAnchored
			? idAt(atZero)
			: ask({
					id: 'zero',
					question: 'Which step is T0, the first that cannot be undone for free?',
					default: idAt(atZero),
					line: lineAt(atZero),
					choices: ids,
				});
		const zero = Math.max(0, ids.indexOf(top['zero'] ?? ''));
		const kind = (is: string): number => given.findIndex(({stage}) => stage?.kind === is);
		const go = plan ? decisionOf(given, zero, source) : kind('decision');
		top['decision'] = ask({
			id: 'decision',
			question: 'Which step is the go/no-go?',
			default: idAt(Math.max(0, go)),
			line: lineAt(Math.max(0, go)),
			choices: ids,
		});
		const last = given.length - 1;
		const end = plan ? (last > zero ? last : -1) : kind('closing');
		if (end !== -1)
			top['closing'] = isAnchored
				? (answers['closing'] ?? idAt(end))
				: ask({
						id: 'closing',
						question: 'Which step keeps the change or rolls back?',
						default: idAt(end),
						line: lineAt(end),
						choices: ids,
					});
	}
	const zeroAt = given[Math.max(0, ids.indexOf(top['zero'] ?? ''))]?.at ?? 0;
	const short = given.filter(({at, takes}, index) => at === null && takes === null && index < given.length - 1);
	const usualLength =
		short.length === 0
			? ''
			: ask({
					id: 'takes',
					question: `How long does each of these take, unless --answer takes.ID says otherwise? ${short.map(({place}) => ids[given.findIndex(one => one.place === place)]).join(', ')}`,
					default: '15m',
					line: short[0]?.place.line ?? null,
				});
	const stages = given.map((step, index): Entry => {
		const {stage, named, at, takes, title, place} = step;
		const id = idAt(index);
		const said = answers[`takes.${id}`];
		const length =
			said ??
			(takes !== null && takes > 0
				? durationText(takes)
				: at === null && index < given.length - 1
					? usualLength
					: null);
		const owners = stage ? stage.owners : step.owner === null ? [] : [step.owner];
		return entryOf(named, {
			id,
			...(stage
				? {at: stage.offsetSeconds === 0 ? 'T0' : stage.id.replace(/\.\d+$/, '')}
				: at === null
					? {}
					: {at: offsetOfSeconds(at - zeroAt).id}),
			...(length === null || length === '' ? {} : {takes: length}),
			...(owners.length > 0 ? {owner: owners.length === 1 ? (owners[0] ?? '') : owners} : {}),
			...(stage?.kind === 'verification' ? {asks: stage.items} : {}),
			...(place.kind === 'row' && title !== place.text ? {says: title} : {}),
		});
	});

	const stageOf = (gate: string): string | null => {
		const index = given.findIndex(({stage}) => stage?.gates.includes(gate) && stage.kind === 'checks');
		return index === -1 ? null : idAt(index);
	};
	const closer = given.at(-1);
	const closing = closer?.owner ?? closer?.stage?.owners[0] ?? top['owner'] ?? 'operator';
	const known = partsRead(seen, places, source, stageOf);
	const found = partsIn(
		places,
		given.map(({place}) => place),
		source,
		closing,
	);
	const steps = new Set(given.map(({place}) => place.line));
	const free = (part: readonly FoundPart[]): readonly FoundPart[] => part.filter(({place}) => !steps.has(place.line));
	const all: FoundParts = {
		gates: free(merged(found.gates, known.gates, isRead)),
		triggers: free(merged(found.triggers, known.triggers, isRead)),
		rollback: [
			...known.rollback,
			...free(found.rollback).filter(({place}) => known.rollback.every(one => one.place !== place)),
		],
		signOffs: free(merged(found.signOffs, known.signOffs, isRead)),
	};
	const owned = new Set<number>();
	const once = (part: readonly FoundPart[]): readonly FoundPart[] =>
		part
			.filter(({place, rest}) => rest['says'] !== undefined || !owned.has(place.line))
			.filter(({place}) => owned.add(place.line));
	const parts: FoundParts = {
		triggers: once(all.triggers),
		gates: once(all.gates),
		signOffs: once(all.signOffs),
		rollback: all.rollback.filter(({place, rest}) => rest['path'] !== undefined || !owned.has(place.line)),
	};

	const headings = [...new Set(parts.gates.map(({place}) => place.section.heading))];
	const areGates =
		isRead || parts.gates.length === 0
			? 'yes'
			: ask({
					id: 'gates',
					question: `${parts.gates.length} items under ${headings.map(text => `"${text}"`).join(', ')}: must they hold before T0?`,
					default: 'yes',
					line: parts.gates[0]?.place.line ?? null,
					choices: ['yes', 'no'],
				});
	const clocks = parts.triggers.filter(({rest}) => rest['outage'] !== undefined);
	const watched =
		clocks.length === 0
			? 'clock'
			: ask({
					id: 'outage',
					question: `${clocks.map(({place}) => `"${place.text}"`).join(', ')}: does a clock measure it, or do people confirm it?`,
					default: 'clock',
					line: clocks[0]?.place.line ?? null,
					choices: ['clock', 'people'],
				});
	const confirmed = ({outage: _, atLimit: __, ...rest}: Entry): Entry => rest;
	const anchors: Named[] = given.map(({named}) => named);
	const entries = (kind: (typeof kinds)[number]): readonly Entry[] =>
		(kind === 'gates' && areGates === 'no' ? [] : parts[kind]).flatMap(({place, rest}) => {
			const named = name(place);
			if (!named) return [];
			anchors.push(named);
			return [entryOf(named, kind === 'triggers' && watched === 'people' ? confirmed(rest) : rest)];
		});
	const lists = {
		gates: entries('gates'),
		triggers: entries('triggers'),
		rollback: entries('rollback'),
		signOffs: entries('signOffs'),
	};

	const covers = (place: Place): boolean =>
		anchors.some(one => one.place.line >= place.line && one.place.line <= place.end);
	const outside = places.filter(
		place =>
			place.kind === 'heading' &&
			!covers(place) &&
			anchors.every(one => one.place.line > place.end || one.place.end < place.line),
	);
	const left = outside
		.filter(place => !outside.some(other => other.line < place.line && other.end >= place.end))
		.flatMap(place => anchorOf(place, places) ?? []);
	const leaveOut =
		left.length === 0
			? 'yes'
			: ask({
					id: 'ignore',
					question: `Not used: ${left.map(({from}) => `"${from}"`).join(', ')}. Leave out?`,
					default: 'yes',
					line: null,
					choices: ['yes', 'no'],
				});
	return {
		title: seen?.title ?? document.title ?? 'Cutover',
		top,
		parts: {stages, ...lists},
		ignore: leaveOut === 'no' ? [] : left,
		digests: Object.fromEntries(anchors.map(({anchor, place}) => [digestKey(anchor), digestOfPlace(place, source)])),
		questions,
		lost,
	};
}
