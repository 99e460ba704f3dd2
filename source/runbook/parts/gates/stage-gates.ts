/* Which gates a stage before T0 runs: by id, by title or kind among its owner's, or all of its owner's. */

import type {Gate} from '../../../cutover/model/runbook.ts';
import {allKinds} from '../../../gates/gate-kinds.ts';
import {isHan, letter} from '../../../text/letters.ts';
import type {Reading} from '../../reading.ts';
import {normal, said, says, words, wordsOf} from '../../words/words.ts';
import type {StageRow} from '../timeline/row.ts';

type Chosen = {readonly gates: readonly string[]; readonly why: string};

const range = new RegExp(
	String.raw`(?<![${letter}])([A-Za-z]{1,12}[-_.]?)(\d{1,4})\s*(?:-|–|—|~|to|through|thru|\.{2,3}|…|至|到)\s*([A-Za-z]{1,12}[-_.]?)?(\d{1,4})(?!\d)`,
	'gi',
);
const number = String.raw`\d{1,3}(?:\s*(?:-|–|to|至|到)\s*\d{1,3})?(?!\d|\.\d)`;
const list = String.raw`(${number}(?:\s*(?:,|，|、|\band\b|&|\+|和|及)\s*(?:and\s*)?#?${number})*)`;
/** Gates without letters: after a word for gates, or after a verb where nothing follows that the number could count. */
const numbers = [
	new RegExp(String.raw`(?:gates?|checks?|criteria|门禁|关卡)\s*#?${list}`, 'gi'),
	new RegExp(
		String.raw`(?:verify|confirm|re-?check|核对|确认|验证)\s*#?${list}(?=\s*(?:pass(?:ed)?|green|ok|通过)?\s*(?:[.;,，。；)]|$))`,
		'gi',
	),
] as const;
const every =
	/(?:\ball(?: of)?(?: the)?(?: (?:go\/no-go|go-no-go|readiness|quality))? (?:gates|checks)\b|\b(?:every|each) gate\b|所有门禁|全部门禁|各项门禁|所有检查项|全部检查项)/i;

/** A gate with what an action may call it, made once for all stages. */
export type NamedGate = {
	readonly gate: Gate;
	readonly prefix: string;
	readonly number: number;
	/** Of `Gate-2.1`, which is under "Gate 2"; -1 of others. */
	readonly group: number;
	readonly title: string;
	readonly words: readonly string[];
};

export function namedGate(gate: Gate): NamedGate {
	const [, prefix = '', number = ''] = /^(.*?)(\d{1,6})$/.exec(gate.id) ?? [];
	return {
		gate,
		prefix: prefix.toLowerCase(),
		number: number === '' ? -1 : Number(number),
		group: Number(/^gate-(\d{1,3})(?:\.\d{1,3})?$/i.exec(gate.id)?.[1] ?? -1),
		title: normal(gate.title),
		words: titleWords(gate.title),
	};
}

/** Words of a text as ids are written, lower case; a dot at the end is the sentence's. */
const idsIn = (text: string): ReadonlySet<string> =>
	new Set(
		[...text.toLowerCase().matchAll(/[a-z0-9][a-z0-9._-]*/g)].flatMap(([word]) => [word, word.replace(/[._-]+$/, '')]),
	);

const most = 50;

function byId(action: string, gates: readonly NamedGate[]): readonly string[] {
	const ranges = [...action.matchAll(range).take(most)].map(match => ({
		prefix: (match[1] ?? '').toLowerCase(),
		from: Number(match[2]),
		to: Number(match[4]),
	}));
	const counted = numbers
		.flatMap(pattern => [...action.matchAll(pattern).take(most)])
		.flatMap(([, found = '']) => [...found.matchAll(/(\d+)(?:\s*(?:-|–|to|至|到)\s*(\d+))?/g)])
		.map(([, from, to = from]) => ({prefix: '', from: Number(from), to: Number(to)}));
	const spans = [...ranges, ...counted];
	const ids = idsIn(action);
	const within = ({prefix, number, group}: NamedGate) =>
		spans.some(span =>
			group >= 0
				? span.prefix === '' && group >= span.from && group <= span.to
				: number >= 0 && span.prefix === prefix && number >= span.from && number <= span.to,
		);
	return gates
		.filter(named => within(named) || (/\D/.test(named.gate.id) && ids.has(named.gate.id.toLowerCase())))
		.map(({gate}) => gate.id);
}

const idLike = new RegExp(String.raw`(?<![${letter}])([A-Za-z]{1,12}[-_.]?)\d{1,4}(?![${letter}])`, 'g');

/** Ids in the manner of this runbook's gates that are none of them. */
function complainOfUnknown(stage: StageRow, gates: readonly NamedGate[], {complain}: Reading): void {
	const prefixes = new Set(
		gates.filter(({prefix, number}) => number >= 0 && /^[a-z]{1,12}[-_.]?$/.test(prefix)).map(({prefix}) => prefix),
	);
	const known = new Set(gates.map(({gate}) => gate.id.toLowerCase()));
	const spoken = new Set(
		[...stage.action.matchAll(idLike)]
			.filter(([, prefix = '']) => prefixes.has(prefix.toLowerCase()))
			.map(([id]) => id),
	);
	for (const gate of spoken)
		if (!known.has(gate.toLowerCase()) && !/^t[-+]?$/i.test(gate.replace(/\d+$/, '')))
			complain('stage-gate', stage, {stage: stage.id, gate});
}

const titleWords = (title: string): readonly string[] =>
	wordsOf(title)
		.flatMap(word => word.split(/[-_]/))
		.filter(word => word.length > 2 || isHan.test(word))
		.filter(word => !words.general.includes(word));

const clauses = (action: string): readonly string[] =>
	action.split(/[.;。；]\s*/).filter(clause => says(clause, words.run));

/** The word of the title that the action names where it says that something is run. */
function namedByTitle(run: readonly string[], {gate, title, words: parts}: NamedGate): string | null {
	if (run.some(clause => title !== '' && clause.includes(title))) return gate.title;
	return parts.find(word => run.some(clause => says(clause, [word]))) ?? null;
}

/** Gates of a stage, and why these. */
export function gatesOfStage(stage: StageRow, gates: readonly NamedGate[], reading: Reading): Chosen {
	complainOfUnknown(stage, gates, reading);
	const named = byId(stage.action, gates);
	if (stage.offsetSeconds >= 0) {
		if (named.length > 0)
			reading.note(`${stage.id} names ${named.join(', ')} but runs none: no gate is judged once T0 is begun.`);
		return {gates: [], why: ''};
	}
	if (named.length > 0) return {gates: named, why: 'its action names them'};
	if (every.test(stage.action)) return {gates: gates.map(({gate}) => gate.id), why: 'its action speaks of all gates'};
	const own = gates.filter(
		({gate}) => gate.owners.length === 0 || gate.owners.some(owner => stage.owners.includes(owner)),
	);
	const run = clauses(stage.action).map(normal);
	const kindNamed = Object.fromEntries(
		allKinds().map(([kind, {named: phrases}]) => [kind, said(stage.action, phrases)?.text ?? null]),
	);
	const byTitle = own
		.map(one => ({gate: one.gate, word: namedByTitle(run, one) ?? kindNamed[one.gate.kind] ?? null}))
		.filter(({word}) => word !== null);
	if (byTitle.length > 0)
		return {
			gates: byTitle.map(({gate}) => gate.id),
			why: `its action says "${byTitle[0]?.word}" and its owner owns ${byTitle.length === 1 ? 'it' : 'them'}`,
		};
	if (own.length > 0 && says(stage.action, words.gate))
		return {
			gates: own.map(({gate}) => gate.id),
			why: `its action speaks of checks and its owner owns ${own.length === 1 ? 'it' : 'them'}`,
		};
	return {gates: [], why: ''};
}
