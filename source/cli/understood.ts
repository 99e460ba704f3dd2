/*
What a runbook was understood to say, what will run, and what is wrong with it, as lines for a terminal.
*/
import {targetText} from '../cutover/model/attempt-target.ts';
import {summary} from '../runbook/summary.ts';
import {type SafeText, safe} from '../text/clean.ts';
import type {Read} from './opening.ts';

/** `path:line:column  severity  code  message mend`, a line a problem; the reader has put errors first. */
export const problemLines = ({file, problems}: Pick<Read, 'file' | 'problems'>): readonly SafeText[] =>
	problems.map(({line, column, severity, code, message, fix, file: other = file}) =>
		safe(`${other}:${line}:${column}  ${severity}  ${code}  ${message} ${fix}`.trimEnd()),
	);

/** The summary, with times where T0 (ms) is known; nothing where the runbook has errors. */
export function understood(
	{runbook, notes, workspace}: Pick<Read, 'runbook' | 'notes' | 'workspace'>,
	t0: number | null = null,
): readonly SafeText[] {
	return runbook === null ? [] : summary(runbook, {t0, notes, workspace}).map(line => safe(line));
}

/** Verbatim, with the digest of what is approved. */
export const willRunLines = ({willRun, workspace}: Pick<Read, 'willRun' | 'workspace'>): readonly SafeText[] => [
	safe(''),
	safe(`What will run, verbatim, in ${workspace}`),
	...(willRun.length === 0
		? [safe('  nothing by itself')]
		: willRun.map(({target, verbatim, digest}) =>
				safe(`  ${targetText(target)}  ${verbatim}${digest === null ? '' : `  ${digest}`}`),
			)),
];
