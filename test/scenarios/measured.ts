/** Moments of nights in which health is measured and a workflow is set up; a line each. */
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {ScreenName, View} from '../../source/screen/state/view.ts';
import {type Act, at} from '../given.ts';
import type {Stories} from './health.ts';
import {
	automaticNight,
	blindNight,
	calmly,
	cancelledNight,
	closedNight,
	measuredNight,
	notNotifiedNight,
	reachedNight,
	readyAt,
	refusedNight,
	reported,
	seenAt,
	slowNight,
	unknownNight,
	unseen,
	workflowNight,
} from './measured-night.ts';
import {alice, ben, bob, carolOfQa, daveOnCall} from './people.ts';

type Moment = {
	readonly acts: readonly Act[];
	readonly now: string;
	readonly you: Person;
	readonly screen: ScreenName;
	readonly view?: Partial<View>;
	readonly observed: Observation;
	/** What the samples go on to say. */
	readonly stories?: Stories;
};

const moment = (
	acts: readonly Act[],
	stories: Stories,
	now: string,
	you: Person,
	screen: ScreenName,
	view: Partial<View> = {},
	base: Observation = readyAt(at(now)),
): Moment => ({acts, now, you, screen, view, observed: seenAt(acts, now, stories, base), stories});

const triggers: Partial<View> = {pane: 'triggers'};

/** 45 s down, 15 s up, again and again. */
const flaps: Stories = {
	...reported,
	api: {
		...reported['api'],
		down: ['22:28', '22:29', '22:30', '22:31', '22:32'].map(minute => [`${minute}:05`, `${minute}:50`] as const),
	},
};

/** web answers at half its pace since T0. */
const slow: Stories = {
	...calmly,
	web: {...reported['web'], down: [], ms: time => (time < at('22:25:20') ? 81 : 162)},
};

/** Looked at when the newest sample is long past: the watcher is dead. */
const later = ({stories: _, ...before}: Moment, now: string): Moment => ({...before, now});

const withoutToken = (now: string): Observation => {
	const {path: _, ...others} = readyAt(at(now));
	return {...others, token: false};
};

export const measuredScenarios = {
	'preparing-measured': moment(measuredNight, reported, '21:18:40', alice, 'board'),
	outage: moment(measuredNight, reported, '22:30:20', alice, 'board', triggers),
	'outage-fired': moment(measuredNight, reported, '22:38:40', alice, 'board', triggers),
	'not-notified': moment(notNotifiedNight, reported, '22:30:20', alice, 'board', triggers),
	reached: moment(reachedNight, reported, '21:18:40', alice, 'board'),
	blind: moment(blindNight, unseen, '22:33:00', daveOnCall, 'board', triggers),
	unwatched: later(moment(measuredNight, reported, '22:30:20', daveOnCall, 'board', triggers), '22:32:10'),
	flapping: moment(measuredNight, flaps, '22:33:00', alice, 'board', triggers),
	automatic: moment(automaticNight, reported, '22:33:40', alice, 'board', triggers),
	approval: moment(workflowNight, reported, '22:42:10', alice, 'rollback', {pane: 'text'}),
	'approval-cancelled': moment(cancelledNight, reported, '22:43:40', alice, 'rollback', {pane: 'text'}),
	'run-unknown': moment(unknownNight, reported, '22:41:30', alice, 'rollback', {pane: 'text'}),
	'run-refused': moment(refusedNight, reported, '22:40:30', alice, 'rollback', {pane: 'text'}),
	'proof-measured': moment(workflowNight, reported, '22:46:30', ben, 'rollback', {pane: 'text'}),
	'closed-measured': later(moment(closedNight, reported, '22:50:20', alice, 'board', {pane: 'signOffs'}), '23:20:00'),
	'health-before': moment(measuredNight, reported, '21:18:40', daveOnCall, 'health', {pane: 'text'}),
	'health-measured': moment(measuredNight, reported, '22:36:10', daveOnCall, 'health', {pane: 'text'}),
	'keep-measured': moment(slowNight, slow, '22:55:50', bob, 'poll', {pane: 'votes'}),
	'briefing-measured': moment(
		measuredNight,
		reported,
		'22:30:50',
		carolOfQa,
		'briefing',
		{away: at('22:09:02')},
		withoutToken('22:30:50'),
	),
} satisfies Readonly<Record<string, Moment>>;
