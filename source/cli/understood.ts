/*
What a runbook was understood to say, and what is wrong with it, as lines for a terminal.
*/
import type {Problem} from '../cutover/problem.ts';
import {safe, type SafeText} from '../text/clean.ts';
import type {Read} from './opening.ts';

const order = {error: 0, warning: 1} as const;

/** Errors first, each by its place. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
	problems.toSorted((a, b) => order[a.severity] - order[b.severity] || a.line - b.line || a.column - b.column);

/** `path:line:column  severity  code  message mend`, a line a problem. */
export const problemLines = ({file, problems}: Pick<Read, 'file' | 'problems'>): readonly SafeText[] =>
	inOrder(problems).map(({line, column, severity, code, message, mend}) => safe(`${file}:${line}:${column}  ${severity}  ${code}  ${message} ${mend}`.trimEnd()));

/** The summary, and verbatim what will run with its digest. */
export const understood = ({summary}: Pick<Read, 'summary'>): readonly SafeText[] => summary.map(line => safe(line));
