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
const colours = {red: 31, green: 32, yellow: 33, cyan: 36, dim: 2} as const;

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

/** Of a log: what a program wrote stays as it is. */
const stamped = /^\d{4}-\d\d-\d\dT/;

export const takesColour = ({stdout, env}: Shown): boolean =>
	stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb' && env['ACCESSIBLE'] !== '1';

export const coloured = (line: string): string => {
	const found = stamped.test(line) ? null : pattern.exec(line.slice(0, near));
	if (found === null) return line;
	const [word] = found;
	const code = codeOf.get(word) ?? bold;
	const weight = code === colours.dim ? '' : `;${bold}`;
	const end = found.index + word.length;
	return `${line.slice(0, found.index)}\u001b[${code}${weight}m${word}\u001b[m${line.slice(end)}`;
};
