/* Who signs, and what: a checklist, a table, a list of roles or lines with blanks. */

import {isLetter} from '../../../text/letters.ts';
import {cellOf, checkList, checkTable, columnsOf, rest} from '../../columns.ts';
import {placeOfPart, type Section} from '../../document.ts';
import {boxed, isChecklist, linesOf} from '../../items.ts';
import {plain} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import type {Cell} from '../../markdown/table.ts';
import {isNameLike} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {looksLikeRole, type Roles, rolesOf} from '../../roles.ts';

/** `QA: ____  Ops: ____`, `Approved by: ____ (CISO)`, `Approved by (CISO): ____`, `Payroll manager: ____ Date: ____` */
const named =
	/([^:：_|()（）]{1,40})(?:[(（]([^()（）]{1,40})[)）][ \t]*)?(?:[:：][ \t]*(?:\*\*)?[ \t]*(?:_{3,}|\.{4,}|…{1,40})|[ \t]_{5,})[ \t]*(?:[(（]([^()（）]{1,40})[)）])?[ \t,;|]*/g;
const besides = /^(?:date|time|name|signature|signed|sign|initials|place|日期|时间|姓名|签名|签字)$/i;
const by = '(?:approved|signed|released|reviewed|accepted)(?: off)? by';
const anybody = new RegExp(`^(?:${by}|approver|signatory|审批人|批准人|签字人)$`, 'i');
/** `Signed by the launch lead` */
const signedBy = new RegExp(`^${by} (?:the )?([^:：,]{2,60})$`, 'i');

const clean = (text: string): string => plain(text.replaceAll('**', '')).trim();

/** `QA:` and nothing behind it. */
const bare = /^([^:：]{1,40})[:：]\s*$/;

/** The names that a line has blanks for; null where it is anything else. */
export function namesToSign(line: string): readonly string[] | null {
	const alone = bare.exec(line)?.[1];
	if (alone !== undefined) return alone.split(/\s+/).length > 4 ? null : [clean(alone)];
	if (line.length > 400 || line.replaceAll(named, '').trim() !== '') return null;
	return [...line.matchAll(named)].flatMap(([, label = '', before = '', behind = '']) => {
		const name = clean(label);
		if (besides.test(name)) return [];
		return anybody.test(name) ? clean(before || behind) || [] : name;
	});
}

/** A cell for each name of the section, in its place; none where a line is no such line. */
function signedLines({blocks}: Section): readonly Cell[] {
	const named = blocks
		.flatMap(linesOf)
		.map(cell => namesToSign(cell.text)?.map((text): Cell => ({...cell, text})) ?? null);
	return named.includes(null) ? [] : named.flatMap(cells => cells ?? []);
}

export type SignOffRow = {
	/** Null where it names nobody: then the role that closes the cutover signs, unless its text is the name of a role. */
	readonly role: string | null;
	readonly text: string;
	readonly source: Cell;
	readonly line: number;
	readonly column: number;
};

const bracketed = /^([^:：()（）]{1,60}?)\s*[(（](.+)[)）]\s*\.?$/s;
/** `Vera Wolf, release manager` */
const person = /^([A-Z\u00c0-\u00de][^\s,]{0,30}(?: [A-Z\u00c0-\u00de][^\s,]{0,30}){1,2}), ?([^,:：]{2,40})$/;
const separated = /^([^:：]{0,80}?)\s*(?:[:：]|\s[–—-]\s)\s*(.*)$/s;

/** "Launch lead (Vera Wolf)" */
const withoutBrackets = (name: string): string => name.replace(/\s*[(（][^()（）]{1,60}[)）]/g, '');

/** The names of roles before what is signed; none where they are no names. A role alone is a few words. */
function signers(cell: Cell, reading: Reading): {readonly names: readonly string[]; readonly after: string} {
	const {isRole} = reading.roles;
	const text = plain(cell.text);
	const signedWith = (one: string, after: string) => ({names: rolesOf({...cell, text: one}, reading), after});
	const [, who, role = ''] = person.exec(text) ?? [];
	if (who !== undefined && isRole(role)) return signedWith(role, who);
	const [, signer = ''] = signedBy.exec(text) ?? [];
	if (isRole(signer) || isNameLike(signer)) return signedWith(signer, '');
	const [, name = text, after = ''] = bracketed.exec(text) ?? separated.exec(text) ?? [];
	const [lead = ''] = /^(?:`[^`]{1,60}`|\*\*[^*]{1,60}\*\*|<[^<>]{1,60}>|@\S{1,60})/.exec(cell.text.trim()) ?? [];
	const isAlone = lead !== '' || isRole(name) || /[:：]\s*$/.test(text);
	const isName = name.length <= 60 && withoutBrackets(name).split(/\s+/).length <= 4 && (after !== '' || isAlone);
	if (isName) return signedWith(name, after);
	const [, led = ''] = /^(?:`|\*\*)?<?@?(.+?)>?(?:`|\*\*)?$/.exec(lead) ?? [];
	return lead !== '' && looksLikeRole(led)
		? signedWith(led, text.slice(plain(lead).length).trim())
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
	const alone = person.exec(said)?.[2] ?? said.replace(/\s*[(（][^()（）]{1,60}[)）]$/, '');
	const isOne = alone.split(/\s+/).length <= 4 && (/^@\S+$/.test(alone) || roles.isRole(alone));
	if (items.length === 0 && isOne) return true;
	const [, name = '', mark = '', after = ''] = /^([^:：–—]{1,60}?)\s*([:：]|\s[–—-]\s)\s*(.*)$/s.exec(said) ?? [];
	const isRole = /^[`*_]{0,3}[<@]|^(\*\*|__)[^*_]{1,60}[:：]?\1/.test(text) || looksLikeRole(name);
	const isToSign = after === '' || blank.test(after) || /^\[ ?\]|_{3,}$/.test(after);
	const isBlank = isToSign && (/[:：]/.test(mark) || /_{3,}$/.test(after));
	return items.length === 0 && name !== '' && withoutBrackets(name).split(/\s+/).length <= 4 && (isRole || isBlank);
}

/** `### Launch lead` over what that role signs; empty of any other heading. */
function signerAbove({heading, parent}: Section, {document: {sections}, roles: {isRole}}: Reading): string {
	const isBeside = sections.some(one => one.parent === parent && isRole(one.heading));
	return parent?.topics.has('signOffs') && isBeside && (isRole(heading) || isNameLike(heading)) ? heading : '';
}

function fromItem(item: Item, section: Section, reading: Reading): readonly SignOffRow[] {
	if (item.box === 'ticked') reading.complain('signoff-ticked', item, {});
	const own = signers(item, reading);
	const above = own.names.length > 0 ? '' : signerAbove(section, reading);
	const names = above === '' ? own.names : rolesOf({...item, text: above}, reading);
	const text = blank.test(own.after) ? '' : own.after.replace(/\s*_{3,}$/, '');
	return (names.length === 0 ? [null] : names).map(role => ({
		line: item.line,
		column: item.column,
		text,
		role,
		source: item,
	}));
}

/** Beside a sure role, a short name without a mark is one as well: "Release manager", "Operations", "Customer care". */
const isBare = ({text, items}: Item): boolean =>
	items.length === 0 && isNameLike(withoutBrackets(separated.exec(plain(text))?.[1] ?? plain(text)));

/** Lists without boxes, read only where a runbook has no other sign-offs. */
function plainlyListed(reading: Reading): readonly SignOffRow[] {
	const {document, roles, complain} = reading;
	const isSure = (item: Item): boolean => isPlainSignOff(item, roles);
	return document.lists.flatMap(({block, section}) => {
		const isMeant = section.topics.has('signOffs') && block.items.some(isSure) && !areOutcomes(block);
		if (!isMeant || !block.items.every(item => isSure(item) || isBare(item))) return [];
		checkList(block, complain);
		return block.items.flatMap(item => {
			if (!isSure(item) && !separated.test(plain(item.text))) roles.spell(plain(item.text));
			return fromItem(item, section, reading);
		});
	});
}

/** Lines with blanks, read only where nothing else is signed. */
const inLines = (reading: Reading): readonly SignOffRow[] =>
	reading.document.sections
		.filter(({topics}) => topics.has('signOffs'))
		.flatMap(signedLines)
		.flatMap(cell => {
			const source = {...cell, text: ''};
			return rolesOf(cell, reading).map(role => ({...source, role, source}));
		});

function draftsOf(reading: Reading): readonly SignOffRow[] {
	const {document, complain} = reading;
	const checklists = document.lists.filter(
		({block, section}) => section.topics.has('signOffs') && isChecklist(block) && !areOutcomes(block),
	);
	const fromLists = checklists.flatMap(({block, section}) => {
		checkList(block, complain);
		return boxed(block.items, complain).flatMap(item => fromItem(item, section, reading));
	});
	const tables = document.tables.flatMap(({block, section}): readonly SignOffRow[] => {
		if (!section.topics.has('signOffs')) return [];
		const known = columnsOf(block, ['owner', 'text'], reading.columns);
		if (known.owner === undefined) return [];
		checkTable(block, complain);
		return block.rows.flatMap(row => {
			const said = cellOf(row, known.text);
			// Without a column for it, what the others say, and no mark or blank to sign.
			const others = Object.values(rest(block, row, known)).filter(text => isLetter.test(text));
			const source = known.text === undefined ? {...said, text: others.join(' · ')} : said;
			const owner = cellOf(row, known.owner);
			const names = rolesOf(owner, reading);
			if (names.length === 0) complain('signoff-role', row.cells[0] ?? {line: row.line, column: 1}, {});
			return names.map(role => ({...owner, text: plain(source.text), role, source}));
		});
	});
	return [...fromLists, ...tables].toSorted((a, b) => a.line - b.line);
}

/** Who signs what; read before the gates' groups, so that their roles are known. */
export function readSignOffs(reading: Reading): readonly SignOffRow[] {
	const placed = draftsOf(reading);
	const named = placed.some(({role}) => role !== null) ? [] : plainlyListed(reading);
	// Boxes may say what is signed, and lines with a blank under them who signs; beside roles only what is surely another one.
	const isSigned = placed.some(({role}) => role !== null);
	const isAnother = ({role}: SignOffRow): boolean =>
		role !== null && looksLikeRole(role) && placed.every(one => one.role !== role);
	const lines = named.length > 0 ? [] : inLines(reading).filter(row => !isSigned || isAnother(row));
	const rows = [...placed, ...named, ...lines];
	if (rows.length === 0) reading.complain('signoffs-missing', placeOfPart(reading.document, ['signOffs']), {});
	return rows;
}
