/*
What would fire, and when; and which outages there were since the beginning, by samples and by hand.
*/

import {listed} from '../../../cutover/decide/refusal.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {paragraph} from '../flow.ts';
import {blank, cell, inset, type Line, markOf, shape, span, widest, word} from '../line.ts';
import {type Row, row, type Section, textSection} from '../section.ts';
import {aboutOutage, patienceText, sourceText, sumText} from './outage-about.ts';

const fires = ({state, snapshot}: PanelProps, {id, state: word, down, firesAt}: TriggerSnapshot): string => {
	if (word === 'fired') return `fired: ${listed(state.triggers[id]?.fired?.facts ?? [])}`;
	if (word === 'disarmed')
		return snapshot.t0Started === null ? 'armed when T0 starts; until then nothing fires' : 'nothing fires any more';
	if (firesAt === null) return 'no outage runs that counts for it';
	const unseen =
		down === null || down.unseenSeconds === 0 ? '' : `, ${minutes(down.unseenSeconds * 1000)} of it unseen`;
	return firesAt <= snapshot.now
		? `${down?.endpoint ?? ''} fires it with its next failed sample${unseen}`
		: `${down?.endpoint ?? ''} fires it with the first failed sample after ${wall(firesAt)}${unseen}`;
};

/** Endpoints that are not critical decide nothing. */
const byHandText = ({firesAt}: TriggerSnapshot): string =>
	`no critical endpoint is bound: its clock is run by hand${firesAt === null ? '' : `, and fires after ${wall(firesAt)}`}`;

const details = (props: PanelProps, trigger: TriggerSnapshot): readonly Line[] => {
	if (trigger.kind !== 'outage') return [];
	const texts = trigger.measured
		? [fires(props, trigger), patienceText(props, trigger.id), sourceText(trigger)]
		: [byHandText(trigger)];
	return texts.flatMap(text => paragraph(props.size.columns, text, {lead: [blank(4)], free: 1}));
};

/** A row each, with the mark where the arrows move among them; `isFull`: and when it fires. */
export const triggerRows = (props: PanelProps, isFull = false): readonly Row[] => {
	const {snapshot, theme, size} = props;
	const chosen = chosenIn('triggers', props);
	return snapshot.triggers.map(trigger => {
		const mark = theme.trigger[trigger.state];
		const text = trigger.measured ? aboutOutage(props, trigger) : trigger.text;
		const left = [shape(mark), blank(1), span(`${trigger.id} `), word(mark), span(`  ${text}`)];
		const line = inset(size.columns, left, [], markOf(theme, trigger.id === chosen));
		return row([trigger.id], [line, ...(isFull ? details(props, trigger) : [])]);
	});
};

export const firingSection = (props: PanelProps): Section => ({
	title: 'WHAT WOULD FIRE',
	about: 'a failed sample decides, no timer does',
	rows: triggerRows(props, true),
	chosen: chosenIn('triggers', props),
	least: 1,
});

type Outage = {
	readonly what: string;
	readonly since: number;
	readonly until: number | null;
	readonly seconds: number | null;
	readonly more: readonly string[];
};

const measuredOutages = ({state}: PanelProps): readonly Outage[] =>
	state.outages.map(({endpoint, critical, since, until, seconds, unseenSeconds}) => ({
		what: endpoint,
		since,
		until,
		seconds,
		more: [
			...(critical ? [] : ['not critical']),
			...(unseenSeconds > 0 ? [`${minutes(unseenSeconds * 1000)} of it unseen`] : []),
			...(state.t0Started !== null && (until ?? since) < state.t0Started ? ['before T0'] : []),
		],
	}));

const byHand = ({state}: PanelProps): readonly Outage[] =>
	Object.entries(state.triggers).flatMap(([id, {outages}]) =>
		outages.map(({start, end, by}) => ({
			what: `trigger ${id}`,
			since: start,
			until: end,
			seconds: (end - start) / 1000,
			more: [`said by ${by.name}`],
		})),
	);

const outageLine = ({snapshot, theme, size}: PanelProps, outage: Outage, width: number): Line => {
	const {what, since, until, seconds, more} = outage;
	const lasted = minutes(seconds === null ? snapshot.now - since : seconds * 1000);
	const end = until === null ? 'still down' : `to ${wall(until)}`;
	const left = [
		shape(until === null ? theme.no : theme.missing),
		blank(1),
		cell(what, width),
		span(`  ${wall(since)}  ${end.padEnd(11)}  ${lasted}`),
	];
	return inset(size.columns, [...left, span(more.length === 0 ? '' : `   ${more.join(', ')}`)]);
};

/** Newest first; none where there was none. */
export const outagesSections = (props: PanelProps): readonly Section[] => {
	const all = [...measuredOutages(props), ...byHand(props)].toSorted((a, b) => b.since - a.since);
	const width = widest(all, ({what}) => what, 0, 16);
	const first = props.snapshot.triggers.find(({measured}) => measured);
	const sum = first && props.snapshot.t0Started !== null ? ` · ${sumText(first)}` : '';
	const lines = all.map(outage => outageLine(props, outage, width));
	return all.length === 0 ? [] : [textSection('OUTAGES', `since the cutover began${sum}`, lines)];
};
