/*
The words of a state in the colours of the screen, where a terminal shows them. Whoever makes a line says which word of it is the
state: nothing that somebody wrote is coloured.
*/
import type {Environment} from '../net/proxy.ts';
import {safe} from '../text/clean.ts';

/** As much of an Io as tells whether colours show. */
type Shown = {
	readonly stdout: {readonly isTTY?: boolean};
	readonly env: Environment;
};

/** A line of which `word` says a state. */
export type Stated = {readonly before: string; readonly word: string; readonly after: string};

/** As it is printed; what acts on a terminal is taken out then. */
export type Line = string | Stated;

export const stated = (before: string, word: string, after: string): Stated => ({before, word, after});

const bold = 1;
const colours = {red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, plain: bold} as const;

const words: Readonly<Record<keyof typeof colours, readonly string[]>> = {
	red: 'error,failed,FAIL,FAILED,DOWN,ERROR,HOLD,FIRED,OUTAGE,T0 LATE,ROLLBACK FAILED,NOT RECORDED,MISSING'.split(','),
	green: 'passed,PASS,DONE,UP,READY,GO,KEPT,ROLLED BACK,SIGNED,PROVED,ARMED,OK'.split(','),
	yellow: 'warning,was lost,ended UNKNOWN,DUE,OVERDUE,STALE,UNKNOWN,WARNING,BLIND,LOST,ROLLING BACK,BEWARE'.split(','),
	cyan: ['RUNNING', 'EXECUTING', 'OBSERVING'],
	dim: ['WAITING', 'PENDING', 'DISARMED', 'SKIPPED'],
	plain: ['PREPARING', 'CLOSED', 'ABANDONED'],
};

const codeOf = new Map(
	Object.entries(words).flatMap(([name, list]) =>
		list.map(word => [word, colours[name as keyof typeof colours]] as const),
	),
);

export const takesColour = ({stdout, env}: Shown): boolean =>
	stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb' && env['ACCESSIBLE'] !== '1';

const painted = (word: string): string => {
	const code = codeOf.get(word);
	if (code === undefined) return safe(word);
	return `\u001b[${code}${code === colours.dim ? '' : `;${bold}`}m${word}\u001b[m`;
};

export const uncoloured = (line: Line): string =>
	typeof line === 'string' ? line : `${line.before}${line.word}${line.after}`;

/** Safe to be shown, with its state in colour. */
export const coloured = (line: Line): string =>
	typeof line === 'string' ? safe(line) : `${safe(line.before)}${painted(line.word)}${safe(line.after)}`;
