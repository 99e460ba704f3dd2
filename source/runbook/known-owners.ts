/*
Roles that columns, labels and brackets name as owners: learnt before anything is read, so that a sentence or line that begins
with one of them says who acts, wherever the other parts stand.
*/

import {withoutPictures} from '../text/letters.ts';
import {columnsOf, exactRank} from './columns.ts';
import type {Placed} from './document.ts';
import {fieldsOf, unfolded} from './items.ts';
import {plain} from './markdown/inline.ts';
import type {List} from './markdown/list.ts';
import type {Table} from './markdown/table.ts';
import {learnBehind, namedOwner} from './owners.ts';
import type {Reading} from './reading.ts';
import {rolesOf} from './roles.ts';
import {normal} from './words/words.ts';

const parts = ['gates', 'prerequisites', 'timeline', 'triggers', 'signOffs'] as const;

const isPart = ({section: {topics}}: Placed<Table | List>): boolean => parts.some(part => topics.has(part));

/** A wrong name is reported where it is read. */
const silently = (): void => {};

/** The column of owners of a part, or one of roles anywhere. */
function ownerColumn(table: Placed<Table>, {columns}: Reading): number | undefined {
	const index = columnsOf(table.block, ['owner'], columns).owner;
	const header = normal(withoutPictures(plain(table.block.header.cells[index ?? -1]?.text ?? '')));
	const isSure =
		['role', 'roles', '角色'].includes(header) || (isPart(table) && exactRank(header, 'owner', columns) !== null);
	return isSure ? index : undefined;
}

export function learnOwners(reading: Reading): void {
	const {document, roles} = reading;
	for (const table of document.tables) {
		const index = ownerColumn(table, reading);
		if (index === undefined) continue;
		for (const {cells} of table.block.rows) if (cells[index]) rolesOf(cells[index], roles, silently);
	}
	for (const {block, section} of document.lists.filter(isPart)) {
		if (section.topics.has('gates'))
			learnBehind(
				block.items.map(({text}) => plain(text)),
				roles,
			);
		for (const item of block.items) {
			const {owner} = fieldsOf(unfolded(item, ['owner'], reading), ['owner'], reading).fields;
			const named = owner ?? {text: namedOwner(item.text), line: item.line, column: item.column};
			if (named.text !== '') rolesOf(named, roles, silently);
		}
	}
}
