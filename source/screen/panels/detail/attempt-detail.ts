/*
An attempt beside the lists: what it runs, how far it is against its usual time, its steps, the end of its output.
*/

import {type AttemptRef, attemptKey, rowIn, targetText} from '../../../cutover/model/attempt-target.ts';
import type {Attempt} from '../../../cutover/model/state.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {flowing, paragraph} from '../flow.ts';
import {bold, dim, filled, inset, keyLook, type Line, span} from '../line.ts';
import {outcomeMark, outcomeWord, stepPieces} from '../run/outcome.ts';
import {outputLines} from '../run/output.ts';
import {progressLines} from '../run/progress.ts';
import {header, rule} from '../section.ts';

const most = {command: 3, reason: 3, steps: 4} as const;

const titleOf = ({state}: PanelProps, id: string): SafeText =>
	safe(
		state.runbook?.gates.find(gate => gate.id === id)?.title ??
			state.runbook?.stages.find(stage => stage.id === id)?.action ??
			'',
	);

const commandLines = ({state, size: {columns}}: PanelProps, id: string): readonly Line[] => {
	const own = state.runbook?.stages.find(stage => stage.id === id)?.gates ?? [id];
	const commands = (state.runbook?.gates ?? []).filter(gate => own.includes(gate.id)).flatMap(gate => gate.commands);
	return commands.flatMap(command => paragraph(columns, command)).slice(0, most.command);
};

const elapsed = ({snapshot}: PanelProps, {at, ended}: Attempt): number => (ended?.at ?? snapshot.now) - at;

const stepLines = (props: PanelProps, attempt: Attempt): readonly Line[] =>
	flowing(props.size.columns, stepPieces(props, attempt, '  ')).slice(-most.steps);

const endLines = ({size: {columns}}: PanelProps, {ended}: Attempt): readonly Line[] => {
	if (ended === null || ended.outcome === 'pass') return [];
	// A reason names the exit code itself.
	const why = ended.reason ?? (ended.exit === null ? '' : `exit ${ended.exit}`);
	const still = ended.still.length === 0 ? '' : `processes still running: ${ended.still.join(', ')}`;
	return [why, still]
		.filter(text => text !== '')
		.flatMap(text => paragraph(columns, text, {look: bold}))
		.slice(0, most.reason);
};

const keysLine = ({size: {columns}, theme}: PanelProps): Line =>
	inset(columns, [span(theme.glyph.enter, keyLook), span(safe(' whole output, search, attempts'), dim)]);

export const attemptDetail = (props: PanelProps, id: string, ref: AttemptRef): readonly Line[] => {
	const {state, size, theme} = props;
	const attempt = state.attempts[attemptKey(ref)];
	if (attempt === undefined) return [];
	const {colour} = outcomeMark(props, attempt);
	const word = safe(`${outcomeWord(props, attempt)} ${minutes(elapsed(props, attempt))}`);
	const inside = rowIn(ref.target) === id ? '' : `  in ${targetText(ref.target)}`;
	const about = safe(`${titleOf(props, id)}${inside}  attempt ${ref.attempt}`);
	const head = [
		header(theme, size.columns, safe(id), about, [span(word, {colour, bold: true})]),
		...commandLines(props, id),
		...progressLines(props, attempt),
		...stepLines(props, attempt),
		...endLines(props, attempt),
		rule(theme, size.columns),
	];
	const room = Math.max(0, size.rows - head.length - 1);
	return [...head, ...filled(outputLines(props, room), room), keysLine(props)];
};
