/*
The words of a state in the colours of the screen, where a terminal shows them: the first one of a line, near its start, so
that nothing that somebody wrote is coloured.
*/
/** As much of an Io as tells whether colours show. */
type Shown = {
	readonly stdout: {readonly isTTY?: boolean};
	readonly env: Readonly<Record<string, string | undefined>>;
};

const bold = 1;
const colours = {red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, plain: bold} as const;

const words: Readonly<Record<keyof typeof colours, readonly string[]>> = {
	red: [
		'FAIL',
		'FAILED',
		'DOWN',
		'ERROR',
		'HOLD',
		'FIRED',
		'OUTAGE',
		'T0 LATE',
		'ROLLBACK FAILED',
		'NOT RECORDED',
		'MISSING',
	],
	green: ['PASS', 'DONE', 'UP', 'READY', 'GO', 'KEPT', 'ROLLED BACK', 'SIGNED', 'PROVED', 'ARMED', 'OK'],
	yellow: ['DUE', 'OVERDUE', 'STALE', 'UNKNOWN', 'WARNING', 'BLIND', 'LOST', 'ROLLING BACK', 'BEWARE'],
	cyan: ['RUNNING', 'EXECUTING', 'OBSERVING'],
	dim: ['WAITING', 'PENDING', 'DISARMED', 'SKIPPED'],
	plain: ['PREPARING', 'CLOSED', 'ABANDONED'],
};

const codeOf = new Map(
	Object.entries(words).flatMap(([name, list]) =>
		list.map(word => [word, colours[name as keyof typeof colours]] as const),
	),
);

const near = 40;
const pattern = new RegExp(
	`(?<=^|\\s)(${[...codeOf.keys()].sort((a, b) => b.length - a.length).join('|')})(?=$|[\\s:,])`,
);

/** What stands before the state: number and time of an entry of the journal, the id of a cutover. */
const before = /^(?: *\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d {2}|[a-z\d][\w.]*-[\w.-]+ {2}(?=[A-Z]))/;

/** A problem of a runbook, and how an attempt ended. */
const lower = {error: 31, fail: 31, warning: 33, lost: 33, unknown: 33, pass: 32} as const;
const problem = /^(\S+ {2})(error|warning)(?= {2})/;
const end = /^(\S+ ended )(fail|lost|unknown|pass)\b/;

/** Of a log: what a program wrote stays as it is. */
const stamped = /^\d{4}-\d\d-\d\dT/;

export const takesColour = ({stdout, env}: Shown): boolean =>
	stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb' && env['ACCESSIBLE'] !== '1';

const painted = (line: string, from: number, word: string, code: number): string => {
	const weight = code === colours.dim ? '' : `;${bold}`;
	return `${line.slice(0, from)}\u001b[${code}${weight}m${word}\u001b[m${line.slice(from + word.length)}`;
};

export const coloured = (line: string): string => {
	if (stamped.test(line)) return line;
	const start = before.exec(line)?.[0].length ?? 0;
	const rest = line.slice(start);
	const [, ahead = '', small = ''] = problem.exec(rest) ?? end.exec(rest) ?? [];
	if (small !== '') return painted(line, start + ahead.length, small, lower[small as keyof typeof lower]);
	const found = pattern.exec(rest.slice(0, near));
	// After a quote or a colon in an entry it is somebody's word.
	if (found === null || (start > 0 && /["]|: /.test(rest.slice(0, found.index)))) return line;
	return painted(line, start + found.index, found[0], codeOf.get(found[0]) ?? bold);
};
