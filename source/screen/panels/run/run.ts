/*
One gate or stage. With an attempt its log fills the screen; Tab shows what runs, the attempts and their steps, which from
110 columns on are beside it. Before anything ran there is only what will run.
*/
import {attemptsOf} from '../../../cutover/due/attempts-of.ts';
import {attemptKey, attemptText, rowIn} from '../../../cutover/model/attempt-target.ts';
import type {Attempt} from '../../../cutover/model/state.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {outputShown, tailShown} from '../../state/subject.ts';
import {sizeClass} from '../../state/view.ts';
import {gateMark, type Mark, stageMark} from '../../theme.ts';
import {beside} from '../beside.ts';
import {paragraph} from '../flow.ts';
import {blank, bold, dim, inset, type Line, shape, span, word} from '../line.ts';
import {allOrPart} from '../scroll.ts';
import {header} from '../section.ts';
import {endLines, outcomeMark, outcomeWord, stepLines, turning} from './outcome.ts';
import {outputLines} from './output.ts';
import {progressLines} from './progress.ts';
import {attemptShown, attemptsSection, stepsSections} from './run-attempts.ts';
import {whatSection} from './run-what.ts';
import {searchSpans} from './search.ts';

/** What is shown: a mark, and what it is. */
export const subject = ({snapshot, theme}: PanelProps, id: string): {readonly mark: Mark; readonly text: string} => {
	const gate = snapshot.gates.find(row => row.id === id);
	if (gate !== undefined) {
		const again = gate.judging && gate.verdict !== 'running' ? ' · judged again now' : '';
		return {mark: gateMark(theme, gate), text: `${gate.title}${again}`};
	}
	const stage = snapshot.stages.find(row => row.id === id);
	if (stage !== undefined) return {mark: stageMark(theme, stage), text: stage.action};
	return {mark: theme.unknown, text: 'is not in the runbook'};
};

const top = (props: PanelProps, id: string): readonly Line[] => {
	const {mark, text} = subject(props, id);
	return paragraph(props.size.columns, text, {lead: [shape(mark), span(` ${id} `, bold), word(mark), blank(2)]});
};

const targetOf = ({view, snapshot}: PanelProps): string =>
	view.target ?? snapshot.running.flatMap(({target}) => rowIn(target) ?? [])[0] ?? snapshot.stages[0]?.id ?? '';

const detailLines = (props: PanelProps, id: string): readonly Line[] => {
	const {columns, rows} = props.size;
	const head = top(props, id);
	const room = {...props, size: {columns, rows: rows - head.length}};
	const sections = [whatSection(props, id), attemptsSection(props, id), ...stepsSections(props, id)];
	return [...head, ...allOrPart(sections, room, 'arrows show the rest')];
};

const placeText = (props: PanelProps, attempt: Attempt): string => {
	const {follow, wrap, raw} = props.view;
	const tail = tailShown(props);
	const modes = `${wrap ? ' · wrapped' : ''}${raw ? ' · raw' : ''}`;
	if (tail === null) return '';
	const count = tail.total === null ? `${tail.bytes} bytes` : `${tail.total} lines`;
	const end = attempt.ended === null ? `${count} · ${follow ? 'following' : 'goes on below (f)'}` : count;
	return `${tail.from === null ? end : `line ${tail.from + 1} of ${tail.total ?? 0}`}${modes}`;
};

const heading = (props: PanelProps, id: string, attempt: Attempt): readonly Line[] => {
	const {snapshot, theme, size} = props;
	const shown = outputShown(props) ?? attempt;
	const inside = rowIn(shown.target) === id ? '' : ` in ${attemptText(shown)}`;
	const {text: title} = subject(props, id);
	const {ended} = attempt;
	const exit = ended?.exit === null || ended?.exit === undefined || ended.exit === 0 ? '' : `, exit ${ended.exit}`;
	const took = minutes((ended?.at ?? snapshot.now) - attempt.at);
	const {colour} = outcomeMark(props, attempt);
	const all = attemptsOf(props.state, id).length;
	const which = all > 1 ? `${attempt.attempt} of ${all}  ` : '';
	return [
		header(
			theme,
			size.columns,
			`${attemptText(attempt)}${inside}`,
			[span(`${which}${title}`)],
			[
				...turning(props, attempt),
				span(`${outcomeWord(props, attempt)}${exit}`, {colour, bold: true}),
				span(` ${took}`),
			],
		),
		inset(size.columns, searchSpans(props), [span(placeText(props, attempt), dim)]),
	];
};

const mostSteps = 2;

/** A gate that a stage's attempt judges is as far as that one. */
const runOf = ({state}: PanelProps, attempt: Attempt): Attempt =>
	(attempt.within && state.attempts[attemptKey(attempt.within)]) ?? attempt;

const logLines = (props: PanelProps, id: string, attempt: Attempt): readonly Line[] => {
	const head = [
		...heading(props, id, attempt),
		...progressLines(props, runOf(props, attempt)),
		...stepLines(props, attempt, mostSteps),
		...endLines(props, attempt),
	];
	return [...head, ...outputLines(props, props.size.rows - head.length)];
};

export const runLines = (props: PanelProps): readonly Line[] => {
	const {size, view} = props;
	const id = targetOf(props);
	const attempt = attemptShown(props, id);
	if (attempt === undefined) return detailLines(props, id);
	if (sizeClass(view.size) !== 'wide')
		return view.pane === 'text' ? detailLines(props, id) : logLines(props, id, attempt);
	const left = Math.floor(size.columns * 0.62);
	const right = size.columns - left - 1;
	return beside(
		[
			{columns: left, lines: logLines({...props, size: {...size, columns: left}}, id, attempt)},
			{columns: right, lines: detailLines({...props, size: {...size, columns: right}}, id)},
		],
		props,
	);
};
