/** The shape of a rule: state, data and context in; events or a refusal out. */
import type {CommandData, CommandType, Context} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Runbook} from '../../model/runbook.ts';
import type {State} from '../../model/state.ts';

/** What a rule gets beside its data: the context with the acting role resolved, the typed words, and the runbook. */
export type RuleContext = Context & {readonly runbook: Runbook; readonly confirm: readonly string[]};

export type Decision = readonly Event[] | Refusal;

/** `begin` is decided before there is a runbook. */
export type Rules = {
	readonly [T in Exclude<CommandType, 'begin'>]: (
		state: State,
		data: Readonly<CommandData[T]>,
		asked: RuleContext,
	) => Decision;
};
