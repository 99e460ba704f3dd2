/*
The board: before T0 the gates and the timeline, after T0 the triggers and the timeline, at the end the sign-offs. From 110
columns on the lists are on the left, and the right shows what the marked row is about; from 180 on the journal has a third pane.
*/
import type {PanelProps} from '../../panel.ts';
import {sizeClass} from '../../state/view.ts';
import {beside} from '../beside.ts';
import {detailLines, whatLines} from '../detail/detail.ts';
import {eventLines} from '../events.ts';
import type {Line} from '../line.ts';
import {header, stacked} from '../section.ts';
import {leastLatest, listSections} from './lists.ts';

/** What happened last, where rows are left. */
const latest = (props: PanelProps, lines: readonly Line[]): readonly Line[] => {
	const {size, theme, view} = props;
	const left = size.rows - lines.length;
	if (left < leastLatest || sizeClass(view.size) === 'small') return lines;
	const events = eventLines(props, left - 1);
	return events.length === 0 ? lines : [...lines, header(theme, size.columns, 'LATEST', 'newest first'), ...events];
};

const sized = (props: PanelProps, columns: number): PanelProps => ({...props, size: {columns, rows: props.size.rows}});

/** Below what runs, where the second pane shows output. */
const journalPane = (props: PanelProps): readonly Line[] => {
	const about = whatLines(props);
	const rows = Math.min(about.length, Math.floor(props.size.rows * 0.6));
	return latest(props, about.slice(0, rows));
};

const widthsOf = (columns: number): readonly number[] => {
	if (columns < 180) {
		const left = Math.max(54, Math.min(90, Math.floor(columns * 0.49)));
		return [left, columns - left - 1];
	}
	const left = Math.min(76, Math.floor(columns * 0.36));
	const middle = Math.floor((columns - left - 2) * 0.56);
	return [left, middle, columns - left - middle - 2];
};

export const boardLines = (props: PanelProps): readonly Line[] => {
	const {size, theme, view} = props;
	if (sizeClass(view.size) !== 'wide') return latest(props, stacked(listSections(props), size, theme));
	const [left = 0, middle = 0, right] = widthsOf(size.columns);
	const lists = sized(props, left);
	const listed = stacked(listSections(lists), lists.size, theme);
	const panes = [
		{columns: left, lines: right === undefined ? latest(lists, listed) : listed},
		{columns: middle, lines: detailLines(sized(props, middle))},
		...(right === undefined ? [] : [{columns: right, lines: journalPane(sized(props, right))}]),
	];
	return beside(panes, props);
};
