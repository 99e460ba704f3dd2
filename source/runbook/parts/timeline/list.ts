/*
A timeline as a list whose items begin with a time.
*/
import type {Placed} from '../../document.ts';
import {cellOfItem, fieldsOf, fullText, unfolded} from '../../items.ts';
import {plain} from '../../markdown/inline.ts';
import type {Item, List} from '../../markdown/list.ts';
import {areSpoken, learnNames, ownersOfItem, ownersSpoken} from '../../owners.ts';
import type {Reading} from '../../reading.ts';
import {checkList} from '../../tables.ts';
import {checkedOffset, durationIn} from './cells.ts';
import {looksTimed, mayBeTimed, offsetAt} from './offset.ts';
import {type Candidate, headingRank, mostly, type StageRow} from './row.ts';

const wanted = ['owner', 'action', 'evidence', 'duration'] as const;

/** What stands between a time and what is said of it. */
export const afterTime = (rest: string): string => rest.replace(/^[\s:：\-–—|,.)）\]]+/, '');

/** Wide gaps are those of columns: `T-90  DBA  checks`. */
export const gaps = /\u3000+| {2,}|\t+/g;

const saidIn = (item: Item): string => afterTime(offsetAt(plain(item.text.replace(gaps, ' | ')))?.rest ?? '');

function rowOf(item: Item, isSpoken: boolean, reading: Reading): StageRow | null {
	const offset = checkedOffset(offsetAt(plain(item.text))?.offset ?? null, cellOfItem(item), reading);
	if (!offset) return null;
	const whole = unfolded(item, wanted, reading);
	const {fields, others} = fieldsOf(whole, wanted, reading);
	const {roles, complain} = reading;
	const {owners, text} = isSpoken
		? ownersSpoken(saidIn(whole), roles, cellOfItem(whole), complain)
		: ownersOfItem(whole, fields, saidIn(whole), roles, complain);
	return {
		id: offset.id,
		offsetSeconds: offset.seconds,
		owners,
		action: fields.action
			? [text, plain(fields.action.text)].filter(part => part !== '').join('; ')
			: fullText(text, others),
		evidence: plain(fields.evidence?.text ?? ''),
		durationSeconds: fields.duration ? durationIn(fields.duration, offset.id, reading) : null,
		line: item.line,
		column: item.column,
		more: {},
	};
}

function rowsOf(list: List, reading: Reading): readonly StageRow[] {
	checkList(list, reading.complain);
	const texts = list.items.map(saidIn);
	learnNames(texts, reading.roles);
	const isSpoken = areSpoken(texts, reading.roles);
	return list.items.flatMap(item => rowOf(item, isSpoken, reading) ?? []);
}

/** `hoped`: under a heading that promises the timeline a list counts although its times cannot be read, so that each is told. */
export function fromList({block, section}: Placed<List>, reading: Reading, hoped = false): Candidate | null {
	const offsets = block.items.map(({text}) => (mayBeTimed(text) ? (offsetAt(plain(text))?.offset ?? null) : null));
	const looks = hoped && block.items.some(({text}) => looksTimed(plain(text)));
	if (!looks && !mostly(offsets)) return null;
	return {
		line: block.line,
		section,
		looks: true,
		offsets,
		underHeading: headingRank(section),
		stages: [],
		rows: () => rowsOf(block, reading),
	};
}
