/*
The rollback: one path at a time, and proof, which a path's good end is not.
*/

import {targetText} from '../../../cutover/model/attempt-target.ts';
import type {RollbackState} from '../../../cutover/model/state.ts';
import {safe} from '../../../text/clean.ts';
import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {eventLines} from '../events.ts';
import {paragraph} from '../flow.ts';
import {bold, inset, type Line, span} from '../line.ts';
import {outputLines} from '../run/output.ts';
import {allOrPart} from '../scroll.ts';
import {header, heightOf, type Section, textSection} from '../section.ts';
import {pathSection, reported} from './rollback-paths.ts';
import {proofLines} from './rollback-proof.ts';

const outcome = ({size: {columns}, theme}: PanelProps, {proved, failed}: RollbackState): readonly Line[] => {
	if (proved !== null) return reported(columns, theme.yes, 'PROVED', `by ${proved.by.name}`, wall(proved.at));
	return failed === null ? [] : reported(columns, theme.no, 'FAILED', failed.reason, wall(failed.at));
};

const proof = (props: PanelProps): Section => {
	const {state, size} = props;
	const {rollback} = state;
	const lines =
		rollback === null
			? [inset(size.columns, [span(safe('nothing was begun'), bold)])]
			: [...proofLines(props, rollback), ...outcome(props, rollback)];
	return textSection('PROOF', 'counted from the end of the path', lines, lines.length);
};

const causes = ({state, size, snapshot}: PanelProps): readonly Line[] =>
	snapshot.triggers
		.filter(({id}) => state.rollback?.triggers.includes(id))
		.map(({id, firedAt, text}) =>
			inset(size.columns, [span(safe(`trigger ${id} ${firedAt === null ? '' : `fired ${wall(firedAt)}   `}${text}`))]),
		);

/** Output of the path that runs, and what happened, in the rows that are left. */
const rest = (props: PanelProps, rows: number): readonly Line[] => {
	const {theme, size, view} = props;
	if (rows < 1) return [];
	const {tail} = view;
	if (rows < 3 || tail === null || !('path' in tail.target)) return eventLines(props, Math.min(rows, 3));
	const about = safe(`${targetText(tail.target)} attempt ${tail.attempt}`);
	return [header(theme, size.columns, safe('OUTPUT'), about), ...outputLines(props, rows - 1)];
};

/** What people do of it, as the runbook says. */
const byHand = ({state, size}: PanelProps): readonly Section[] => {
	const steps = state.runbook?.rollbackSteps ?? [];
	const lines = steps.flatMap((step, index) => paragraph(size.columns, `${index + 1}  ${step}`));
	return steps.length === 0 ? [] : [textSection('BY HAND', '', lines, lines.length)];
};

export const rollbackLines = (props: PanelProps): readonly Line[] => {
	const {size} = props;
	const sections = [pathSection(props, 'preferred'), pathSection(props, 'fallback'), ...byHand(props), proof(props)];
	const why = causes(props);
	const head = heightOf(sections) + why.length <= size.rows ? why : [];
	const room = {...props, size: {...size, rows: size.rows - head.length}};
	const lines = [...head, ...allOrPart(sections, room, 'arrows show the rest')];
	return [...lines, ...rest(props, size.rows - lines.length)];
};
