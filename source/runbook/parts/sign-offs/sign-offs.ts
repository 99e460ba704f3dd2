/*
Sign-offs: who signs what, and what must exist before.
*/

import type {Gate, Path, Requirement, Rollback, SignOff, Stage} from '../../../cutover/model/runbook.ts';
import {filesOfPath, rollbackPaths} from '../../../cutover/model/script.ts';
import {isPath, pathOf} from '../../../text/code.ts';
import {isLetter} from '../../../text/letters.ts';
import {cellOf, columnsOf} from '../../columns.ts';
import {placeOfPart} from '../../document.ts';
import {boxed, cellOfItem, isChecklist} from '../../items.ts';
import {namedIn} from '../../linked-files.ts';
import {plain} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import type {Cell} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {looksLikeRole, type Roles, rolesOf} from '../../roles.ts';
import {checkList, checkTable} from '../../tables.ts';
import {words} from '../../words/synonyms.ts';
import {says, wordsOf} from '../../words/words.ts';
import {type Offset, offsetsIn} from '../timeline/offset.ts';
import {signedLines} from './sign-off-lines.ts';

type SignOffRow = {
	/** Null where it names nobody: then the role that closes the cutover signs, unless its text is the name of a role. */
	readonly role: string | null;
	readonly text: string;
	readonly source: Cell;
	readonly line: number;
	readonly column: number;
};

type Known = {readonly gates: readonly Gate[]; readonly stages: readonly Stage[]; readonly rollback: Rollback | null};

const bracketed = /^([^:：()（）]{1,60}?)\s*[(（](.+)[)）]\s*\.?$/s;
const separated = /^([^:：]{0,80}?)\s*(?:[:：]|\s[–—-]\s)\s*(.*)$/s;

/** The names of roles before what is signed; none where they are no names. A role alone is a few words. */
function signers(
	text: string,
	cell: Cell,
	{roles, complain}: Reading,
): {readonly names: readonly string[]; readonly after: string} {
	const [, name = text, after = ''] = bracketed.exec(text) ?? separated.exec(text) ?? [];
	const [lead = ''] = /^(?:`[^`]{1,60}`|\*\*[^*]{1,60}\*\*|<[^<>]{1,60}>|@\S{1,60})/.exec(cell.text.trim()) ?? [];
	const isAlone = lead !== '' || looksLikeRole(name) || roles.isKnown(name) || /[:：]\s*$/.test(text);
	const isName = name.length <= 60 && name.split(/\s+/).length <= 4 && (after !== '' || isAlone);
	if (isName) return {names: rolesOf({...cell, text: name}, roles, complain), after};
	const [, who = ''] = /^(?:`|\*\*)?<?@?(.+?)>?(?:`|\*\*)?$/.exec(lead) ?? [];
	const isLead = lead !== '' && looksLikeRole(who);
	return isLead
		? {names: rolesOf({...cell, text: who}, roles, complain), after: text.slice(plain(lead).length).trim()}
		: {names: [], after: text};
}

const blank = /^[_.…—–-]{2,}$|^[_.…\s]+$|^(?:_{3,}|\.{4,}|…{2,})/;

/** One of the ways in which a cutover may end, to be ticked: nobody signs it. */
const outcome =
	/^(?:(?:partial(?:ly)?|full(?:y)?|conditional(?:ly)?|not) )?(?:success(?:ful(?:ly)?)?|succeeded|partial(?:ly)?|fail(?:ed|ure)?|go|no[ -]?go|proceed|hold|abort(?:ed)?|accept(?:ed)?|reject(?:ed)?|approved?|denied|postponed?|rolled back|rollback|pass(?:ed)?|yes|no|completed?|requires action)(?=$|\s*[:：(]|\s[–—-]\s| with )/i;
export const isOutcome = (text: string): boolean => outcome.test(text);
const areOutcomes = ({items}: List): boolean => items.length > 1 && items.every(({text}) => isOutcome(plain(text)));

/** An item without a box that can be nothing but a sign-off: a role alone, or with a mark and a blank or what is signed. */
function isPlainSignOff({text, items}: Item, roles: Roles): boolean {
	const said = plain(text);
	if (items.length === 0 && said.split(/\s+/).length <= 4 && (looksLikeRole(said) || roles.isKnown(said))) return true;
	const [, name = '', mark = '', after = ''] = /^([^:：–—]{1,60}?)\s*([:：]|\s[–—-]\s)\s*(.*)$/s.exec(said) ?? [];
	const isRole = /^[`*_]{0,3}[<@]|^(\*\*|__)[^*_]{1,60}[:：]?\1/.test(text) || looksLikeRole(name);
	const isBlank = /[:：]/.test(mark) && (after === '' || blank.test(after) || /^\[ ?\]/.test(after));
	return items.length === 0 && name !== '' && name.split(/\s+/).length <= 4 && (isRole || isBlank);
}

function fromItem(item: Item, reading: Reading): readonly SignOffRow[] {
	if (item.box === 'ticked') reading.complain('signoff-ticked', item, {});
	const {names, after} = signers(plain(item.text), cellOfItem(item), reading);
	const said = blank.test(after) ? '' : after;
	const of = {text: said, source: cellOfItem(item), line: item.line, column: item.column};
	return names.length === 0 ? [{...of, role: null}] : names.map(role => ({...of, role}));
}

/** Lists without boxes, read only where a runbook has no other sign-offs. */
const plainlyListed = (reading: Reading): readonly SignOffRow[] =>
	reading.document.lists
		.filter(
			({block, section}) =>
				section.topics.has('signOffs') &&
				block.items.every(item => isPlainSignOff(item, reading.roles)) &&
				!areOutcomes(block),
		)
		.flatMap(({block}) => {
			checkList(block, reading.complain);
			return block.items.flatMap(item => fromItem(item, reading));
		});

/** Lines with blanks, read only where nothing else is signed. */
const inLines = (reading: Reading): readonly SignOffRow[] =>
	signedLines(reading.document.sections).flatMap(cell =>
		rolesOf(cell, reading.roles, reading.complain).map(role => ({
			role,
			text: '',
			source: {...cell, text: ''},
			line: cell.line,
			column: cell.column,
		})),
	);

function draftsOf(reading: Reading): readonly SignOffRow[] {
	const {document, complain, roles} = reading;
	const checklists = document.lists.filter(
		({block, section}) => section.topics.has('signOffs') && isChecklist(block) && !areOutcomes(block),
	);
	const fromLists = checklists.flatMap(({block}) => {
		checkList(block, complain);
		return boxed(block.items, complain).flatMap(item => fromItem(item, reading));
	});
	const tables = document.tables.flatMap(({block, section}): readonly SignOffRow[] => {
		if (!section.topics.has('signOffs')) return [];
		const known = columnsOf(block, ['owner', 'text'], reading.columns);
		if (known.owner === undefined) return [];
		checkTable(block, complain);
		return block.rows.flatMap(row => {
			const source = cellOf(row, known.text);
			const owner = cellOf(row, known.owner);
			const names = rolesOf(owner, roles, complain);
			if (names.length === 0) complain('signoff-role', row.cells[0] ?? {line: row.line, column: 1}, {});
			return names.map(role => ({
				role,
				text: plain(source.text),
				source,
				line: row.line,
				column: owner.column,
			}));
		});
	});
	return [...fromLists, ...tables].toSorted((a, b) => a.line - b.line);
}

/** Who signs what; read before the gates' groups, so that their roles are known. */
export function readSignOffs(reading: Reading): readonly SignOffRow[] {
	const placed = draftsOf(reading);
	const named = placed.some(({role}) => role !== null) ? [] : plainlyListed(reading);
	// Boxes may say what is signed, and lines with a blank under them who signs.
	const lines = named.length === 0 && placed.every(({role}) => role === null) ? inLines(reading) : [];
	const rows = [...placed, ...named, ...lines];
	if (rows.length === 0) reading.complain('signoffs-missing', placeOfPart(reading.document, ['signOffs']), {});
	return rows;
}

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

const decisionsOf = (row: Signed, {stages}: Known): readonly string[] => {
	const named = offsetsIn(row.text).map(({seconds}) => seconds);
	const decided = stages.filter(stage => stage.kind === 'decision' || stage.kind === 'closing');
	return decided
		.filter(stage => named.includes(stage.offsetSeconds) && stage.owners.includes(row.role))
		.map(({id}) => id);
};

/** Times that a text names at which others decide than its role. */
const undecided = (row: Signed, decisions: readonly string[], {stages}: Known): readonly Offset[] => {
	const bound = stages.filter(({id}) => decisions.includes(id)).map(({offsetSeconds}) => offsetSeconds);
	const decided = stages.filter(({kind}) => kind === 'decision' || kind === 'closing');
	const isOfOthers = (seconds: number): boolean => decided.some(({offsetSeconds}) => offsetSeconds === seconds);
	return offsetsIn(row.text).filter(({seconds}) => !bound.includes(seconds) && isOfOthers(seconds));
};

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
	const bind = (kind: 'log' | 'acknowledged', of: string | null, what: string) => {
		if (of !== null) found.push({kind, of});
		else reading.complain('signoff-loose', row, {id: row.id, what, role: row.role});
	};
	const decisions = says(row.text, words.signed) ? decisionsOf(row, known) : [];
	// "Decision at T-10 recorded" is about the decision alone.
	const attaches = decisions.length > 0 ? row.text.replace(/\brecorded\b/gi, ' ') : row.text;
	if (says(attaches, words.attached)) bind('log', logOf(row, known), 'a log');
	if (says(row.text, words.signed)) {
		found.push(...decisions.map(of => ({kind: 'decision', of}) as const));
		for (const {id} of undecided(row, decisions, known))
			reading.complain('signoff-loose', row, {id: row.id, what: `a decision at ${id}`, role: row.role});
	}
	if (says(row.text, words.acknowledged))
		bind('acknowledged', gateAcknowledged(row, files, known), 'an acknowledgement');
	return [...found, ...files.map(of => ({kind: 'file', of}) as const)];
}

/** Who signs what names nobody: the role that the text is, else who closes the cutover. */
function signersOf(row: SignOffRow, closers: readonly string[], {roles, complain, note}: Reading): readonly string[] {
	if (row.role !== null) return [row.role];
	if (roles.isKnown(row.text)) return [roles.spell(row.text)];
	if (closers.length === 0 || !isLetter.test(row.text)) complain('signoff-role', row, {});
	else note(`The sign-off on line ${row.line} names nobody: ${closers.join(' and ')} signs, who closes the cutover.`);
	return closers;
}

/** The sign-offs with what each asks for. `closers`: who closes the cutover. */
export function bindSignOffs(
	rows: readonly SignOffRow[],
	known: Known,
	closers: readonly string[],
	reading: Reading,
): readonly SignOff[] {
	const paths = pathsOf(known);
	const signed = rows.flatMap(row => signersOf(row, closers, reading).map(role => ({...row, role})));
	return signed.map((row, index) => {
		const id = `S${index + 1}`;
		return {
			id,
			role: row.role,
			text: row.text,
			requires: requires({...row, id}, known, paths, reading),
			line: row.line,
		};
	});
}
