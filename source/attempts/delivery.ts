/*
How what an attempt reports reaches the journal, also where that is away: the results of what ran are kept in the attempt's spool, in
order, and delivered once it answers. What must be in the journal before something happens waits instead.
*/
import {existsSync} from 'node:fs';
import {type AttemptRef, attemptKey} from '../cutover/model/attempt-target.ts';
import type {Command, CommandType} from '../cutover/model/command.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {type Answer, type Clock, type Journal, StoreFault} from '../cutover/ports.ts';
import {endSpool, keepInSpool, readSpool, spoolFile, spools} from '../disk/spool.ts';
import {pause} from '../net/limit.ts';
import {attemptStatus} from '../processes/attempt-status.ts';

const askAgain = 1000;
/** Results of one append. */
const most = 100;
/** A file store whose disk is full for a minute must not cost a step that is done. */
const longestAsking = 30_000;

/** What happened already, and needs no answer. */
const results: ReadonlySet<CommandType> = new Set<CommandType>([
	'beginStep',
	'endStep',
	'judge',
	'end',
	'attach',
	'measure',
	'answerDispatch',
	'recordRun',
	'recordRunUnreachable',
]);

const isAway = (error: unknown): error is StoreFault =>
	error instanceof StoreFault && (error.code === 'unreachable' || error.code === 'uncertain');

/** When it happened, where that is not when it is recorded. */
const dated = (command: Command, happened: string): Command => {
	if (command.type === 'beginStep') return {...command, data: {...command.data, happened}};
	if (command.type === 'endStep') return {...command, data: {...command.data, happened}};
	return command.type === 'end' ? {...command, data: {...command.data, happened}} : command;
};

const outcomeOf = ({data}: Command): string | null =>
	'outcome' in data && typeof data.outcome === 'string'
		? data.outcome
		: 'verdict' in data && typeof data.verdict === 'string'
			? data.verdict
			: null;

/** What the rules took no more, because others had recorded the attempt as lost meanwhile: it stays in the record all the same. */
const late = (ref: AttemptRef, command: Command, at: string): Command => ({
	id: `${command.id}/late`,
	type: 'recordLate',
	data: {
		target: ref.target,
		attempt: ref.attempt,
		what: command.type,
		step: 'step' in command.data ? command.data.step : null,
		outcome: outcomeOf(command),
		happened: at,
	},
});

type Delivered = {readonly folder: Path; readonly ref: AttemptRef; readonly journal: Journal; readonly by: Person};

/** Records what waits of one attempt, oldest first, and ends its spool. Rejects with StoreFault. */
async function deliver({folder, ref, journal, by}: Delivered): Promise<void> {
	const file = spoolFile(folder, attemptKey(ref));
	for (let done = 0; ; ) {
		const waiting = readSpool<Command>(file).slice(done, done + most);
		if (waiting.length === 0) break;
		const answers = await journal.decideAll(
			waiting.map(({at, command}) => dated(command, at)),
			by,
		);
		const refused = waiting.filter((_, index) => answers[index]?.refused === true);
		if (refused.length > 0)
			await journal.decideAll(
				refused.map(({at, command}) => late(ref, command, at)),
				by,
			);
		done += waiting.length;
	}
	endSpool(file);
}

/** What runners that are gone kept while the journal was away. Resolves to the attempts whose reports still wait; never rejects. */
export async function deliverLeft({folder, journal, by}: Omit<Delivered, 'ref'>): Promise<ReadonlySet<string>> {
	const waiting = new Set<string>();
	for (const key of spools(folder)) {
		const ref = journal.state().attempts[key];
		if (ref === undefined || attemptStatus(folder, ref).kind === 'running') continue;
		try {
			await deliver({folder, ref, journal, by});
		} catch {
			waiting.add(key);
		}
	}
	return waiting;
}

export type Delivery = {
	/** Records a command, or keeps it. Rejects with StoreFault where the store does not take it for another reason than being away. */
	tell(command: Command): Promise<Answer>;
	/** Something is kept and not recorded yet. */
	waiting(): boolean;
	stop(): void;
};

/** Of a runner. `keeps`: the journal is in a database, and may be away for long. */
export function delivery(world: Delivered & {readonly clock: Clock; readonly keeps: boolean}): Delivery {
	const {folder, ref, journal, clock, by, keeps} = world;
	const file = spoolFile(folder, attemptKey(ref));
	/** As the disk says: something may be kept in the very turn in which the last of the others was recorded. */
	const waiting = (): boolean => keeps && existsSync(file);
	let delivering = false;

	const keep = (command: Command): Answer => {
		keepInSpool(file, command, clock.now());
		return {refused: false, entries: []};
	};

	const deliverAll = async (): Promise<void> => {
		if (!waiting() || delivering) return;
		delivering = true;
		try {
			await deliver(world);
		} catch {
			// The next turn tries again.
		} finally {
			delivering = false;
		}
	};

	const stop = keeps ? clock.every(askAgain, () => void deliverAll()) : () => {};
	return {
		stop,
		waiting,
		async tell(command) {
			const isResult = results.has(command.type);
			for (const until = clock.steady() + longestAsking; ; await pause(clock, askAgain)) {
				if (waiting()) {
					if (isResult) return keep(command);
					continue;
				}
				try {
					return await journal.decide(command, by);
				} catch (error) {
					if (keeps && isAway(error)) {
						if (isResult) return keep(command);
						continue;
					}
					if (!(error instanceof StoreFault) || !error.mayPass || clock.steady() >= until) throw error;
				}
			}
		},
	};
}
