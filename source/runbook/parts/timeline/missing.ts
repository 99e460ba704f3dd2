/* What a runbook without a timeline has in its place: times in a fence, steps without times. */
import {cellOf, columnsOf, rowsUnderHeads} from '../../columns.ts';
import {isAboutAny, isOfRollback, type Section} from '../../document.ts';
import {isChecklist} from '../../items.ts';
import {plain} from '../../markdown/inline.ts';
import {start} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {clockAt} from './clock.ts';
import {looksTimed, offsetAt} from './offset.ts';
import {fromSections} from './sections.ts';

/** Lines of a fence that begin with times: they are text. */
function fencedTimes({document}: Reading): number | null {
	const isTime = (text: string): boolean => offsetAt(text) !== null || clockAt(text) !== null;
	// A whole table or list may be in the fence.
	const isTimed = (line: string): boolean =>
		line.split('|').some(cell => isTime(cell.trim().replace(/^(?:[-*+]|\d{1,3}[.)]|#{1,6})\s+/, '')));
	const found = document.fences.find(
		({block, section}) => !section.topics.has('evidence') && block.lines.filter(isTimed).length > 1,
	);
	return found ? found.block.line : null;
}

const isNamedStep = (text: string): boolean => /^(?:step|phase|wave|stage|command)\b/i.test(text);
const isStep = (text: string): boolean => isNamedStep(text) || /^\d{1,2}[.:)]/.test(text);

/** Steps that are in an order and have no times: sub-sections of one heading, a numbered list or checklist, a table of actions, bold lines. */
function untimedSteps({document, columns}: Reading): readonly {readonly line: number; readonly text: string}[] {
	const about = (section: Section | null): boolean =>
		section === null || !(isOfRollback(section) || isAboutAny(section, ['signOffs', 'evidence', 'gates']));
	const groups = [
		...Map.groupBy(
			document.sections.filter(({heading}) => heading !== ''),
			({parent}) => parent,
		),
	]
		.filter(([parent]) => about(parent))
		.map(([parent, sections]) =>
			parent?.heading !== '' || sections.every(({heading}) => isStep(heading))
				? sections
				: sections.filter(({heading}) => isNamedStep(heading)),
		)
		.map(sections => sections.map(({line, heading}) => ({line, text: heading})));
	const lists = document.lists
		.filter(({block, section}) => (block.ordered || isChecklist(block)) && about(section))
		.map(({block}) => block.items.map(({line, text}) => ({line, text: plain(text)})));
	const tables = document.tables
		.filter(({section}) => about(section))
		.map(({block}) => {
			const {action} = columnsOf(block, ['id', 'action'], columns);
			const rows = action === undefined ? [] : rowsUnderHeads(block);
			return rows.map(row => ({line: row.line, text: plain(cellOf(row, action).text)}));
		});
	const bold = document.sections.filter(about).map(({blocks}) =>
		blocks.flatMap(block => {
			const text = block.kind === 'paragraph' ? (/^(\*\*|__)([^*_]{3,80})\1$/.exec(block.text.trim())?.[2] ?? '') : '';
			return isStep(text) ? [{line: block.line, text}] : [];
		}),
	);
	const [longest] = [...groups, ...lists, ...tables, ...bold]
		.filter(steps => steps.length > 2)
		.toSorted((a, b) => b.length - a.length);
	return longest ?? [];
}

/** Where no timeline was found: what comes nearest to one, and why it is none. */
export function complainOfMissing(reading: Reading): void {
	const {document, complain} = reading;
	const heading = document.sections.find(section => section.own.has('timeline'));
	const items = document.lists.filter(({section}) => section.topics.has('timeline')).flatMap(({block}) => block.items);
	const timed = items.find(({text}) => looksTimed(plain(text)));
	const fenced = fencedTimes(reading);
	const steps = untimedSteps(reading);
	const withoutZero = fromSections(reading, false).find(({offsets}) => offsets.filter(one => one !== null).length > 1);
	if (withoutZero) complain('timeline-zero', {line: withoutZero.line, column: 1}, {});
	else if (fenced !== null) complain('timeline-fenced', {line: fenced, column: 1}, {});
	else if (heading && (timed || (steps[0]?.line ?? 0) < heading.line))
		complain('timeline-empty', timed ?? {line: heading.line, column: 1}, {heading: heading.heading});
	else if (steps.length > 0)
		complain(
			'timeline-untimed',
			{line: steps[0]?.line ?? 1, column: 1},
			{
				count: steps.length,
				steps: steps
					.slice(0, 3)
					.map(({line, text}) => `"${text}" (line ${line})`)
					.join(', '),
			},
		);
	else complain('timeline-missing', start, {});
}
