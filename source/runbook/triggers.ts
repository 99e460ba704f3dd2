/*
When to roll back: outages that a clock can tell, and facts that people confirm.
*/
import type {Trigger} from '../cutover/runbook.ts';
import {cellOf, columnsOf} from './columns.ts';
import {type Placed, placeOfPart, type Section} from './document.ts';
import {type Limit, limitsIn} from './duration.ts';
import {han} from './letters.ts';
import {plain, spans, withoutCode} from './markdown/inline.ts';
import type {Item, List} from './markdown/list.ts';
import {farthestSeconds} from './offset.ts';
import type {Reading} from './reading.ts';
import {type Roles, rolesOf} from './roles.ts';
import {sentences} from './sentences.ts';
import {words} from './synonyms.ts';
import {checkList, checkTable} from './tables.ts';
import {namesRun} from './way.ts';
import {said, says} from './words.ts';

/** `roles`: from a column of their own. */
type TriggerRow = {
	readonly text: string;
	readonly roles?: readonly string[];
	readonly line: number;
	readonly column: number;
};

/** What the settings say of a trigger, by its id. */
export type Thresholds = Readonly<Record<string, number>>;

export const answerSeconds = 5 * 60;

const slowly = /\b(?:slow|scale|cool|wind|count|shut|step|break|drill|spin|roll|scal|slow)(?:s|ed|ing)?[ -]down\b/gi;
const percent = /\d\s?[%％‰]|\bp\d{2}\b/i;

/** A duration of an endpoint that does not answer; a rate, latency or count never is. */
export function isOutage(text: string): boolean {
	if (limitsIn(text).length === 0 || says(text, words.metric) || percent.test(text)) return false;
	return says(text.replace(slowly, ' '), words.down) || (says(text, words.failing) && says(text, words.health));
}

/** The duration that is the limit: the only one, or the only one that is compared. */
function thresholdOf(limits: readonly Limit[]): Limit | null {
	const compared = limits.filter(limit => limit.compared);
	const [only] = compared.length > 0 ? compared : limits;
	return (compared.length > 0 ? compared : limits).length === 1 ? (only ?? null) : null;
}

const rolesOfRow = (row: TriggerRow, roles: Roles): readonly string[] => [
	...new Set([...(row.roles ?? []), ...roles.named(row.text)]),
];

function outage(row: TriggerRow, id: string, set: number | undefined, {complain, roles}: Reading): Trigger {
	const limits = limitsIn(row.text);
	const limit = thresholdOf(limits);
	if (set === undefined) {
		if (!limit) complain('trigger-threshold', row, {id, durations: limits.map(({text}) => text).join(', ')});
		else if (limit.seconds <= 0) complain('trigger-zero', row, {id});
		else if (limit.seconds > farthestSeconds) complain('trigger-long', row, {id});
	}
	return {
		kind: 'outage',
		id,
		text: row.text,
		line: row.line,
		thresholdSeconds: set ?? limit?.seconds ?? 0,
		strict: limit?.strict ?? true,
		roles: rolesOfRow(row, roles),
	};
}

const verbs =
	'(?:confirms?|confirmed|reports?|reported|declares?|declared|decides?|decided|judges?|considers?|deems?|believes?|finds?|sees|thinks?|feels?|states?|says?|agrees?|acknowledges?|calls?|确认|认定|判断|报告|决定|宣布|认为)';
const names = (roles: readonly string[]): string =>
	roles
		.toSorted((a, b) => b.length - a.length)
		.map(role => role.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('-', '[\\s_-]+'))
		.join('|');

/** A fact by itself: without who says it. */
function bare(fact: string, roles: readonly string[]): string {
	const joint = '\\s*(?:/|,|\\bor\\b|\\band\\b|或|和|、)\\s*';
	const name = `(?:(?:the|any|any of|either|both)\\s+)*(?:${names(roles)})s?`;
	const who = `<?${name}(?:${joint}${name}){0,5}>?`;
	const by = new RegExp(
		`(?:(?:is|are|has been|as)\\s+)?(?:${verbs}\\s+)?(?:by|from|由|经)\\s*${who}\\s*${verbs}?`,
		'gi',
	);
	const saying = new RegExp(`^\\s*${who}\\s*${verbs}\\s*(?:that\\s+)?`, 'i');
	const heading = new RegExp(`^\\s*${who}\\s*[:：]\\s*`, 'i');
	const clean = roles.length === 0 ? fact : fact.replace(heading, '').replace(by, ' ').replace(saying, '');
	return clean
		.replace(/^(?:and|or|but|that|if|when|若|如果|且|并)\s+/i, '')
		.replace(/\s+/g, ' ')
		.replace(/^[\s,:;，；]+|[\s.,;:。；，]+$/g, '');
}

const twoHan = new RegExp(`[${han}]{2}`);
const enough = (fact: string): boolean => fact.split(/\s+/).length > 1 || twoHan.test(fact);

/** What people confirm, split at "with" and "and" where each part is a fact by itself. */
export function factsOf(text: string, roles: readonly string[]): readonly string[] {
	const whole = bare(text, roles);
	const facts = whole
		.split(/,?\s+(?:with|and)\s+|，?(?:并且|而且|同时|且)/i)
		.map(fact => bare(fact, []))
		.filter(fact => fact !== '');
	return facts.length > 1 && facts.every(enough) ? facts : [enough(whole) && !/^to\s/i.test(whole) ? whole : text];
}

function confirmation(
	row: TriggerRow,
	id: string,
	closers: readonly string[],
	{complain, note, roles}: Reading,
): Trigger {
	const metric = said(row.text, words.metric)?.text ?? percent.exec(row.text)?.[0];
	if (metric !== undefined) complain('trigger-metric', row, {id, metric: `"${metric.trim()}"`});
	const named = rolesOfRow(row, roles);
	if (named.length === 0)
		note(`Trigger ${id} names nobody: ${closers.join(' or ') || 'anyone'} answers for it, who closes the cutover.`);
	else if (named.length > 1)
		note(
			`Trigger ${id}: ${named.join(row.text.includes('/') ? '/' : ', ')} is read as any one of them; need: all in the settings asks each.`,
		);
	return {
		kind: 'confirmation',
		id,
		text: row.text,
		line: row.line,
		roles: named.length > 0 ? named : closers,
		need: 'any',
		facts: factsOf(row.text.replaceAll(/<([\w -]{1,60})>/g, '$1'), named),
		answerSeconds,
	};
}

const cleaned = (text: string): string => plain(text).trim();

/** Behind an outage, what a role says or does is a condition by itself. */
function beside(text: string, roles: Roles): readonly string[] {
	const [, outage = '', other = ''] = /^(.*?),?\s+or\s+(.+)$/is.exec(text) ?? [];
	const isApart = isOutage(outage) && limitsIn(other).length === 0 && roles.named(other).length > 0;
	return isApart ? [outage, other] : [text];
}

/** "… or if …" says two conditions, of which each is enough. */
const split = (row: TriggerRow, roles: Roles): readonly TriggerRow[] =>
	row.text
		.replace(/^triggers?\s*[:：]\s*/i, '')
		.split(/,?\s+or\s+(?:if|when)\s+|，?或者?(?=如果|若|当)/i)
		.filter((text, index) => index === 0 || text.trim() !== '')
		.flatMap(text => beside(text, roles))
		.map(text => ({...row, text: text.trim()}));

const rowsOfItem = (item: Item, roles: Roles): readonly TriggerRow[] =>
	split(
		{
			text: [cleaned(item.text), ...item.items.map(sub => cleaned(sub.text))].filter(part => part !== '').join('; '),
			line: item.line,
			column: item.column,
		},
		roles,
	);

/** Whether a list under a heading about both, or about rollback alone, says when rather than how. */
export function saysWhen({block, section: {topics}, lead}: Placed<List>): boolean {
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

/** Whether an item or sentence about rollback says when to do it. */
export const isCondition = (text: string): boolean =>
	isOutage(text) || says(text, words.rollBackIf) || rollBackIf.test(text);

/** Under a heading about rollback alone: what names something to run is a step, unless it states an outage. */
const isTold = (text: string): boolean => {
	const prose = plain(withoutCode(text));
	return (
		isOutage(prose) || (isCondition(prose) && !namesRun({code: spans(text).map(({code}) => ({code, before: ''}))}))
	);
};

const isAbout = ({topics}: Section): boolean => topics.has('triggers') || topics.has('path') || topics.has('rollback');

/** Sentences of a section about rollback alone, where its lists hold no condition. */
const sentencesOf = (section: Section, roles: Roles): readonly TriggerRow[] =>
	section.blocks.flatMap(block => {
		if (block.kind !== 'paragraph' || /[:：]$/.test(block.text)) return [];
		return sentences(block.text)
			.filter(isTold)
			.flatMap(text => split({text: plain(text), line: block.line, column: 1}, roles));
	});

/** Rows of tables under a heading about triggers: the condition with its limit, and who decides. */
function tableRows({document, complain, roles, columns}: Reading): readonly TriggerRow[] {
	return document.tables.flatMap(({block, section}) => {
		if (!section.topics.has('triggers')) return [];
		const known = columnsOf(block, ['condition', 'limit', 'owner'], columns);
		if (known.condition === undefined) return [];
		checkTable(block, complain);
		return block.rows.map(row => {
			const at = cellOf(row, known.condition);
			const limit = plain(cellOf(row, known.limit).text);
			const text = `${plain(at.text)}${/^[-–—]?$/.test(limit) ? '' : ` ${limit}`}`.trim();
			return {text, roles: rolesOf(cellOf(row, known.owner), roles, complain), line: row.line, column: at.column};
		});
	});
}

function rowsOf(reading: Reading): readonly TriggerRow[] {
	const {document, complain, roles} = reading;
	const ofItem = (item: Item): readonly TriggerRow[] => rowsOfItem(item, roles);
	const rows = document.lists
		.filter(({section}) => isAbout(section))
		.flatMap(placed => {
			if (saysWhen(placed)) checkList(placed.block, complain);
			if (saysWhen(placed)) return placed.block.items.flatMap(ofItem);
			return placed.section.topics.has('rollback')
				? placed.block.items.filter(item => isTold(item.text)).flatMap(ofItem)
				: [];
		});
	const listed = [...rows, ...tableRows(reading)].toSorted((a, b) => a.line - b.line);
	return listed.length > 0 ? listed : document.sections.filter(isAbout).flatMap(section => sentencesOf(section, roles));
}

export function readTriggers(reading: Reading, closers: readonly string[], thresholds: Thresholds): readonly Trigger[] {
	const rows = rowsOf(reading);
	if (rows.length === 0) reading.complain('triggers-missing', placeOfPart(reading.document, ['triggers']), {});
	return rows.map((row, index) => {
		const id = String(index + 1);
		if (row.text === '') reading.complain('trigger-words', row, {id});
		return isOutage(row.text) ? outage(row, id, thresholds[id], reading) : confirmation(row, id, closers, reading);
	});
}
