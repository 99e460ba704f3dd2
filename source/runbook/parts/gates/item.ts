/*
Gates of a checklist or list: an item with its sub-items, labelled lines and fenced commands.
*/
import {commandLines, fencedCommand} from '../../../text/code.ts';
import type {Section} from '../../document.ts';
import {cellOfItem, type Fields, fieldsOf, fullText, unfolded} from '../../items.ts';
import {plain, spanOf} from '../../markdown/inline.ts';
import type {Item} from '../../markdown/list.ts';
import type {Cell} from '../../markdown/table.ts';
import {ownersOfItem} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {idAt} from './gate-ids.ts';
import {type Draft, wanted} from './row.ts';

const codeAtEnd = /\s*[–—-]?\s*(?:command|run|execute|命令|运行|执行)?\s*[:：]?\s*`[^`]*`\s*\.?$/i;

/** Owners behind the text, with or without the command that ends it. */
function ownedItem(
	item: Item,
	fields: Fields,
	text: string,
	{roles, complain}: Reading,
): ReturnType<typeof ownersOfItem> {
	const short = text.replace(codeAtEnd, '');
	const owned = ownersOfItem(item, fields, plain(short), roles, complain);
	return owned.text !== '' && owned.owners.length > 0 && !fields.owner
		? owned
		: ownersOfItem(item, fields, plain(text), roles, complain);
}

/** `areShort`: every item of the list begins with an id such as `G1`, and nothing between it and the text. */
export function fromItem(given: Item, section: Section, areShort: boolean, reading: Reading): Draft {
	const item = unfolded(given, wanted, reading);
	const {fields, others} = fieldsOf(item, wanted, reading);
	const found = idAt(item.text, areShort);
	const {owners, text} = ownedItem(item, fields, found?.after ?? item.text, reading);
	const none: Cell = {text: '', line: item.line, column: item.column};
	for (const {from, lines, info} of item.code)
		if (lines.join('').trim() !== '' && commandLines(lines, info).length === 0)
			reading.complain('fence-output', {line: from, column: 1}, {kind: info});
	const fenced = item.code.map(({lines, info}) => spanOf(fencedCommand(lines, info))).join(' ');
	const isSaid = plain(fields.command?.text ?? '') !== '';
	return {
		id: fields.id ? plain(fields.id.text) : (found?.id ?? null),
		title: fullText(text, [...others, ...(fields.check ? [fields.check] : [])]),
		owners,
		check: {...cellOfItem(item), text: [item, ...others, fields.check ?? none].map(one => one.text).join('; ')},
		command: isSaid && fields.command ? fields.command : {...none, text: fenced},
		evidence: fields.evidence ?? none,
		pass: fields.pass ?? none,
		commandsOnly:
			item.items.some(sub => /^[*_\s]{0,3}(?:commands?|script|命令|脚本)[*_\s]{0,3}[:：]/i.test(sub.text)) ||
			fenced !== '',
		mayBeTask: !fields.command && !fields.pass,
		line: item.line,
		column: item.column,
		more: {},
		isWhole: true,
		section,
	};
}
