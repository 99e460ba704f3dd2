/* What must exist before a sign-off: a log, a decision, an acknowledgement, a file; and who signs what names nobody. */

import type {Gate, Path, Requirement, Runbook, SignOff, Stage} from '../../../cutover/model/runbook.ts';
import {filesOfPath, rollbackPaths} from '../../../cutover/model/script.ts';
import {isPath, pathOf} from '../../../text/code.ts';
import {isLetter} from '../../../text/letters.ts';
import {namedIn} from '../../linked-files.ts';
import {ownersSpoken} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {says, words, wordsOf} from '../../words/words.ts';
import {type Offset, offsetsIn} from '../timeline/offset.ts';
import type {SignOffRow} from './sign-off-rows.ts';

/** `closers`: who closes the cutover. */
type Known = Pick<Runbook, 'gates' | 'stages' | 'rollback'> & {readonly closers: readonly string[]};

/** Paths anywhere in the runbook, to which a name without a folder may refer. */
const pathsOf = ({gates, rollback}: Known): readonly Path[] => [
	...new Set([...gates.flatMap(gate => gate.files), ...rollbackPaths({rollback}).flatMap(filesOfPath)]),
];

/** A sign-off that is bound to a role. */
type Signed = SignOffRow & {readonly id: string; readonly role: string};

function filesOf(row: Signed, paths: readonly Path[], reading: Reading): readonly Path[] {
	return namedIn(row.source.text, reading).flatMap(({code, from, link}) => {
		if (!isPath(code)) return [];
		const name = pathOf(code);
		if (link || name.includes('/')) return [name];
		const meant = paths.filter(path => path === name || path.endsWith(`/${name}`));
		const [only] = meant;
		if (only !== undefined && meant.length === 1) return [only];
		reading.complain(
			'signoff-file',
			{line: row.line, column: row.source.column + from + 1},
			{name, count: meant.length, id: row.id},
		);
		return [];
	});
}

/** How many words of the item a text shares, to tell which of several stages or gates is meant. */
const shared = (item: string, text: string): number => {
	const said = new Set(wordsOf(text));
	return wordsOf(item).filter(word => said.has(word)).length;
};

const best = <T>(list: readonly T[], score: (one: T) => number): T | null =>
	list.toSorted((a, b) => score(b) - score(a))[0] ?? null;

/** The gate that a text names by its id. */
const gateNamed = (text: string, gates: readonly Gate[]): Gate | null => {
	const ids = new Set(text.toLowerCase().match(/[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*/g));
	return gates.find(({id}) => /\D/.test(id) && ids.has(id.toLowerCase())) ?? null;
};

/** The stage or gate whose log a role attaches: the gate that it names, else its own, before T0. */
function logOf(row: Signed, {gates, stages}: Known): string | null {
	const named = gateNamed(row.text, gates);
	if (named) return named.id;
	const own = stages.filter(
		stage => stage.owners.includes(row.role) && stage.offsetSeconds < 0 && stage.kind === 'checks',
	);
	const stage = best(own, one => shared(row.text, `${one.action} ${one.evidence}`));
	const gate = best(
		gates.filter(one => one.owners.includes(row.role)),
		one => shared(row.text, `${one.title} ${one.commands.join(' ')}`),
	);
	const later = best(
		stages.filter(one => one.owners.includes(row.role) && one.kind !== 'decision' && one.kind !== 'closing'),
		one => shared(row.text, `${one.action} ${one.evidence}`),
	);
	return (stage ?? gate ?? later)?.id ?? null;
}

/** Of the times that a text names the decisions of its role, and when only others decide. */
function decisionsOf({text, role}: Signed, {stages}: Known) {
	const named = offsetsIn(text);
	const isAt = ({offsetSeconds}: Stage, {seconds}: Offset): boolean => offsetSeconds === seconds;
	const decided = stages.filter(({kind}) => kind === 'decision' || kind === 'closing');
	const own = decided.filter(stage => stage.owners.includes(role) && named.some(time => isAt(stage, time)));
	const isOfOthers = (time: Offset): boolean => decided.some(stage => isAt(stage, time));
	const others = named.filter(time => isOfOthers(time) && !own.some(stage => isAt(stage, time)));
	return {own: own.map(({id}) => id), others: others.map(({id}) => id)};
}

function gateAcknowledged(row: Signed, files: readonly Path[], {gates}: Known): string | null {
	const named = gateNamed(row.text, gates);
	const asked = gates.filter(({kind}) => kind === 'acknowledgement' || kind === 'statement');
	const citing = best(
		asked.filter(gate => gate.files.some(file => files.includes(file))),
		gate => gate.files.filter(file => files.includes(file)).length,
	);
	const own = best(
		asked.filter(gate => gate.owners.includes(row.role) || gate.groups.includes(row.role)),
		gate => Number(gate.kind === 'acknowledgement') * 100 + shared(row.text, gate.title),
	);
	return (named ?? citing ?? own)?.id ?? null;
}

function requires(row: Signed, known: Known, paths: readonly Path[], reading: Reading): readonly Requirement[] {
	const files = filesOf(row, paths, reading);
	const found: Requirement[] = [];
	const bind = (kind: Requirement['kind'], of: string | null, what: string) => {
		if (of !== null) found.push({kind, of});
		else reading.complain('signoff-loose', row, {id: row.id, what, role: row.role});
	};
	const {own, others} = says(row.text, words.signed) ? decisionsOf(row, known) : {own: [], others: []};
	// "Decision at T-10 recorded" is about the decision alone.
	const attaches = own.length > 0 ? row.text.replace(/\brecorded\b/gi, ' ') : row.text;
	if (says(attaches, words.attached)) bind('log', logOf(row, known), 'a log');
	found.push(...own.map(of => ({kind: 'decision', of}) as const));
	for (const time of others) bind('decision', null, `a decision at ${time}`);
	if (says(row.text, words.acknowledged))
		bind('acknowledged', gateAcknowledged(row, files, known), 'an acknowledgement');
	return [...found, ...files.map(of => ({kind: 'file', of}) as const)];
}

/** Who signs what names nobody: the role that the text is or begins with ("QA confirms that ..."), else who closes the cutover. */
function signersOf(row: SignOffRow, closers: readonly string[], reading: Reading): readonly string[] {
	const {roles, complain, note} = reading;
	if (row.role !== null) return [row.role];
	if (roles.isKnown(row.text)) return [roles.spell(row.text)];
	const {owners} = ownersSpoken(row.text, row.source, reading);
	if (owners.length > 0) return owners;
	if (closers.length === 0 || !isLetter.test(row.text)) complain('signoff-role', row, {});
	else note(`The sign-off on line ${row.line} names nobody: ${closers.join(' and ')} signs, who closes the cutover.`);
	return closers;
}

export function bindSignOffs(rows: readonly SignOffRow[], known: Known, reading: Reading): readonly SignOff[] {
	const paths = pathsOf(known);
	const signed = rows.flatMap(row => signersOf(row, known.closers, reading).map(role => ({...row, role})));
	return signed.map((row, index) => {
		const {role, text, line} = row;
		const id = `S${index + 1}`;
		return {id, role, text, requires: requires({...row, id}, known, paths, reading), line};
	});
}
