/*
One gate or stage: what will run, its attempts and their steps, and the live output.
*/
import {rowIn, targetText} from '../../../cutover/model/attempt-target.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {bold, inset, type Line, shape, span, word} from '../line.ts';
import {Paint} from '../paint.tsx';
import {header, stacked} from '../section.ts';
import {outputLines} from './output.ts';
import {attemptShown, attemptsSection, stepsSections} from './run-attempts.ts';
import {whatSection} from './run-what.ts';

const place = ({view}: PanelProps): SafeText => {
	const {tail} = view;
	if (tail === null) return safe('');
	const count = tail.total === null ? `${tail.bytes} bytes` : `${tail.total} lines`;
	const where = tail.from === null ? count : `line ${tail.from + 1} of ${tail.total ?? 0}`;
	return safe(`${where}${view.wrap ? ' · wrapped' : ''}${view.filter === '' ? '' : ` · search "${view.filter}"`}`);
};

const output = (props: PanelProps, id: string, rows: number): readonly Line[] => {
	const attempt = attemptShown(props, id);
	if (attempt === undefined || rows < 2) return [];
	const end = props.view.follow ? 'following' : 'goes on below (f)';
	const where = attempt.within === null ? '' : ` in the output of ${targetText(attempt.within.target)}`;
	const about = safe(`attempt ${attempt.attempt}${where} · ${attempt.ended === null ? end : 'whole'}`);
	return [
		header(props.theme, props.size.columns, safe('OUTPUT'), about, place(props)),
		...outputLines(props, rows - 1),
	];
};

/** What is shown: a mark, and what it is. */
const subject = ({snapshot, theme}: PanelProps, id: string): {readonly mark: Mark; readonly text: string} => {
	const gate = snapshot.gates.find(row => row.id === id);
	if (gate !== undefined) {
		const again = gate.judging && gate.verdict !== 'running' ? ' · judged again now' : '';
		return {mark: theme.gate[gate.verdict], text: `${gate.title}${again}`};
	}
	const stage = snapshot.stages.find(row => row.id === id);
	if (stage !== undefined) return {mark: theme.stage[stage.state], text: stage.action};
	return {mark: theme.unknown, text: 'is not in the runbook'};
};

const top = (props: PanelProps, id: string): Line => {
	const {mark, text} = subject(props, id);
	return inset(props.size.columns, [shape(mark), span(safe(` ${id} `), bold), word(mark), span(safe(`  ${text}`))]);
};

const shown = ({view, snapshot}: PanelProps): string =>
	view.target ?? snapshot.running.flatMap(({target}) => rowIn(target) ?? [])[0] ?? snapshot.stages[0]?.id ?? '';

export const runLines = (props: PanelProps): readonly Line[] => {
	const {size, theme} = props;
	const id = shown(props);
	const room = size.rows - 1;
	const upper = attemptShown(props, id) === undefined ? room : Math.min(room, Math.max(4, Math.floor(room / 2)));
	const sections = [whatSection(props, id), attemptsSection(props, id), ...stepsSections(props, id)];
	const lines = [top(props, id), ...stacked(sections, {columns: size.columns, rows: upper}, theme)];
	return [...lines, ...output(props, id, size.rows - lines.length)];
};

export const Run = (props: PanelProps) => <Paint lines={runLines(props)} size={props.size} theme={props.theme} />;
