/*
What happened since a time, and what waits: the briefing of who comes back, for people and as JSON.
*/

import type {Briefing, BriefingEntry} from '../cutover/snapshot/briefing.ts';
import {type SafeText, safe} from '../text/clean.ts';
import {minutes, stamp, wall} from '../text/time.ts';
import {when} from './args.ts';

const dayMs = 86_400_000;

/** WHEN in the past: a time of day is the last one, not the next. */
export function since(text: string, now: number): number {
	const at = when(text, now);
	return at > now ? at - Math.ceil((at - now) / dayMs) * dayMs : at;
}

const reported = ({seq, at, text}: BriefingEntry): string => `  ${wall(at)}  ${text}  [${seq}]`;

const section = (title: string, lines: readonly string[]): readonly string[] => [
	title,
	...(lines.length === 0 ? ['  nothing'] : lines),
	'',
];

const linesOf = ({
	from,
	to,
	lastAct,
	waitsForYou,
	waitsForOthers,
	toConfirm,
	happened,
}: Briefing): readonly string[] => [
	`Since ${wall(from)}, ${minutes(to - from)} ago`,
	...(lastAct === null ? [] : [`Your last recorded act: ${wall(lastAct.at)}  ${lastAct.text}  [${lastAct.seq}]`]),
	'',
	...section('Waits for you', [
		...toConfirm.map(({entry, by, words}) => `  confirm ${entry}: ${by} relayed "${words}" for you`),
		...waitsForYou.map(({text}) => `  ${text}`),
	]),
	...section(
		'Waits for others',
		waitsForOthers.map(({text}) => `  ${text}`),
	),
	...section('What happened', happened.map(reported)),
];

export const briefingLines = (briefing: Briefing): readonly SafeText[] => linesOf(briefing).map(line => safe(line));

const entry = ({seq, at, text}: BriefingEntry) => ({seq, at: stamp(at), text});

/** Added to `status --json`. */
export const briefingJson = ({from, lastAct, waitsForYou, waitsForOthers, toConfirm, happened}: Briefing) => ({
	since: {
		from: stamp(from),
		lastAct: lastAct && entry(lastAct),
		waitsForYou: waitsForYou.map(({text}) => text),
		waitsForOthers: waitsForOthers.map(({text}) => text),
		toConfirm: toConfirm.map(({entry: seq, by, words}) => ({entry: seq, by, words})),
		happened: happened.map(entry),
	},
});
