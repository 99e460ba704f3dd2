/*
The evidence of a cutover as plain data, before any format: what the journal holds, gathered by what it speaks of. Times
are RFC 3339 as the journal has them; nothing is asked of the disk, because what is not in the journal is no evidence.
*/
import {targetName} from '../cutover/model/attempt-target.ts';
import type {EventData, EventType, Log} from '../cutover/model/event.ts';
import {notProvenApart, type Person} from '../cutover/model/person.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Entry} from '../cutover/ports.ts';
import type {GateSnapshot} from '../cutover/snapshot/gates.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import type {SignOffSnapshot} from '../cutover/snapshot/sign-offs.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import type {StageSnapshot} from '../cutover/snapshot/stages.ts';
import type {TriggerSnapshot} from '../cutover/snapshot/triggers.ts';
import {stamp} from '../text/time.ts';

export type Field = {readonly field: string; readonly value: string | null};

export type Happened<K extends EventType> = Readonly<EventData[K]> & {
	readonly seq: number;
	readonly at: string;
	readonly by: Person;
};

/** A log of an attempt; `of` a gate, a stage or a rollback path. */
type LogLine = Log & {readonly of: string; readonly attempt: number};

type Who = Person & {readonly roles: readonly string[]};

export type Package = {
	/** Name and version of the program that gathered it. */
	readonly program: string;
	readonly runbook: Runbook;
	readonly state: State;
	readonly entries: readonly Entry[];
	/** The journal as it is on the disk, a line an entry. */
	readonly lines: () => readonly string[];
	readonly exportedAt: string;
	readonly snapshot: Snapshot;
	readonly fields: readonly Field[];
	readonly gates: readonly (GateSnapshot & {
		readonly judgements: readonly Happened<'judged'>[];
		readonly answers: readonly Happened<'acknowledged'>[];
	})[];
	readonly stages: readonly (StageSnapshot & {
		readonly reports: readonly Happened<'reported'>[];
		readonly answers: readonly Happened<'answered'>[];
		readonly measured: readonly Happened<'measured'>[];
	})[];
	readonly schedule: readonly Happened<'scheduled'>[];
	readonly holds: readonly Happened<'holdPlaced'>[];
	readonly votes: readonly Happened<'voted'>[];
	readonly fallen: readonly (Happened<'goRevoked'> | Happened<'keepRevoked'>)[];
	readonly triggers: readonly (TriggerSnapshot & {readonly firings: readonly Happened<'fired'>[]})[];
	/** Everything about rollbacks, in order, as sentences. */
	readonly rollback: readonly {
		readonly seq: number;
		readonly at: string;
		readonly by: Person;
		readonly type: EventType;
		readonly text: string;
	}[];
	readonly signOffs: readonly (SignOffSnapshot & {readonly files: Readonly<Record<string, string | null>>})[];
	readonly attachments: readonly Happened<'attached'>[];
	readonly logs: readonly LogLine[];
	readonly notes: readonly Happened<'noted'>[];
	readonly people: readonly Who[];
	/** Acts of two people that are not proven to be of two (RULES D2). `proven`: there were such acts, and all of them are. */
	readonly fourEyes: {readonly proven: boolean; readonly required: boolean; readonly remarks: readonly string[]};
	readonly head: {readonly seq: number; readonly hash: string};
};

const rollbackTypes: ReadonlySet<EventType> = new Set([
	'rollbackBegun',
	'pathUnavailable',
	'cancelAsked',
	'byHand',
	'impactOver',
	'proved',
	'rollbackFailed',
]);

/** Events of one kind, with who did it and when. */
export const happened = <K extends EventType>(entries: readonly Entry[], type: K): readonly Happened<K>[] =>
	entries.flatMap(entry =>
		entry.type === type
			? [{...(entry.data as Readonly<EventData[K]>), seq: entry.seq, at: entry.at, by: entry.by}]
			: [],
	);

const aboutRollback = ({type, data}: Entry): boolean =>
	rollbackTypes.has(type) || ('target' in data && 'path' in data.target);

const rollbackOf = (entries: readonly Entry[]): Package['rollback'] =>
	entries
		.filter(aboutRollback)
		.map(entry => ({seq: entry.seq, at: entry.at, by: entry.by, type: entry.type, text: sentence(entry)}));

function logsOf(entries: readonly Entry[]): readonly LogLine[] {
	const judged = happened(entries, 'judged').flatMap(({gate, attempt, log}) =>
		log === null ? [] : [{of: gate, attempt, ...log}],
	);
	const ended = happened(entries, 'ended').flatMap(({target, attempt, log}) =>
		log === null ? [] : [{of: targetName(target), attempt, ...log}],
	);
	const lines = [...ended, ...judged];
	return lines.filter((line, index) => lines.findIndex(other => other.path === line.path) === index);
}

function peopleOf(entries: readonly Entry[]): readonly Who[] {
	const people = new Map<string, Who>();
	for (const {by} of entries) {
		if (by.strength === 'process') continue;
		const key = JSON.stringify([by.name, by.login, by.strength, by.ssh, by.web?.link]);
		const before = people.get(key)?.roles ?? [];
		people.set(key, {...by, roles: by.role === null || before.includes(by.role) ? before : [...before, by.role]});
	}
	return [...people.values()];
}

const newestVotes = (votes: readonly Happened<'voted'>[], stage: string): readonly Happened<'voted'>[] => [
	...new Map(
		votes.filter(vote => vote.stage === stage && vote.vote !== 'no-go').map(vote => [vote.role, vote]),
	).values(),
];

type SharedAct = {readonly act: string; readonly people: readonly Person[]};

/** Of each act the last two who did it. */
const lastTwo = <T extends {readonly by: Person}>(events: readonly T[], actOf: (event: T) => string) =>
	[...Map.groupBy(events, actOf)].map(([act, same]): SharedAct => ({act, people: same.slice(-2).map(({by}) => by)}));

/** Acts that need two people, and who did each. */
function sharedActs(entries: readonly Entry[]): readonly SharedAct[] {
	const votes = happened(entries, 'voted');
	const polls = [...new Set(votes.map(({stage}) => stage))].map(stage => ({
		act: stage,
		people: newestVotes(votes, stage).map(({by}) => by),
	}));
	const triggers = lastTwo(happened(entries, 'stoodDown'), ({trigger}) => `trigger ${trigger} stood down`);
	const takes = happened(entries, 'roleTakeAsked').map(asked => ({
		act: `role ${asked.role} taken over`,
		people: [
			asked.by,
			...happened(entries, 'roleTaken')
				.filter(event => event.role === asked.role && event.seq > asked.seq)
				.map(({by}) => by)
				.slice(0, 1),
		],
	}));
	const attested = lastTwo(happened(entries, 'endpointAttested'), ({endpoint}) => `endpoint ${endpoint} answered for`);
	return [...polls, ...triggers, ...takes, ...attested].filter(({people}) => people.length > 1);
}

const remarksOf = (entries: readonly Entry[]): readonly string[] =>
	sharedActs(entries).flatMap(({act, people}) => {
		const why = notProvenApart(people);
		return why === null ? [] : [`${act}: ${why}`];
	});

/** Gathers the evidence. `snapshot` and `fields` are the readings of `state` at `at` (ms). */
export function collect({
	at,
	...readings
}: Pick<Package, 'program' | 'runbook' | 'state' | 'entries' | 'lines' | 'snapshot' | 'fields'> & {
	readonly at: number;
}): Package {
	const {runbook, state, entries, snapshot} = readings;
	const votes = happened(entries, 'voted');
	const last = entries.at(-1);
	return {
		...readings,
		exportedAt: stamp(at),
		gates: snapshot.gates.map(gate => ({
			...gate,
			judgements: happened(entries, 'judged').filter(event => event.gate === gate.id),
			answers: happened(entries, 'acknowledged').filter(event => event.gate === gate.id),
		})),
		stages: snapshot.stages.map(stage => ({
			...stage,
			reports: happened(entries, 'reported').filter(event => event.stage === stage.id),
			answers: happened(entries, 'answered').filter(event => event.stage === stage.id),
			measured: happened(entries, 'measured').filter(event => event.stage === stage.id),
		})),
		schedule: happened(entries, 'scheduled'),
		holds: happened(entries, 'holdPlaced'),
		votes,
		fallen: [...happened(entries, 'goRevoked'), ...happened(entries, 'keepRevoked')],
		triggers: snapshot.triggers.map(trigger => ({
			...trigger,
			firings: happened(entries, 'fired').filter(event => event.trigger === trigger.id),
		})),
		rollback: rollbackOf(entries),
		signOffs: snapshot.signOffs.map(item => ({...item, files: state.signOffs[item.id]?.files ?? {}})),
		attachments: happened(entries, 'attached'),
		logs: logsOf(entries),
		notes: happened(entries, 'noted'),
		people: peopleOf(entries),
		fourEyes: {
			proven: sharedActs(entries).length > 0 && remarksOf(entries).length === 0,
			required: runbook.fourEyes === 'required',
			remarks: remarksOf(entries),
		},
		head: {seq: last?.seq ?? 0, hash: last?.hash ?? ''},
	};
}
