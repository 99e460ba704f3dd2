/** The package of the evidence after these acts. */
import {evidenceFields} from '../../source/cutover/snapshot/evidence-fields.ts';
import {collect, type Package} from '../../source/evidence/package.ts';
import {format} from '../../source/journal/entry.ts';
import {type Act, given} from '../given.ts';
import {runbook} from '../scenarios/runbook.ts';

export function evidenceAt(acts: readonly Act[], now: string): Package {
	const {state, entries, snapshot, now: at} = given(acts, now);
	const book = state.runbook ?? runbook;
	const lines = () => entries.map(format);
	return collect({
		program: 'cutover-tui 0.0.0',
		runbook: book,
		state,
		entries,
		lines,
		snapshot: snapshot(null),
		fields: evidenceFields(state),
		at,
	});
}
