/**
 * An operator at the built program: reads the screen before each key, and pauses before an Enter that counts, as the
 * program asks of people.
 */
import {dirname} from 'node:path';
import type {TestContext} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {type Workspace, workspace} from '../cli/workspace.ts';
import {clear} from '../harness/ending.ts';
import {type Ended, program, runProgram} from '../harness/program.ts';
import {openTerminal, type Terminal, type TerminalOptions} from '../harness/terminal.ts';

/** Longer than what the program asks for between the last letter and an Enter that counts. */
const pauseMs = 250;

export class Operator {
	readonly terminal: Terminal;

	constructor(terminal: Terminal) {
		this.terminal = terminal;
	}

	shows(sign: string | RegExp): Promise<number> {
		return this.terminal.shows(sign);
	}

	/** A key, and what the screen shows then. */
	async press(key: string, sign: string | RegExp): Promise<void> {
		this.terminal.press(key);
		await this.shows(sign);
	}

	/** Text into the field that has the cursor. */
	async fill(text: string): Promise<void> {
		this.terminal.type(text);
		await this.shows(`${text.slice(-20)}_`);
	}

	/** An Enter of its own, after a look. */
	async confirm(sign: string | RegExp): Promise<void> {
		await pause(pauseMs);
		await this.press('enter', sign);
	}

	/** The typed word. */
	async word(word: string, sign: string | RegExp): Promise<void> {
		await this.shows(`type ${word} to confirm`);
		await this.fill(word);
		await this.confirm(sign);
	}

	/** From the first screen to what shows once the cutover is open. */
	async begin(t0: string, sign: string | RegExp): Promise<void> {
		await this.press('enter', 'BEGIN THE CUTOVER');
		await this.fill(t0);
		await this.press('tab', '>  ticket');
		await this.fill('CHG-7');
		await this.press('tab', '>  environment');
		await this.fill('staging');
		await this.confirm('type BEGIN to confirm');
		await this.word('BEGIN', sign);
	}

	/** Runs what is selected, once it was shown. */
	async run(id: string, sign: string | RegExp): Promise<void> {
		await this.press('r', `RUN ${id}`);
		await this.press('y', sign);
	}
}

/** What ends with a test, or with whatever else opened it. */
export type Ending = Pick<TestContext, 'after'>;

export type Site = Workspace & {
	/** What the program gets of the environment beside the usual. */
	readonly env: Readonly<Record<string, string>>;
	open(
		options?: Pick<TerminalOptions, 'cols' | 'rows'> & {
			readonly args?: readonly string[];
			readonly env?: Readonly<Record<string, string>>;
		},
	): Operator;
	cli(...args: readonly string[]): Promise<Ended>;
	/** Answers of `status --json`. */
	status(): Promise<Readonly<Record<string, unknown>>>;
};

/** A workspace with a runbook, a home of its own, and nothing left running after the test. `more`: of the environment; `by`: what starts it. */
export const site = (t: Ending, more: Readonly<Record<string, string>> = {}, by = program): Site => {
	const [command, ...own] = by;
	const place = workspace();
	const home = dirname(place.folder);
	const env = {HOME: home, XDG_STATE_HOME: place.state, ...more};
	t.after(() => clear(home, `HOME=${home}`));
	const cli = (...args: readonly string[]) => runProgram(args, {by, cwd: place.folder, env});
	return {
		...place,
		env,
		open: ({args = ['runbook.md'], env: added = {}, ...options} = {}) =>
			new Operator(
				openTerminal({command, args: [...own, ...args], cwd: place.folder, env: {...env, ...added}, ...options}),
			),
		cli,
		status: async () => JSON.parse((await cli('status', '--json')).stdout),
	};
};
