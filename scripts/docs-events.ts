/**
 * docs/events.md: every kind of event with its data as source/cutover/model/event.ts declares it, and as one reads in the log
 * of a night that was played by the rules.
 */
import {readFileSync} from 'node:fs';
import type {EventType} from '../source/cutover/model/event.ts';
import type {Entry} from '../source/cutover/ports.ts';
import {sentence, sentences} from '../source/cutover/snapshot/sentence.ts';
import {instant, stamp} from '../source/text/time.ts';
import {examples} from '../test/scenarios/examples.ts';

const read = (name: string): string =>
	readFileSync(new URL(`../source/cutover/model/${name}`, import.meta.url), 'utf8');
const source = read('event.ts');
const declared = source.slice(
	source.indexOf('export type EventData = {'),
	source.indexOf('\n};', source.indexOf('EventData = {')),
);

/** A kind's comment and its data, from its line to the closing brace one tab in. */
const shapeOf = (kind: string): {about: string | null; shape: string} => {
	const [, about, shape] =
		new RegExp(
			`\\n(?:\\t/\\*\\* ([^\\n]*) \\*/\\n)?\\t${kind}: ([^\\n]*;|[^\\n]*\\n(?:\\t\\t[^\\n]*\\n)+\\t\\});?`,
		).exec(declared) ?? [];
	return {about: about ?? null, shape: (shape ?? '').replaceAll('\n\t', '\n').replace(/;$/, '')};
};

/** Its sentence, the same wherever the page is made: instants in UTC, times of day left open. */
const reported = (entry: Entry): string =>
	sentence(entry)
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/g, found => stamp(instant(found)))
		.replaceAll(/(?<![T\d:])\d\d:\d\d:\d\d(?![.\d])/g, 'hh:mm:ss');

/** What several kinds share, on a line or on some. */
const shared = (
	`${read('attempt-target.ts')}\n${source}`.match(
		/^export type (?:PathName|AttemptTarget|AttemptRef|Time|Log|Outcome|ItemAnswer|RemoteRun|MeasuredFiring|RehearsalTargets) = (?:[^\n]*;|\{\n(?:\t[^\n]*\n)+\};)$/gm,
	) ?? []
).map(line => line.replace('export ', ''));

const section = (kind: string, entry: Entry | undefined): readonly string[] => {
	const {about, shape} = shapeOf(kind);
	return [
		`## ${kind}`,
		'',
		...(about ? [about.replaceAll('`', ''), ''] : []),
		'```ts',
		shape,
		'```',
		'',
		...(entry ? [`> ${reported(entry)}`, ''] : []),
	];
};

/** The whole page. */
export const eventsPage = (): string => {
	const first = new Map<EventType, Entry>();
	for (const entry of examples()) if (!first.has(entry.type)) first.set(entry.type, entry);
	const kinds = Object.keys(sentences) as readonly EventType[];
	return `${[
		'# The events of a journal',
		'',
		'Made by `npm run docs` from source/cutover/model/event.ts; do not edit. An entry is an event with its number, its time, who',
		'did it, the command that left it (`cause`, or `time`), and the hash that chains it to the one before. Times are RFC',
		'3339 in UTC, paths are relative to the cutover’s folder or to the workspace. Below each kind is the line that `log` shows for it.',
		'',
		'```ts',
		...shared,
		'```',
		'',
		...kinds.flatMap(kind => section(kind, first.get(kind))),
	]
		.join('\n')
		.trimEnd()}\n`;
};
