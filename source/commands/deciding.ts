/** Commands by which people decide: votes, freeze, hold, T0, approval, extension, abandonment, close. */
import {passingText} from '../cutover/snapshot/gates.ts';
import {progressWord, undoneWork} from '../cutover/snapshot/stages.ts';
import {local, stamp, wall, wallShort} from '../text/time.ts';
import {because, choice, field, orNull, reason, type Values} from './field.ts';
import {earlyField, earlyHint, isEarly} from './running.ts';
import {anything, type Draft, needed, type Situation} from './situation.ts';
import {type Problem, reasoned, type Spec, send, timeOf} from './spec.ts';

type Vote = 'go' | 'no-go' | 'keep';

const voteDraft = (vote: Vote, values: Values): Draft => ({
	type: 'vote',
	data: {vote, early: isEarly(values), reason: orNull(values['reason'])},
});

const probeVote =
	(vote: 'go' | 'keep') =>
	(_: Situation, __: string, early: boolean): Draft =>
		voteDraft(vote, early ? {early: 'yes', reason: anything} : {});

const goRestsOn = ({snapshot, state}: Situation): readonly string[] => [
	passingText(snapshot.gates),
	...snapshot.gates
		.filter(gate => gate.verdict !== 'pass')
		.map(gate => `${gate.id} ${gate.verdict}: ${gate.reason ?? gate.title}`),
	...undoneWork(state, snapshot.stages).map(stage => `${stage.id} ${progressWord(stage)}: ${stage.action}`),
];

const isNoGo = ({vote}: Values): boolean => vote === 'no-go';

const goNeedsReason = (values: Values): boolean => isNoGo(values) || isEarly(values);

export const vote: Spec = {
	title: 'Vote go or no-go',
	course: true,
	summary: 'votes go, no-go or keep',
	help: 'Votes in the go/no-go, by name and role. The last go closes it; one no-go puts the cutover on hold at once.',
	examples: ['decide go --role release-manager', 'decide no-go --reason "payments are degraded"'],
	lines: [
		{command: 'decide', noun: 'vote', word: 'go', preset: {vote: 'go'}, confirms: 'GO'},
		{command: 'decide', word: 'no-go', preset: {vote: 'no-go'}},
	],
	relayable: true,
	fields: [
		field('vote', 'choice', '', {
			only: 'form',
			choices: () => [choice('go', 'go'), choice('no-go', 'no-go')],
			initial: () => 'go',
			aside: true,
			requiredWhen: () => true,
		}),
		earlyField(probeVote('go')),
		{...reason, hint: earlyHint(probeVote('go')), requiredWhen: goNeedsReason, askedWhen: goNeedsReason},
	],
	about: goRestsOn,
	probe: (situation, on) => probeVote('go')(situation, on, true),
	steps: values => send(voteDraft(isNoGo(values) ? 'no-go' : 'go', values)),
};

/** After a stage that failed or was skipped, keep takes a reason. */
const keepNeedsReason = (values: Values, situation: Situation): boolean =>
	isEarly(values) ||
	needed(situation, given => voteDraft('keep', {...values, ...(given ? {reason: anything} : {reason: ''})}));

export const keep: Spec = {
	title: 'Vote to keep the release',
	course: true,
	help: 'Votes keep at the closing stage; every owner of it votes.',
	examples: ['decide keep --role project-owner'],
	lines: [{command: 'decide', word: 'keep', confirms: 'KEEP'}],
	relayable: true,
	fields: [
		earlyField(probeVote('keep')),
		{...reason, hint: earlyHint(probeVote('keep')), requiredWhen: keepNeedsReason, askedWhen: keepNeedsReason},
	],
	about: ({snapshot}) =>
		snapshot.stages
			.filter(({kind, offsetSeconds}) => offsetSeconds >= 0 && kind !== 'act')
			.map(stage => `${stage.id} ${stage.state}${stage.remark ? `: ${stage.remark}` : ''}`),
	probe: (situation, on) => probeVote('keep')(situation, on, true),
	steps: values => send(voteDraft('keep', values)),
};

export const freeze: Spec = {
	title: 'Record what is frozen',
	summary: 'records which changes are frozen, and by whom',
	help: 'Records that changes outside the cutover are frozen, and who did it.',
	examples: ['freeze "merges to main are locked, by carol"'],
	lines: [{command: 'freeze'}],
	fields: [
		field('text', 'text', 'what is frozen', {
			label: 'frozen',
			hint: 'what, and by whom',
			positional: true,
			requiredWhen: () => true,
		}),
	],
	probe: () => ({type: 'freeze', data: {text: anything}}),
	steps: ({text = ''}) => send({type: 'freeze', data: {text}}),
};

export const hold: Spec = {
	title: 'Hold',
	course: true,
	summary: 'stops the clock before T0',
	help: 'Stops the clock before T0 until an owner of the go/no-go sets T0. Anyone may.',
	examples: ['hold --reason "database lag above 30 s"'],
	lines: [{command: 'hold'}],
	about: () => ['The clock stops; the go and all votes are withdrawn until T0 is set again.'],
	...reasoned(reason => ({type: 'hold', data: {reason}})),
};

const isHeld = ({snapshot}: Situation): boolean => snapshot.status === 'hold';

const schedule = (t0: number, why: string): Draft => ({type: 'schedule', data: {t0: stamp(t0), reason: why}});

/** T0 to the second, or nothing where it has passed. */
const sameT0 = ({snapshot: {t0, now}}: Situation): string | null => (t0 > now ? local(t0) : null);

const upcoming = (text: string, {snapshot: {now}}: Situation): number | Problem => {
	const t0 = timeOf(text, now);
	if (typeof t0 !== 'number' || t0 >= now) return t0;
	return {problem: `T0 ${wall(t0)} is in the past: it is ${wall(now)}. Name a later one.`};
};

export const t0: Spec = {
	title: 'Set or confirm T0',
	course: true,
	summary: 'sets T0, or confirms it, which ends a hold',
	help: 'Moves T0, or releases a hold whose causes are fixed. The same T0 may be confirmed while it lies ahead. The reason of a release is that its cause is fixed, unless you give another.',
	examples: ['t0 22:30 --reason "waiting for the vendor"', 't0 +15m --reason "ACC-12 is closed"'],
	lines: [{command: 't0'}],
	fields: [
		field('t0', 'time', 'the planned T0; the same one may be confirmed while it lies ahead', {
			label: 'T0',
			positional: true,
			initial: situation => (isHeld(situation) ? sameT0(situation) : null),
			requiredWhen: () => true,
		}),
		{
			...reason,
			initial: situation => (isHeld(situation) ? `fixed: ${situation.snapshot.headline.text}` : null),
		},
	],
	about: situation => [isHeld(situation) ? situation.snapshot.headline.text : 'Votes given so far are withdrawn.'],
	probe: ({snapshot}) => schedule(Math.max(snapshot.t0, snapshot.now) + 60_000, anything),
	steps: (values, _, situation) => {
		const when = upcoming(values['t0'] ?? '', situation);
		return typeof when === 'number' ? send(schedule(when, because(values))) : when;
	},
};

export const abandon: Spec = {
	title: 'Abandon the cutover',
	course: true,
	summary: 'gives the cutover up before T0',
	help: 'Ends the cutover before T0, with a reason.',
	examples: ['abandon --reason "postponed to Thursday"'],
	lines: [{command: 'abandon'}],
	about: () => ['The cutover ends here. What was recorded stays, and it can only be closed.'],
	...reasoned(reason => ({type: 'abandon', data: {reason}})),
};

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Outage clocks that run: what would decide between keep and rollback, soonest first. */
const firing = ({snapshot}: Situation): readonly {readonly id: string; readonly firesAt: number}[] =>
	snapshot.triggers
		.flatMap(({id, firesAt}) => (firesAt === null ? [] : [{id, firesAt}]))
		.toSorted((one, other) => one.firesAt - other.firesAt);

const extension = (until: number, why: string): Draft => ({type: 'extend', data: {until: stamp(until), reason: why}});

export const extend: Spec = {
	title: 'Extend the observation',
	course: true,
	summary: 'moves the closing stage to a later time',
	help: 'Moves the closing stage to a later time.',
	examples: ['extend +30m --reason "latency still above the baseline"'],
	lines: [{command: 'extend'}],
	fields: [
		field('until', 'time', 'until when', {
			positional: true,
			requiredWhen: () => true,
			initial: situation => {
				const [first] = firing(situation);
				return first === undefined ? null : wallShort(first.firesAt + minuteMs);
			},
		}),
		reason,
	],
	about: situation =>
		firing(situation).map(({id, firesAt}) => `trigger ${id} fires after ${wall(firesAt)}, unless all is up before`),
	probe: ({snapshot}) =>
		extension(Math.max(...snapshot.stages.map(stage => stage.planned), snapshot.now) + hourMs, anything),
	steps: (values, _, {snapshot}) => {
		const until = timeOf(values['until'] ?? '', snapshot.now);
		return typeof until === 'number' ? send(extension(until, because(values))) : until;
	},
};

/** What nobody recorded: closing takes a reason that stands for it. */
const unrecorded = ({snapshot}: Situation): readonly string[] => [
	...snapshot.signOffs
		.filter(item => !item.signed && item.notRecorded === null)
		.map(item => `not signed: ${item.id} ${item.role}`),
	...snapshot.fields.filter(field => field.value === null).map(field => `not recorded: ${field.field}`),
];

const closeNeedsReason = (_: Values, situation: Situation): boolean =>
	unrecorded(situation).length > 0 || situation.snapshot.status === 'rollback-failed';

export const close: Spec = {
	title: 'Close the cutover',
	summary: 'seals the journal',
	help: 'Seals the journal: nothing is appended after it. What is missing is closed as not recorded, with the reason given here.',
	examples: ['close', 'close --reason "S5 follows with the closeout report"'],
	lines: [{command: 'close'}],
	fields: [
		{
			...reason,
			hint: 'counts for every item above that has none of its own',
			requiredWhen: closeNeedsReason,
			askedWhen: closeNeedsReason,
		},
	],
	about: unrecorded,
	probe: () => ({type: 'close', data: {reason: anything}}),
	steps: values => send({type: 'close', data: {reason: orNull(values['reason'])}}),
};
