/* Conditions for a rollback in tables, each row with its limit and who decides. */
import {type Columns, cellOf, checkTable, columnsOf, exactRank, rest} from '../../columns.ts';
import {isOfRollback} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Row, Table} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {rolesOf} from '../../roles.ts';
import {beginsWithWhich, isOneOf, normal, says, words} from '../../words/words.ts';

/** `roles`: from a column of their own. */
export type Condition = {
	readonly text: string;
	readonly roles?: readonly string[];
	/** What columns say that no rule knows. */
	readonly aside?: string;
	readonly line: number;
	readonly column: number;
};

const nothing = /^(?:[-–—]?|any|n\/?a|none|无|任意)$/i;

/** A limit may be in several columns: `Limit`, `For`. */
const limitsOf = ({header}: Table, known: Columns, more: Reading['columns']): readonly number[] =>
	header.cells.flatMap(({text}, index) => {
		const isOther = known.condition !== index && known.owner !== index;
		const isLimit = known.limit === index || exactRank(normal(plain(text)), 'limit', more) !== null;
		return isOther && isLimit ? [index] : [];
	});

/** "Watch" in a column that says "Roll back" of others: the row calls for none. */
function isWatched(row: Row, {rows}: Table): boolean {
	const goesBack = (text = ''): boolean => says(text, words.goesBack);
	return row.cells.some(
		({text}, index) =>
			beginsWithWhich(plain(text), words.watches) !== -1 &&
			!goesBack(text) &&
			rows.some(({cells}) => goesBack(cells[index]?.text)),
	);
}

/** Whether a table under a heading about rollback alone says when: "Trigger | Action". */
export const hasConditions = ({header}: Table): boolean =>
	header.cells.some(
		({text}) =>
			isOneOf(plain(text), words.symptomColumn) || (says(plain(text), words.conditions) && !/when/i.test(text)),
	);

export function conditionsOfTables(reading: Reading): readonly Condition[] {
	const {document, complain, note, columns} = reading;
	return document.tables.flatMap(({block, section}) => {
		if (!section.topics.has('triggers') && !(isOfRollback(section) && hasConditions(block))) return [];
		const known = columnsOf(block, ['condition', 'limit', 'owner'], columns);
		if (known.condition === undefined) return [];
		checkTable(block, complain);
		const limitColumns = limitsOf(block, known, columns);
		const watched = block.rows.filter(row => isWatched(row, block));
		for (const {line} of watched)
			note(`The row on line ${line} is among the triggers and calls for no rollback: it is none.`);
		const meant = block.rows.filter(row => !watched.includes(row));
		return meant.map(row => {
			const at = cellOf(row, known.condition);
			const limits = limitColumns.flatMap(index => {
				const limit = plain(cellOf(row, index).text);
				return nothing.test(limit) ? [] : [limit];
			});
			const more = rest(block, row, {...known, ...limitColumns});
			return {
				text: [plain(at.text), ...limits].join(' ').trim(),
				roles: rolesOf(cellOf(row, known.owner), reading),
				aside: Object.entries(more)
					.map(([name, value]) => `${name}: ${value}`)
					.join('; '),
				line: row.line,
				column: at.column,
			};
		});
	});
}
