/** Acts by which people decide: words for gates, votes, freeze, hold, T0, approval, extension, abandonment, close. */
import {parseWhen, stamp, wall, wallShort} from '../../text/time.ts';
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	anything,
	choice,
	early,
	earlyField,
	goAhead,
	maybeText,
	needsEarly,
	nowhere,
	option,
	orNull,
	preset,
	runbookOf,
	type ScreenContext,
	same,
	send,
	text,
	time,
	type Values,
} from './act.ts';
import {chosenGate} from './chosen.ts';
import {inWordsOf, relayFields} from './relaying.ts';

const withWords = (at: ScreenContext) => runbookOf(at).gates.filter(gate => gate.groups.length > 0);

const awaited = (at: ScreenContext, gate: string) => at.snapshot.gates.find(row => row.id === gate)?.awaits ?? [];

/** The one that can only be meant stands already. */
const oneOf = (field: Field): Field =>
	field.kind === 'choice' && field.options.length === 1 ? preset(field, field.options[0]?.value ?? null) : field;

const acknowledging = (at: ScreenContext, gate: string): Draft => {
	const group = awaited(at, gate)[0] ?? runbookOf(at).gates.find(row => row.id === gate)?.groups[0] ?? null;
	return {type: 'acknowledge', data: {gate, group, yes: true, reason: null}};
};

export const acknowledge: Act = {
	title: 'Answer for a gate',
	help: 'Acknowledges or denies what the chosen gate asks of a group, by name.',
	on: at => {
		const gate = chosenGate(at);
		return withWords(at).some(row => row.id === gate) ? gate : null;
	},
	targets: at => withWords(at).map(gate => option(gate.id, `${gate.id} ${gate.title}`)),
	nothing: 'No gate of the runbook asks people for their word.',
	probe: acknowledging,
	isRelayable: true,
	lines: (at, on) => {
		const gate = runbookOf(at).gates.find(row => row.id === on);
		return gate
			? [`${gate.id} ${gate.title}`, `pass when: ${gate.passWhen}`, ...gate.files.map(file => `cites ${file}`)]
			: [];
	},
	fields: (at, on) => {
		const groups = runbookOf(at).gates.find(row => row.id === on)?.groups ?? [];
		const open = awaited(at, on);
		return [
			...relayFields(at, acknowledging(at, on)),
			oneOf(choice('group', 'for', (open.length > 0 ? open : groups).map(same))),
			choice('answer', 'answer', [option('no', 'no'), option('yes', 'yes')]),
			maybeText('reason', 'because', 'a no needs a reason'),
		];
	},
	effect: (values, gate) => {
		const {group = '', answer, reason} = values;
		if (answer === 'no' && orNull(reason) === null) return {problem: 'A no needs a reason.'};
		const draft: Draft = {type: 'acknowledge', data: {gate, group, yes: answer === 'yes', reason: orNull(reason)}};
		return inWordsOf(values, send(draft, group));
	},
};

const voteDraft = (vote: 'go' | 'no-go' | 'keep', values: Values): Draft => {
	const {early: isEarly, reason} = early(values);
	return {type: 'vote', data: {vote, early: isEarly, reason: orNull(values['reason']) ?? reason}};
};

const openVotes = (at: ScreenContext) =>
	(at.snapshot.poll?.votes ?? []).filter(({vote}) => vote === null).map(({role}) => same(role));

const probeVote =
	(vote: 'go' | 'keep') =>
	(isEarly: boolean): Draft =>
		voteDraft(vote, isEarly ? {early: anything} : {});

const voteFields = (at: ScreenContext, vote: 'go' | 'keep', field: Field): readonly Field[] => {
	const roles = openVotes(at);
	const mine = roles.some(({value}) => value === at.view.person.role) ? at.view.person.role : null;
	return [
		...relayFields(at, probeVote(vote)(true)),
		preset(oneOf(choice('role', 'as', roles)), roles.length === 1 ? (roles[0]?.value ?? null) : mine),
		field,
		...earlyField(needsEarly(at, probeVote(vote))),
		maybeText('reason', 'because', vote === 'go' ? 'a no-go needs a reason' : 'failed or skipped stages need a reason'),
	];
};

const pollLines = (at: ScreenContext): readonly string[] => [
	`${at.snapshot.gates.filter(gate => gate.verdict === 'pass').length} of ${at.snapshot.gates.length} gates pass`,
	...at.snapshot.gates
		.filter(gate => gate.verdict !== 'pass')
		.map(gate => `${gate.id} ${gate.verdict}: ${gate.reason ?? gate.title}`),
];

export const vote: Act = {
	isRelayable: true,
	title: 'Vote go or no-go',
	help: 'Votes in the go/no-go poll, by name and role. The last go closes it; one no-go is a hold at once.',
	...nowhere,
	probe: () => probeVote('go')(true),
	lines: pollLines,
	fields: at => voteFields(at, 'go', choice('vote', 'vote', [option('no-go', 'no-go'), option('go', 'go')])),
	effect: values => {
		const said = values['vote'] === 'go' ? 'go' : 'no-go';
		if (said === 'no-go' && orNull(values['reason']) === null) return {problem: 'A no-go needs a reason.'};
		return inWordsOf(values, send(voteDraft(said, values), orNull(values['role'])));
	},
};

export const keep: Act = {
	isRelayable: true,
	title: 'Vote to keep the release',
	help: 'Votes keep at the closing stage; every owner of it votes.',
	...nowhere,
	probe: () => probeVote('keep')(true),
	lines: at =>
		at.snapshot.stages
			.filter(stage => stage.planned > at.snapshot.t0)
			.map(stage => `${stage.id} ${stage.state}${stage.remark ? `: ${stage.remark}` : ''}`),
	fields: at => voteFields(at, 'keep', choice('vote', 'vote', [option('keep', 'keep')])),
	effect: values => inWordsOf(values, send(voteDraft('keep', values), orNull(values['role']))),
};

export const freeze: Act = {
	title: 'Say what is frozen',
	help: 'Records that changes outside the cutover are frozen, and who did it.',
	...nowhere,
	probe: () => ({type: 'freeze', data: {text: anything}}),
	lines: () => [],
	fields: () => [text('text', 'frozen', 'what, and by whom')],
	effect: ({text: said = ''}) => send({type: 'freeze', data: {text: said}}),
};

export const hold: Act = {
	title: 'Hold',
	help: 'Stops the way to T0 until an owner of the go/no-go releases it with a T0. Anyone may.',
	...nowhere,
	probe: () => ({type: 'hold', data: {reason: anything}}),
	lines: () => ['T stands, a go and every vote fall, until T0 is set anew.'],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}) => send({type: 'hold', data: {reason}}),
};

export const t0: Act = {
	title: 'Set or confirm T0',
	help: 'Moves T0; releases a hold whose causes are mended. The same T0 may be confirmed while it lies ahead.',
	...nowhere,
	probe: at => ({
		type: 'schedule',
		data: {t0: stamp(Math.max(at.snapshot.t0, at.snapshot.now + 60_000)), reason: anything},
	}),
	lines: at => [at.snapshot.status === 'hold' ? at.snapshot.headline.text : 'Votes given so far fall.'],
	fields: () => [time('t0', 'T0'), text('reason', 'reason')],
	effect: ({t0: typed = '', reason = ''}, _, at) => {
		const when = parseWhen(typed.trim(), at.snapshot.now);
		return when === null
			? {problem: `"${typed}" is no time: HH:MM, +10m, or RFC 3339.`}
			: send({type: 'schedule', data: {t0: stamp(when), reason}});
	},
};

export const abandon: Act = {
	title: 'Abandon the cutover',
	help: 'Ends the cutover before T0, with a reason.',
	...nowhere,
	probe: () => ({type: 'abandon', data: {reason: anything}}),
	lines: () => ['The cutover ends here; what was recorded stays, and it can only be closed.'],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}) => send({type: 'abandon', data: {reason}}),
};

export const approve: Act = {
	title: 'Approve changed bytes',
	help: 'Shows what differs from what was approved, and approves it as it is now.',
	...nowhere,
	probe: () => null,
	lines: at => at.changes() ?? ['Nothing differs from what was approved.'],
	fields: at => (at.changes() === null ? [] : [goAhead('approve exactly this')]),
	effect: (_, __, at) =>
		at.changes() === null ? {problem: 'Nothing differs from what was approved.'} : {kind: 'approve'},
};

const minuteMs = 60_000;

/** Outage clocks that run: what would decide between keep and rollback, soonest first. */
const firing = ({snapshot}: ScreenContext): readonly {readonly id: string; readonly firesAt: number}[] =>
	snapshot.triggers
		.flatMap(({id, firesAt}) => (firesAt === null ? [] : [{id, firesAt}]))
		.toSorted((one, other) => one.firesAt - other.firesAt);

export const extend: Act = {
	title: 'Extend the observation',
	help: 'Moves the closing stage to a later time.',
	...nowhere,
	probe: at => ({
		type: 'extend',
		data: {
			until: stamp(Math.max(...at.snapshot.stages.map(stage => stage.planned), at.snapshot.now) + 3_600_000),
			reason: anything,
		},
	}),
	lines: at => firing(at).map(({id, firesAt}) => `trigger ${id} fires after ${wall(firesAt)}, unless all is up before`),
	fields: at => {
		const [first] = firing(at);
		const until = time('until', 'until');
		return [first === undefined ? until : preset(until, wallShort(first.firesAt + minuteMs)), text('reason', 'reason')];
	},
	effect: ({until = '', reason = ''}, _, at) => {
		const when = parseWhen(until.trim(), at.snapshot.now);
		return when === null
			? {problem: `"${until}" is no time: HH:MM, +10m, or RFC 3339.`}
			: send({type: 'extend', data: {until: stamp(when), reason}});
	},
};

/** What nobody recorded: closing takes a reason that stands for it. */
const unrecorded = ({snapshot}: ScreenContext): readonly string[] => [
	...snapshot.signOffs.filter(item => !item.signed).map(item => `not signed: ${item.id} ${item.role}`),
	...snapshot.fields.filter(field => field.value === null).map(field => `not recorded: ${field.field}`),
];

export const close: Act = {
	title: 'Close the cutover',
	help: 'Seals the journal: nothing is appended after it.',
	...nowhere,
	probe: () => ({type: 'close', data: {reason: anything}}),
	lines: unrecorded,
	fields: at =>
		unrecorded(at).length > 0 || at.snapshot.status === 'rollback-failed'
			? [text('reason', 'reason', 'stands for every item above that has none of its own')]
			: [maybeText('reason', 'reason')],
	effect: ({reason}) => send({type: 'close', data: {reason: orNull(reason)}}),
};
