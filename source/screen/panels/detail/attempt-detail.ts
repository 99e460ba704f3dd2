/*
An attempt beside the lists: what it runs, how far it is against its usual time, its steps, the end of its output.
*/

import {type AttemptRef, attemptKey, rowIn, targetText} from '../../../cutover/model/attempt-target.ts';
import {safe} from '../../../text/clean.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {dim, filled, inset, keyLook, type Line, span} from '../line.ts';
import {endLines, outcomeMark, outcomeWord, stepLines} from '../run/outcome.ts';
import {outputLines} from '../run/output.ts';
import {progressLines} from '../run/progress.ts';
import {subject} from '../run/run.ts';
import {header, rule} from '../section.ts';

const most = {command: 3, steps: 4} as const;

const commandLines = ({state, size: {columns}}: PanelProps, id: string): readonly Line[] => {
	const own = state.runbook?.stages.find(stage => stage.id === id)?.gates ?? [id];
	const commands = (state.runbook?.gates ?? []).filter(gate => own.includes(gate.id)).flatMap(gate => gate.commands);
	return commands.flatMap(command => paragraph(columns, command)).slice(0, most.command);
};

const keysLine = ({size: {columns}, theme}: PanelProps): Line =>
	inset(columns, [span(theme.glyph.enter, keyLook), span(safe(' whole output, search, attempts'), dim)]);

export const attemptDetail = (props: PanelProps, id: string, ref: AttemptRef): readonly Line[] => {
	const {state, size, theme} = props;
	const attempt = state.attempts[attemptKey(ref)];
	if (attempt === undefined) return [];
	const {colour} = outcomeMark(props, attempt);
	const took = minutes((attempt.ended?.at ?? props.snapshot.now) - attempt.at);
	const word = safe(`${outcomeWord(props, attempt)} ${took}`);
	const inside = rowIn(ref.target) === id ? '' : ` in ${targetText(ref.target)}`;
	const about = safe(`attempt ${ref.attempt}${inside}  ${subject(props, id).text}`);
	const head = [
		header(theme, size.columns, safe(id), about, [span(word, {colour, bold: true})]),
		...commandLines(props, id),
		...progressLines(props, attempt),
		...stepLines(props, attempt, most.steps),
		...endLines(props, attempt),
		rule(theme, size.columns),
	];
	const room = Math.max(0, size.rows - head.length - 1);
	return [...head, ...filled(outputLines(props, room), room), keysLine(props)];
};
