/** What a screen is opened with: its ports, and what it shows at this instant. */

import type {Draft} from '../../commands/situation.ts';
import type {Observation} from '../../cutover/model/command.ts';
import {initial, nothingSeen} from '../../cutover/model/initial.ts';
import type {Person} from '../../cutover/model/person.ts';
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {State} from '../../cutover/model/state.ts';
import type {Cutover, Journal, Opening} from '../../cutover/ports.ts';
import {previewOf} from '../../cutover/snapshot/preview.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../../cutover/snapshot/snapshot-of.ts';
import type {ScreenContext} from '../acts/act.ts';
import {rememberLast} from '../remember.ts';
import type {Following, ScreenOptions} from '../screen-options.ts';
import type {Theme} from '../theme.ts';
import {outputShown} from './subject.ts';
import type {View} from './view.ts';

export type World = Pick<ScreenOptions, 'clock' | 'account' | 'newId' | 'redact'> & {
	readonly theme: Theme;
	/** Once, for what is loud. */
	ring(): void;
	/** The first opening has become a cutover. */
	begun(cutover: Cutover): void;
	/** Who sits here has taken another name. */
	named(person: Person): void;
	/** `to`: the page that follows. */
	leave(to?: Following): void;
	/** Gives the terminal back and stops, until the shell lets it go on. */
	suspend(): Promise<void>;
};

/** Before `begun` there is an opening, afterwards a cutover. */
export type Subject = {readonly opening: Opening | null; readonly cutover: Cutover | null};

/** Who asks the rules: in the role taken for this act, or the person's own. */
const asker = ({person}: View, as: string | null) => ({...person, role: as ?? person.role});

const passedOn = (speaker: string | undefined) =>
	speaker === undefined ? {} : {relayed: {speaker, channel: '…', words: '…'}};

type Asked = readonly [state: State, at: number, observed: Observation, person: Person, role: string | null];

let asked: Asked | null = null;
let answer: Snapshot | null = null;
/** By what was asked, as long as `asked` holds: each keypress asks for every key of the footer. */
const rulings = new Map<string, Refusal | null>();

/** A keypress asks several times, and gets the same one. */
const snapshotFor = (journal: Journal, {person, askedRole}: View, now: number): Snapshot => {
	const state = journal.state();
	const ask: Asked = [state, now, journal.observed(), person, person.role ?? askedRole];
	if (answer !== null && asked !== null && ask.every((part, index) => part === asked?.[index])) return answer;
	asked = ask;
	rulings.clear();
	answer = snapshotOf(state, ask[1], ask[2], {...person, role: ask[4]});
	return answer;
};

const ruled = (asked: string, rule: () => Refusal | null): Refusal | null => {
	const known = rulings.get(asked);
	if (known !== undefined) return known;
	const ruling = rule();
	rulings.set(asked, ruling);
	return ruling;
};

/* Both are drawn each second, and made of files or of the whole journal. */
const sources = rememberLast<readonly string[] | null>();
const blocks = rememberLast<readonly string[]>();

const ofCutover = ({journal, tail, acts, replay}: Cutover, view: View, now: number) => {
	const state = journal.state();
	const snapshot = snapshotFor(journal, view, now);
	return {
		state,
		snapshot,
		entries: journal.entries(),
		replay: replay === undefined ? null : {...replay.position(), all: replay.entries()},
		would: (draft: Draft, as: string | null, speaker?: string) =>
			ruled(JSON.stringify([draft, as, speaker]), () =>
				journal.would({...draft, id: 'would', confirm: [], ...passedOn(speaker)}, asker(view, as)),
			),
		preview: (draft: Draft, as: string | null, speaker?: string) =>
			replay === undefined
				? previewOf(
						state,
						{...draft, id: 'preview', ...passedOn(speaker)},
						{at: snapshot.now, by: asker(view, as), observed: journal.observed()},
					)
				: null,
		what: (path: string) => sources(state, path, () => acts.what(path)),
		evidence: () => blocks(state, '', () => acts.evidence().replace(/\n$/, '').split('\n')),
		formats: acts.formats,
		willRun: () => acts.willRun(),
		changes: () => acts.changes(),
		outputLines: () => {
			const shown = outputShown({state, snapshot, view});
			return shown ? tail.read(shown, 0, 0).total : 0;
		},
	};
};

const ofNothing = (now: number) => ({
	state: initial,
	snapshot: snapshotOf({...initial, t0: now}, now, nothingSeen, null),
	entries: [],
	replay: null,
	would: () => null,
	what: () => null,
	evidence: () => [],
	formats: [],
	willRun: () => [],
	preview: () => null,
	changes: () => null,
	outputLines: () => 0,
});

/** Everything that a keypress may know, and a panel shows. `now` in ms. */
export function lookAt(
	{account, clock, redact}: World,
	{opening, cutover}: Subject,
	view: View,
	now: number,
): ScreenContext {
	const found = cutover ? ofCutover(cutover, view, now) : ofNothing(now);
	// Entries and outputs hold no secret: what is sought in them holds none either, for keys and panels alike.
	const filter = redact(cutover ? found.state.runbook : (opening?.runbook ?? null), view.filter);
	return {
		...found,
		view: filter === view.filter ? view : {...view, filter},
		opening: cutover ? null : opening,
		steady: clock.steady(),
		account,
	};
}
