/*
What a command must show for its gate to pass, beyond exit code 0, and whether it did: pure, so that check, run and tests agree.
*/

/** `nonzero`: any exit code but 0, unless the command could not be run. */
type ExpectedExit = 'nonzero' | readonly number[];

export type Expect = {
	/** 0 alone unless set. */
	readonly exit?: ExpectedExit;
	/** Regular expressions that the output must match. */
	readonly stdout?: string;
	readonly stderr?: string;
	/** Nothing may be printed on stdout. */
	readonly empty?: true;
	/** Path in the JSON of stdout, `data.items.0.lag`; the value is compared in the place of the whole output. */
	readonly json?: string;
	readonly is?: string | number | boolean;
	readonly below?: number;
	readonly atMost?: number;
	readonly above?: number;
	readonly atLeast?: number;
	/** Of the number that is compared; another unit in the output cannot be compared. */
	readonly unit?: string;
};

const bounds = {
	below: (found, limit) => found < limit,
	atMost: (found, limit) => found <= limit,
	above: (found, limit) => found > limit,
	atLeast: (found, limit) => found >= limit,
} satisfies Record<string, (found: number, limit: number) => boolean>;

const words = {below: 'below', atMost: 'at most', above: 'above', atLeast: 'at least'} as const;

type Bound = keyof typeof bounds;

const boundsOf = (expect: Expect): readonly (readonly [Bound, number])[] =>
	(Object.keys(bounds) as Bound[]).flatMap(key => {
		const limit = expect[key];
		return limit === undefined ? [] : [[key, limit] as const];
	});

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const before = '(?<![\\w.])';
const after = '(?![\\w]|\\.\\d)';

/** Matches a text by itself: 4.2 is not 4.2.1, and 200 not 2000. */
export const whole = (text: string): string => `${before}${literal(text)}${after}`;

/** Matches where a text is nowhere in the output, from the start of the whole and not of a line. */
export const nowhere = (text: string): string => `(?<![\\s\\S])(?![\\s\\S]*${whole(text)})`;

/** `matches /…/`; of a pattern that was made of a text, what a person wrote: `contains READY`. */
function patternText(pattern: string, missed = false): string {
	const text = pattern.split(before)[1]?.split(after)[0]?.replace(/\\(.)/g, '$1') ?? '';
	if (pattern === whole(text)) return `${missed ? 'does not contain' : 'contains'} ${text}`;
	if (pattern === nowhere(text)) return `${missed ? 'contains' : 'does not contain'} ${text}`;
	return `${missed ? 'does not match' : 'matches'} /${pattern}/`;
}

export const readsOutput = (expect: Expect | undefined): boolean =>
	expect !== undefined && Object.keys(expect).some(key => key !== 'exit');

/** `exit 1`, `prints /READY/`, `one number below 5 s` */
export function expectText(expect: Expect): string {
	const {exit, stdout, stderr, empty, json, is, unit = ''} = expect;
	const of = json === undefined ? '' : `${json} `;
	return [
		...(exit === undefined ? [] : [exit === 'nonzero' ? 'exit code not 0' : `exit ${exit.join(' or ')}`]),
		...(empty ? ['prints nothing'] : []),
		...(stdout === undefined ? [] : [`stdout ${patternText(stdout)}`]),
		...(stderr === undefined ? [] : [`stderr ${patternText(stderr)}`]),
		...(is === undefined ? [] : [`${of || 'stdout '}is ${String(is)}`]),
		...boundsOf(expect).map(
			([key, limit]) => `${of || 'the number printed '}${words[key]} ${limit}${unit && ` ${unit}`}`,
		),
	].join(', ');
}

export type Shown = {readonly exit: number | null; readonly stdout: string; readonly stderr: string};

type Judgement = {readonly verdict: 'pass' | 'fail' | 'unknown'; readonly reason: string | null};

const passed: Judgement = {verdict: 'pass', reason: null};
const failed = (reason: string): Judgement => ({verdict: 'fail', reason});
const unknown = (reason: string): Judgement => ({verdict: 'unknown', reason});

const brief = (text: string): string => {
	const line = text.trim().replace(/\s+/g, ' ');
	return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};

function matches(pattern: string, text: string, of: string): Judgement {
	try {
		return new RegExp(pattern, 'm').test(text)
			? passed
			: failed(`${of} ${patternText(pattern, true)}: "${brief(text)}"`);
	} catch {
		return unknown(`/${pattern}/ is not a regular expression`);
	}
}

function valueAt(json: string, stdout: string): {readonly value: unknown} | null {
	try {
		let value: unknown = JSON.parse(stdout);
		for (const key of json.split('.').filter(part => part !== '')) {
			if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
			value = Object.entries(value).find(([name]) => name === key)?.[1];
		}
		return {value};
	} catch {
		return null;
	}
}

/** The only number of a text, with the unit behind it; null where there is none or more than one. */
function onlyNumber(text: string): {readonly number: number; readonly unit: string} | null {
	const [only, ...others] = [...text.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?\s?([a-z%µ-]{0,20})/gi)];
	return only && others.length === 0 ? {number: Number.parseFloat(only[0]), unit: (only[1] ?? '').toLowerCase()} : null;
}

/** `1 row` and `3 rows` are one unit. */
const singular = (unit: string): string => unit.replace(/(?<=..)s$/, '');

/** What `wc -l` would count, were it asked: lines that say something. */
const linesOf = (text: string): number => text.split('\n').filter(line => line.trim() !== '').length;

function compared(expect: Expect, text: string): Judgement {
	const limits = boundsOf(expect);
	if (limits.length === 0) return passed;
	const unit = expect.unit?.toLowerCase() ?? '';
	const found = onlyNumber(text) ?? (unit === 'lines' ? {number: linesOf(text), unit} : null);
	if (!found) return unknown(`not one number to compare: "${brief(text)}"`);
	if (found.unit !== '' && singular(found.unit) !== singular(unit))
		return unknown(`"${brief(text)}" is in ${found.unit}, not ${unit === '' ? 'a plain number' : unit}`);
	const wrong = limits.find(([key, limit]) => !bounds[key](found.number, limit));
	const in_ = (number: number): string => `${number}${unit && ` ${unit}`}`;
	return wrong ? failed(`${in_(found.number)} is not ${words[wrong[0]]} ${in_(wrong[1])}`) : passed;
}

function output(expect: Expect, {stdout, stderr}: Shown): readonly Judgement[] {
	const found = expect.json === undefined ? {value: stdout.trim()} : valueAt(expect.json, stdout);
	if (!found) return [unknown(`no ${expect.json} in the JSON printed: "${brief(stdout)}"`)];
	const text = typeof found.value === 'string' ? found.value : JSON.stringify(found.value);
	return [
		expect.empty && stdout.trim() !== '' ? failed(`prints "${brief(stdout)}"`) : passed,
		expect.stdout === undefined ? passed : matches(expect.stdout, stdout, 'stdout'),
		expect.stderr === undefined ? passed : matches(expect.stderr, stderr, 'stderr'),
		expect.is === undefined || text === String(expect.is)
			? passed
			: failed(`${expect.json ?? 'stdout'} is "${brief(text)}", not "${String(expect.is)}"`),
		compared(expect, text),
	];
}

/** Whether a command that ended by itself showed what it must; `exit` is never one that says it could not be run. */
export function judgeShown(expect: Expect, shown: Shown): Judgement {
	const wanted = expect.exit ?? [0];
	const {exit} = shown;
	const isRight = wanted === 'nonzero' ? exit !== 0 : exit !== null && wanted.includes(exit);
	if (!isRight)
		return failed(`exit ${exit}, not ${wanted === 'nonzero' ? 'an exit code other than 0' : wanted.join(' or ')}`);
	const judged = output(expect, shown);
	return judged.find(({verdict}) => verdict === 'fail') ?? judged.find(({verdict}) => verdict === 'unknown') ?? passed;
}
