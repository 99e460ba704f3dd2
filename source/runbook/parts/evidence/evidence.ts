/* The evidence template: a fence, or fields without one, under a heading about evidence; else the usual. */
import type {EvidenceLine, Runbook, StageKind} from '../../../cutover/model/runbook.ts';
import {textsOf} from '../../items.ts';
import type {Content} from '../../markdown/blocks.ts';
import type {Reading} from '../../reading.ts';
import {markUsed} from '../../unused.ts';

const field =
	/^\s*(?:[-*+•]\s+)?(?:\*\*|__)?([^:：]{1,120}?)(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*(?:_{2,}|\.{3,}|…|<[^<>]{0,60}>|\[[^[\]]{0,60}\]|TBD|N\/A)?\s*$/i;

/** `Name:` is a field; any other line stays as it is. */
const lineOf = (text: string): EvidenceLine => {
	const name = text.length <= 400 ? (field.exec(text)?.[1]?.trim() ?? '') : '';
	return {field: name === '' || name === '__proto__' ? null : name, text};
};

type Judged = Pick<Runbook, 'gates' | 'stages'>;

const named = {
	checks: id => `${id} evidence`,
	manual: id => `${id} evidence`,
	decision: id => `${id} decision`,
	act: id => `${id} execution reference`,
	verification: id => `${id} verification`,
	closing: id => `${id} closure decision`,
} satisfies {[K in StageKind]: (id: string) => string};

export function usualEvidence({gates, stages}: Judged): readonly EvidenceLine[] {
	const [first, last] = [gates[0]?.id, gates.at(-1)?.id];
	const results = first === undefined ? [] : [`Gate results (${first === last ? first : `${first}-${last}`})`];
	const fields = [
		'Cutover ticket ID',
		'Environment',
		'Operator',
		...results,
		...stages.map(({kind, id}) => named[kind](id)),
		'Rollback trigger (if any)',
	];
	return fields.map(name => ({field: name, text: `${name}:`}));
}

/** `from`: the line of its first field. */
type Template = {
	readonly block: Content;
	readonly from: number;
	readonly heading: string;
	readonly lines: readonly EvidenceLine[];
};

/** Fences, and lines, items or rows of two cells, where each is a field. */
const templatesIn = ({document}: Reading): readonly Template[] =>
	document.blocks.flatMap(({block, section: {topics, heading}}): readonly Template[] => {
		if (!topics.has('evidence')) return [];
		if (block.kind === 'fence') return [{block, from: block.from, heading, lines: block.lines.map(lineOf)}];
		const isWide = block.kind === 'table' && block.header.cells.length !== 2;
		const texts = isWide ? [] : textsOf(block).slice(block.kind === 'table' ? 1 : 0);
		const fields = texts.flatMap(text => lineOf(text).field ?? []);
		if (fields.length < 2 || fields.length < texts.length) return [];
		return [{block, from: block.line, heading, lines: fields.map(field => ({field, text: `${field}:`}))}];
	});

export function readEvidence(judged: Judged, reading: Reading): readonly EvidenceLine[] {
	const {complain, note} = reading;
	const {fenced = [], others = []} = Object.groupBy(templatesIn(reading), ({block}) =>
		block.kind === 'fence' ? 'fenced' : 'others',
	);
	const chosen = fenced.find(({lines}) => lines.some(({field: name}) => name !== null)) ?? others[0];
	const [first] = fenced;
	if (!chosen) {
		if (first) complain('evidence-fields', {line: first.from - 1, column: 1}, {heading: first.heading});
		else note('No evidence template was found: the usual one is used.');
		return usualEvidence(judged);
	}
	markUsed(chosen.block);
	const observed = new Set<string>();
	chosen.lines.forEach(({field: name}, index) => {
		if (name === null) return;
		if (observed.has(name.toLowerCase())) complain('evidence-double', {line: chosen.from + index, column: 1}, {name});
		observed.add(name.toLowerCase());
	});
	return chosen.lines;
}
