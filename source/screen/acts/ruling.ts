/*
What the rules say of a draft, before anybody said in which role. With several owners the core only asks for the role;
the draft is then tried in each, because what an owner may not do now, nobody may.
*/
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {Draft} from '../dialogs/dialog.ts';
import type {ScreenContext} from './act.ts';

/** It is somebody else's: theirs to say, and for the person here at most to pass on. */
export const isForOthers = (refusal: Refusal | null): boolean =>
	refusal?.code === 'not-owner' || refusal?.code === 'not-bound';

/** The rules refuse it whatever is typed: neither a missing word nor a missing role. */
export const forbids = (refusal: Refusal | null): refusal is Refusal =>
	refusal !== null && !refusal.usageError && refusal.needs.words.length === 0;

/** In the person's own role, or in any that owns the act. */
export const ruling = (at: ScreenContext, draft: Draft): Refusal | null => {
	const first = at.would(draft, null);
	if (first?.code !== 'role-needed') return first;
	const owners = (at.state.runbook?.roles ?? [])
		.map(role => at.would(draft, role))
		.filter(refusal => refusal?.code !== 'not-owner');
	return owners.find(refusal => !forbids(refusal)) ?? owners[0] ?? first;
};

/** What the rules would say if its owner said it and the person here passed it on; null where they would let it be. */
export const rulingForOthers = (at: ScreenContext, draft: Draft): Refusal | null => {
	const {runbook, people} = at.state;
	const theirs = (runbook?.roles ?? [])
		.map(role => at.would(draft, role, people?.[role]?.[0] ?? '…'))
		.filter(refusal => !isForOthers(refusal) && refusal?.usageError !== true);
	return theirs.find(refusal => !forbids(refusal)) ?? theirs[0] ?? null;
};
