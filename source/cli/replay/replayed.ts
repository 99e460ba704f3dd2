/*
A cutover as it was at the replayed time, behind the ports that a live one has. Nothing behind them can write: the journal refuses
every command, no work is started, and a log ends where it ended then.
*/

import {tailOf} from '../../attempts/log/tail.ts';
import {refuse} from '../../cutover/decide/refusal.ts';
import {type AttemptRef, attemptKey} from '../../cutover/model/attempt-target.ts';
import type {Observation} from '../../cutover/model/command.ts';
import {nothingSeen} from '../../cutover/model/initial.ts';
import type {Replay} from '../../cutover/model/replay.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Acts, Clock, Cutover, Entry, Journal, Tail} from '../../cutover/ports.ts';
import {type Fold, foldOn, nothing} from '../../journal/fold.ts';
import {instant, parseInstant} from '../../text/time.ts';
import {healthOf} from '../../watch/health.ts';
import {readingActs} from '../acts.ts';
import type {Io} from '../io.ts';
import {openPlayer, type Player} from './player.ts';
import {type CutoverRecord, recordedSamples} from './recording.ts';

export type Replayed = {
	readonly cutover: Cutover & {readonly replay: Replay<Entry>};
	readonly player: Player;
	readonly clock: Clock;
};

const refused = refuse(
	'replay',
	'This is a replay: nothing is recorded and nothing runs.',
	'Leave it, and open the cutover that is meant.',
);

const stampOf = (line: string | undefined): number =>
	parseInstant((line ?? '').slice(0, 24)) ?? Number.NEGATIVE_INFINITY;

/** A log as far as its lines were written by the replayed time. `ended`: the attempt was over by then, and its log is whole. */
function replayedTail(tail: Tail, player: Player, ended: (attempt: AttemptRef) => boolean): Tail {
	const totalOf = (attempt: AttemptRef): number => {
		const {total} = tail.read(attempt, 0, 0);
		if (ended(attempt)) return total;
		const {now} = player.clock;
		let [low, high] = [0, total];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (stampOf(tail.read(attempt, middle, 1).lines[0]) <= now()) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const linesOf = (attempt: AttemptRef, rows: number, total: number): readonly string[] => {
		if (!ended(attempt)) return tail.read(attempt, Math.max(0, total - rows), Math.min(rows, total)).lines;
		let newest: readonly string[] = [];
		// Of a log that is longer than its head, the end is in a file of its own.
		tail.watch(attempt, rows, lines => {
			newest = lines;
		})();
		return newest;
	};
	return {
		watch(attempt, rows, changed) {
			let before = '';
			const look = (): void => {
				const total = totalOf(attempt);
				const lines = linesOf(attempt, rows, total);
				const key = `${total} ${lines.at(-1)}`;
				if (key === before) return;
				before = key;
				changed(lines, lines.join('\n').length);
			};
			const stop = player.watch(look);
			look();
			return stop;
		},
		read(attempt, from, count) {
			const total = totalOf(attempt);
			return {lines: from >= total ? [] : tail.read(attempt, from, Math.min(count, total - from)).lines, total};
		},
	};
}

function replayedJournal({entries}: CutoverRecord, player: Player, observe: (fold: Fold) => Observation): Journal {
	let fold = foldOn(nothing(), entries.slice(0, 1));
	const current = (): Fold => {
		const {event} = player.position();
		const known = fold.entries.length;
		if (event > known) fold = foldOn(fold, entries.slice(known, event));
		else if (event < known) fold = foldOn(nothing(), entries.slice(0, event));
		return fold;
	};
	const observed = (): Observation => observe(current());
	return {
		state: () => current().state,
		entries: () => current().entries,
		decide: async () => refused,
		would: () => refused,
		decideAll: async () => [],
		settle: async () => [],
		observed,
		look: async () => observed(),
		fault: () => null,
		watch: player.watch,
		close: async () => player.close(),
	};
}

/** What only a live cutover does is refused; what is shown or copied is that of the replayed time. */
function replayedActs(io: Io, folder: Path, journal: Journal, clock: Clock): Acts {
	const none = async (): Promise<typeof refused> => refused;
	return {
		...readingActs(io, {folder, journal, clock}),
		reconcile: async () => {},
		invite: none,
		attach: none,
		toSign: none,
		sign: none,
		cancelSigning: () => {},
		changes: () => null,
		approve: none,
		export: async () => {
			throw new Error(refused.why);
		},
	};
}

/** `real`: the machine's clock. It is at its first entry; close its player when done. */
export function replayed(io: Io, record: CutoverRecord, real: Clock, speed: number): Replayed {
	const {folder, entries} = record;
	const times = entries.map(({at}) => instant(at));
	const player = openPlayer(times, real, speed);
	const {clock} = player;
	const {open, instant: moment} = recordedSamples(folder, clock.now);
	const health = healthOf(folder, moment, {compares: true, open});
	let observed = nothingSeen;
	const journal = replayedJournal(record, player, ({state}) => {
		const reported = health(state);
		// The same object while nothing changed, so that a screen need not look again.
		if (reported !== observed.health)
			observed = {...nothingSeen, ...(reported === undefined ? {} : {health: reported})};
		return observed;
	});
	const tail = replayedTail(tailOf(folder, clock), player, attempt => {
		const found = journal.state().attempts[attemptKey(attempt)]?.ended ?? null;
		return found !== null;
	});
	const replay: Replay<Entry> = {position: player.position, entries: () => entries, move: player.move};
	return {cutover: {journal, tail, acts: replayedActs(io, folder, journal, clock), replay}, player, clock};
}
