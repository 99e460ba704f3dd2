/**
 * The built program as an operator has it: in a pseudo-terminal of a given size, with what it shows read back from a
 * terminal emulator. Tests wait for a sign on the screen and never for a time; what is too long is a failure that
 * shows the screen.
 */
import {performance} from 'node:perf_hooks';
import {getTestContext} from 'node:test';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {keys} from './keystrokes.ts';
import {patience} from './observed.ts';
import {environment, program} from './program.ts';

export interface TerminalOptions {
	command: string;
	args?: readonly string[];
	/** Cells. */
	cols?: number;
	rows?: number;
	/** Added to the environment; undefined takes a variable away. */
	env?: Record<string, string | undefined>;
	cwd?: string;
}

export interface Exit {
	code: number;
	/** The signal's number, 0 where the program ended by itself. */
	signal: number;
}

export class Terminal {
	/** Bytes that the program wrote so far. */
	bytes = 0;
	readonly exited: Promise<Exit>;
	readonly #pty: IPty;
	readonly #emulator: xterm.Terminal;
	readonly #waiting = new Set<() => void>();
	#exit: Exit | undefined;

	constructor({command, args = [], cols = 80, rows = 24, env = {}, cwd}: TerminalOptions) {
		this.#emulator = new xterm.Terminal({cols, rows, allowProposedApi: true, scrollback: 0});
		this.#pty = spawn(command, [...args], {
			cols,
			rows,
			cwd: cwd ?? process.cwd(),
			env: environment({TERM: 'xterm-256color', ...env}),
			encoding: null,
		});
		this.#pty.onData(data => this.#receive(data as unknown as Uint8Array));
		// What the emulator answers to queries (status report, device attributes) goes back as from any terminal.
		this.#emulator.onData(reply => this.#pty.write(reply));
		this.#emulator.onWriteParsed(() => this.#look());
		this.exited = new Promise(resolve => {
			this.#pty.onExit(({exitCode, signal = 0}) => {
				this.#exit = {code: exitCode, signal};
				resolve(this.#exit);
				this.#look();
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	#receive(data: Uint8Array): void {
		this.bytes += data.length;
		this.#emulator.write(data);
	}

	#look(): void {
		for (const look of this.#waiting) look();
	}

	/** What is on the screen: its rows joined by line feeds, blanks at their ends left out. */
	screen(): string {
		const {buffer, rows} = this.#emulator;
		const lines = Array.from({length: rows}, (_, row) => buffer.active.getLine(buffer.active.viewportY + row));
		return lines.map(line => line?.translateToString(true) ?? '').join('\n');
	}

	/** Where the cursor stands, from 0, and whether the program is on the alternate screen. */
	cursor(): {x: number; y: number; alternate: boolean} {
		const {cursorX: x, cursorY: y, type} = this.#emulator.buffer.active;
		return {x, y, alternate: type === 'alternate'};
	}

	/** Resolves with the milliseconds it took until `holds`. Throws with the screen when that takes too long. */
	async until(holds: (screen: string) => boolean, sought: string, within = patience): Promise<number> {
		const begun = performance.now();
		const {promise, resolve, reject} = Promise.withResolvers<number>();
		const fail = (why: string) => reject(new Error(`${why} ${sought}; the screen shows:\n${this.#framed()}`));
		const look = () => {
			if (holds(this.screen())) resolve(performance.now() - begun);
		};
		const timer = setTimeout(() => fail(this.#exit ? `Ended (${this.#exit.code}) without` : `No`), within);
		this.#waiting.add(look);
		look();
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.#waiting.delete(look);
		}
	}

	/** Waits until the screen shows a text or matches an expression; answers the milliseconds it took. */
	shows(sign: string | RegExp, within?: number): Promise<number> {
		const observed = (screen: string) => (typeof sign === 'string' ? screen.includes(sign) : sign.test(screen));
		return this.until(observed, `sign of ${sign instanceof RegExp ? sign : JSON.stringify(sign)}`, within);
	}

	/** Waits until the screen no longer shows a text. */
	hides(text: string, within?: number): Promise<number> {
		return this.until(screen => !screen.includes(text), `end of ${JSON.stringify(text)}`, within);
	}

	#framed(): string {
		const edge = '─'.repeat(this.#emulator.cols);
		return `┌${edge}\n${this.screen().replace(/^/gm, '│')}\n└${edge}`;
	}

	/** Shows each screen to `look`, from now on. */
	watch(look: (screen: string) => void): void {
		this.#waiting.add(() => look(this.screen()));
	}

	/** Writes characters in one piece, as a paste or a fast link delivers them. */
	type(text: string): void {
		this.#pty.write(text);
	}

	/** Presses keys one after the other: a name of `keys`, or a character. */
	press(...names: string[]): void {
		for (const name of names) this.#pty.write(keys[name] ?? name);
	}

	resize(cols: number, rows: number): void {
		this.#emulator.resize(cols, rows);
		this.#pty.resize(cols, rows);
	}

	/** Sends a signal to the program. */
	kill(signal = 'SIGKILL'): void {
		this.#pty.kill(signal);
	}

	/** Closes the terminal under the program, as a lost connection does. */
	hangUp(): void {
		(this.#pty as IPty & {destroy(): void}).destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#exit) {
			this.kill();
			await this.exited;
		}
		this.#emulator.dispose();
	}
}

/** Starts a program in a terminal; it is ended with the test that opened it. */
export function openTerminal(options: TerminalOptions): Terminal {
	const terminal = new Terminal(options);
	const context = getTestContext();
	if (context && 'after' in context) context.after(() => terminal[Symbol.asyncDispose]());
	return terminal;
}

/** Starts the built program in a terminal, as openTerminal does. */
export function openProgram(
	args: readonly string[],
	options: Omit<TerminalOptions, 'command' | 'args'> = {},
): Terminal {
	const [node, ...own] = program;
	return openTerminal({...options, command: node, args: [...own, ...args]});
}
