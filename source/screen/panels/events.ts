/*
The last things that happened, newest first. Steps of a playbook are left out: they are on the run screen.
*/
import type {Entry} from '../../cutover/ports.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import {instant, wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {inset, type Line, span} from './line.ts';

/** It is on the screen and is gone from the database. */
export const isLost = ({view: {fault}}: PanelProps, {hash}: Entry): boolean =>
	fault?.lost?.some(lost => lost.hash === hash) ?? false;

/** Said by another entry, or on the run screen. */
const quiet = ({type, data}: Entry): boolean => {
	if (type === 'stepBegun' || type === 'stepEnded') return true;
	return (type === 'started' || type === 'ended') && 'gate' in data.target;
};

/** The newest `count` that people want to see, newest first. */
const newest = ({entries}: PanelProps, count: number): readonly Entry[] => {
	const found: Entry[] = [];
	for (let at = entries.length - 1; at >= 0 && found.length < count; at--) {
		const entry = entries[at];
		if (entry !== undefined && !quiet(entry)) found.push(entry);
	}
	return found;
};

const reported = (props: PanelProps, entry: Entry): string =>
	`${wall(instant(entry.at))} ${isLost(props, entry) ? 'LOST ' : ''}${sentence(entry)}`;

/** The two that a single row shows. */
const inOneRow = 2;

/** `count` rows; in a single one the last two are beside each other. */
export const eventLines = (props: PanelProps, count: number): readonly Line[] => {
	const {size} = props;
	const log = [span('l log')];
	if (count === 1) {
		const both = newest(props, inOneRow).map(entry => reported(props, entry));
		return [inset(size.columns, [span(both.join(' · '))], log)];
	}
	return newest(props, count).map((entry, at) =>
		inset(size.columns, [span(reported(props, entry))], at === 0 ? log : []),
	);
};
