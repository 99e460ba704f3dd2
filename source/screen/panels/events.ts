/*
The last things that happened, newest first. Steps of a playbook are left out: they are on the run screen.
*/
import type {Entry} from '../../cutover/ports.ts';
import {sentence} from '../../cutover/sentence.ts';
import {safe} from '../../text/clean.ts';
import {instant, wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {inset, type Line, span} from './line.ts';

const quiet: ReadonlySet<string> = new Set(['stepBegun', 'stepEnded']);

/** The newest `count` that people want to see, newest first. */
const newest = (entries: readonly Entry[], count: number): readonly Entry[] => {
	const found: Entry[] = [];
	for (let at = entries.length - 1; at >= 0 && found.length < count; at--) {
		const entry = entries[at];
		if (entry !== undefined && !quiet.has(entry.type)) found.push(entry);
	}
	return found;
};

const told = (entry: Entry): string => `${wall(instant(entry.at))} ${sentence(entry)}`;

/** `count` rows; in a single one the last two stand beside each other. */
export const eventLines = ({entries, size}: PanelProps, count: number): readonly Line[] => {
	const log = [span(safe('l log'))];
	if (count === 1) return [inset(size.columns, [span(safe(newest(entries, 2).map(told).join(' · ')))], log)];
	return newest(entries, count).map((entry, at) => inset(size.columns, [span(safe(told(entry)))], at === 0 ? log : []));
};
