/*
Who is on call: asked of the commands of `onCall` at begin, and again when the go/no-go is due. What they print is shown; who may act
stays in the approved settings.
*/
import {plannedAt, stageOfKind} from '../cutover/due/schedule.ts';
import type {Person} from '../cutover/model/person.ts';
import type {State} from '../cutover/model/state.ts';
import type {Journal} from '../cutover/ports.ts';
import {safe} from '../text/clean.ts';
import {type DeliveryWorld, longestMs, runApproved} from './deliver.ts';

type World = DeliveryWorld & {
	readonly journal: Pick<Journal, 'state' | 'decide'>;
	/** In whose name it is journaled. */
	readonly by: Person;
};

const longest = 160;

/** What happened last of all that makes it news who is on call. */
function momentOf(state: State, now: number): string {
	const decision = state.runbook && stageOfKind(state.runbook, 'decision');
	return decision && now >= plannedAt(state, decision) ? decision.id : 'begin';
}

/** The first line that says something. */
const lineOf = (printed: string): string =>
	(printed.split(/\r?\n/).find(line => line.trim() !== '') ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, longest);

/** To be called again and again: asks what is not known yet, and nothing while it asks. */
export function onCallAsker(world: World): () => void {
	const {journal, clock, by} = world;
	const asked = new Set<string>();

	const ask = async (role: string, line: string, moment: string): Promise<void> => {
		const {runbook} = journal.state();
		if (runbook === null) return;
		const over = new AbortController();
		const stop = clock.after(longestMs, () => over.abort());
		const {failed, printed} = await runApproved(world, runbook, over.signal)(line, '', {CUTOVER_ROLE: role})
			.catch((error: unknown) => ({failed: String(error), printed: ''}))
			.finally(stop);
		const people = failed === null ? safe(lineOf(printed)) : '';
		const reason = failed ?? (people === '' ? 'its command printed nothing' : null);
		const data = {role, moment, people: people === '' ? null : people, reason};
		await journal.decide({id: `on call/${role}/${moment}`, type: 'recordOnCall', data}, by);
	};

	return () => {
		const state = journal.state();
		const moment = momentOf(state, clock.now());
		for (const [role, line] of Object.entries(state.runbook?.onCall ?? {})) {
			const key = `${role}/${moment}`;
			if (asked.has(key) || state.onCall[role]?.moment === moment) continue;
			asked.add(key);
			// A journal that cannot be written now: asked once more with the next moment.
			ask(role, line, moment).catch(() => {});
		}
	};
}
