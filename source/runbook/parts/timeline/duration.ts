/* Durations in prose: "more than 10 minutes", ">= 5 min", "longer than 300 seconds", "超过10分钟". */
import {letter} from '../../../text/letters.ts';
import {numberOf, spelled, unitOf} from '../../words/amounts.ts';

/** `strict`: above it; else at it. `compared`: said as a limit, not only as a length. */
export type Limit = {
	readonly seconds: number;
	readonly strict: boolean;
	readonly compared: boolean;
	readonly text: string;
	readonly at: number;
};

const above =
	/(?:>|more than|longer than|over|exceed(?:s|ing)?|in excess of|beyond|above|greater than|超过|大于|多于|高于)\s?(?:an?\s)?$/i;
const from =
	/(?:>=|≥|=>|at least|no less than|not less than|a minimum of|minimum|至少|不少于|达到|满|不低于)\s?(?:an?\s)?$/i;
const more = /^\s?(?:(?:or|and) (?:more|longer|above)|\+|(?:及|或)?以上|或更[长久多])/i;
const digits =
	/(?<![A-Za-z0-9_.])(\d{1,6}(?:\.\d{1,3})?)\s?(\+)?[\s-]?(?:(?:consecutive|successive|straight|continuous|full)\s)?(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|s|m|h|d|秒钟|秒|分钟|分|个?小时|天)(?![A-Za-z0-9])/gi;
const spoken = new RegExp(
	`(?<![${letter}]|[${letter}]-)(${spelled})()[ -](?:consecutive |successive |straight |full )?(?:of )?(?:an? )?(seconds?|minutes?|hours?|days?)(?![${letter}])`,
	'gi',
);
const han =
	/(?<![一二三四五六七八九十百])([一两]个半|[一二三四五六七八九]?十[一二三四五六七八九]?|[半一两二三四五六七八九])()(秒钟|秒|分钟|个?小时|天)/g;

const toSeconds = (number: string, unit: string): number => {
	const value = numberOf(number);
	return Number.isNaN(value) ? 0 : value * (unitOf(unit)?.seconds ?? 60);
};

const reach = 24;

function limitAt(text: string, match: RegExpExecArray): Limit {
	const [whole, number = '', plus, unit = ''] = match;
	const before = text.slice(Math.max(0, match.index - reach), match.index);
	const after = text.slice(match.index + whole.length, match.index + whole.length + reach);
	const least = from.exec(before)?.[0] ?? null;
	const tail = more.exec(after)?.[0] ?? '';
	const most = least === null ? (above.exec(before)?.[0] ?? null) : null;
	const atLeast = least !== null || tail !== '' || plus === '+';
	return {
		seconds: Math.round(toSeconds(number, unit)),
		strict: !atLeast,
		compared: atLeast || most !== null,
		text: `${least ?? most ?? ''}${whole}${tail}`.trim(),
		at: match.index,
	};
}

/** "5-10 minutes" says two, and not which one counts. */
function rangeBefore(text: string, {index, 3: unit = ''}: RegExpExecArray): readonly Limit[] {
	const found = /(?<![\d.-])(\d{1,4})\s?(?:-|\u2013|\u2014|~|to|至|到)\s?$/i.exec(
		text.slice(Math.max(0, index - 12), index),
	);
	if (!found) return [];
	const [written, number = '0'] = found;
	const seconds = Math.round(toSeconds(number, unit));
	return [{seconds, strict: true, compared: false, text: `${number} ${unit}`, at: index - written.length}];
}

/** "1 hour 30 minutes" is one duration, not two. */
function joined(limits: readonly Limit[], text: string): readonly Limit[] {
	const known: Limit[] = [];
	for (const limit of limits) {
		const last = known.at(-1);
		const between = last
			? text.slice(last.at, limit.at).replace(/^\D*\d+\s?\+?[\s-]?[A-Za-z\u4e00-\u9fff]+/, '')
			: 'none';
		if (!last || !/^\s?(?:and\s)?$/i.test(between) || limit.seconds >= last.seconds) known.push(limit);
		else
			known[known.length - 1] = {
				...last,
				seconds: last.seconds + limit.seconds,
				strict: last.strict && limit.strict,
				text: `${last.text} ${limit.text}`,
			};
	}
	return known;
}

const most = 20;

/** Every duration of a text, in order; at most twenty. */
export function limitsIn(text: string): readonly Limit[] {
	// "1h30m" is an hour and half of one.
	const line = text
		.normalize('NFKC')
		.replace(/(\d)h(?=\d)/g, '$1h ')
		.replace(/\b(?:an|one|1) (hour|minute) and a half\b/gi, '1.5 $1s')
		.replace(/\b(\d{1,3}) and a half (?=hours|minutes)/gi, '$1.5 ');
	const matches = [digits, spoken, han].flatMap(pattern => [...line.matchAll(pattern).take(most)]);
	const limits = matches
		.toSorted((a, b) => a.index - b.index)
		.flatMap(match => [...rangeBefore(line, match), limitAt(line, match)]);
	return joined(limits.slice(0, most), line);
}

/** A cell or value that is a duration and nothing else: `10m`, `1h30m`, `10 minutes`, Seconds, or null. */
export function durationOf(text: string): number | null {
	const line = text.normalize('NFKC').trim();
	const short = /^(?:(\d+)\s?h)?\s?(?:(\d+)\s?m)?\s?(?:(\d+)\s?s)?$/i.exec(line);
	if (short && line !== '') return Number(short[1] ?? 0) * 3600 + Number(short[2] ?? 0) * 60 + Number(short[3] ?? 0);
	const limits = limitsIn(line);
	const [only] = limits;
	const around = only ? line.replace(only.text, '').trim() : line;
	return only && limits.length === 1 && /^(?:[~≈<≤]|max\.?|up to|about|ca\.?|约|最多)?$/i.test(around)
		? only.seconds
		: null;
}
