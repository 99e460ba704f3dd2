/*
The evidence template: the fenced block under an evidence heading, else the usual one.
*/
import type {EvidenceLine, Gate, Stage, StageKind} from '../cutover/runbook.ts';
import type {Reading} from './reading.ts';

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

function usual(gates: readonly Gate[], stages: readonly Stage[]): readonly EvidenceLine[] {
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

export function readEvidence(
	gates: readonly Gate[],
	stages: readonly Stage[],
	{document, complain, note}: Reading,
): readonly EvidenceLine[] {
	const blocks = document.fences.filter(({section}) => section.topics.has('evidence'));
	const read = blocks.map(({block, section}) => ({
		line: block.line,
		heading: section.heading,
		lines: block.lines.map(lineOf),
	}));
	const chosen = read.find(({lines}) => lines.some(line => line.field !== null));
	const [first] = read;
	if (!chosen) {
		if (first) complain('evidence-fields', {line: first.line, column: 1}, {heading: first.heading});
		else note('No evidence template was found: the usual one is used.');
		return usual(gates, stages);
	}
	const seen = new Set<string>();
	chosen.lines.forEach(({field: name}, index) => {
		if (name === null) return;
		if (seen.has(name.toLowerCase())) complain('evidence-double', {line: chosen.line + 1 + index, column: 1}, {name});
		seen.add(name.toLowerCase());
	});
	return chosen.lines;
}
