/*
Every fact of the cutover, newest last, one line each; the chosen one is below, and whole where Tab goes.
*/

import {identityText} from '../../cutover/model/person.ts';
import type {Entry} from '../../cutover/ports.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import {json} from '../../text/clean.ts';
import {counted} from '../../text/counted.ts';
import {instant, wall, wallWidth} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {chosenAt, entriesShown, rowsOf, windowFrom} from '../state/rows.ts';
import {isLost} from './events.ts';
import {paragraph} from './flow.ts';
import {blank, cell, cellEnd, dim, filled, inset, type Line, type Look, markOf, span} from './line.ts';
import {scrolled} from './scroll.ts';
import {header} from './section.ts';

const lostLook: Look = {colour: 'red', bold: true};

const line = (props: PanelProps, entry: Entry, width: number, times: number, chosen: boolean): Line =>
	inset(
		props.size.columns,
		[
			cellEnd(String(entry.seq), width),
			blank(1),
			cell(wall(instant(entry.at)), times),
			blank(1),
			cell(entry.by.name, 8),
			blank(1),
			...(isLost(props, entry) ? [span('LOST ', lostLook)] : []),
			span(sentence(entry)),
		],
		[],
		markOf(props.theme, chosen),
	);

const headOf = (props: PanelProps, entry: Entry, place?: string): Line =>
	header(
		props.theme,
		props.size.columns,
		`ENTRY ${entry.seq}${isLost(props, entry) ? ' LOST' : ''}`,
		entry.type,
		place,
	);

const wholeOf = (props: PanelProps, entry: Entry): readonly Line[] => {
	const {size, view} = props;
	const lost = isLost(props, entry) && view.fault !== null ? [view.fault.message] : [];
	const {name, role, login, ssh} = entry.by;
	const by = `by ${name}${role === null ? '' : ` as ${role}`}, identity ${identityText(entry.by)}${login === null ? '' : `, login ${login}`}${ssh === null ? '' : `, from ${ssh}`}`;
	return [...lost, sentence(entry), by, json(entry.data), `hash ${entry.hash}`].flatMap(text =>
		paragraph(size.columns, text, {look: dim}),
	);
};

export const journalLines = (props: PanelProps): readonly Line[] => {
	const {entries, view, size, theme} = props;
	const shown = entriesShown(entries, view.filter);
	const at = chosenAt('entries', view, rowsOf('entries', props));
	const entry = shown[at];
	if (view.pane === 'text' && entry !== undefined) {
		const text = scrolled(wholeOf(props, entry), view, size.rows - 1);
		return [headOf(props, entry, text.place), ...text.shown];
	}
	const detail = size.rows >= 14 ? 6 : 0;
	const room = Math.max(0, size.rows - 1 - detail);
	const from = windowFrom(shown.length, at, room);
	const width = String(entries.length).length;
	const count = counted(entries.length, 'entry', 'entries');
	const about = view.filter === '' ? count : `${shown.length} of ${count} hold "${view.filter}"`;
	const inWindow = shown.slice(from, from + room);
	const times = wallWidth(...inWindow.map(({at}) => instant(at)));
	const list = inWindow.map(each => line(props, each, width, times, each === entry));
	return [
		header(theme, size.columns, 'JOURNAL', about),
		...filled(list, room),
		...(detail > 0 && entry !== undefined ? [headOf(props, entry), ...wholeOf(props, entry).slice(0, detail - 1)] : []),
	];
};
