/*
What a command will run, then as whom and where. Of a rollback also: whether its workflow can be sent from here, who will have to
say yes, and what people do by hand.
*/

import type {CommandName} from '../../commands/catalogue.ts';
import {runbookOf} from '../../commands/situation.ts';
import {listed} from '../../cutover/decide/refusal.ts';
import {attemptsOf, stepsOf} from '../../cutover/due/attempts-of.ts';
import {awaitsMeasuring} from '../../cutover/due/schedule.ts';
import {lookedFor, runsOf, runText, type WillRun} from '../../cutover/due/will-run.ts';
import {pathIn, rowIn, targetText} from '../../cutover/model/attempt-target.ts';
import {remoteAsked} from '../../cutover/model/rehearsal-targets.ts';
import type {Remote, RollbackPath, Stage} from '../../cutover/model/runbook.ts';
import type {Step} from '../../cutover/model/state.ts';
import {ageText} from '../panels/health/watching.ts';
import {approversText} from '../panels/rollback/readiness.ts';
import type {ScreenContext} from './act.ts';

const observed = ({snapshot: {path, now}}: ScreenContext): string => {
	if (path === null) return 'nobody looked whether it could be sent';
	const looked = `looked at ${ageText(now - path.at)} ago`;
	if (path.ready === true) return `${looked}: READY`;
	return `${looked}: ${path.ready === false ? 'NOT READY' : 'UNKNOWN'}${path.why === null ? '' : `, ${path.why}`}`;
};

const usualServer = 'https://api.github.com';

/** Of a workflow: where it is really sent (a rehearsal target, a server of one's own), and whether it can be. */
const fromHere = (at: ScreenContext, {api, token}: Remote): readonly string[] => {
	const {tokenHere, path} = at.snapshot;
	const server = api === usualServer ? [] : [`  at ${api}`];
	if (tokenHere === false)
		return [...server, `  ! no ${token} here: it cannot be sent from this screen, and the fallback would run`];
	const waits = path?.approvers ?? [];
	return [
		...server,
		`  ${tokenHere === true ? `${token} is here; ` : ''}${observed(at)}`,
		...(waits.length === 0 ? [] : [`  ! it will wait for ${approversText(waits)}`]),
	];
};

/** With the files that changed, and a playbook whole. */
const runLines = (at: ScreenContext, run: WillRun): readonly string[] => {
	const {gates, stages} = runbookOf(at);
	const isPlaybook = [...gates, ...stages].some(({playbook}) => playbook === run.verbatim);
	const source = isPlaybook ? (at.what(run.verbatim) ?? ['(it cannot be read)']) : [];
	return [...runText(run, {short: true, changed: at.snapshot.changed}), ...source.map(line => `  ${line}`)];
};

const pathLines = (at: ScreenContext, name: 'preferred' | 'fallback', runs: readonly WillRun[]): readonly string[] => {
	const path: RollbackPath | null = runbookOf(at).rollback?.[name] ?? null;
	if (path === null) return [`${name}: none`];
	const own = runs.filter(({target}) => target !== null && pathIn(target) === name).flatMap(run => runLines(at, run));
	if (path.workflow === undefined) return own;
	const remote = remoteAsked(at.state);
	return remote === null
		? [`${name}  workflow ${path.workflow} is not configured: the settings name no repository and ref`]
		: [...own, ...fromHere(at, remote)];
};

const ofRollback = (at: ScreenContext): readonly string[] => {
	const {rollback, rollbackSteps = []} = runbookOf(at);
	const byHand = rollbackSteps.map((step, index) => `by hand ${index + 1}: ${step}`);
	if (!rollback)
		return byHand.length > 0
			? [...byHand, 'Do these steps, then record how they ended.']
			: ['The runbook names no rollback path: record one that was run by hand.'];
	const runs = at.willRun();
	return [
		...pathLines(at, 'preferred', runs),
		...pathLines(at, 'fallback', runs),
		...byHand,
		`as ${at.account} in ${at.state.workspace}; at most one path runs`,
		...at.snapshot.running.map(({target, attempt}) => `stops first: ${targetText(target)}, attempt ${attempt}`),
	];
};

/** Of gates that run nothing. */
const lookLines = (at: ScreenContext, on: string, runs: readonly WillRun[]): readonly string[] => {
	const {gates, stages} = runbookOf(at);
	const ids = [on, ...(stages.find(({id}) => id === on)?.gates ?? [])];
	return gates
		.filter(({id}) => ids.includes(id) && runs.every(({of}) => of !== id))
		.flatMap(gate => lookedFor(gate).map(text => `${gate.id}  ${text}`));
};

/** What a verification measures by itself, before people are asked for the rest. */
const measuredLines = ({state}: ScreenContext, stage: Stage | undefined): readonly string[] => {
	if (stage === undefined || !awaitsMeasuring(state, stage)) return [];
	const endpoints = (state.runbook?.endpoints ?? []).map(({name}) => name);
	const health =
		endpoints.length === 0
			? []
			: [`  ${listed(endpoints)}: outages since T0, and answers compared with those before it, from samples`];
	return health.length === 0 && (stage.logs ?? []).length === 0
		? ['Nothing of it can be measured: people answer its checklist.']
		: ['Measures, and changes nothing; then it asks for what nothing measures:', ...health];
};

/** What an earlier attempt left running would run twice. */
const stillRuns = ({state}: ScreenContext, on: string): readonly string[] => {
	const last = attemptsOf(state, on).at(-1);
	const still = last?.ended?.still ?? [];
	return still.length === 0 ? [] : [`STILL RUNS from attempt ${last?.attempt}: ${still.join(', ')}`];
};

/** On a host that is silent: another attempt takes it for lost. */
const unheard = ({snapshot}: ScreenContext, on: string): readonly string[] =>
	snapshot.running
		.filter(({target, silentSeconds}) => rowIn(target) === on && silentSeconds !== null)
		.map(({attempt, host}) => `attempt ${attempt} on ${host} is recorded as lost; what it runs there may go on`);

/** Where a resumed stage goes on: what is done does not run again, and of a step that began nobody may know how it ended. */
const resumesAt = ({state}: ScreenContext, on: string): readonly string[] => {
	const last = attemptsOf(state, on).at(-1);
	const steps = last === undefined ? [] : [...stepsOf(state, last).values()];
	const named = (ended: Step['outcome']) => steps.filter(({outcome}) => outcome === ended).map(({name}) => name);
	const [done, unknown] = [named('done'), named(null)];
	return [
		...(done.length === 0 ? [] : [`done, not run again: ${done.join(', ')}`]),
		...(unknown.length === 0
			? []
			: [`began, and nobody knows how it ended: ${unknown.join(', ')}. It runs again only if its playbook says so.`]),
	];
};

const ofRun = (at: ScreenContext, on: string): readonly string[] => {
	const runs = runsOf(at.state, on, at.willRun());
	const stage = runbookOf(at).stages.find(({id}) => id === on);
	const looks = [...measuredLines(at, stage), ...lookLines(at, on, runs)];
	const byHand = stage === undefined ? [] : [stage.action, 'Nothing is run: people do this.'];
	return [
		...stillRuns(at, on),
		...unheard(at, on),
		...(runs.length + looks.length === 0 ? byHand : looks),
		...runs.flatMap(run => runLines(at, run)),
		...(runs.length === 0 ? [] : [`as ${at.account} in ${at.state.workspace}`]),
	];
};

/** Null for a command that runs nothing. */
export const whatRuns = (name: CommandName, at: ScreenContext, on: string): readonly string[] | null => {
	if (name === 'rollback') return ofRollback(at);
	if (name === 'resume') return [...resumesAt(at, on), ...ofRun(at, on)];
	return name === 'run' ? ofRun(at, on) : null;
};
