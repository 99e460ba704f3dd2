/* The steps of a proposal with T0, the go/no-go and the last: what is read where it is sure, and a question where it is not. */

import {durationText, secondsIn} from '../../text/time.ts';
import {offsetOfSeconds} from '../parts/timeline/offset.ts';
import type {ReadResult} from '../read.ts';
import {namesIn} from '../roles.ts';
import {withoutMark} from './marks.ts';
import type {Place} from './places.ts';
import {type Asking, type Listed, listedAs, type Named, slug} from './proposal.ts';
import type {Step, Timeline} from './step.ts';
import {ownerAmong} from './step-owner.ts';
import {chosen, completed, decisionOf, type ReadStep, stepsRead} from './steps.ts';
import {timelinesOf} from './timelines.ts';
import {endsWith, saysOf, topicOf} from './topics.ts';

type GivenStep = Step & {readonly named: Named; readonly stage: ReadStep['stage'] | null};

export type Steps = {
	readonly given: readonly GivenStep[];
	readonly ids: readonly string[];
	readonly top: Readonly<Record<string, string>>;
	/** Whoever nothing else is said of. */
	readonly owner: readonly string[];
	readonly entries: readonly Listed[];
};

/** `Release operator: Quinn` under "Owners" */
const rolesListed = (places: readonly Place[]): readonly string[] =>
	places
		.filter(
			({kind, section}) => kind === 'item' && (saysOf(section.heading, 'owner') || saysOf(section.heading, 'role')),
		)
		.flatMap(({text}) => /^([^:：]{3,40})[:：]\s*[\p{L}@+]/u.exec(text)?.[1]?.trim() ?? []);

/** The first of them that neither signs nor rolls back. */
const usualOf = (roles: readonly string[]): string | null =>
	roles.find(role => endsWith(role, 'roleEnd') && !saysOf(role, 'sign') && !saysOf(role, 'back')) ?? null;

/** "Release operator opens the bridge": whoever of them a step begins with. */
function spoken({title, owner}: Step, roles: readonly string[]): string | null {
	const said = withoutMark(title).toLowerCase();
	return owner ?? roles.find(role => [' ', ':'].some(end => said.startsWith(role.toLowerCase() + end))) ?? null;
}

/** Of several timelines that may be meant, the one that is answered. */
function timelineOf(places: readonly Place[], source: readonly string[], {ask}: Asking): Timeline | null {
	const [best, ...others] = timelinesOf(places, source);
	if (!best) return null;
	const rivals = [
		best,
		...others.filter(({steps, score}) => score >= best.score * 0.85 && steps[0]?.place !== best.steps[0]?.place),
	].slice(0, 5);
	if (rivals.length < 2) return best;
	const labels = rivals.map(({steps}) => `${steps[0]?.place.line ?? 1}-${steps.at(-1)?.place.line ?? 1}`);
	const shown = rivals.map(
		({steps}, index) => `${labels[index]} "${steps[0]?.title ?? ''}" and ${steps.length - 1} more`,
	);
	const answer = ask({
		id: 'timeline',
		question: `Which lines hold the steps? ${shown.join('; ')}`,
		default: labels[0] ?? '',
		line: best.steps[0]?.place.line ?? null,
		choices: labels,
	});
	return rivals[labels.indexOf(answer)] ?? best;
}

/** Steps that are read, of which no column is known to say what is done or by whom, with what their words say of that. */
function withWords(steps: readonly ReadStep[], timelines: () => readonly Timeline[]): readonly ReadStep[] {
	if (steps.every(({stage}) => stage.action !== '' && stage.owners.length > 0)) return steps;
	const found = timelines().flatMap(one => one.steps);
	return steps.map(step => {
		const same = found.find(({place}) => place === step.place);
		return {...step, title: (step.stage.action === '' && same?.title) || step.title, owner: same?.owner ?? null};
	});
}

/** The most that fits between the steps that have times, for each of those that have no length. */
function usualFor(steps: readonly (Step & {readonly isShort: boolean})[]): string {
	const rooms = steps.flatMap(({at}, from) => {
		const to = steps.findIndex((one, index) => index > from && one.at !== null);
		const inside = to === -1 || at === null ? [] : steps.slice(from, to);
		const short = inside.filter(one => one.isShort).length;
		const known = inside.reduce((sum, one) => sum + (one.takes ?? 0), 0);
		return short === 0 ? [] : ((steps[to]?.at ?? 0) - (at ?? 0) - known) / short;
	});
	return (
		[15, 10, 5, 2].map(minutes => `${minutes}m`).find(text => (secondsIn(text) ?? 0) <= Math.min(...rooms)) ?? '1m'
	);
}

type Part = Step & {readonly stage: ReadStep['stage'] | null};

/** What a person took as a step or took away from them, by line. */
function corrected(steps: readonly Part[], places: readonly Place[], {answers}: Asking): readonly Part[] {
	const said = (line: number): string | undefined => answers[`line.${line}`];
	const kept = steps.filter(({place}) => said(place.line) === undefined || said(place.line) === 'step');
	const more = places
		.filter(({line}) => said(line) === 'step' && kept.every(({place}) => place.line !== line))
		.map(place => ({place, title: place.text, at: null, takes: null, owner: null, stage: null}));
	return more.length === 0 ? kept : [...kept, ...more].toSorted((a, b) => a.place.line - b.place.line);
}

export function stepsOf(
	{runbook, seen, source, problems}: ReadResult,
	places: readonly Place[],
	name: (place: Place) => Named | null,
	asking: Asking,
): Steps {
	const {ask, answers} = asking;
	const lines = new Set(runbook?.stages.map(({line}) => line));
	/** Of several timelines the reader takes one: here the one that holds its steps, and others beside them. */
	const wider = (): Timeline | undefined =>
		timelinesOf(places, source).find(
			({steps}) => steps.length > lines.size && lines.isSubsetOf(new Set(steps.map(({place}) => place.line))),
		);
	const isOne = problems.every(({code}) => code !== 'timeline-other');
	const timeline = runbook === null ? timelineOf(places, source, asking) : isOne ? null : (wider() ?? null);
	const isGate = ({text}: Place): boolean => topicOf(text, false) === 'gates';
	const plan = timeline && chosen(completed(timeline, places, isGate), source);
	const known = withWords(stepsRead(seen?.stages ?? [], places), () => timelinesOf(places, source));
	const listed = rolesListed(places);
	// What a person lets the program run takes no votes: the go/no-go is given at the heading above the steps then.
	const voter = plan?.steps[decisionOf(plan.steps, plan.zero, source)];
	const isWork = voter && !saysOf(voter.title, 'vote') && answers[`run.${slug(voter.title, new Set())}`] !== undefined;
	const head = places.findLast(
		({kind, line}) => isWork && kind === 'heading' && line < (plan?.steps[0]?.place.line ?? 0),
	);
	const votes = head
		? [{place: head, title: head.text, at: null, takes: null, owner: null, holdsGates: true as const}]
		: [];
	const meant = plan
		? [...votes, ...plan.steps].map(step => ({...step, owner: spoken(step, listed), stage: null}))
		: known;
	const given = corrected(meant, places, asking).flatMap(step => {
		const named = name(step.place);
		return named ? [{...step, named}] : [];
	});
	const taken = new Set<string>();
	const ids = given.map(({title}) => slug(title, taken));
	const idAt = (index: number): string => ids[index] ?? '';
	const choose = (id: string, question: string, index: number): string =>
		ask({id, question, default: idAt(index), line: given[index]?.place.line ?? null, choices: ids});

	if (given.length === 0) return {given, ids, top: {}, owner: [], entries: []};
	const top: Record<string, string> = {};
	const roles = seen?.roles ?? [];
	// The head of the document may name its owner.
	const headed = ownerAmong(source.slice(0, Math.min(given[0]?.place.line ?? 0, 30)));
	const isOwned = headed !== null || given.some(({owner, stage}) => owner !== null || (stage?.owners.length ?? 0) > 0);
	// Beside owned steps the only role that was read may be the one of a gate.
	const [only] = roles.length === 1 && (plan === null || !isOwned) ? roles : [];
	const usual = headed ?? usualOf(listed) ?? only ?? 'operator';
	const owner = isOwned
		? (answers['owner'] ?? usual)
		: ask({
				id: 'owner',
				question: 'Who does the steps? The runbook does not say.',
				default: usual,
				line: null,
				...(roles.length === 0 ? {} : {choices: [...new Set([usual, ...roles])], others: true}),
			});

	const place = plan?.steps[plan.zero]?.place;
	const marked = given.findIndex(step => (plan ? step.place === place : step.stage?.kind === 'act'));
	const isAnchored = (plan === null || plan.isAnchored) && marked !== -1;
	top['zero'] = isAnchored
		? idAt(marked)
		: choose('zero', 'Which step is T0, the first that cannot be undone for free?', Math.max(0, marked));
	const zero = Math.max(0, ids.indexOf(top['zero']));
	const ofKind = (kind: string): number => given.findIndex(({stage}) => stage?.kind === kind);
	const go = plan ? decisionOf(given, zero, source) : ofKind('decision');
	top['decision'] = choose('decision', 'Which step is the go/no-go?', Math.max(0, go));
	const last = given.length - 1;
	const end = plan ? (last > zero ? last : -1) : ofKind('closing');
	if (end !== -1)
		top['closing'] = isAnchored
			? (answers['closing'] ?? idAt(end))
			: choose('closing', 'Which step keeps the change or rolls back?', end);
	const fixed = given.findLastIndex(({at}, index) => at !== null && index < zero);
	const isFromZero = given[fixed]?.isFromZero === true;
	/** Steps without times end at T0, whatever is days before them. */
	const firstOfDay = isFromZero ? fixed + 1 : 0;
	/** Nothing says how long it takes, and it or the next begins by that. */
	const isShort = ({at, takes}: Part, index: number): boolean =>
		takes === null &&
		index < last &&
		(at === null || given[index + 1]?.at === null) &&
		(index + 1 !== firstOfDay || given[zero]?.at !== null);
	const short = given.flatMap((step, index) => (isShort(step, index) ? [idAt(index)] : []));
	const usualLength =
		short.length === 0
			? ''
			: ask({
					id: 'takes',
					question: `How long does each of these steps take: ${short.join(', ')}?`,
					default: usualFor(given.map((step, index) => ({...step, isShort: isShort(step, index)}))),
					line: given.find(isShort)?.place.line ?? null,
				});
	/** Two times of day may be the same minute: who decides it does so before. */
	const isJustBefore = (index: number): boolean =>
		idAt(index) === top['decision'] &&
		index < zero &&
		given[index]?.at !== null &&
		given[index]?.at === given[zero]?.at;
	/** The first of the steps that this one is beside: "3b", or its words say so. */
	const besides = given.map(({at, place}, index): string => {
		if (index === 0 || index === zero || isJustBefore(index)) return '';
		if (at !== null) return given[index - 1]?.at === at && index - 1 !== zero ? idAt(index - 1) : '';
		const letter = /^\D{0,8}\d{1,2}([b-z])\b/i.exec(place.raw);
		return letter || saysOf(place.text, 'parallel') ? idAt(index - 1) : '';
	});
	const firstOf = (index: number): string => {
		let from = index;
		while (from > 0 && besides[from] !== '') from--;
		return idAt(from);
	};
	/** Of steps without times; none where it waits for the one before it, as all do. */
	const waitsFor = ({at, after = []}: Part, index: number): readonly string[] => {
		const ids = given.flatMap(({place}, other) => (after.includes(place) && other < index ? [idAt(other)] : []));
		return at !== null || besides[index] !== '' || ids.join() === idAt(index - 1) ? [] : ids;
	};
	const lengths = given.map((step, index): string => {
		const next = given.slice(index + 1).find(one => one.at !== null && one.at !== step.at)?.at ?? null;
		// Its own times say when the next begins: a length that goes beyond that is no plan.
		const {at, takes} = step;
		const isLong = at !== null && takes !== null && next !== null && at + takes > next;
		const read = takes !== null && takes > 0 && !isLong ? durationText(takes) : isShort(step, index) ? usualLength : '';
		return answers[`takes.${idAt(index)}`] ?? read;
	});
	const isAfterDays = firstOfDay > 0 && firstOfDay < zero && given[zero]?.at === null;
	const untilZero = lengths
		.slice(Math.max(firstOfDay, fixed), zero)
		.reduce((sum, one) => sum + (secondsIn(one) ?? 0), 0);
	/** T0 without a time of its own begins when what is before it ends, behind the last that has one. */
	const zeroAt = given[zero]?.at ?? (fixed === -1 || isFromZero ? 0 : (given[fixed]?.at ?? 0) + untilZero);
	/** T0 is another step than the one that the times count from. */
	const isMoved = isAnchored === false && given[zero]?.isFromZero === true && given[zero]?.at !== 0;
	const entries = given.map((step, index): Listed => {
		const {stage, named, at, title} = step;
		const id = idAt(index);
		const length = lengths[index] ?? '';
		const owners = stage && stage.owners.length > 0 ? stage.owners : namesIn(step.owner ?? '');
		const time = stage
			? stage.offsetSeconds === 0
				? 'T0'
				: stage.id.replace(/\.\d+$/, '')
			: at === null
				? isAfterDays && index === firstOfDay && untilZero > 0
					? offsetOfSeconds(-untilZero).id
					: ''
				: offsetOfSeconds(isJustBefore(index) ? -60 : at - (step.isFromZero && !isMoved ? 0 : zeroAt)).id;
		const said = answers[`at.${id}`] ?? time;
		const owner = answers[`owner.${id}`] ?? (owners.length === 1 ? (owners[0] ?? '') : owners);
		const entry = {
			id,
			...(said === '' || besides[index] !== '' ? {} : {at: said}),
			...(besides[index] === '' ? {} : {with: firstOf(index)}),
			...(waitsFor(step, index).length === 0 ? {} : {after: waitsFor(step, index)}),
			...(length === '' ? {} : {takes: length}),
			...(owner.length > 0 ? {owner} : {}),
			...(stage?.kind === 'verification' ? {asks: stage.items} : {}),
			...(answers[`run.${id}`] === 'fence' || answers[`run.${id}`] === 'code' ? {run: answers[`run.${id}`] ?? ''} : {}),
			...(step.place.kind === 'row' && title !== step.place.text ? {says: title} : {}),
		};
		// Only what is done after T0, and decides nothing, has a checklist.
		const isOther = index < zero || Object.values(top).includes(id);
		return listedAs(named, entry, isOther && stage?.kind !== 'verification' ? ['asks'] : []);
	});
	return {given, ids, top, owner: namesIn(owner), entries};
}
