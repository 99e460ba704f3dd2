/* The evidence template: a fence, or fields without one, under a heading about evidence; else the usual. */
import type {EvidenceLine, Gate, Stage, StageKind} from '../../../cutover/model/runbook.ts';
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

const named = {
	checks: id => `${id} evidence`,
	manual: id => `${id} evidence`,
	decision: id => `${id} decision`,
	act: id => `${id} execution reference`,
	verification: id => `${id} verification`,
	closing: id => `${id} closure decision`,
} satisfies {[K in StageKind]: (id: string) => string};

export function usualEvidence(gates: readonly Gate[], stages: readonly Stage[]): readonly EvidenceLine[] {
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

type Template = {
	readonly block: Content;
	readonly line: number;
	readonly heading: string;
	readonly lines: readonly EvidenceLine[];
};

const inFences = ({document}: Reading): readonly Template[] =>
	document.fences
		.filter(({section}) => section.topics.has('evidence'))
		.map(({block, section}) => ({
			block,
			line: block.from - 1,
			heading: section.heading,
			lines: block.lines.map(lineOf),
		}));

/** What is there without a fence: lines, items or rows of two cells, if each of them is a field. */
const fieldsIn = (block: Content): readonly string[] =>
	block.kind !== 'table' ? textsOf(block) : block.header.cells.length === 2 ? textsOf(block).slice(1) : [];

const outsideFences = ({document}: Reading): readonly Template[] =>
	document.sections
		.filter(({topics}) => topics.has('evidence'))
		.flatMap(({heading, blocks}) =>
			blocks.flatMap((block): readonly Template[] => {
				const fields = fieldsIn(block).map(text => lineOf(text).field);
				if (fields.length < 2 || fields.some(field => field === null)) return [];
				const lines = fields.flatMap(field => (field === null ? [] : [{field, text: `${field}:`}]));
				return [{block, line: block.line - 1, heading, lines}];
			}),
		);

const holdsFields = ({lines}: Template): boolean => lines.some(({field: name}) => name !== null);

function complainOfDoubles({line, lines}: Template, {complain}: Reading): void {
	const observed = new Set<string>();
	lines.forEach(({field: name}, index) => {
		if (name === null) return;
		if (observed.has(name.toLowerCase())) complain('evidence-double', {line: line + 1 + index, column: 1}, {name});
		observed.add(name.toLowerCase());
	});
}

export function readEvidence(
	gates: readonly Gate[],
	stages: readonly Stage[],
	reading: Reading,
): readonly EvidenceLine[] {
	const fenced = inFences(reading);
	const chosen = fenced.find(holdsFields) ?? outsideFences(reading)[0];
	const [first] = fenced;
	if (!chosen) {
		if (first) reading.complain('evidence-fields', {line: first.line, column: 1}, {heading: first.heading});
		else reading.note('No evidence template was found: the usual one is used.');
		return usualEvidence(gates, stages);
	}
	markUsed(chosen.block);
	complainOfDoubles(chosen, reading);
	return chosen.lines;
}
