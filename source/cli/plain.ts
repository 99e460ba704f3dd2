/*
`--plain`: no full screen. One line an event as it happens, NEXT and YOU where they change, and a prompt that takes every
command of the command line. For screen readers, dumb terminals and consoles that only print.
*/

import {createInterface} from 'node:readline';
import {PassThrough, Writable} from 'node:stream';
import {type Entry, StoreFault} from '../cutover/ports.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {snapshotNow} from '../cutover/snapshot/snapshot-of.ts';
import {faultOf, faultWord} from '../screen/state/view.ts';
import {instant, wall} from '../text/time.ts';
import {actorOf, personOf} from './act.ts';
import type {Args} from './args.ts';
import {type Line, stated, uncoloured} from './colour.ts';
import type {Opened} from './compose.ts';
import {entryLine, lostLines} from './entry-line.ts';
import {type Io, type Signal, say} from './io.ts';
import {documentLines, found, healthLines, outputLines, soughtIn, whoIn, wordsOf} from './plain-reading.ts';
import {asLines, nextLine} from './status-lines.ts';
import {UsageError} from './usage-error.ts';
import {unwrapped} from './wrapped.ts';

/** No full screen: asked for, or the terminal cannot or should not show one. */
export const isPlain = (call: Args): boolean => {
	const {env} = call.io;
	return call.flag('plain') || env['TERM'] === 'dumb' || env['ACCESSIBLE'] === '1';
};

const help = [
	'Type a command as on the command line, without cutover-tui: run G2, acknowledge G5, decide go, hold --reason "…", sign S1.',
	'commands       all of them                  help COMMAND   what a command takes',
	'next           NEXT and YOU again           status         the state of the cutover',
	'health         triggers, endpoints, outages log            the journal',
	'output G2      the end of its newest output; output G2 1: of attempt 1; output G2 all; output G2 failure: the first one',
	'read           what can be read; read FILE; read G2: the runbook at that row, what runs there and which files it names',
	'/TEXT          at the end of output, read, log, health, status and export: only the lines that hold it',
	'export         the evidence                 set FIELD VALUE   fills or corrects a field of it',
	'list           every cutover                open ID        goes to another one; open RUNBOOK: the one of that runbook',
	'you NAME ROLE  who you are from now on      quit           quits; the cutover continues',
];

/** Opens a cutover: the one that was meant at the start, or this one. */
export type Reopen = (named?: string) => Promise<Opened | null>;

export class Plain {
	#call: Args;
	readonly #io: Io;
	/** Typed lines, handed to a command that asks something. */
	readonly #answers: PassThrough & {isTTY: boolean};
	#opened: Opened | null = null;
	#seq = 0;
	#said = '';
	#busy = false;
	/** By the newest command, as one line: what it said of itself is not said again. */
	#printed = '';
	readonly #queue: string[] = [];
	/** Folder of all cutovers, unless a line says another. */
	readonly #root: string | null;

	/** `state`: folder of the cutover, where that is not the one of the call. */
	constructor(call: Args, state: string | null = call.text('state')) {
		this.#call = call;
		this.#root = state;
		this.#io = call.io;
		this.#answers = Object.assign(new PassThrough(), {isTTY: call.io.stdin.isTTY === true});
	}

	#say(...lines: readonly Line[]): void {
		say(this.#io, ...lines);
	}

	#snapshot(opened: Opened): Snapshot {
		return snapshotNow(opened, actorOf(this.#call, opened));
	}

	/** The headline, NEXT and YOU, where one of them reads otherwise than before. Times that run do not count. */
	#sayWhatIsNext(again = false): void {
		if (this.#opened === null) return;
		const {headline, next, you, now} = this.#snapshot(this.#opened);
		const lines = [nextLine('NEXT', next, now), nextLine('YOU ', you, now)].filter(line => line !== null);
		const known = [headline.word, headline.text, ...lines].join('\n').replaceAll(/\d+/g, '');
		if (known === this.#said && !again) return;
		this.#said = known;
		this.#say(stated('', headline.word, `  ${headline.text}`), ...lines);
	}

	#look(): void {
		if (this.#opened === null) return;
		const fault = this.#opened.journal.fault();
		if (fault !== null) {
			this.#say(`${faultWord(faultOf(fault))}  ${fault.message} ${fault.fix}`, ...lostLines(fault));
			return;
		}
		for (const entry of this.#opened.journal.entries()) this.#event(entry);
		this.#sayWhatIsNext();
	}

	#event(entry: Entry): void {
		if (entry.seq <= this.#seq) return;
		this.#seq = entry.seq;
		const line = entryLine(`${wall(instant(entry.at))}  `, entry);
		if (!this.#printed.includes(unwrapped(uncoloured(line)))) this.#say(line);
	}

	/** Stdout that remembers what a command prints. */
	#remembering(): Io['stdout'] {
		const {stdout} = this.#io;
		this.#printed = '';
		const write = (chunk: Buffer, _: unknown, done: () => void): void => {
			stdout.write(chunk);
			this.#printed += unwrapped(String(chunk));
			done();
		};
		return Object.assign(new Writable({write}), {isTTY: stdout.isTTY === true, columns: stdout.columns ?? 0});
	}

	/** Stdout of which only the lines that hold the text are shown. */
	#searched(text: string): Io['stdout'] & {end(): void} {
		let all = '';
		const write = (chunk: Buffer, _: unknown, done: () => void): void => {
			all += String(chunk);
			done();
		};
		const final = (done: () => void): void => {
			for (const line of found(all.trimEnd().split('\n'), text)) this.#say(line);
			done();
		};
		return new Writable({write, final});
	}

	/** A command of the command line, for this cutover and as this person. */
	async #command(typed: readonly string[]): Promise<void> {
		const isSearched = typed[0] === 'log' || typed[0] === 'export' || typed[0] === 'list';
		const {words, sought} = isSearched ? soughtIn(typed) : {words: typed, sought: null};
		const takes = (option: string): boolean =>
			this.#call.verbs.find(({name}) => name === words[0])?.options.some(({name}) => name === option) === true;
		// Another cutover that happens to be the only one open is not the one that was meant here.
		if (this.#opened === null && this.#call.word(0) !== null && takes('cutover') && !words.includes('--cutover')) {
			this.#say('No cutover is open here, and nothing was done. Begin one, or go to another one: open ID.');
			return;
		}
		const added = (option: string, value: string | null | undefined): readonly string[] =>
			value === null || value === undefined || words.includes(`--${option}`) ? [] : [`--${option}`, value];
		const isAdded = (option: string): boolean => option === 'as' || takes(option);
		const id = this.#opened?.journal.state().id;
		const options = [
			...(takes('cutover') ? added('cutover', id) : []),
			...['as', 'role'].filter(isAdded).flatMap(option => added(option, this.#call.text(option))),
			...added('state', this.#root),
		];
		const stdin = words[0] === 'adopt' ? Object.assign(new PassThrough().end(), {isTTY: false}) : this.#answers;
		const io = {...this.#io, stdin, stdout: sought === null ? this.#remembering() : this.#searched(sought)};
		const plain = takes('plain') ? ['--plain'] : [];
		const code = await this.#call.runLine([...words, ...options, ...plain], io);
		if (sought !== null) io.stdout.end();
		if (code !== 0) this.#say(`(exit code ${code})`);
	}

	/** Who acts from now on. */
	#become(words: readonly string[]): void {
		const state = this.#opened?.journal.state();
		const roles = state?.runbook?.roles ?? [];
		const {name, role} = whoIn(words, state?.people ?? null);
		if (role !== undefined && roles.length > 0 && !roles.includes(role)) {
			this.#say(`There is no role "${role}". There are: ${roles.join(', ')}.`);
			return;
		}
		if (name?.trim()) this.#call = this.#call.but({as: name, role: role ?? null});
		const {name: who, role: its} = personOf(this.#call, state?.runbook ?? null);
		this.#say(`You are ${who}${its === null ? '' : ` (${its})`}.`);
		this.#sayWhatIsNext(name !== undefined);
	}

	/** As it is opened: its watcher is being started. */
	#board(opened: Opened): void {
		const {folder} = opened;
		this.#say(...asLines(this.#snapshot(opened), {folder, watcher: () => true}));
	}

	/** Goes to another cutover; this one goes on. */
	async #goTo(named: string | undefined, reopen: Reopen): Promise<void> {
		try {
			const other = named === undefined ? null : await reopen(named);
			if (named === undefined) this.#say('open takes the id of a cutover, as list shows it, or a runbook.');
			else if (other === null) this.#say(`No cutover of ${named} is open. Begin it: begin ${named} --t0 WHEN`);
			else {
				this.#opened = this.#watched(other);
				this.#board(other);
			}
		} catch (error) {
			if (!(error instanceof UsageError || error instanceof StoreFault)) throw error;
			this.#say(error.message);
		}
	}

	/** What is read and not done: of the cutover that is open, as it is now. */
	async #reads(first: string | undefined, rest: readonly string[]): Promise<boolean> {
		const opened = this.#opened;
		if (opened === null || first === undefined) return false;
		const {words, sought} = soughtIn(rest);
		const searched = (lines: readonly Line[]): readonly Line[] =>
			sought === null ? lines : found(lines.map(uncoloured), sought);
		const reads: Readonly<Record<string, () => readonly Line[]>> = {
			output: () => outputLines(opened, rest),
			read: () => documentLines(this.#io, opened, rest),
			health: () => searched(healthLines(this.#snapshot(opened), opened)),
			...(words.length === 0 && {status: () => searched(asLines(this.#snapshot(opened), opened))}),
		};
		if (!Object.hasOwn(reads, first)) return false;
		await opened.journal.look().catch(() => {});
		for (const line of reads[first]?.() ?? []) this.#say(line);
		return true;
	}

	/** False where it is over. */
	async #line(line: string, reopen: Reopen): Promise<boolean> {
		const words = wordsOf(line);
		const [first, ...rest] = words;
		if (first === 'quit' || first === 'exit' || first === 'q') return false;
		if (first === undefined || first === 'next') this.#sayWhatIsNext(true);
		else if (first === 'commands') await this.#call.runLine(['--help'], this.#io);
		else if (first === 'help' || first === '?') {
			if (rest.length > 0) await this.#call.runLine([...rest, '--help'], this.#io);
			else this.#say(...help);
		} else if (first === 'you') this.#become(rest);
		else if (first === 'open') await this.#goTo(rest[0], reopen);
		else if (!(await this.#reads(first, rest))) await this.#command(words);
		this.#opened ??= this.#watched(await reopen());
		this.#look();
		return true;
	}

	readonly #stops: (() => void)[] = [];
	/** Of the cutover that is shown. */
	readonly #watches: (() => void)[] = [];

	#watched(opened: Opened | null): Opened | null {
		if (opened === null) return null;
		for (const stop of this.#watches.splice(0)) stop();
		this.#seq = opened.journal.entries().at(-1)?.seq ?? 0;
		const look = (): void => (this.#busy ? undefined : this.#look());
		const lookAnew = (): void => void opened.journal.look().then(look, look);
		this.#watches.push(opened.journal.watch(look), opened.clock.every(1000, lookAnew));
		return opened;
	}

	/** `reopen`: the cutover, once there is one. Resolves with a signal that ended it, or null. */
	async talk(opened: Opened | null, reopen: Reopen): Promise<Signal | null> {
		const {stdin, onSignal} = this.#io;
		this.#opened = this.#watched(opened);
		if (opened !== null) this.#board(opened);
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
			for (const stop of [...this.#stops.splice(0), ...this.#watches.splice(0)]) stop();
		}
	}
}
