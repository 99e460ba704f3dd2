/* When to roll back, as rows: of lists, tables, items among the steps of a rollback, or sentences. */

import {withoutPictures} from '../../../text/letters.ts';
import {type Columns, cellOf, checkList, checkTable, columnsOf, exactRank, rest} from '../../columns.ts';
import {isOfRollback, type Placed, type Section} from '../../document.ts';
import type {Paragraph} from '../../markdown/blocks.ts';
import {plain, sentences, spans, withoutCode} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import {mostRows, type Row, type Table} from '../../markdown/table.ts';
import type {Complain} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {type Roles, rolesOf} from '../../roles.ts';
import {beginsWithWhich, isOneOf, normal, said, says, words} from '../../words/words.ts';
import {namesRun} from '../rollback/rollback-path.ts';
import {limitsIn} from '../timeline/duration.ts';

/** `roles`: from a column of their own. */
export type Condition = {
	readonly text: string;
	readonly roles?: readonly string[];
	/** What columns say that no rule knows. */
	readonly aside?: string;
	readonly line: number;
	readonly column: number;
};

const slowly = /\b(?:slow|scale|cool|wind|count|shut|step|break|drill|spin|roll|scal|slow)(?:s|ed|ing)?[ -]down\b/gi;
const percent = /\d{1,6}(?:[.,]\d{1,3})?\s?[%％‰]|\bp\d{2}\b/i;

/** Whether a clock can tell it: a duration of an endpoint that does not answer; a rate, latency or count never is. */
export const isOutage = (text: string): boolean =>
	limitsIn(text).length > 0 && !says(text, words.metric) && !percent.test(text) && saysDown(text);

/** `/internal/ready`, `https://…/ready`, `GET /ready` */
const route = /(?:^|[\s`"'(])(?:https?:\/\/[^\s`]{1,200}|\/[a-z0-9_-][\w./-]{0,100})(?=$|[\s`"'),.])/i;

export const saysDown = (text: string): boolean =>
	says(text.replace(slowly, ' '), words.down) ||
	(says(text, words.failing) && (says(text, words.health) || route.test(text)));

export const metricIn = (text: string): string | null =>
	(said(text, words.metric)?.text ?? percent.exec(text)?.[0])?.trim() ?? null;

/** Beside an outage, what a role says or does is a condition by itself, and so is a metric with its limit, and a fact behind its length. */
function beside(text: string, roles: Roles): readonly string[] {
	if (!/\sor\s/i.test(text)) return [text];
	const [, outage = '', other = ''] = /^(.*?),?\s+or\s+(.+)$/is.exec(text) ?? [];
	const isFact = roles.named(other).length > 0 || (limitsIn(outage).length > 0 && /\S\s+\S+\s+\S/.test(other));
	const isSaid = isOutage(outage) && limitsIn(other).length === 0 && isFact;
	const isMetric = (one: string, of: string): boolean => isOutage(one) && metricIn(of) !== null && /\d/.test(of);
	return isSaid || isMetric(outage, other) || isMetric(other, outage) ? [outage, other] : [text];
}

/** More than that in one text is no list of conditions. */
const mostAlternatives = 5;

/** "… or if …" says two conditions, of which each is enough. */
function alternatives(text: string): readonly string[] {
	const either = text.split(/,?\s+or\s+(?:if|when)\s+|，?或者?(?=如果|若|当)/i);
	// "if A, if B, or if C"
	const found =
		either.length > 1 ? either.flatMap(part => part.split(/(?<=\b(?:if|when)\s.{1,200}),\s+(?:if|when)\s+/i)) : either;
	const said = found.filter((part, index) => index === 0 || part.trim() !== '');
	return said.length > mostAlternatives ? [text] : said;
}

const split = (row: Condition, roles: Roles): readonly Condition[] =>
	alternatives(row.text.replace(/^triggers?\s*[:：]\s*/i, ''))
		.flatMap(text => beside(text, roles))
		.map(text => ({...row, text: text.trim()}));

/** `**Action**: …` says what is done about a condition, and is none. */
const isAction = (text: string): boolean =>
	/^[*_\s]*(?:immediate )?(?:actions?|response|steps?|do|then|afterwards?|after that|what (?:to|we) do|procedure|mitigation|remedy|owners?|who(?: \w+)?|decision|contacts?|escalat\w*|notify|动作|处理|措施)[*_\s]*[:：]/i.test(
		text,
	);

const severity =
	/^[*_\s]*(?:sev(?:erity)?[ -]?\d|p\d|critical|high|medium|low|major|minor|red|amber|yellow)(?![a-z])[^:]{0,30}$/i;

/** An item that only heads those under it: `**Outage**:`, a severity, and not "both of:". */
const headsGroup = ({text, items}: Item): boolean =>
	items.length > 0 &&
	(/[:：][*_\s]*$/.test(text) ||
		/^(\*\*|__)[^*_]{1,80}\1$/.test(withoutPictures(text).trim()) ||
		severity.test(text)) &&
	!/\b(?:both|all of|together|at the same time)\b|同时/i.test(text);

function withoutActions({text, lines}: Item): string {
	const end = lines.findIndex(line => isAction(line.text));
	return end < 1
		? text
		: lines
				.slice(0, end)
				.map(line => line.text)
				.join(' ');
}

/** `Lag over 5k → watch` */
function callsForNothing(text: string): boolean {
	const [, then = ''] = /(?:→|[-=]>)\s*(.+)$/.exec(plain(text)) ?? [];
	return beginsWithWhich(then, words.watches) !== -1 && !says(then, words.goesBack);
}

function rowsOfItem(item: Item, roles: Roles): readonly Condition[] {
	if (isAction(item.text)) return [];
	if (headsGroup(item)) return item.items.flatMap(sub => rowsOfItem(sub, roles));
	const under = item.items.filter(({text}) => !isAction(text)).map(sub => plain(sub.text));
	const own = plain(withoutActions(item));
	return split(
		{
			text: [labelledCondition.exec(own)?.[1] ?? own, ...under].filter(part => part !== '').join('; '),
			line: item.line,
			column: item.column,
		},
		roles,
	);
}

/** "If the error rate exceeds 5 %:" says when, and leads to what is done then; "If one of these holds:" leads to when. */
function conditionOfLead(lead: string): string | null {
	const [, said = ''] = /^(?:if|when)\s+(\S+\s+\S+\s+\S.*?)[:：]$/i.exec(lead) ?? [];
	const isOpen =
		/\b(?:any|either|one|all|both|these|following)\b|\b(?:if|when)$/i.test(said) || says(said, words.goesBack);
	return said === '' || isOpen ? null : said;
}

/** Whether a list under a heading about both, or about rollback alone, says when rather than how. */
export function saysWhen({block, section: {topics}, lead}: Placed<List>): boolean {
	if (!topics.has('triggers') && conditionOfLead(lead) !== null) return false;
	if (isAction(lead) || says(lead, words.beforeZero) || says(lead, words.afterRollback)) return false;
	const when =
		says(lead, words.rollBackIf) ||
		(says(lead, words.if) && !says(lead, words.preferred) && !says(lead, words.fallback));
	if (topics.has('triggers'))
		return when || (!says(lead, words.path) && !(topics.has('path') && block.items.some(isStep)));
	return when && /[:：]$/.test(lead);
}

/** An item that names something to run. */
const isStep = (item: Item): boolean => /`|\]\(/.test(item.text) && !isCondition(plain(withoutCode(item.text)));

const rollBackIf =
	/\broll(?:ing)?[ -]back\b.{0,200}\b(?:if|when|once)\b|\b(?:if|when|once)\b.{1,200}\broll back\b|(?:如果|若|当).{1,80}(?:回滚|回退)/is;

export const isCondition = (text: string): boolean =>
	isOutage(text) || says(text, words.rollBackIf) || rollBackIf.test(text) || labelledCondition.test(text);

/** Under a heading about rollback alone: what names something to run is a step, unless it states an outage. */
const isStated = (text: string): boolean => {
	const prose = plain(withoutCode(text));
	return (
		isOutage(prose) || (isCondition(prose) && !namesRun({code: spans(text).map(({code}) => ({code, before: ''}))}))
	);
};

/** Lines that each say something by themselves: each begins as a sentence does, and none goes on in the next. */
const areApart = (lines: readonly string[]): boolean =>
	lines.length > 1 &&
	lines.every(
		line => line.length < 160 && /^\s*(?:[A-Z0-9"'<>@`*]|[^\0-\u024f])/.test(line) && !/[,;，；]\s*$/.test(line),
	);

const paragraphsIn = ({document}: Reading, isIn: (section: Section) => boolean): readonly Paragraph[] =>
	document.sections
		.filter(isIn)
		.flatMap(({blocks}) => blocks)
		.filter(block => block.kind === 'paragraph');

const inTriggerLines = (reading: Reading): readonly Condition[] =>
	paragraphsIn(reading, ({topics}) => topics.has('triggers') && topics.size === 1).flatMap(({lines, line}) =>
		areApart(lines)
			? lines.flatMap((text, index) => split({text: plain(text), line: line + index, column: 1}, reading.roles))
			: [],
	);

const labelledCondition =
	/^(?:scenario|when|if|condition|trigger|symptoms?|situation|signal|criteri(?:on|a)|条件|场景|情形)\s?[:：]\s?(.+)$/is;

/** `**Scenario**: …` in a part about triggers, or about the rollback that is done then, and what leads to its steps. */
const labelled = (reading: Reading): readonly Condition[] =>
	paragraphsIn(reading, isOfRollback).flatMap(({lines, line}) =>
		lines.flatMap((raw, index) => {
			const text = labelledCondition.exec(plain(raw))?.[1] ?? conditionOfLead(plain(raw));
			return text === null ? [] : split({text, line: line + index, column: 1}, reading.roles);
		}),
	);

/** Sentences that are conditions, where lists and tables hold none. */
const inProse = (reading: Reading): readonly Condition[] =>
	paragraphsIn(reading, isOfRollback)
		.filter(({text}) => !/[:：]$/.test(text))
		.slice(0, mostRows)
		.flatMap(({text: whole, line}) =>
			sentences(whole.replace(/^(?:> ?)+/, ''))
				.filter(isStated)
				.flatMap(text => split({text: plain(text), line, column: 1}, reading.roles)),
		);

/** Among conditions, before anything to run, nothing tells what an item is that is neither. */
function complainOfUnclear({block: {items}, section: {heading}}: Placed<List>, complain: Complain): void {
	if (!items.some(({text}) => isStated(text))) return;
	const firstStep = items.findIndex(item => isStep(item) || item.code.length > 0 || item.items.length > 0);
	const among = firstStep === -1 ? items : items.slice(0, firstStep);
	for (const item of among) if (!isStated(item.text)) complain('rollback-unclear', item, {heading});
}

const nothing = /^(?:[-–—]?|any|n\/?a|none|无|任意)$/i;

/** A limit may be in several columns: `Limit`, `For`. */
const limitsOf = ({header}: Table, known: Columns, more: Reading['columns']): readonly number[] =>
	header.cells.flatMap(({text}, index) => {
		const isOther = known.condition !== index && known.owner !== index;
		const isLimit = known.limit === index || exactRank(normal(plain(text)), 'limit', more) !== null;
		return isOther && isLimit ? [index] : [];
	});

/** "Watch" in a column that says "Roll back" of others: the row calls for none. */
function isWatched(row: Row, {rows}: Table): boolean {
	const goesBack = (text = ''): boolean => says(text, words.goesBack);
	return row.cells.some(
		({text}, index) =>
			beginsWithWhich(plain(text), words.watches) !== -1 &&
			!goesBack(text) &&
			rows.some(({cells}) => goesBack(cells[index]?.text)),
	);
}

/** Whether a table under a heading about rollback alone says when: "Trigger | Action". */
export const hasConditions = ({header}: Table): boolean =>
	header.cells.some(
		({text}) =>
			isOneOf(plain(text), words.symptomColumn) || (says(plain(text), words.conditions) && !/when/i.test(text)),
	);

function conditionsOfTables(reading: Reading): readonly Condition[] {
	const {document, complain, note, columns} = reading;
	return document.tables.flatMap(({block, section}) => {
		if (!section.topics.has('triggers') && !(isOfRollback(section) && hasConditions(block))) return [];
		const known = columnsOf(block, ['condition', 'limit', 'owner'], columns);
		if (known.condition === undefined) return [];
		checkTable(block, complain);
		const limitColumns = limitsOf(block, known, columns);
		const watched = block.rows.filter(row => isWatched(row, block));
		for (const {line} of watched)
			note(`The row on line ${line} is among the triggers and calls for no rollback: it is none.`);
		const meant = block.rows.filter(row => !watched.includes(row));
		return meant.map(row => {
			const at = cellOf(row, known.condition);
			const limits = limitColumns.flatMap(index => {
				const limit = plain(cellOf(row, index).text);
				return nothing.test(limit) ? [] : [limit];
			});
			const more = rest(block, row, {...known, ...limitColumns});
			return {
				text: [plain(at.text), ...limits].join(' ').trim(),
				roles: rolesOf(cellOf(row, known.owner), reading),
				aside: Object.entries(more)
					.map(([name, value]) => `${name}: ${value}`)
					.join('; '),
				line: row.line,
				column: at.column,
			};
		});
	});
}

/** Every condition of the runbook, in its order: from lists and tables, else from sentences. */
export function conditionsIn(reading: Reading): readonly Condition[] {
	const {document, complain, note, roles} = reading;
	const ofItem = (item: Item): readonly Condition[] => {
		if (!callsForNothing(item.text)) return rowsOfItem(item, roles);
		note(`The item on line ${item.line} is among the triggers and calls for no rollback: it is none.`);
		return [];
	};
	const rows = document.lists
		.filter(({section}) => isOfRollback(section))
		.flatMap(placed => {
			const isWhole = saysWhen(placed);
			if (isWhole) checkList(placed.block, complain);
			else if (!placed.section.topics.has('rollback')) return [];
			else complainOfUnclear(placed, complain);
			return placed.block.items.filter(({text}) => isWhole || isStated(text)).flatMap(ofItem);
		});
	const listed = [...rows, ...conditionsOfTables(reading), ...labelled(reading)].toSorted((a, b) => a.line - b.line);
	if (listed.length > 0) return listed;
	const lines = inTriggerLines(reading);
	return lines.length > 0 ? lines : inProse(reading);
}
