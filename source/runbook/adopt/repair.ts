/*
A map after its runbook was edited: which anchors name other text now or none at all, and what each is most likely to be. A person says
which; the words of the map are changed where they are, the rest of the file is kept.
*/
import {json} from '../../text/clean.ts';
import {pairOf, parsedYaml, placeIn, type YamlNode} from '../../text/yaml.ts';
import type {ReadResult} from '../read.ts';
import {type Anchor, digestKey, digestOf, eachIn, isEachKind, placesFor, watched} from './anchors.ts';
import {type Place, placesIn, seen} from './places.ts';
import {type Answers, anchorOf, type Question} from './proposal.ts';

const anchoredParts = ['stages', 'gates', 'triggers', 'rollback', 'signOffs', 'ignore'] as const;

type Range = {readonly from: number; readonly to: number};

type Anchored = {
	readonly part: (typeof anchoredParts)[number];
	readonly index: number;
	readonly anchor: Anchor;
	/** Of the words of its place, and of the heading above, in the text of the file. */
	readonly words: Range | null;
	readonly under: Range | null;
	/** Of the whole entry, with its line where it is on one of its own. */
	readonly entry: Range;
};

/** The entry with the comma or the line that it takes. */
function entryRange(text: string, {from, to}: Range): Range {
	const lineStart = text.lastIndexOf('\n', from - 1) + 1;
	if (/^\s*-\s*$/.test(text.slice(lineStart, from))) {
		const end = text.indexOf('\n', to);
		return {from: lineStart, to: end === -1 ? text.length : end + 1};
	}
	const after = /^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0;
	const before = after > 0 ? 0 : (/,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0);
	return {from: from - before, to: to + after};
}

const valueAt = (map: YamlNode | null, name: string): YamlNode | null => (map && pairOf(map, name)?.value) ?? null;

const wordsAt = (node: YamlNode | null): YamlNode | null =>
	node?.kind === 'scalar' && node.value !== null ? node : null;

/** What a map says of the reading; null where it is no YAML. */
const readingIn = (text: string): YamlNode | null => {
	try {
		return valueAt(parsedYaml(text), 'reading');
	} catch {
		return null;
	}
};

/** Every anchor of a map, in the order of the file, with its place: it is changed there, and nothing else is. Empty where it is no YAML. */
function anchorsIn(text: string): readonly Anchored[] {
	const reading = readingIn(text);
	return anchoredParts.flatMap(part =>
		(valueAt(reading, part)?.below ?? []).flatMap((node, index): readonly Anchored[] => {
			const each = wordsAt(valueAt(node, 'each'))?.text;
			const words = wordsAt(node.kind === 'map' ? valueAt(node, each === undefined ? 'from' : 'in') : node);
			const under = wordsAt(valueAt(node, 'under'));
			if ((each === undefined && !words) || (each !== undefined && !isEachKind(each))) return [];
			const anchor = {from: words?.text ?? '', under: under?.text, each};
			return [{part, index, anchor, words, under, entry: entryRange(text, node)}];
		}),
	);
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(seen(text).match(/[\p{L}\p{N}]+/gu) ?? []);

/** How alike two texts are, 0 to 1: the words that both have. */
function likeness(a: string, b: string): number {
	const [left, right] = [wordsOf(a), wordsOf(b)];
	const both = [...left].filter(word => right.has(word)).length;
	return both / Math.max(1, Math.min(left.size, right.size) + Math.abs(left.size - right.size) / 3);
}

type Edit = {readonly from: number; readonly to: number; readonly text: string};

type Repair = Question & {
	/** What an answer changes in the map. */
	edits(answer: string): readonly Edit[];
};

const cut = /\s*(?:…|\.\.\.)\s*$/;
const kindOf = {
	stages: 'step',
	gates: 'gate',
	triggers: 'trigger',
	rollback: 'rollback step',
	signOffs: 'sign-off',
	ignore: 'part left out',
} as const;

/** Where entries of the same list are: what was between two of them mostly still is. */
type Neighbours = {
	readonly kinds: ReadonlySet<Place['kind']>;
	readonly from: number;
	readonly to: number;
	/** Places that an entry for each of a kind reads: those are of no entry that is gone. */
	readonly inEach: ReadonlySet<Place>;
};

const least = 0.5;

/** What an anchor may name now: its own words' places, else the most alike ones, those where it was before the others. */
function candidates(
	{anchor}: Anchored,
	places: readonly Place[],
	taken: ReadonlySet<Place>,
	{kinds, from, to, inEach}: Neighbours,
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
	const isBetween = (place: Place): boolean =>
		kinds.has(place.kind) && place.line > from && place.line < to && !inEach.has(place);
	const alike = (place: Place): number => likeness(words, shown(place.text)) + (isBetween(place) ? 0.3 : 0);
	return places
		.filter(place => !taken.has(place))
		.map(place => ({place, like: alike(place)}))
		.filter(({like}) => like >= least)
		.toSorted((one, other) => other.like - one.like || one.place.line - other.place.line)
		.slice(0, 4)
		.map(({place}) => place);
}

const marks = {zero: 'T0', decision: 'the go/no-go', closing: 'the last decision'} as const;

/** One question for each mark of the map whose id no stage has any more: those that a column says follow its text. */
function marksLost(text: string, {seen: runbook, problems}: Reread): readonly Repair[] {
	const reading = readingIn(text);
	const stages = runbook?.stages ?? [];
	return Object.entries(marks).flatMap(([key, name]): readonly Repair[] => {
		const node = wordsAt(valueAt(reading, key));
		const line = node && placeIn(text, node.from).line;
		if (!node || !problems.some(one => one.code === 'settings-unknown' && one.line === line)) return [];
		const [likest] = stages.toSorted((one, other) => likeness(node.text, other.id) - likeness(node.text, one.id));
		return [
			{
				id: `repair.${key}`,
				question: `"${node.text}", which was ${name}, is none of the steps any more. Which is it now?`,
				default: likest?.id ?? '',
				line: likest?.line ?? null,
				choices: stages.map(({id}) => id),
				edits: answer => [{...node, text: answer}],
			},
		];
	});
}

/** What a runbook is read as by its map. */
type Reread = Pick<ReadResult, 'source' | 'seen' | 'problems'>;

/** One question for each anchor whose text changed or is not found. `text`: of the map. */
export function repairsOf(text: string, reread: Reread): readonly Repair[] {
	const {source: lines} = reread;
	const places = placesIn(lines);
	const parts = valueAt(valueAt(readingIn(text), 'reviewed'), 'parts');
	const all = anchorsIn(text).map(anchored => ({anchored, found: placesFor(anchored.anchor, places)}));
	const taken = new Set(all.flatMap(({found}) => (found.length === 1 ? found : [])));
	const inEach = new Set(
		all.flatMap(({anchored: {anchor}, found: [place]}) =>
			anchor.each && place ? eachIn(anchor.each, place, places) : [],
		),
	);
	const anchors = all.flatMap(({anchored, found}): readonly Repair[] => {
		const {part, index, anchor} = anchored;
		const id = `repair.${part}.${index + 1}`;
		const edits = (answer: string): readonly Edit[] => editsOf(anchored, answer, places);
		const [only, ...others] = found;
		if (only && others.length === 0) {
			const known = valueAt(parts, digestKey(anchor))?.text;
			if (known === undefined || known === digestOf(anchor, only, places, lines)) return [];
			const question =
				anchor.each === undefined
					? `The ${kindOf[part]} "${anchor.from}" says something else now. Is it still that?`
					: `The table or list in ${anchor.from === '' ? 'the runbook' : `"${anchor.from}"`} says something else now. Is each ${anchor.each} a ${kindOf[part]}?`;
			const [{line} = only] = watched(anchor, only, places);
			return [{id, question, default: 'yes', line, choices: ['yes', 'remove'], edits}];
		}
		const own = all.filter(one => one.anchored.part === part && one.found.length === 1);
		const linesOf = (is: (at: number) => boolean): readonly number[] =>
			own.filter(one => is(one.anchored.index)).flatMap(one => one.found.map(({line}) => line));
		const near = candidates(anchored, places, taken, {
			kinds: new Set(own.flatMap(one => one.found.map(({kind}) => kind))),
			from: Math.max(0, ...linesOf(at => at < index)),
			to: Math.min(places.at(-1)?.end ?? 0, ...linesOf(at => at > index)),
			inEach,
		});
		const choices = [...near.map(({line}) => String(line)), 'remove'];
		const shown = near.map(({line, text: words}) => `line ${line} "${words}"`).join(', ');
		const why = found.length > 1 ? `appears ${found.length} times` : 'is not found';
		const of = anchor.each === undefined ? kindOf[part] : `place of each ${anchor.each}`;
		const question = `The ${of} "${anchor.from}" ${why}. Which is it? ${shown === '' ? 'Nothing like it is there.' : shown}`;
		return [{id, question, default: choices[0] ?? 'remove', line: near[0]?.line ?? null, choices, edits}];
	});
	// Which stages there are is known where all of their places are.
	const isKnown = all.every(({anchored: {part}, found}) => part !== 'stages' || found.length === 1);
	return isKnown ? [...anchors, ...marksLost(text, reread)] : anchors;
}

function editsOf(anchored: Anchored, answer: string, places: readonly Place[]): readonly Edit[] {
	if (answer === 'remove') return [{...anchored.entry, text: ''}];
	if (answer === 'yes') return [];
	const place = places.find(({line}) => line === Number(answer));
	const anchor = place ? anchorOf(place, places) : null;
	const {words, under} = anchored;
	if (!anchor || !words) return [];
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
export function repairedText(text: string, reread: Reread, answers: Answers): string {
	const edits = repairsOf(text, reread).flatMap(({id, default: usual, edits: of}) => of(answers[id] ?? usual));
	return edits
		.toSorted((a, b) => b.from - a.from)
		.reduce((now, {from, to, text: words}) => now.slice(0, from) + words + now.slice(to), text);
}

/** The lines of `reviewed:`. `by` null: nobody looked yet. */
export const reviewedLines = (
	digests: Readonly<Record<string, string>>,
	by: string | null,
	on: string,
): readonly string[] => [
	'  reviewed:',
	...(by === null
		? ['    # not looked at: cutover-tui adopt RUNBOOK --review --by NAME']
		: [`    by: ${json(by)}`, `    on: ${json(on)}`]),
	Object.keys(digests).length === 0 ? '    parts: {}' : '    parts:',
	...Object.entries(digests).flatMap(([from, digest]) =>
		from === '__proto__' ? [] : `      ${json(from)}: ${json(digest)}`,
	),
];

/**
A map that somebody looked at: its digests are made anew of the words that are there now, and it says who looked and when. `text`: of the
settings; `lines`: of the runbook. Null where it holds no block of digests.
*/
export function reviewedText(text: string, lines: readonly string[], by: string | null, on: string): string | null {
	const places = placesIn(lines);
	const rows = text.split('\n');
	const at = rows.findIndex(row => /^ {2}reviewed:\s*$/.test(row));
	if (at === -1) return null;
	let end = at + 1;
	while (end < rows.length && /^ {4}|^\s*$/.test(rows[end] ?? '')) end++;
	const digests = anchorsIn(text)
		.filter(({part}) => part !== 'ignore')
		.flatMap(({anchor}): readonly (readonly [string, string])[] => {
			const [only, ...others] = placesFor(anchor, places);
			return only && others.length === 0 ? [[digestKey(anchor), digestOf(anchor, only, places, lines)]] : [];
		});
	return `${[...rows.slice(0, at), ...reviewedLines(Object.fromEntries(digests), by, on), ...rows.slice(end)]
		.join('\n')
		.replace(/\n+$/, '')}\n`;
}
