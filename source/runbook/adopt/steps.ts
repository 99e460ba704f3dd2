/* The steps of a proposal: those that the reader reads, else the likeliest timeline, with T0, the go/no-go and the last. */

import type {Stage} from '../../cutover/model/runbook.ts';
import {marksZero} from '../parts/timeline/clock.ts';
import {asideIn, stretchIn} from './marks.ts';
import {type Place, seen} from './places.ts';
import {prefix} from './proposal.ts';
import type {Step, Timeline} from './step.ts';
import {beginsWith, isOnly, rankIn, saysOf} from './topics.ts';

const insideOf = (place: Place, lines: readonly string[]): string => lines.slice(place.line - 1, place.end).join(' ');

const isDecision = ({title}: Step): boolean => saysOf(title, 'decide') && !saysOf(title, 'closing');

/** The last step before `end` that says it is the go/no-go; `from`: the first that may be. */
function vote(steps: readonly Step[], end: number, lines: readonly string[]): number {
	const before = steps.slice(0, end);
	const tests: readonly ((step: Step) => boolean)[] = [
		({title}) => saysOf(title, 'vote'),
		({place}) => saysOf(insideOf(place, lines), 'vote'),
		isDecision,
		({title}) => beginsWith(title, 'checkpoint'),
	];
	for (const test of tests) {
		const found = before.findLastIndex(test);
		if (found !== -1) return found;
	}
	return -1;
}

/**
Steps without a go/no-go of their own: the checks before them are where it is given, and what is verified after them is the last. `isGate`:
whether what is under a heading are checks.
*/
export function completed(timeline: Timeline, places: readonly Place[], isGate: (heading: Place) => boolean): Timeline {
	const {steps, isAnchored} = timeline;
	const [first, last] = [steps[0], steps.at(-1)];
	// Where T0 itself comes first, somebody said go before.
	const isOwn = first?.at === null || stretchIn(first?.title ?? '')?.from === 0 || (isAnchored && first?.at === 0);
	if (!first || !last || (last.at !== null && !isOwn)) return timeline;
	const step = (place: Place): Step => ({
		place,
		title: place.text,
		at: isAnchored ? asideIn(place.text) : null,
		takes: null,
		owner: null,
	});
	const holds = (heading: Place): boolean =>
		places.some(
			({kind, line}) =>
				(kind === 'item' || kind === 'row' || kind === 'code') && line > heading.line && line <= heading.end,
		);
	const headings = places.filter(({kind}) => kind === 'heading');
	const isVoted = !isAnchored && steps.some(({title}) => saysOf(title, 'vote') || saysOf(title, 'decide'));
	const above = headings.filter(({end, line}) => line < first.place.line && end < first.place.line);
	// "Reach the router" ends where "Pre-checks" does, which holds it.
	const before = above.find(place => place.end === above.at(-1)?.end && isGate(place)) ?? above.at(-1);
	const after = headings.find(place => place.line > last.place.end);
	const named = after?.text.replace(/^[^\p{L}]+/u, '') ?? '';
	const isProof =
		after &&
		!saysOf(after.text, 'never') &&
		!saysOf(after.text, 'back') &&
		(beginsWith(named, 'notGate') || saysOf(after.text, 'proof'));
	const isClosed = saysOf(last.title, 'closing') || saysOf(last.title, 'proof') || saysOf(last.title, 'keepOr');
	return {
		...timeline,
		steps: [
			...(before && isOwn && !isVoted && isGate(before) && !isGate(first.place) && holds(before)
				? [{...step(before), holdsGates: true as const}]
				: []),
			...steps,
			...(after && isProof && !isClosed && holds(after) ? [step(after)] : []),
		],
	};
}

/** Index of T0 where nothing is marked: what follows the go/no-go, else the first whose words switch something. */
function switched(steps: readonly Step[], lines: readonly string[]): number {
	const last = steps.length - 1;
	const before = steps.slice(0, last);
	const marked = steps.filter(({place}) => marksZero(place.text));
	if (marked.length === 1 && marked[0]) return steps.indexOf(marked[0]);
	// "Raise the protocol version (point of no return)" is the act, "Point of no return" alone the decision about it.
	const noReturn = steps.findIndex(
		({title}) => saysOf(title, 'noReturn') && !isOnly(title.replace(prefix, ''), 'noReturn'),
	);
	if (noReturn > 0) return noReturn;
	const [said, ...others] = steps.filter(({place}) => saysOf(insideOf(place, lines), 'noReturn'));
	if (said && others.length === 0 && steps.indexOf(said) > 0 && rankIn(said.title, 'zero') !== -1)
		return steps.indexOf(said);
	const titled = before.findIndex(({title}) => saysOf(title, 'vote'));
	const decided = titled !== -1 ? titled : before.findIndex(isDecision);
	const inside = decided !== -1 ? decided : before.findLastIndex(({place}) => saysOf(insideOf(place, lines), 'vote'));
	const holder = decided === -1 && inside > 0 ? steps[inside]?.place : undefined;
	// "Launch", with the go/no-go and then the switch in it.
	const body = holder ? lines.slice(holder.line, holder.end) : [];
	const behindVote = body.slice(body.findIndex(line => saysOf(line, 'vote')) + 1);
	if (behindVote.length < body.length && behindVote.some(line => rankIn(line, 'zero') !== -1)) return inside;
	const from = Math.max(1, inside + 1);
	const rankedBy = (text: (step: Step) => string, first = from, end = Math.max(from, last - (last > from ? 1 : 0))) =>
		steps
			.map((step, index) => ({index, rank: saysOf(step.title, 'notZero') ? -1 : rankIn(text(step), 'zero')}))
			.filter(({index, rank}) => index >= first && index <= end && rank !== -1);
	const behind = rankedBy(({title}) => title);
	// A go/no-go after the switch keeps it.
	const titles = behind.length > 0 || titled === -1 ? behind : rankedBy(({title}) => title, 1, titled - 1);
	const ranked = titles.length > 0 ? titles : rankedBy(({place}) => insideOf(place, lines));
	if (inside !== -1 && ranked.some(({index}) => index === from)) return from;
	const best = ranked.toSorted((a, b) => a.rank - b.rank || a.index - b.index)[0];
	if (best) return best.index;
	if (inside !== -1) return Math.min(from, last);
	const closer = steps[last]?.title ?? '';
	const isLast = saysOf(closer, 'zero') && !saysOf(closer, 'notZero');
	return isLast ? last : Math.min(last, Math.max(1, Math.floor(steps.length / 2)));
}

export type Chosen = {readonly steps: readonly Step[]; readonly zero: number; readonly isAnchored: boolean};

export function chosen({steps, isAnchored}: Timeline, lines: readonly string[]): Chosen {
	const zero = isAnchored ? steps.findIndex(({at}) => at === 0) : switched(steps, lines);
	return {steps, zero, isAnchored};
}

export function decisionOf(steps: readonly Step[], zero: number, lines: readonly string[]): number {
	const found = vote(steps, zero, lines);
	if (found !== -1) return found;
	const checks = steps.slice(0, zero).findIndex(({holdsGates}) => holdsGates);
	return checks === -1 ? Math.max(0, zero - 1) : checks;
}

export type ReadStep = Step & {readonly stage: Stage};

/** Stages that the reader read, as steps. */
export const stepsRead = (stages: readonly Stage[], places: readonly Place[]): readonly ReadStep[] =>
	stages.flatMap(stage => {
		const place = places.find(({line}) => line === stage.line);
		if (!place) return [];
		const isRow = place.kind === 'row' && stage.action !== '' && seen(place.text).includes(seen(stage.action));
		return [
			{place, title: isRow ? stage.action : place.text, at: stage.offsetSeconds, takes: null, owner: null, stage},
		];
	});
