/*
`--plain`: no full screen. One line an event as it happens, NEXT and YOU where they change, and a prompt that takes every
command of the command line. For screen readers, dumb terminals and consoles that only print.
*/

import {createInterface} from 'node:readline';
import {PassThrough, Writable} from 'node:stream';
import {targetName} from '../cutover/model/attempt-target.ts';
import type {Entry} from '../cutover/ports.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {snapshotNow} from '../cutover/snapshot/snapshot-of.ts';
import {faultOf, faultWord} from '../screen/state/view.ts';
import {safe} from '../text/clean.ts';
import {instant, wall} from '../text/time.ts';
import {personOf} from './act.ts';
import type {Args} from './args.ts';
import type {Opened} from './compose.ts';
import {type Io, type Signal, say} from './io.ts';
import {lostLines} from './lost-lines.ts';
import {asLines, nextLine} from './status-lines.ts';

/** No full screen: asked for, or the terminal cannot or should not show one. */
export const isPlain = (call: Args): boolean => {
	const {env} = call.io;
	return call.flag('plain') || env['TERM'] === 'dumb' || env['ACCESSIBLE'] === '1';
};

/** A typed line as words; quotes keep blanks together. */
export const wordsOf = (line: string): readonly string[] =>
	[...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+)/g)].map(
		([, double, single, bare]) => single ?? (double ?? bare ?? '').replaceAll(/\\(.)/g, '$1'),
	);

const help = [
	'Type a command as on the command line, without cutover-tui: run G2, acknowledge G5, decide go, hold --reason "…", sign S1.',
	'help COMMAND   what a command takes        status         the state of the cutover',
	'next           NEXT and YOU again          output G2      the end of its output; output G2 all: the whole',
	'quit           quits; the cutover continues',
];

const outputRows = 40;
const colour = /\u001b\[[\d;]*m/g;

export class Plain {
	readonly #call: Args;
	readonly #io: Io;
	/** Typed lines, handed to a command that asks something. */
	readonly #answers: PassThrough & {isTTY: boolean};
	#opened: Opened | null = null;
	#seq = 0;
	#said = '';
	#busy = false;
	/** Lines of the newest command: what it said of itself is not said again. */
	#printed = new Set<string>();
	readonly #queue: string[] = [];

	constructor(call: Args) {
		this.#call = call;
		this.#io = call.io;
		this.#answers = Object.assign(new PassThrough(), {isTTY: call.io.stdin.isTTY === true});
	}

	#say(line: string): void {
		say(this.#io, safe(line));
	}

	#snapshot(opened: Opened): Snapshot {
		return snapshotNow(opened, personOf(this.#call, opened.journal.state().runbook?.roles ?? []));
	}

	/** The headline, NEXT and YOU, where one of them reads otherwise than before. Times that run do not count. */
	#sayWhatIsNext(again = false): void {
		if (this.#opened === null) return;
		const {headline, next, you, now} = this.#snapshot(this.#opened);
		const lines = [`${headline.word}  ${headline.text}`, nextLine('NEXT', next, now), nextLine('YOU ', you, now)];
		const known = lines.join('\n').replaceAll(/\d+/g, '');
		if (known === this.#said && !again) return;
		this.#said = known;
		for (const line of lines) if (line !== null) this.#say(line);
	}

	#look(): void {
		if (this.#opened === null) return;
		const fault = this.#opened.journal.fault();
		if (fault !== null) {
			this.#say(`${faultWord(faultOf(fault))}  ${fault.message} ${fault.fix}`);
			for (const line of lostLines(fault)) this.#say(line);
			return;
		}
		for (const entry of this.#opened.journal.entries()) this.#event(entry);
		this.#sayWhatIsNext();
	}

	#event(entry: Entry): void {
		if (entry.seq <= this.#seq) return;
		this.#seq = entry.seq;
		const line = `${wall(instant(entry.at))}  ${sentence(entry)}`;
		if (!this.#printed.has(line)) this.#say(line);
	}

	#output([id = '', all]: readonly string[]): void {
		const attempt = Object.values(this.#opened?.journal.state().attempts ?? {}).findLast(
			({target}) => targetName(target) === id,
		);
		if (attempt === undefined || !this.#opened) {
			this.#say(`Nothing ran for "${id}". Name a gate or a stage.`);
			return;
		}
		const {tail} = this.#opened;
		const ref = attempt.within ?? attempt;
		const {total} = tail.read(ref, 0, 0);
		for (const line of tail.read(ref, all === 'all' ? 0 : Math.max(0, total - outputRows), total).lines)
			this.#say(line);
	}

	/** Stdout that remembers what a command prints. */
	#remembering(): Io['stdout'] {
		const {stdout} = this.#io;
		const printed = new Set<string>();
		this.#printed = printed;
		const write = (chunk: Buffer, _: unknown, done: () => void): void => {
			stdout.write(chunk);
			for (const line of String(chunk).split('\n')) printed.add(line.replaceAll(colour, ''));
			done();
		};
		return Object.assign(new Writable({write}), {isTTY: stdout.isTTY === true});
	}

	/** A command of the command line, for this cutover and as this person. */
	async #command(words: readonly string[]): Promise<void> {
		const takes = (option: string): boolean =>
			this.#call.verbs.find(({name}) => name === words[0])?.options.some(({name}) => name === option) === true;
		const added = (option: string, value: string | null | undefined): readonly string[] =>
			value === null || value === undefined || words.includes(`--${option}`) ? [] : [`--${option}`, value];
		const isAdded = (option: string): boolean => option === 'as' || option === 'state' || takes(option);
		const id = this.#opened?.journal.state().id;
		const options = [
			...(takes('cutover') ? added('cutover', id) : []),
			...['as', 'role', 'state'].filter(isAdded).flatMap(option => added(option, this.#call.text(option))),
		];
		const io = {...this.#io, stdin: this.#answers, stdout: this.#remembering()};
		const code = await this.#call.runLine([...words, ...options], io);
		if (code !== 0) this.#say(`(exit code ${code})`);
	}

	/** False where it is over. */
	async #line(line: string, reopen: () => Promise<Opened | null>): Promise<boolean> {
		const words = wordsOf(line);
		const [first, ...rest] = words;
		if (first === 'quit' || first === 'exit' || first === 'q') return false;
		if (first === undefined || first === 'next') this.#sayWhatIsNext(true);
		else if (first === 'help' || first === '?') {
			if (rest.length > 0) await this.#call.runLine([...rest, '--help'], this.#io);
			else for (const said of help) this.#say(said);
		} else if (first === 'status' && this.#opened) {
			for (const said of asLines(this.#snapshot(this.#opened), this.#opened)) say(this.#io, said);
		} else if (first === 'output') this.#output(rest);
		else await this.#command(words);
		this.#opened ??= this.#watched(await reopen());
		this.#look();
		return true;
	}

	readonly #stops: (() => void)[] = [];

	#watched(opened: Opened | null): Opened | null {
		if (opened === null) return null;
		this.#seq = opened.journal.entries().at(-1)?.seq ?? 0;
		const look = (): void => {
			if (!this.#busy) this.#look();
		};
		this.#stops.push(opened.journal.watch(look), opened.clock.every(1000, look));
		return opened;
	}

	/** `reopen`: the cutover, once there is one. Resolves with a signal that ended it, or null. */
	async talk(opened: Opened | null, reopen: () => Promise<Opened | null>): Promise<Signal | null> {
		const {stdin, onSignal} = this.#io;
		this.#opened = this.#watched(opened);
		if (opened !== null) for (const line of asLines(this.#snapshot(opened), opened)) say(this.#io, line);
		this.#say('Type a command, help, or quit.');
		const typed = createInterface({input: stdin, terminal: false});
		try {
			return await new Promise((resolve, reject) => {
				let isOver = false;
				let isUsed = false;
				// A console that only prints has no input: there it goes on until the cutover is closed.
				const isDone = (): boolean =>
					isOver && (isUsed || this.#opened === null || this.#opened.journal.state().closed !== null);
				this.#stops.push(onSignal(signal => (this.#busy ? undefined : resolve(signal))));
				const work = async (): Promise<void> => {
					if (this.#busy) return;
					for (let line = this.#queue.shift(); line !== undefined; line = this.#queue.shift()) {
						this.#busy = true;
						const goesOn = await this.#line(line, reopen);
						this.#busy = false;
						if (!goesOn) return resolve(null);
					}
					if (isDone()) resolve(null);
				};
				typed.on('line', line => {
					isUsed = true;
					if (this.#busy && this.#answers.listenerCount('data') > 0) this.#answers.write(`${line}\n`);
					else {
						this.#queue.push(line);
						work().catch(reject);
					}
				});
				typed.on('close', () => {
					isOver = true;
					this.#answers.end();
					if (this.#opened !== null) this.#stops.push(this.#opened.journal.watch(() => void work().catch(reject)));
					work().catch(reject);
				});
			});
		} finally {
			typed.close();
			for (const stop of this.#stops.splice(0)) stop();
		}
	}
}
