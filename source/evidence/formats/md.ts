/* The evidence for people who review it later: the block on top, then everything behind it, a table a subject. */

import {safe} from '../../text/clean.ts';
import {instant, local} from '../../text/time.ts';
import type {Package} from '../package.ts';
import {type Cell, type Section, sections} from '../sections.ts';
import {textLines} from './text.ts';

const cell = (value: Cell): string =>
	value === null || value === '' ? '–' : safe(String(value)).replaceAll(/[\\|`*_<[\]]/g, '\\$&');

const table = (header: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] =>
	rows.length === 0
		? ['none']
		: [
				`| ${header.join(' | ')} |`,
				`|${header.map(() => '---').join('|')}|`,
				...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
			];

const section = ({title, header, rows, remarks}: Section, evidence: Package): readonly string[] => [
	'',
	`## ${title}`,
	'',
	...table(header, rows(evidence)),
	...(remarks?.(evidence) ?? []).flatMap(remark => ['', cell(remark)]),
];

export function asMarkdown(evidence: Package): string {
	const {state, runbook, head} = evidence;
	const lines = [
		`# Evidence: ${cell(runbook.title)}`,
		'',
		'```text',
		...textLines(evidence).map(line => line.replaceAll('```', "'''")),
		'```',
		'',
		`- Cutover: ${cell(state.id)}, ${state.status}${state.rehearsal === null ? '' : ', a REHEARSAL'}`,
		`- Runbook: ${cell(runbook.path)}, ${runbook.digest}`,
		`- Journal: ${head.seq} entries, head ${head.hash}`,
		`- Exported: ${local(instant(evidence.exportedAt))}`,
		...sections.flatMap(each => section(each, evidence)),
	];
	return `${lines.join('\n')}\n`;
}
