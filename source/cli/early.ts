/*
What the program does before it loads anything: where a command line opens the screen, the terminal is taken at once, and
given back whatever ends the loading. What is not clear from the words alone waits until they are parsed.
*/

import {statSync, writeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';
import type {Environment} from '../net/proxy.ts';
import {firstWords, given, type Taken, takenWith} from '../screen/terminal/take-terminal.ts';

export {runKept} from './kept-code.ts';

/** Options of the screen that take a value; a test compares them with its table. */
export const valued: ReadonlySet<string> = new Set([
	't0',
	'ticket',
	'environment',
	'as',
	'role',
	'cutover',
	'state',
	'store',
	'settings',
	'workspace',
]);

export const isUtf8 = (env: Environment): boolean =>
	/utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');

/** A path, and no command: those have neither a dot nor a slash. */
function isRunbook(word: string): boolean {
	if (!/[/.]/.test(word)) return false;
	return statSync(word, {throwIfNoEntry: false})?.isFile() === true;
}

/** The words of a command line whose options are all known to take a value; null where one is not. */
function wordsOf(argv: readonly string[]): {words: readonly string[]; options: ReadonlySet<string>} | null {
	const words: string[] = [];
	const options = new Set<string>();
	for (let at = 0; at < argv.length; at++) {
		const [, name, value] = /^--([^=]+)(=.*)?$/s.exec(argv[at] ?? '') ?? [];
		if (name === undefined) {
			if (argv[at]?.startsWith('-')) return null;
			words.push(argv[at] ?? '');
			continue;
		}
		if (!valued.has(name)) return null;
		options.add(name);
		if (value === undefined && ++at >= argv.length) return null;
	}
	return {words, options};
}

/** True where this command line opens the screen of one cutover or runbook, and asks nothing before. */
export function opensScreen(argv: readonly string[], env: Environment): boolean {
	if (env['TERM'] === 'dumb' || env['ACCESSIBLE'] === '1') return false;
	const parsed = wordsOf(argv);
	if (parsed === null || parsed.words.length > 1) return false;
	const [runbook] = parsed.words;
	return runbook === undefined ? parsed.options.has('cutover') : isRunbook(runbook);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** True where a screen may be opened on this terminal, if only after a question. */
export const mayOpenScreen = (argv: readonly string[]): boolean =>
	isatty(0) && isatty(1) && (argv.length === 0 || argv[0] === 'rehearse');

/** Takes the terminal of this process for the screen; null where the command line opens none, or there is no terminal. */
export function takeEarly(argv: readonly string[], env: Environment): Taken | null {
	let ours = true;
	const leave = (): boolean => {
		const were = ours;
		ours = false;
		process.off('exit', giveBack).off('uncaughtExceptionMonitor', giveBack);
		for (const signal of signals) process.off(signal, die);
		return were;
	};
	const giveBack = (): void => {
		if (leave()) writeSync(1, given);
	};
	// Nothing else hears it yet: so the process ends as it would without us.
	const die = (signal: NodeJS.Signals): void => {
		giveBack();
		process.kill(process.pid, signal);
	};
	try {
		if (!isatty(0) || !isatty(1) || !opensScreen(argv, env)) return null;
		// Heard before the terminal is taken: there is no moment in which a signal would leave it so.
		process.on('exit', giveBack).on('uncaughtExceptionMonitor', giveBack);
		for (const signal of signals) process.on(signal, die);
		writeSync(1, takenWith(firstWords(!isUtf8(env))));
		return {giveBack, handOver: leave};
	} catch {
		// What is wrong is said by whoever meets it again, on a terminal as it was.
		leave();
		return null;
	}
}
