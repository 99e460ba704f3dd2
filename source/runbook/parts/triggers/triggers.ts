/* When to roll back: outages that a clock can tell, and facts that people confirm. */
import type {Trigger} from '../../../cutover/model/runbook.ts';
import {withoutPictures} from '../../../text/letters.ts';
import {durationText, secondsIn} from '../../../text/time.ts';
import {placeOfPart} from '../../document.ts';
import {factsOf, sayBoth, sayTogether} from '../../groups.ts';
import type {Reading} from '../../reading.ts';
import type {Roles} from '../../roles.ts';
import {says, words} from '../../words/words.ts';
import {type Limit, limitsIn} from '../timeline/duration.ts';
import {longestSeconds} from '../timeline/offset.ts';
import {type Condition, conditionsIn, isOutage, metricIn, saysDown} from './conditions.ts';

const bareLimit =
	/(?:more than|longer than|over|at least|exceeds|for|[>≥]=?|超过|达到|连续)\s{0,2}(\d{1,6}(?:[.,]\d{1,3})?)\s{0,2}(?:[.;,。；，)]|$)/i;

/** The number of what would be an outage if it had a unit; null where there is none. */
const bareLimitIn = (text: string): string | null => (saysDown(text) ? (bareLimit.exec(text)?.[1] ?? null) : null);

/** The duration that is the limit: the only one, or the only one that is compared. */
function thresholdOf(limits: readonly Limit[]): Limit | null {
	const compared = limits.filter(limit => limit.compared);
	const [only, ...others] = compared.length > 0 ? compared : limits;
	return only && others.length === 0 ? only : null;
}

/** What the settings say of a trigger, by its id: their threshold goes before that of the runbook. */
type Set = Readonly<Record<string, {readonly threshold?: string | undefined}>>;

export const answerSeconds = 5 * 60;

/** By the text and its own column; else by another ("Decision: IC"). */
function rolesOfRow(row: Condition, roles: Roles): readonly string[] {
	const found = [...new Set([...(row.roles ?? []), ...roles.named(row.text)])];
	return found.length > 0 ? found : roles.named(row.aside ?? '');
}

const fullText = ({text, aside = ''}: Condition): string => (aside === '' ? text : `${text} (${aside})`);

/** What the words say and the settings set otherwise; nothing where the settings only choose among them. */
function noteSet(id: string, set: number, meant: readonly Limit[], {note}: Reading): void {
	if (meant.length === 0 || meant.some(({seconds}) => seconds === set)) return;
	const said = meant.map(({text}) => `"${text}"`).join(', ');
	note(`Trigger ${id}: the runbook says ${said}; the settings set ${durationText(set)}, which holds.`);
}

function outage(row: Condition, id: string, set: number | null, reading: Reading): Trigger {
	const {complain, roles} = reading;
	const limits = limitsIn(row.text);
	const limit = thresholdOf(limits);
	if (set === null) {
		if (!limit) complain('trigger-threshold', row, {id, durations: limits.map(({text}) => text).join(', ')});
		else if (limit.seconds <= 0) complain('trigger-zero', row, {id});
		else if (limit.seconds > longestSeconds) complain('trigger-long', row, {id});
	} else noteSet(id, set, limit ? [limit] : limits, reading);
	return {
		kind: 'outage',
		id,
		text: fullText(row),
		line: row.line,
		thresholdSeconds: set ?? limit?.seconds ?? 0,
		strict: limit?.strict ?? true,
		roles: rolesOfRow(row, roles),
	};
}

const speakAsOne = (text: string, named: readonly string[]): boolean =>
	/\b(?:both|all of|each of)\b|均|都/i.test(text) || sayTogether(text, named);

function confirmation(row: Condition, id: string, closers: readonly string[], reading: Reading): Trigger {
	const {complain, note, roles} = reading;
	const metric = metricIn(row.text);
	const bare = metric === null ? bareLimitIn(row.text) : null;
	if (bare !== null) complain('trigger-unit', row, {id, number: bare});
	if (metric !== null) complain('trigger-metric', row, {id, metric: `"${metric}"`});
	const [limit] = metric === null ? limitsIn(row.text) : [];
	if (limit && says(row.text, words.failing))
		note(`Trigger ${id} names ${limit.text} but no endpoint or health that is down so long: no clock watches it.`);
	const named = rolesOfRow(row, roles);
	const who = named.length > 0 ? named : closers;
	const asksAll = who.length > 1 && (named.length > 0 ? speakAsOne(row.text, named) : sayBoth(row.text));
	if (named.length === 0) {
		const answers = asksAll ? `${closers.join(' and ')} answer` : `${closers.join(' or ') || 'anyone'} answers`;
		note(`Trigger ${id} names nobody: ${answers} for it, who ${asksAll ? 'close' : 'closes'} the cutover.`);
	} else if (asksAll) note(`Trigger ${id} asks each of ${named.join(', ')}: its words say so.`);
	else if (named.length > 1)
		note(
			`Trigger ${id}: ${named.join(row.text.includes('/') ? '/' : ', ')} is read as any one of them; need: all in the settings asks each.`,
		);
	return {
		kind: 'confirmation',
		id,
		text: fullText(row),
		line: row.line,
		roles: who,
		need: asksAll ? 'all' : 'any',
		facts: factsOf(withoutPictures(row.text).replaceAll(/<([\w -]{1,60})>/g, '$1'), named),
		answerSeconds,
	};
}

export function readTriggers(reading: Reading, closers: readonly string[], set: Set): readonly Trigger[] {
	const rows = conditionsIn(reading);
	if (rows.length === 0) reading.complain('triggers-missing', placeOfPart(reading.document, ['triggers']), {});
	return rows.map((row, index) => {
		const id = String(index + 1);
		if (row.text === '') reading.complain('trigger-words', row, {id});
		return isOutage(row.text)
			? outage(row, id, secondsIn(set[id]?.threshold), reading)
			: confirmation(row, id, closers, reading);
	});
}
