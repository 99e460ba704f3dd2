/*
Which gates a stage before T0 runs: those that its action names by id, else by title or kind among its owner's, else its
owner's where it speaks of gates, else none.
*/
import type {Gate} from '../cutover/runbook.ts';
import type {Reading} from './reading.ts';
import {words} from './synonyms.ts';
import type {StageRow} from './timeline.ts';
import {normal, said, says, wordsOf} from './words.ts';

export type Chosen = {readonly gates: readonly string[]; readonly why: string};

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const range = /(?<![\p{L}\p{N}])([A-Za-z]{1,12}[-_.]?)(\d{1,4})\s*(?:-|–|—|~|to|through|thru|\.{2,3}|…|至|到)\s*([A-Za-z]{1,12}[-_.]?)?(\d{1,4})(?!\p{N})/giu;
const numbers = /(?:gates?|checks?|门禁|关卡)\s*#?(\d{1,3})(?:\s*(?:-|–|to|至|到)\s*(\d{1,3}))?/giu;
const every = /(?:\ball(?: of)?(?: the)?(?: (?:go\/no-go|go-no-go|readiness|quality))? (?:gates|checks)\b|\b(?:every|each) gate\b|所有门禁|全部门禁|各项门禁|所有检查项|全部检查项)/i;

const idPattern = (id: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${literal(id)}(?![\\p{L}\\p{N}])`, 'iu');

function inRange(id: string, prefix: string, from: number, to: number): boolean {
	const [, own = '', number = ''] = /^(.*?)(\d+)$/.exec(id) ?? [];
	return number !== '' && own.toLowerCase() === prefix.toLowerCase() && Number(number) >= from && Number(number) <= to;
}

function byId(action: string, gates: readonly Gate[]): readonly string[] {
	const ranges = [...action.matchAll(range)].map(match => ({prefix: match[1] ?? '', from: Number(match[2]), to: Number(match[4])}));
	const counted = [...action.matchAll(numbers)].map(match => ({prefix: '', from: Number(match[1]), to: Number(match[2] ?? match[1])}));
	const within = (id: string) => [...ranges, ...counted].some(({prefix, from, to}) => inRange(id, prefix, from, to));
	return gates.filter(({id}) => within(id) || (/\D/.test(id) && idPattern(id).test(action))).map(({id}) => id);
}

/** Ids in the manner of this runbook's gates that are none of them. */
function complainOfUnknown(stage: StageRow, gates: readonly Gate[], {complain}: Reading): void {
	const prefixes = new Set(gates.flatMap(({id}) => /^([A-Za-z]{1,12}[-_.]?)\d+$/.exec(id)?.[1] ?? []));
	for (const prefix of prefixes)
		for (const {0: found} of stage.action.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${literal(prefix)}\\d{1,4}(?![\\p{L}\\p{N}])`, 'gu')))
			if (!gates.some(({id}) => id.toLowerCase() === found.toLowerCase())) complain('stage-gate', stage, {stage: stage.id, gate: found});
}

const general = new Set('gate gates check checks path paths command commands available availability ready readiness linked link present callable confirmed baseline production cutover release deploy deployment deployed complete completed done approved passed passing status all and the for with from are has have been not into'.split(' '));

const titleWords = (title: string): readonly string[] => wordsOf(title).flatMap(word => word.split(/[-_]/)).filter(word => word.length > 2 || /\p{Script=Han}/u.test(word)).filter(word => !general.has(word));

const clauses = (action: string): readonly string[] => action.split(/[.;。；]\s*/).filter(clause => says(clause, words.run));

/** The word of the title that the action names where it says that something is run. */
function namedByTitle(action: string, gate: Gate): string | null {
	const run = clauses(action).map(normal);
	if (run.some(clause => gate.title !== '' && clause.includes(normal(gate.title)))) return gate.title;
	return titleWords(gate.title).find(word => run.some(clause => idPattern(word).test(clause) || (/\p{Script=Han}/u.test(word) && clause.includes(word)))) ?? null;
}

const kinds = {
	command: ['command gate', 'command gates', 'command checks', '命令门禁', '命令检查'],
	files: ['file gate', 'file gates', 'file checks', '文件检查', '文件门禁'],
	acknowledgement: ['acknowledgement gate', 'acknowledgement gates', 'acknowledgements', '确认类门禁'],
	statement: ['statement gate', 'statement gates', 'statements'],
	playbook: ['playbook gate', 'playbook gates'],
} as const satisfies Record<Gate['kind'], readonly string[]>;

/** Gates of a stage, and why these. */
export function gatesOfStage(stage: StageRow, gates: readonly Gate[], reading: Reading): Chosen {
	complainOfUnknown(stage, gates, reading);
	const named = byId(stage.action, gates);
	if (stage.offsetSeconds >= 0) {
		if (named.length > 0) reading.note(`${stage.id} names ${named.join(', ')} but runs none: no gate is judged once T0 is begun.`);
		return {gates: [], why: ''};
	}
	if (named.length > 0) return {gates: named, why: 'its action names them'};
	if (every.test(stage.action)) return {gates: gates.map(({id}) => id), why: 'its action speaks of all gates'};
	const own = gates.filter(gate => gate.owners.some(owner => stage.owners.includes(owner)));
	const candidates = own.map(gate => ({gate, word: namedByTitle(stage.action, gate) ?? said(stage.action, kinds[gate.kind])?.text ?? null}));
	const byTitle = candidates.filter(({word}) => word !== null);
	if (byTitle.length > 0) return {gates: byTitle.map(({gate}) => gate.id), why: `its action says "${byTitle[0]?.word}" and its owner owns them`};
	if (own.length > 0 && says(stage.action, words.gate)) return {gates: own.map(({id}) => id), why: 'its action speaks of checks and its owner owns them'};
	return {gates: [], why: ''};
}
