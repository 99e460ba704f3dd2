/* A runbook as sections: what each heading below the title is about, and the tables, lists and fences under it. */

import {counted} from '../text/counted.ts';
import {letter} from '../text/letters.ts';
import {type Block, blocksOf, type Content, type Heading} from './markdown/blocks.ts';
import {plain, withoutStruck} from './markdown/inline.ts';
import {type Fence, fencesOf, type List} from './markdown/list.ts';
import {isRule, type Table} from './markdown/table.ts';
import {idAt} from './parts/gates/gate-ids.ts';
import {offsetAt} from './parts/timeline/offset.ts';
import {type Complain, type Place, start} from './problems/complain.ts';
import {frontLines} from './settings/source.ts';
import {unitWords} from './words/amounts.ts';
import {headings, says, type Topic, words} from './words/words.ts';

export type Section = {
	/** Empty before the first heading. */
	readonly heading: string;
	readonly level: number;
	readonly line: number;
	readonly parent: Section | null;
	/** What its own heading is about. */
	readonly own: ReadonlySet<Topic>;
	/** Its own, else what the headings above it are about. */
	readonly topics: ReadonlySet<Topic>;
	readonly blocks: readonly Content[];
};

/** "4.2 Switch", "3) Switch", "Step 3: Switch"; "2 weeks before" begins with none. */
const number = new RegExp(
	`^(?:\\d{1,3}(?:\\.\\d{1,2})*(?:[.)]|(?!\\.| ?(?:${unitWords.join('|')})(?![${letter}])))|step \\d{1,3}[.:)]?)\\s+(?:[–—-]\\s+)?`,
	'i',
);

export const withoutNumber = (heading: string): string => heading.replace(number, '');

export type Placed<B extends Content> = {
	readonly block: B;
	readonly section: Section;
	/** Text that leads to it: the paragraph before it, empty where there is none. */
	readonly lead: string;
};

export type Document = {
	readonly title: string | null;
	readonly sections: readonly Section[];
	readonly blocks: readonly Placed<Content>[];
	readonly tables: readonly Placed<Table>[];
	readonly lists: readonly Placed<List>[];
	readonly fences: readonly Placed<Fence>[];
};

function topicsOf(heading: string): ReadonlySet<Topic> {
	const topics = new Set<Topic>();
	if (says(heading, words.afterRollback)) return topics;
	for (const topic of ['triggers', 'path', 'signOffs', 'evidence', 'timeline', 'gates'] as const)
		if (says(heading, headings[topic])) topics.add(topic);
	const aboutRollback = says(heading, headings.rollback);
	// "Rollback (if needed)" is how, "When a rollback is needed" is when.
	const ifNeeded =
		/\bif (?:a |the )?(?:roll ?back (?:is )?)?(?:needed|required|necessary|triggered|invoked)\b|\S\s*[([（](?:if|when)\b(?!.*\b(?:any|one|either|these|following)\b)/i.test(
			heading,
		);
	// What stops a cutover before T0 leaves nothing to roll back.
	if (ifNeeded || says(heading, words.beforeZero)) topics.delete('triggers');
	else if (aboutRollback && says(heading, words.if)) topics.add('triggers');
	if (aboutRollback && (ifNeeded || says(heading, words.path))) topics.add('path');
	if (aboutRollback && !topics.has('triggers') && !topics.has('path')) topics.add('rollback');
	// "Rollback plan" is no timeline, "Go/no-go sign-off" and "Gate evidence" hold no gates.
	if (topics.has('triggers') || topics.has('path') || topics.has('rollback'))
		for (const topic of ['timeline', 'gates'] as const) topics.delete(topic);
	if (topics.has('signOffs') || topics.has('evidence')) topics.delete('gates');
	return topics;
}

/** "Pre-launch", "Before the move" */
const before = /^(?:pre-[a-z]+|before (?:the |we |you |our )?[a-z]+)/i;

export const isAboutAny = ({topics}: Section, of: readonly Topic[]): boolean => of.some(topic => topics.has(topic));

export const isOfRollback = (section: Section | null): boolean =>
	section !== null && isAboutAny(section, ['rollback', 'triggers', 'path']);

/** Under a heading about rollback, "Triggers" and "Steps" say which half of it they are; prerequisites are under none. */
function topicsUnder(heading: string, parent: Section | null): ReadonlySet<Topic> {
	const isPart = isOfRollback(parent);
	if (!isPart && (parent?.topics.size ?? 0) === 0 && (says(heading, headings.prerequisites) || before.test(heading)))
		return new Set(['prerequisites']);
	if (!isPart) return new Set();
	if (says(heading, words.conditions)) return new Set(['triggers']);
	if (/^what (?:to|we|is)\b.*\b(?:do|done)\b/i.test(heading)) return new Set(['path']);
	return says(heading, words.path) ? new Set(['path']) : new Set();
}

function titleOf(blocks: readonly Block[]): Heading | null {
	const found = blocks.filter(block => block.kind === 'heading');
	const [first, ...others] = found;
	if (!first) return null;
	return first.level === 1 || (others.length > 0 && others.every(heading => heading.level > first.level))
		? first
		: null;
}

type Growing = Section & {readonly blocks: Content[]};

/** "Critical: roll back at once", under triggers, heads some of them. */
const isGroup = (topics: ReadonlySet<Topic>, parent: Section | null): boolean =>
	topics.size === 1 && topics.has('rollback') && parent?.topics.has('triggers') === true;

const sectionOf = (heading: Heading, above: readonly Section[]): Growing => {
	const parent = above.findLast(section => section.level < heading.level) ?? null;
	const text = plain(heading.text);
	const named = topicsOf(text);
	// Whoever signs votes: "Go/no-go decision" under "Approvals" holds no gates.
	const isVote = parent?.topics.has('signOffs') === true && /\bgo\s?[/ -]\s?no[- ]?go\b/i.test(text);
	const own = named.size > 0 && !isGroup(named, parent) && !isVote ? named : topicsUnder(text, parent);
	return {
		heading: text,
		level: heading.level,
		line: heading.line,
		parent,
		own,
		// What follows a rollback is no step of it.
		topics: own.size > 0 || says(text, words.afterRollback) ? own : (parent?.topics ?? new Set()),
		blocks: [],
	};
};

const mostHeadings = 1000;

const bold = /^\s*(?:\*\*|__)([^*_`]{1,80}?)[:：]?(?:\*\*|__)[:：]?\s*$/;

/** `ROLLBACK (if needed):` */
const capitals = /^\s*([A-Z][A-Z /&-]{3,40}(?:\([^()`]{1,40}\))?)\s*[:：]?\s*$/;

const boldLevel = 7;

/** A line in bold or capitals that is alone and says what follows: many write their headings so. In a stage it is only a label. */
function boldHeading(block: Block, open: readonly Section[]): Heading | null {
	if (block.kind !== 'paragraph' || block.lines.length !== 1) return null;
	const text = (bold.exec(block.text)?.[1] ?? capitals.exec(block.text)?.[1] ?? '').trim();
	// Under a heading about gates it may be a gate: "G2 – Rollback rehearsed".
	const isGate = idAt(text, true) !== null && open.some(({topics}) => topics.has('gates'));
	const parent = open.at(-1) ?? null;
	const isAbout = topicsOf(text).size > 0 || (isOfRollback(parent) && topicsUnder(text, parent).size > 0);
	const isMeant = text !== '' && !isGate && isAbout && !open.some(({heading}) => offsetAt(heading) !== null);
	return isMeant ? {kind: 'heading', level: boldLevel, text, line: block.line} : null;
}

function sectionsOf(blocks: readonly Block[], title: Heading | null): readonly Section[] {
	const first: Growing = {heading: '', level: 0, line: 1, parent: null, own: new Set(), topics: new Set(), blocks: []};
	const sections = [first];
	/** Outermost first. */
	let open: readonly Growing[] = [first];
	for (const block of blocks) {
		if (block === title) continue;
		if (sections.length > mostHeadings) break;
		const heading = block.kind === 'heading' ? block : boldHeading(block, open);
		if (heading) {
			const section = sectionOf(heading, open);
			open = [...open.filter(one => one.level < section.level), section];
			sections.push(section);
		} else if (block.kind !== 'heading') open.at(-1)?.blocks.push(block);
	}
	return sections;
}

function placed(sections: readonly Section[]): Pick<Document, 'blocks' | 'tables' | 'lists' | 'fences'> {
	const blocks = sections.flatMap(section =>
		section.blocks.map((block, index): Placed<Content> => {
			const before = section.blocks[index - 1];
			return {block, section, lead: before?.kind === 'paragraph' ? plain(before.text) : ''};
		}),
	);
	const of = <K extends Content['kind']>(kind: K) =>
		blocks.filter((one): one is Placed<Extract<Content, {kind: K}>> => one.block.kind === kind);
	return {blocks, tables: of('table'), lists: of('list'), fences: of('fence')};
}

/** A section and those above it, the nearest first. */
export const chainOf = (section: Section | null): readonly Section[] =>
	section === null ? [] : [section, ...chainOf(section.parent)];

export const isUnder = (section: Section, above: Section): boolean =>
	section === above || (section.parent !== null && isUnder(section.parent, above));

/** Whether a section tells of the part above it: triggers and sign-offs under a heading of their own do not. */
export function tellsOf(section: Section, part: Section): boolean {
	const chain = chainOf(section);
	const inside = chain.slice(0, Math.max(0, chain.indexOf(part)));
	return chain.includes(part) && !inside.some(({own}) => own.has('triggers') || own.has('signOffs'));
}

/** The document with these sections, and those below, about this topic and nothing else: they are its stages or gates. */
export function withPart({sections, ...rest}: Document, parts: readonly Section[], topic: Topic): Document {
	const made = new Map<Section, Section>();
	for (const section of sections) {
		const parent = section.parent && (made.get(section.parent) ?? null);
		const isPart = parts.some(part => tellsOf(section, part));
		made.set(section, {
			...section,
			parent,
			...(isPart ? {own: new Set(), topics: new Set([topic])} : {}),
		});
	}
	const all = [...made.values()];
	return {...rest, sections: all, ...placed(all)};
}

/** Where a part is missed: at the first heading about it, else at the start. */
export function placeOfPart({sections}: Document, topics: readonly Topic[]): Place {
	const section = sections.find(({own}) => topics.some(topic => own.has(topic)));
	return section ? {line: section.line, column: 1} : start;
}

const span = ({line, end}: {readonly line: number; readonly end: number}): readonly number[] =>
	Array.from({length: end - line + 1}, (_, index) => line + index);

/** Lines (from 1) of a block, but for those of code. */
function linesOf(block: Block): readonly number[] {
	if (block.kind === 'fence') return [];
	if (block.kind === 'heading') return [block.line];
	const code = new Set(block.kind === 'list' ? block.items.flatMap(fencesOf).flatMap(span) : []);
	return span(block).filter(line => !code.has(line));
}

const bare = (line: string): string => line.replace(/^(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*/, '');

/** Lines of the headers of tables in a list or an alert, and of those in HTML. */
const buriedTables = (lines: readonly string[], blocks: readonly Block[]): readonly number[] =>
	blocks.flatMap(block => {
		if (block.kind === 'paragraph' && block.text === '') return [block.line];
		if (block.kind !== 'list' && !(block.kind === 'paragraph' && block.text.startsWith('>'))) return [];
		return linesOf(block).filter(
			line => isRule(bare(lines[line] ?? '')) && bare(lines[line - 1] ?? '').includes('|') && line < block.end,
		);
	});

/** `from`: the first line that counts, from 0; behind the front matter unless given. Complains of what is not read. */
export function documentOf(lines: readonly string[], from = frontLines(lines), complain?: Complain): Document {
	const blocks = blocksOf(lines, from, (line, what) => complain?.('fence-open', {line, column: 1}, {what}));
	const title = titleOf(blocks);
	const headings = blocks.filter(block => block.kind === 'heading').filter(heading => heading !== title);
	const overflow = headings[mostHeadings];
	if (overflow) complain?.('headings-many', {line: overflow.line, column: 1}, {most: mostHeadings});
	for (const line of buriedTables(lines, blocks)) complain?.('table-buried', {line, column: 1}, {});
	const struck = blocks.flatMap(linesOf).filter(line => withoutStruck(lines[line - 1] ?? '') !== lines[line - 1]);
	const [line] = struck;
	if (line !== undefined) complain?.('text-struck', {line, column: 1}, {lines: counted(struck.length, 'line')});
	const sections = sectionsOf(blocks, title);
	return {title: title && plain(title.text), sections, ...placed(sections)};
}
