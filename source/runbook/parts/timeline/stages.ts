/* What kind each stage is, which gates it runs, and what its checklist asks. */
import type {Gate, Stage, StageKind} from '../../../cutover/model/runbook.ts';
import {isLetter} from '../../../text/letters.ts';
import {start} from '../../problems/complain.ts';
import type {Reading} from '../../reading.ts';
import {said, says, words} from '../../words/words.ts';
import {gatesOfStage, type NamedGate, namedGate} from '../gates/stage-gates.ts';
import type {StageRow} from './row.ts';

const stageTimeoutSeconds = 15 * 60;

/** The go/no-go: the last one before T0 that speaks of a decision, else the last one before T0; "If no-go: stop" is what follows from it. */
function decisionOf(rows: readonly StageRow[]): StageRow | null {
	const before = rows.filter(row => row.offsetSeconds < 0 && !/^(?:if|in case)\b/i.test(row.action));
	return before.findLast(row => says(`${row.action} ${row.evidence}`, words.decision)) ?? before.at(-1) ?? null;
}

type Marked = Readonly<Record<'decision' | 'act' | 'closing', StageRow | null>>;

function kindOf(row: StageRow, {decision, act, closing}: Marked, gates: readonly string[]): StageKind {
	// T0 is begun once: what is beside it is done by hand, with it.
	if (row.offsetSeconds === 0) return row === act ? 'act' : 'manual';
	if (row === decision) return 'decision';
	if (row === closing) return 'closing';
	if (row.offsetSeconds > 0) return 'verification';
	return gates.length > 0 || says(row.action, words.checks) ? 'checks' : 'manual';
}

const articles =
	/^(?:(?:(?:the|that|all|any|both|whether|and|against|with|of|on|for|our|pre-?cutover)(?![\p{L}\d-])|是否|各项|所有|以及|与|和)\s*)+/iu;

function trimmed(item: string): string {
	const verb = said(item, words.verify);
	return (verb && item.slice(0, verb.at).trim() === '' ? item.slice(verb.at + verb.text.length) : item)
		.replace(/^[\s:：*•·-]+/, '')
		.replace(articles, '')
		.trim();
}

/** What a text compares with, where it compares with a baseline. */
const baselineIn = (text: string): string | null =>
	/^(?:compare|comparing|diff|比对|对比|比较)/i.test(text.trim()) ? (said(text, words.baseline)?.text ?? null) : null;

const afterVerb =
	/(?:validate|verify|check|confirm|monitor|watch|test|smoke|verification|validation|验证|检查|确认|观察|核对)\s?[:：;；][^.。]{1,400}/gi;

/** "Verify: a; b" is one clause. */
const together = (action: string): string => action.replace(afterVerb, clause => clause.replace(/[;；]/g, ','));

/** Between the parts of an enumeration; "1,847 rows" and what is in brackets are one. */
const apart =
	/\s*(?:(?<!\d),|,(?!\d)|、|，)(?![^()]{0,200}\))\s*(?:and\s+)?|\s+and\s+(?![^()]{0,200}\))|(?:^|\s)[*•·-]\s|和|以及/i;

function checklist(action: string): readonly string[] {
	const items = together(action)
		.split(/[.;。；]\s+|[;。；]|\.$/)
		.flatMap(clause => {
			const text = clause.trim();
			const baseline = baselineIn(text);
			if (baseline !== null) return [baseline];
			const verb = said(text, words.verify);
			if (!verb || verb.at > 24) return [];
			return text
				.slice(verb.at + verb.text.length)
				.split(apart)
				.map(part => baselineIn(part) ?? trimmed(part));
		});
	return [...new Set(items.filter(item => isLetter.test(item)))];
}

function stageOf(row: StageRow, marked: Marked, gates: readonly NamedGate[], reading: Reading): Stage {
	const chosen = gatesOfStage(row, gates, reading);
	const kind = kindOf(row, marked, chosen.gates);
	if (chosen.gates.length > 0) reading.note(`${row.id} runs ${chosen.gates.join(', ')}: ${chosen.why}.`);
	return {
		id: row.id,
		kind,
		offsetSeconds: row.offsetSeconds,
		owners: row.owners,
		action: row.action,
		evidence: row.evidence,
		items: kind === 'verification' ? checklist(row.action) : [],
		gates: chosen.gates,
		playbook: null,
		timeoutSeconds: row.durationSeconds ?? (row.offsetSeconds < 0 ? stageTimeoutSeconds : null),
		start: 'person',
		line: row.line,
		more: row.more,
	};
}

/** Not `isWhole`: other rows have times that cannot be read. */
type Rows = {readonly rows: readonly StageRow[]; readonly isWhole: boolean};

export function stagesOf({rows, isWhole}: Rows, gates: readonly Gate[], reading: Reading): readonly Stage[] {
	const decision = decisionOf(rows);
	if (decision && !says(`${decision.action} ${decision.evidence}`, words.decision))
		reading.note(`${decision.id} is the go/no-go: no stage before T0 speaks of a decision, and it is the last one.`);
	const closing = rows.findLast(row => row.offsetSeconds > 0) ?? null;
	const act = rows.find(row => row.offsetSeconds === 0) ?? null;
	if (rows.length > 0 && isWhole && !closing) reading.complain('timeline-closing', rows.at(-1) ?? start, {});
	if (rows.length > 0 && isWhole && !decision && act) reading.complain('timeline-before', rows[0] ?? start, {});
	const named = gates.map(namedGate);
	return rows.map(row => stageOf(row, {decision, act, closing}, named, reading));
}
