/*
A map after its runbook was edited: which anchors name other text now or none at all, and what each is most likely to be. A person says
which; the words of the map are changed where they stand, the rest of the file is kept.
*/
import {json} from '../../text/clean.ts';
import {type Anchored, anchorsIn} from './anchors-in.ts';
import {digestKey, digestOfPlace, type Place, placesFor, placesIn, seen} from './places.ts';
import {type Answers, anchorOf, type Question} from './proposal.ts';

const wordsOf = (text: string): ReadonlySet<string> => new Set(seen(text).match(/[\p{L}\p{N}]+/gu) ?? []);

/** How alike two texts are, 0 to 1: the words that both have. */
function likeness(a: string, b: string): number {
	const [left, right] = [wordsOf(a), wordsOf(b)];
	const both = [...left].filter(word => right.has(word)).length;
	return both / Math.max(1, Math.min(left.size, right.size) + Math.abs(left.size - right.size) / 3);
}

export type Repair = Question & {readonly anchored: Anchored; readonly kind: 'changed' | 'lost'};

const cut = /\s*(?:…|\.\.\.)\s*$/;
const kindOf = {
	stages: 'step',
	gates: 'gate',
	triggers: 'trigger',
	rollback: 'rollback step',
	signOffs: 'sign-off',
	ignore: 'part left out',
} as const;

/** Where entries of the same list stand: what was between two of them mostly still is. */
type Neighbours = {readonly kinds: ReadonlySet<Place['kind']>; readonly from: number; readonly to: number};

const least = 0.5;

/** What an anchor may name now: its own words' places, else the most alike ones, those where it stood before the others. */
function candidates(
	{anchor}: Anchored,
	places: readonly Place[],
	taken: ReadonlySet<Place>,
	{kinds, from, to}: Neighbours,
): readonly Place[] {
	const exact = placesFor({from: anchor.from}, places);
	if (exact.length > 0) return exact.slice(0, 4);
	const words = anchor.from.replace(cut, '');
	const isCut = cut.test(anchor.from);
	const shown = (text: string): string =>
		isCut
			? text
					.split(' ')
					.slice(0, words.split(' ').length + 1)
					.join(' ')
			: text;
	const alike = (place: Place): number =>
		likeness(words, shown(place.text)) + (kinds.has(place.kind) && place.line > from && place.line < to ? 0.3 : 0);
	return places
		.filter(place => !taken.has(place))
		.map(place => ({place, like: alike(place)}))
		.filter(({like}) => like >= least)
		.toSorted((one, other) => other.like - one.like || one.place.line - other.place.line)
		.slice(0, 4)
		.map(({place}) => place);
}

/** The digests that the map holds, by the key of their anchor. */
const digestsIn = (text: string): ReadonlyMap<string, string> =>
	new Map(
		[...text.matchAll(/^ {6}("(?:[^"\\]|\\.)*"): "([0-9a-f]{8})"$/gm)].map(([, key = '""', digest = '']) => [
			String(JSON.parse(key)),
			digest,
		]),
	);

/** One question for each anchor whose text changed or is not found. `text`: of the map; `lines`: of the runbook. */
export function repairsOf(text: string, lines: readonly string[]): readonly Repair[] {
	const places = placesIn(lines);
	const digests = digestsIn(text);
	const all = anchorsIn(text).map(anchored => ({anchored, found: placesFor(anchored.anchor, places)}));
	const taken = new Set(all.flatMap(({found}) => (found.length === 1 ? found : [])));
	return all.flatMap(({anchored, found}): readonly Repair[] => {
		const {part, index, anchor} = anchored;
		const id = `repair.${part}.${index + 1}`;
		const [only, ...others] = found;
		if (only && others.length === 0) {
			const known = digests.get(digestKey(anchor));
			if (known === undefined || known === digestOfPlace(only, lines)) return [];
			const question = `The ${kindOf[part]} "${anchor.from}" says something else now. Is it still that?`;
			return [{id, question, default: 'yes', line: only.line, choices: ['yes', 'remove'], anchored, kind: 'changed'}];
		}
		const own = all.filter(one => one.anchored.part === part && one.found.length === 1);
		const linesOf = (is: (at: number) => boolean): readonly number[] =>
			own.filter(one => is(one.anchored.index)).flatMap(one => one.found.map(({line}) => line));
		const near = candidates(anchored, places, taken, {
			kinds: new Set(own.flatMap(one => one.found.map(({kind}) => kind))),
			from: Math.max(0, ...linesOf(at => at < index)),
			to: Math.min(places.at(-1)?.end ?? 0, ...linesOf(at => at > index)),
		});
		const choices = [...near.map(({line}) => String(line)), 'remove'];
		const shown = near.map(({line, text: words}) => `line ${line} "${words}"`).join(', ');
		const why = found.length > 1 ? `stands ${found.length} times` : 'is not found';
		const question = `The ${kindOf[part]} "${anchor.from}" ${why}. Which is it? ${shown === '' ? 'Nothing like it stands there.' : shown}`;
		return [
			{id, question, default: choices[0] ?? 'remove', line: near[0]?.line ?? null, choices, anchored, kind: 'lost'},
		];
	});
}

type Edit = {readonly from: number; readonly to: number; readonly text: string};

function editsOf({anchored}: Repair, answer: string, places: readonly Place[]): readonly Edit[] {
	if (answer === 'remove') return [{...anchored.entry, text: ''}];
	if (answer === 'yes') return [];
	const place = places.find(({line}) => line === Number(answer));
	const anchor = place ? anchorOf(place, places) : null;
	if (!anchor) return [];
	const {words, under} = anchored;
	const above = anchor.under === undefined ? '' : json(anchor.under);
	if (under)
		return [
			{...words, text: json(anchor.from)},
			{...under, text: above || json(place?.section.heading ?? '')},
		];
	const isAlone = anchored.part === 'ignore';
	if (above === '') return [{...words, text: json(anchor.from)}];
	return [
		{
			...words,
			text: isAlone ? `{ from: ${json(anchor.from)}, under: ${above} }` : `${json(anchor.from)}, under: ${above}`,
		},
	];
}

/** The map with its anchors repaired as answered; the digests are made anew by a review. */
export function repairedText(text: string, lines: readonly string[], answers: Answers): string {
	const places = placesIn(lines);
	const edits = repairsOf(text, lines).flatMap(repair => editsOf(repair, answers[repair.id] ?? repair.default, places));
	return edits
		.toSorted((a, b) => b.from - a.from)
		.reduce((now, {from, to, text: words}) => now.slice(0, from) + words + now.slice(to), text);
}
