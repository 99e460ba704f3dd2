/*
The state now, for somebody who comes back to a cutover whose health is measured: who is up, whether the rollback could begin from
this screen, who is in command, and what of theirs runs. What is wrong is in row 1.
*/

import {attemptKey, targetText} from '../../../cutover/model/attempt-target.ts';
import type {State} from '../../../cutover/model/state.ts';
import {safe} from '../../../text/clean.ts';
import {sameName} from '../../../text/same-name.ts';
import type {PanelProps} from '../../panel.ts';
import {flowing} from '../flow.ts';
import {endpointPieces} from '../health/endpoint-row.ts';
import {blank, type Line, shape, span} from '../line.ts';
import {readiness} from '../rollback/readiness.ts';

/** Something is measured or could be sent: then there is more to say than row 1 does. */
export const hasNow = ({runbook}: State): boolean =>
	(runbook?.endpoints ?? []).length > 0 || (runbook?.rollback?.remote ?? null) !== null;

export const nowLines = (props: PanelProps): readonly Line[] => {
	const {snapshot, state, person, size} = props;
	const mine = snapshot.running.filter(ref => sameName(state.attempts[attemptKey(ref)]?.by.name ?? '', person.name));
	const yours =
		mine.length === 0
			? 'nothing of yours is running'
			: `yours runs: ${mine.map(({target}) => targetText(target)).join(', ')}`;
	const points = snapshot.rollback === null ? readiness(props).points : [];
	return flowing(size.columns, [
		...endpointPieces(props),
		...points.map(({mark, text}): Line => [shape(mark), blank(1), span(safe(text))]),
		[span(safe(snapshot.command === null ? 'nobody is in command' : `${snapshot.command} is in command`))],
		[span(safe(yours))],
	]);
};
