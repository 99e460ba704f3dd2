/* What was read of a runbook, what will run, and what is wrong with it, as lines for a terminal. */

import {runText} from '../cutover/due/will-run.ts';
import {summary} from '../runbook/summary.ts';
import {type Line, stated} from './colour.ts';
import {type Io, tell} from './io.ts';
import type {Read} from './opening.ts';

/** Of one warning, so many are shown each by itself; the others are one line. */
const shownEach = 3;

/** `path:line:column  severity  code  message fix`, a line a problem; the reader has put errors first. */
export function problemLines({file, problems}: Pick<Read, 'file' | 'problems'>): readonly Line[] {
	const counts = new Map<string, number>();
	const lines = problems.flatMap(problem => {
		const {line, column, severity, code, message, fix, file: other = file} = problem;
		const count = (counts.get(code) ?? 0) + 1;
		counts.set(code, count);
		if (severity === 'warning' && count > shownEach) return [];
		return [stated(`${other}:${line}:${column}  `, severity, `  ${code}  ${message} ${fix}`.trimEnd())];
	});
	const more = Map.groupBy(
		problems.filter(({severity}) => severity === 'warning'),
		({code}) => code,
	);
	const rest = [...more].flatMap(([code, all]) => {
		const hidden = all.slice(shownEach).map(({line}) => line);
		return hidden.length === 0
			? []
			: [`${file}  warning  ${code}  ${hidden.length} more, on lines ${hidden.join(', ')}`];
	});
	return [...lines, ...rest];
}

/** Says on stderr what is wrong; the exit code. */
export function tellProblems(io: Io, read: Pick<Read, 'file' | 'problems'>): number {
	tell(io, ...problemLines(read));
	return 2;
}

/** What was read, errors or not, with times where T0 (ms) is known; nothing where no line could be read. */
export function whatWasRead(
	{seen, notes, unused, workspace}: Pick<Read, 'seen' | 'notes' | 'unused' | 'workspace'>,
	t0: number | null = null,
): readonly string[] {
	return seen === null ? [] : summary(seen, {t0, notes, unused, workspace});
}

/** Verbatim, with the digests of what is approved. */
export function willRunLines({willRun, workspace}: Pick<Read, 'willRun' | 'workspace'>): readonly string[] {
	const runs = willRun.length === 0 ? ['nothing automatically'] : willRun.flatMap(run => runText(run));
	return ['', `WILL RUN, verbatim, in ${workspace}; nothing else`, ...runs.map(line => `  ${line}`)];
}
