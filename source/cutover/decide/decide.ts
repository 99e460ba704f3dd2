/*
`decide(state, command, context)`: events or a refusal, never both and never neither. Who may is asked first, in one
place; then the rule of the command. The rules themselves are in rules/, a file a subject.
*/

import type {Command, CommandData, Context, Observation} from '../model/command.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import {rollbackPaths} from '../model/script.ts';
import type {State} from '../model/state.ts';
import {actAs, identityForbidden} from './acting.ts';
import {decideBeside, placed} from './elsewhere.ts';
import {fields, instead, isRefusal, needWords, refuse, usageError} from './refusal.ts';
import {attemptRules} from './rules/attempts.ts';
import {closeRules} from './rules/close.ts';
import {gateRules} from './rules/gates.ts';
import {inviteRules} from './rules/invite.ts';
import {peopleRules, relayForbidden} from './rules/people.ts';
import {ahead, planRules} from './rules/plan.ts';
import {pollRules} from './rules/polls.ts';
import {recordRules} from './rules/records.ts';
import {rollbackRules} from './rules/rollback.ts';
import type {Decision, RuleContext, Rules} from './rules/rule.ts';
import {stageRules} from './rules/stages.ts';
import {triggerRules} from './rules/triggers.ts';
import {signatureForbidden} from './signed.ts';

const rules: Rules = {
	...planRules,
	...pollRules,
	...gateRules,
	...stageRules,
	...attemptRules,
	...triggerRules,
	...rollbackRules,
	...recordRules,
	...closeRules,
	...peopleRules,
	...inviteRules,
};

/** What begins by itself must be able to: the watcher has the environment of who begins (RULES T2). */
const tokenFor = (runbook: Runbook, {token}: Observation): Refusal | null => {
	const {triggers, rollback} = runbook;
	const automatic = triggers.find(trigger => trigger.automatic);
	const remote = rollback?.remote ?? null;
	const needs = rollbackPaths(runbook).some(({workflow}) => workflow !== undefined);
	return automatic === undefined || remote === null || !needs || token === true
		? null
		: refuse(
				'auto-not-ready',
				`Trigger ${automatic.id} starts the rollback automatically, and ${remote.token} is not set here.`,
				`Set ${remote.token}, or take triggers."${automatic.id}".automatic out of the settings.`,
			);
};

const begin = (state: State, {data, confirm}: Command<'begin'>, {at, by, observed}: Context): Decision => {
	if (state.begun)
		return refuse(
			'already-begun',
			`It was begun by ${state.begun.by.name}.`,
			'Open it, or begin another one.',
			fields('new'),
		);
	return (
		identityForbidden(data.runbook, by) ??
		ahead(data.t0, at) ??
		tokenFor(data.runbook, observed) ??
		needWords(confirm, ['BEGIN'], 'This begins the cutover with exactly what was shown') ?? [{type: 'begun', data}]
	);
};

const ask = <K extends keyof Rules>(state: State, command: Command<K>, asked: RuleContext): Decision => {
	const rule: (state: State, data: Readonly<CommandData[K]>, asked: RuleContext) => Decision = rules[command.type as K];
	return rule(state, command.data, asked);
};

const isBegin = (command: Command): command is Command<'begin'> => command.type === 'begin';

/** Events that the command leaves, or why it leaves none. */
export const decide = (state: State, command: Command, context: Context): Decision => {
	if (isBegin(command)) return begin(state, command, context);
	const {runbook} = state;
	if (runbook === null) return usageError('not-begun', 'This cutover is not begun.', 'Begin it.', instead('begin'));
	if (state.closed)
		return refuse(
			'closed',
			`The cutover was closed by ${state.closed.by.name}.`,
			'Read it with status, log or export.',
		);
	const by =
		relayForbidden(state, command, context.by, context.observed) ?? actAs(state, command, context.by, context.at);
	if (isRefusal(by)) return by;
	const asked = {...context, by, runbook, confirm: command.confirm ?? []};
	const decision = decideBeside(state, command, asked, before => ask(before, command, asked));
	if (isRefusal(decision)) return decision;
	// Asked last, so that nobody signs what is refused anyway.
	const unsigned = signatureForbidden(state, command, by, context.at);
	return unsigned ?? placed(state, command, asked, decision);
};

export {isRefusal};
