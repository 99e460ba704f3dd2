/*
Who is on call: asked of the commands of `onCall` at begin, and again when the go/no-go is due. What they print is shown; who may act
stays in the approved settings.
*/
import {decisionDue} from '../cutover/due/schedule.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Journal} from '../cutover/ports.ts';
import {safe} from '../text/clean.ts';
import {type DeliveryWorld, longestMs, runApproved} from './deliver.ts';

type World = DeliveryWorld & {
	readonly journal: Pick<Journal, 'state' | 'decide'>;
	/** In whose name it is journaled. */
	readonly by: Person;
};

const longest = 160;

/** The first line that says something. */
const lineOf = (printed: string): string =>
	(printed.split(/\r?\n/).find(line => line.trim() !== '') ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, longest);

/** `stage`: that was due; null at begin. */
const keyOf = (role: string, stage: string | null): string => `${role}/${stage === null ? 'begin' : `stage ${stage}`}`;

/** To be called again and again: asks what is not known yet, and nothing while it asks. */
export function onCallAsker(world: World): () => void {
	const {journal, clock, by} = world;
	const asked = new Set<string>();

	const ask = async (role: string, line: string, stage: string | null): Promise<void> => {
		const {runbook} = journal.state();
		if (runbook === null) return;
		const over = new AbortController();
		const stop = clock.after(longestMs, () => over.abort());
		const {failed, printed} = await runApproved(world, runbook, over.signal)(line, '', {CUTOVER_ROLE: role})
			.catch((error: unknown) => ({failed: String(error), printed: ''}))
			.finally(stop);
		const people = failed === null ? safe(lineOf(printed)) : '';
		const reason = failed ?? (people === '' ? 'its command printed nothing' : null);
		const data = {role, stage, people: people === '' ? null : people, reason};
		await journal.decide({id: `on call/${keyOf(role, stage)}`, type: 'recordOnCall', data}, by);
	};

	return () => {
		const state = journal.state();
		const stage = decisionDue(state, clock.now())?.id ?? null;
		for (const [role, line] of Object.entries(state.runbook?.onCall ?? {})) {
			const key = keyOf(role, stage);
			if (asked.has(key) || state.onCall[role]?.stage === stage) continue;
			asked.add(key);
			// A journal that cannot be written now: asked once more with the next moment.
			ask(role, line, stage).catch(() => {});
		}
	};
}
