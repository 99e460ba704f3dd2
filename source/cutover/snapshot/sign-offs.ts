/** What a sign-off still waits for (RULES E1). A rollback stands for the decision that was not reached; what is abandoned has none. */
import {wallShort} from '../../text/time.ts';
import {stageOf} from '../due/schedule.ts';
import {attemptKey, rowIn} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import type {Strength} from '../model/person.ts';
import type {Requirement, SignOff} from '../model/runbook.ts';
import type {Attempt, State} from '../model/state.ts';

export type SignOffSnapshot = Pick<SignOff, 'id' | 'role' | 'text' | 'requires'> & {
	readonly signed: boolean;
	readonly by: string | null;
	readonly at: number | null;
	/** How surely the name is known. */
	readonly identity: Strength | null;
	/** What is missing, a sentence each. */
	readonly blockedBy: readonly string[];
	/** What it confirms never came, and never will: it cannot be signed. */
	readonly notApplicable: boolean;
	/** Why it stays unsigned. */
	readonly notRecorded: string | null;
};

/** As forms and pages name it: `S1 dba: the replicas are in step`. */
export const signOffText = ({id, role, text}: Pick<SignOff, 'id' | 'role' | 'text'>): string =>
	text === '' ? `${id} ${role}` : `${id} ${role}: ${text}`;

const isRolledBack = ({rollback, status}: State): boolean => rollback !== null && status !== 'rolling-back';

/** No decision follows any more: abandoned, or a rollback that has come to its end. */
const over = (state: State): boolean => state.abandoned !== null || isRolledBack(state);

const hasLog = (state: State, of: string): boolean => {
	const attempts = Object.values(state.attempts).filter(({target}) => rowIn(target) === of);
	// What a gate printed inside its stage is in the log of that.
	const whole = ({within}: Attempt): Attempt | undefined => (within ? state.attempts[attemptKey(within)] : undefined);
	return (
		attempts.some(attempt => attempt.ended?.log || whole(attempt)?.ended?.log) ||
		state.attachments.some(file => file.of === of) ||
		(state.gates[of]?.judgement?.log ?? null) !== null
	);
};

const decided = (state: State, of: string, role: string): boolean => {
	const stage = stageOf(state.runbook, of);
	if (!stage) return false;
	const poll = stage.kind === 'closing' ? state.polls.keep : state.polls.go;
	const vote = poll?.votes[role];
	const final = stage.kind === 'closing' ? state.kept !== null : state.goGiven !== null;
	return (vote !== undefined && final) || isRolledBack(state);
};

const howEnded = ({abandoned, rollback}: State): string => {
	if (abandoned !== null) return `abandoned at ${wallShort(abandoned.at)}`;
	const proved = rollback?.proved ?? null;
	return proved === null ? 'the rollback failed' : `rolled back at ${wallShort(proved.at)}`;
};

/** What ended before it ran leaves neither output, verdict nor decision: a sign-off that confirms one is closed. Null while it can come. */
export const notApplicable = (state: State, item: SignOff): string | null => {
	const ran = (of: string): boolean => Object.values(state.attempts).some(({target}) => rowIn(target) === of);
	const neverComes = ({kind, of}: Requirement): boolean => {
		if (kind === 'log') return !hasLog(state, of) && !ran(of) && (state.stages[of]?.started ?? null) === null;
		if (kind === 'decision') return !decided(state, of, item.role);
		return kind === 'acknowledged' && state.gates[of]?.judgement?.verdict !== 'pass';
	};
	return over(state) && item.requires.some(neverComes) ? `not applicable: ${howEnded(state)}` : null;
};

type Missing = {
	readonly [K in Requirement['kind']]: (
		state: State,
		of: string,
		item: SignOff,
		observed: Observation,
	) => string | null;
};

/** A replay sees no workspace: there a file is what was acknowledged of it so far. */
const isThere = ({gates}: State, {files}: Observation, path: string): boolean =>
	Object.hasOwn(files, path)
		? files[path] !== null
		: Object.values(gates).some(({words}) => Object.values(words).some(word => (word.files[path] ?? null) !== null));

const missing: Missing = {
	log: (state, of) => (hasLog(state, of) ? null : `the output of ${of}`),
	decision: (state, of, {role}) => (decided(state, of, role) ? null : `the decision of ${role} at ${of}`),
	acknowledged: (state, of) => (state.gates[of]?.judgement?.verdict === 'pass' ? null : `${of} acknowledged`),
	file: (state, of, _, observed) => (isThere(state, observed, of) ? null : `the file ${of}`),
};

/** A sentence part for each thing that is missing; empty where it can be signed. */
export const blockedBy = (state: State, item: SignOff, observed: Observation): readonly string[] =>
	item.requires.map(need => missing[need.kind](state, need.of, item, observed)).filter(what => what !== null);
