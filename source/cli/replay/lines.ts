/*
A replay without a full screen: each event as it comes, headline and NEXT where they change, and a prompt for where to go. Where
nobody can type, it plays to its end.
*/

import {createInterface} from 'node:readline';
import type {Replay, ReplayMove} from '../../cutover/model/replay.ts';
import type {Cutover, Entry} from '../../cutover/ports.ts';
import {nextText} from '../../cutover/snapshot/next-step.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {snapshotNow} from '../../cutover/snapshot/snapshot-of.ts';
import {day, instant, wall, zone} from '../../text/time.ts';
import {actorOf} from '../act.ts';
import type {Args} from '../args.ts';
import {type Line, stated} from '../colour.ts';
import {entryLine} from '../entry-line.ts';
import {say} from '../io.ts';
import {asLines} from '../status-lines.ts';
import {codeOf, untilEnd} from '../until-end.ts';
import type {Player} from './player.ts';

const help = [
	'play, pause    plays on, or pauses            next, back    one event forth or back, and pauses there',
	'jump NUMBER    to the event of this number    speed N       N times as fast as it was',
	'status         the cutover at this time       events        every event with its number',
	'quit           leaves the replay',
];

/** What a typed word does, with the number behind it; null: nothing of that name. */
const moveFor = (word: string, number: number): ReplayMove | null => {
	if (word === 'next') return {kind: 'step', by: 1};
	if (word === 'back') return {kind: 'step', by: -1};
	return word === 'jump' && Number.isInteger(number) && number > 0 ? {kind: 'jump', event: number} : null;
};

export class ReplayLines {
	readonly #call: Args;
	readonly #cutover: Cutover & {readonly replay: Replay<Entry>};
	readonly #player: Player;
	readonly #folder: string;
	/** Number of the newest event that was said; after a jump those before it are not said. */
	#seq = 0;
	#known = '';

	constructor(call: Args, cutover: Cutover & {readonly replay: Replay<Entry>}, player: Player, folder: string) {
		this.#call = call;
		this.#cutover = cutover;
		this.#player = player;
		this.#folder = folder;
	}

	#say(...lines: readonly Line[]): void {
		say(this.#call.io, ...lines);
	}

	#snapshot(): Snapshot {
		const {journal} = this.#cutover;
		return snapshotNow({journal, clock: this.#player.clock}, actorOf(this.#call, {journal}));
	}

	#event(entry: Entry): void {
		this.#say(entryLine(`${String(entry.seq).padStart(4)}  ${wall(instant(entry.at))}  `, entry));
	}

	/** What came since the last call. */
	#look(): void {
		const fresh = this.#cutover.journal.entries().filter(({seq}) => seq > this.#seq);
		for (const entry of fresh) this.#event(entry);
		this.#seq = this.#player.position().event;
		const {headline, next} = this.#snapshot();
		const coming = next === null ? [] : [`      NEXT  ${nextText(next)}`];
		const known = [headline.word, headline.text, ...coming].join('\n').replaceAll(/\d+/g, '');
		if (known === this.#known) return;
		this.#known = known;
		this.#say(stated('      ', headline.word, `  ${headline.text}`), ...coming);
	}

	/** Of a jump only the event that it goes to is said. */
	#go(move: ReplayMove): void {
		if (move.kind === 'jump') this.#seq = move.event - 1;
		else if (move.kind === 'step' && move.by < 0) this.#seq = Math.max(0, this.#player.position().event - 2);
		this.#player.move(move);
	}

	#play(wanted: boolean): void {
		if (this.#player.position().playing === wanted) return;
		const {event, events} = this.#player.position();
		if (wanted && event === events) this.#seq = 0;
		this.#player.move({kind: 'play'});
	}

	/** False where it is over. */
	#line(line: string): boolean {
		const [word = '', rest = ''] = line.trim().split(/\s+/);
		const number = Number(rest.replace(/^x/i, ''));
		const move = moveFor(word, number);
		if (word === 'quit' || word === 'exit' || word === 'q') return false;
		if (move !== null) this.#go(move);
		else if (word === 'play' || word === 'pause') this.#play(word === 'play');
		else if (word === 'speed' && number > 0) this.#player.pace(number);
		else if (word === 'status') this.#say(...asLines(this.#snapshot(), {folder: this.#folder, watcher: () => true}));
		else if (word === 'events') for (const entry of this.#cutover.replay.entries()) this.#event(entry);
		else this.#say(...help);
		return true;
	}

	/** Resolves with the exit code, once it is left, or at the end where nobody types. `begin`: sets it going, unless it is to stay paused. */
	async talk(begin: () => void): Promise<number> {
		const {stdin} = this.#call.io;
		const {event: first, events, speed} = this.#player.position();
		this.#seq = first - 1;
		const at = instant(this.#cutover.replay.entries()[0]?.at ?? '');
		const {id} = this.#cutover.journal.state();
		this.#say(
			`REPLAY of ${id}: ${events} events from ${day(at)} ${wall(at)} ${zone(at)}, x${speed}. Nothing is recorded.`,
			'Type play, pause, next, back, jump NUMBER, speed N, status, help or quit.',
		);
		const typed = createInterface({input: stdin, terminal: false});
		try {
			return await untilEnd(this.#call.io, codeOf, end => {
				let isAlone = false;
				const look = (): void => {
					this.#look();
					const {event, events: all, playing} = this.#player.position();
					if (isAlone && !playing && event === all) end(0);
				};
				const stop = this.#player.watch(look);
				typed.on('line', line => {
					if (!this.#line(line)) end(0);
				});
				typed.on('close', () => {
					isAlone = true;
					this.#play(true);
					look();
				});
				look();
				begin();
				return [stop];
			});
		} finally {
			typed.close();
		}
	}
}
