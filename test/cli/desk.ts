/*
An operator's desk: the command line in this process, its answers as text, and whatever it started ended with the test.
*/
import {dirname} from 'node:path';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {finished} from 'node:stream/promises';
import type {TestContext} from 'node:test';
import type {Io, Signal} from '../../source/cli/io.ts';
import {run} from '../../source/cli/main.ts';
import {clear} from '../harness/ending.ts';
import {heard} from '../harness/heard.ts';
import {type Workspace, workspace} from './workspace.ts';

export type Ended = {readonly code: number; readonly stdout: string; readonly stderr: string};

/** `shows` resolves with stdout so far once this stands in it; rejects where the command ended without. */
export type Started = {
	readonly ended: Promise<Ended>;
	shows(wanted: string): Promise<string>;
	signal(name: Signal): void;
};

type Launched = Started & {readonly stdin: PassThrough; asks(wanted: string): Promise<string>};

export type Desk = Workspace & {
	/** One command line, with --state of this desk. `heard`: gets a way to send a signal once it listens. */
	cli(...argv: readonly string[]): Promise<Ended>;
	/** The same, with the state folder told by the environment and not by --state. */
	answers(...argv: readonly string[]): Promise<Ended>;
	/** As a person by this name. */
	as(name: string, ...argv: readonly string[]): Promise<Ended>;
	/** On a terminal: each answer is typed once its question is there. */
	typing(answers: readonly (readonly [question: string, answer: string])[], ...argv: readonly string[]): Promise<Ended>;
	/** The same where the sign may stand on stdout, and need not be a question. */
	talking(
		lines: readonly (readonly [sign: string, line: string | (() => string)])[],
		...argv: readonly string[]
	): Promise<Ended>;
	/** A command line that a signal can reach. */
	start(...argv: readonly string[]): Started;
	/** The same for a verb that knows no --state. */
	startHere(...argv: readonly string[]): Started;
	/** Answers of `status --json`. */
	status(): Promise<Readonly<Record<string, unknown>>>;
	/** Exit code 0, or the test fails with what was said. Answers with stdout. */
	must(name: string, ...argv: readonly string[]): Promise<string>;
};

export function desk(context: TestContext, env: Io['env'] = {}): Desk {
	const place = workspace();
	context.after(() => clear(dirname(place.folder), `HOME=${place.folder}`));
	const launch = (argv: readonly string[], tty: boolean): Launched => {
		const size = {isTTY: tty, columns: Number(env['COLUMNS'] ?? 0)};
		const out = Object.assign(new PassThrough(), size);
		const err = Object.assign(new PassThrough(), size);
		const stdin = Object.assign(new PassThrough(), {isTTY: tty});
		if (!tty) stdin.end();
		const listeners = new Set<(signal: Signal) => void>();
		const io: Io = {
			stdin,
			stdout: out,
			stderr: err,
			env: {
				PATH: process.env['PATH'],
				HOME: place.folder,
				LOGNAME: 'nightshift',
				XDG_STATE_HOME: dirname(place.state),
				...env,
			},
			cwd: place.folder,
			onSignal(heard) {
				listeners.add(heard);
				return () => listeners.delete(heard);
			},
		};
		const [stdout, stderr] = [heard(out), heard(err)];
		const ended = run(argv, io).then(async code => {
			await Promise.all([out, err].map(stream => finished(stream.end())));
			return {code, stdout: stdout.text(), stderr: stderr.text()};
		});
		return {
			ended,
			stdin,
			asks: stderr.shows,
			shows: stdout.shows,
			signal: name => [...listeners].map(heard => heard(name)),
		};
	};
	const here = (argv: readonly string[]): readonly string[] => [...argv, '--state', place.state];
	const start: Desk['start'] = (...argv) => launch(here(argv), false);
	const cli: Desk['cli'] = (...argv) => start(...argv).ended;
	return {
		...place,
		start,
		startHere: (...argv) => launch(argv, false),
		async typing(answers, ...argv) {
			const {ended, stdin, asks} = launch(here(argv), true);
			for (const [question, answer] of answers) {
				await asks(question);
				stdin.write(`${answer}\n`);
			}
			return ended;
		},
		async talking(lines, ...argv) {
			const {ended, stdin, shows, asks} = launch(here(argv), true);
			for (const [sign, line] of lines) {
				await Promise.any([shows(sign), asks(sign)]);
				stdin.write(`${typeof line === 'string' ? line : line()}\n`);
			}
			return ended;
		},
		cli,
		answers: (...argv) => launch(argv, false).ended,
		as: (name, ...argv) => cli(...argv, '--as', name),
		async status() {
			const {code, stdout, stderr} = await cli('status', '--json');
			if (code !== 0) throw new Error(`status: ${code}\n${stderr}`);
			return JSON.parse(stdout);
		},
		async must(name, ...argv) {
			const {code, stdout, stderr} = await cli(...argv, '--as', name);
			if (code !== 0) throw new Error(`${argv.join(' ')}: exit ${code}\n${stderr}\n${stdout}`);
			return stdout;
		},
	};
}
