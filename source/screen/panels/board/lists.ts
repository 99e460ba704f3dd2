/*
Which lists the board shows, in which order, and how much of them where there is little room.
*/

import {bridgeText} from '../../../cutover/model/reached.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {safe} from '../../../text/clean.ts';
import {counted} from '../../../text/counted.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {phaseOf} from '../../state/phase.ts';
import {chosenIn} from '../../state/rows.ts';
import {sizeClass} from '../../state/view.ts';
import {eventLines} from '../events.ts';
import {flowing} from '../flow.ts';
import {endpointPieces} from '../health/endpoint-row.ts';
import {triggerRows} from '../health/health-clocks.ts';
import {healthSpans} from '../health/health-sum.ts';
import {blank, inset, type Line, markOf, shape, span, widthOf, word} from '../line.ts';
import {readiness} from '../rollback/readiness.ts';
import {heightOf, lazyRow, type Row, type Section, textRows} from '../section.ts';
import {signOffsSection} from '../sign-offs.ts';
import {gatesSection} from './gates.ts';
import {stagesSection} from './stages.ts';
import {triggerSections} from './triggers.ts';

const summary = (props: PanelProps): Line => {
	const {snapshot, size} = props;
	const {mark, short} = readiness(props);
	const count = snapshot.triggers.length;
	const [triggers, few] =
		count === 0
			? ['no trigger in the runbook', 'no trigger']
			: [`${counted(count, 'trigger')} disarmed`, counted(count, 'trigger')];
	const ready = [shape(mark), blank(1), span(short)];
	const reported = (text: string, isBrief: boolean): Line => [span(`${text}   `), ...healthSpans(props, isBrief)];
	// What is down comes before how many triggers wait for it.
	const all = [reported(triggers, false), reported(triggers, true), reported(few, true), healthSpans(props, true)];
	const found = all.find(line => widthOf(line) + widthOf(ready) + 3 <= size.columns);
	return inset(size.columns, found ?? all.at(-1) ?? [], ready);
};

/** Rows that the newest entries take under the lists: a title and one of them. */
export const leastLatest = 2;

/** Triggers and rollback before T0, in a row; the list when it is in use. */
const afterT0 = (props: PanelProps, events: readonly Line[]): Section => {
	const rows = textRows([summary(props), ...events]);
	// Row 2 has room for it on a wide screen.
	const {bridge} = props.snapshot;
	const isNarrow = sizeClass(props.view.size) !== 'wide';
	const about = bridge === null || !isNarrow ? '' : `bridge ${bridgeText(bridge)}`;
	const section = {title: 'AFTER T0', about, rows, chosen: null, least: 1};
	if (props.view.pane !== 'triggers') return section;
	return {...section, rows: [...triggerRows(props), ...rows.slice(0, 1)], chosen: chosenIn('triggers', props)};
};

const signing = (props: PanelProps): readonly Section[] =>
	props.view.pane === 'signOffs' || phaseOf(props.state) === 'records' ? [signOffsSection(props, false)] : [];

/** The newest entry is in the last row, where no rows are left for more of them under the lists. */
const before = (props: PanelProps): readonly Section[] => {
	const sections = [...signing(props), gatesSection(props), stagesSection(props)];
	const alone = [...sections, afterT0(props, [])];
	const hasMore = sizeClass(props.view.size) !== 'small' && props.size.rows - heightOf(alone) >= leastLatest;
	return hasMore ? alone : [...sections, afterT0(props, eventLines(props, 1))];
};

const afterwards = (props: PanelProps, folded: boolean): readonly Section[] => {
	const records = phaseOf(props.state) === 'records';
	return [
		...signing(props),
		...(props.view.pane === 'gates' || records ? [gatesSection(props)] : []),
		...(records && props.view.pane !== 'triggers' ? [] : triggerSections(props, folded)),
		stagesSection(props),
	];
};

/** `api down 02:15 of 10:00, fires after 22:38:05` while its clock runs, else what it waits for. */
const triggerText = (trigger: TriggerSnapshot): string => {
	const {down, outageSeconds, thresholdSeconds, firesAt, firedAt, text} = trigger;
	if (firedAt !== null) return `fired ${wall(firedAt)}  ${text}`;
	if (firesAt === null || outageSeconds === null) return text;
	const clock = `${minutes(outageSeconds * 1000)} of ${minutes((thresholdSeconds ?? 0) * 1000)}`;
	return `${down === null ? '' : `${down.endpoint} `}down ${clock}, fires after ${wall(firesAt)}`;
};

const triggerRow = (props: PanelProps, trigger: TriggerSnapshot, chosen: boolean): Row =>
	lazyRow([trigger.id], 1, () => {
		const {theme, size} = props;
		// Its outage runs, and has not reached the share of its threshold that warns.
		const isRunning = trigger.firesAt !== null && trigger.state === 'armed';
		const mark = isRunning ? {...theme.trigger.warning, word: safe('OUTAGE')} : theme.trigger[trigger.state];
		const left = [shape(mark), blank(1), span(`${trigger.id} `), span(triggerText(trigger))];
		return [inset(size.columns, left, [word(mark)], markOf(theme, chosen))];
	});

/** Triggers, endpoints and the rollback, a row each: what they are about is in the pane beside. */
const triggersList = (props: PanelProps): Section => {
	const {snapshot, size} = props;
	const chosen = chosenIn('triggers', props);
	const {mark, short} = readiness(props);
	const health =
		snapshot.endpoints.length === 0
			? [inset(size.columns, healthSpans(props, true))]
			: flowing(size.columns, endpointPieces(props));
	const ready = snapshot.rollback === null ? [inset(size.columns, [shape(mark), blank(1), span(short)])] : [];
	return {
		title: snapshot.t0Started === null ? 'AFTER T0' : 'TRIGGERS',
		about: snapshot.triggers.length === 0 ? 'the runbook names none' : '',
		rows: [
			...snapshot.triggers.map(trigger => triggerRow(props, trigger, trigger.id === chosen)),
			...textRows([...health, ...ready]),
		],
		chosen,
		least: Math.min(3, snapshot.triggers.length + health.length),
	};
};

/** Left of the panes is every list, the one that matters now first; those that matter least go where there is no room. */
const lists = (props: PanelProps): readonly Section[] => {
	const [gates, stages] = [gatesSection(props), stagesSection(props)];
	const [triggers, signOffs] = [triggersList(props), signOffsSection(props, false)];
	const order = {
		before: [gates, stages, triggers, signOffs],
		after: [triggers, stages, gates, signOffs],
		records: [signOffs, gates, stages, triggers],
	}[phaseOf(props.state)];
	let kept: readonly Section[] = order;
	for (const section of order.toReversed())
		if (heightOf(kept) > props.size.rows && kept.length > 2 && section.chosen === null)
			kept = kept.filter(each => each !== section);
	return kept;
};

export const listSections = (props: PanelProps): readonly Section[] => {
	if (sizeClass(props.view.size) === 'wide') return lists(props);
	if (props.snapshot.t0Started === null) return before(props);
	const roomy = afterwards(props, false);
	return heightOf(roomy) <= props.size.rows ? roomy : afterwards(props, true);
};
