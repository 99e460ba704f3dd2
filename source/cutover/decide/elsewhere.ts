/*
Where an attempt runs, and how others go on when its host is silent. A host that was not heard for the length of its runners' lease
begins no step any more; a step that ran then may still run, so what was begun there counts as running until somebody says otherwise.
*/
import {minutes} from '../../text/time.ts';
import {stageOf} from '../due/schedule.ts';
import {advance} from '../evolve/evolve.ts';
import {attemptKey, pathIn, rowIn} from '../model/attempt-target.ts';
import type {Command} from '../model/command.ts';
import type {Event} from '../model/event.ts';
import {leaseSeconds, silenceOf} from '../model/hosts.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import type {Attempt, State} from '../model/state.ts';
import {fields, isRefusal, listed, refuse, usageError} from './refusal.ts';
import {unjudged} from './rules/attempts.ts';
import {isChanging} from './rules/path.ts';
import type {Decision, RuleContext} from './rules/rule.ts';

const word = 'MAY RUN TWICE';

/** What a command goes on from, where that is an attempt. */
function concerns(command: Command, state: State): (attempt: Attempt) => boolean {
	if (command.type === 'close') return () => true;
	if (command.type === 'rollback' || command.type === 'rollbackByHand') return isChanging(state);
	const row =
		command.type === 'run'
			? command.data.target
			: command.type === 'skip' || command.type === 'done' || command.type === 'report'
				? command.data.stage
				: null;
	return attempt => {
		const judging = row === null ? null : state.gates[row]?.judging;
		return (
			row !== null &&
			(rowIn(attempt.target) === row || (judging != null && attemptKey(judging) === attemptKey(attempt)))
		);
	};
}

const silence = ({observed}: RuleContext, attempt: Attempt): number => silenceOf(observed.hosts, attempt) ?? 0;

/** Open attempts that the command goes on from, on hosts that are silent. */
const silentOnes = (state: State, command: Command, context: RuleContext): readonly Attempt[] => {
	const concerned = concerns(command, state);
	return Object.values(state.attempts).filter(
		attempt => attempt.ended === null && concerned(attempt) && silence(context, attempt) > 0,
	);
};

const said = (context: RuleContext, attempt: Attempt): string =>
	`${attempt.host} has been silent for ${minutes(1000 * silence(context, attempt))}`;

const lost = (state: State, context: RuleContext, attempt: Attempt): readonly Event[] => {
	const data = {
		target: attempt.target,
		attempt: attempt.attempt,
		outcome: 'lost',
		exit: null,
		reason: said(context, attempt),
		log: null,
		still: [`what ${attemptKey(attempt)} began on ${attempt.host}, as far as anybody knows`],
	} as const;
	return [{type: 'ended', data}, ...unjudged(state, data)];
};

const changesProduction = (attempt: Attempt, {runbook}: RuleContext): boolean =>
	pathIn(attempt.target) !== null || (stageOf(runbook, rowIn(attempt.target) ?? '')?.offsetSeconds ?? -1) >= 0;

/** With the word for what may still run, beside the words that a rule asks for itself. */
function withWord(decision: Decision, command: Command, why: string): Decision {
	const isGiven = command.confirm?.includes(word) === true;
	if (isRefusal(decision))
		return decision.needs.words.length === 0 || decision.needs.words.includes(word) || isGiven
			? decision
			: refuse(
					'word-needed',
					`${decision.why} ${why}.`,
					`Type ${listed([...decision.needs.words, word])} to confirm.`,
					{
						words: [...decision.needs.words, word],
					},
				);
	return isGiven ? decision : refuse('word-needed', `${why}.`, `Type ${word} to confirm.`, {words: [word]});
}

/** Decides by `rule`, which takes what runs on a host that is silent for too long for lost; what it leaves then says so. */
export function decideBeside(
	state: State,
	command: Command,
	context: RuleContext,
	rule: (state: State) => Decision,
): Decision {
	const silent = silentOnes(state, command, context);
	const [early] = silent.filter(attempt => silence(context, attempt) <= leaseSeconds);
	if (early !== undefined)
		return refuse(
			'host-silent',
			`${attemptKey(early)} runs on ${early.host}: ${said(context, early)}.`,
			`Wait: it may begin steps until ${minutes(1000 * leaseSeconds)} of silence.`,
		);
	if (silent.length === 0) return rule(state);
	const ends = silent.flatMap(attempt => lost(state, context, attempt));
	const decision = rule(advance(state, ends, context));
	const runsAgain = command.type !== 'close' && silent.some(attempt => changesProduction(attempt, context));
	const answer = runsAgain
		? withWord(
				decision,
				command,
				`${listed(silent.map(attempt => said(context, attempt)))}, and what runs there may run twice`,
			)
		: decision;
	return isRefusal(answer) ? answer : [...ends, ...answer];
}

/** The host that the settings name for a gate or a stage. */
const hostOf = (runbook: Runbook, row: string | null): string | null =>
	(runbook.gates.find(({id}) => id === row) ?? runbook.stages.find(({id}) => id === row))?.host ?? null;

/** A host that is asked for and does not answer; null where every attempt has one. */
function absent(context: RuleContext, wanted: string): Refusal | null {
	const {hosts} = context.observed;
	if (hosts === undefined)
		return refuse('host-unknown', 'This cutover has one host.', 'Record it in PostgreSQL to run it on several.');
	if (wanted === hosts.here) return null;
	const heard = hosts.all.filter(({silentSeconds}) => silentSeconds === 0).map(({host}) => host);
	return heard.includes(wanted)
		? null
		: usageError(
				'host-unknown',
				`${wanted} does not work for this cutover now.`,
				`Open the cutover on ${wanted} (cutover-tui store join), or run it on ${listed([...new Set([hosts.here, ...heard])], 'or')}.`,
				fields('on'),
			);
}

/** Says of each attempt that begins where it runs: where it was asked for, unless the settings or the command name a host. */
export function placed(state: State, command: Command, context: RuleContext, events: readonly Event[]): Decision {
	const {hosts} = context.observed;
	const on = command.type === 'run' ? (command.data.on ?? null) : null;
	const done: Event[] = [];
	for (const event of events) {
		if (event.type !== 'started' || (hosts === undefined && on === null)) {
			done.push(event);
			continue;
		}
		const {target, within} = event.data;
		const parent = within === null ? undefined : state.attempts[attemptKey(within)];
		const wanted = parent?.host ?? on ?? hostOf(context.runbook, rowIn(target)) ?? hosts?.here ?? null;
		const no = wanted === null || parent !== undefined ? null : absent(context, wanted);
		if (no !== null) return no;
		done.push({...event, data: {...event.data, ...(wanted === null ? {} : {host: wanted})}});
	}
	return done;
}
