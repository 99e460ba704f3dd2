/*
What will run, verbatim, then as whom and where. Of a rollback also: where the workflow is sent and with what, whether that can be done
from here, who will have to say yes, and the script behind it with its bytes.
*/

import type {CommandName} from '../../commands/catalogue.ts';
import {runbookOf} from '../../commands/situation.ts';
import {nextCommand, runsOwn} from '../../cutover/due/next-command.ts';
import {targetText} from '../../cutover/model/attempt-target.ts';
import {remoteAsked} from '../../cutover/model/rehearsal-targets.ts';
import type {Gate, Path, Remote, RollbackPath, Stage} from '../../cutover/model/runbook.ts';
import {verbatimOf} from '../../cutover/model/script.ts';
import {ageText} from '../panels/health/watching.ts';
import {approversText} from '../panels/rollback/readiness.ts';
import type {ScreenContext} from './act.ts';

/** `A=1   B=2`, none where there are none. */
const pairs = (values: Readonly<Record<string, string>>): readonly string[] => {
	const all = Object.entries(values).map(([name, value]) => `${name}=${value}`);
	return all.length === 0 ? [] : [`  ${all.join('   ')}`];
};

const observed = ({snapshot: {path, now}}: ScreenContext): string => {
	if (path === null) return 'nobody looked whether it could be sent';
	const looked = `looked at ${ageText(now - path.at)} ago`;
	if (path.ready === true) return `${looked}: READY`;
	return `${looked}: ${path.ready === false ? 'NOT READY' : 'UNKNOWN'}${path.why === null ? '' : `, ${path.why}`}`;
};

const fromHere = (at: ScreenContext, {token}: Remote): readonly string[] => {
	const {tokenHere, path} = at.snapshot;
	if (tokenHere === false)
		return [`  ! no ${token} here: it cannot be sent from this screen, and the fallback would run`];
	const waits = path?.approvers ?? [];
	return [
		`  ${tokenHere === true ? `${token} is here; ` : ''}${observed(at)}`,
		...(waits.length === 0 ? [] : [`  ! it will wait for ${approversText(waits)}`]),
	];
};

const usualServer = 'https://api.github.com';

/** Where it is really sent: a rehearsal's stand-in, or a server of one's own. */
const otherServer = ({api}: Remote): string => (api === usualServer ? '' : ` at ${api}`);

const workflowLines = (
	at: ScreenContext,
	name: string,
	workflow: Path,
	{inputs = {}}: RollbackPath,
): readonly string[] => {
	const remote = remoteAsked(at.state);
	if (remote === null)
		return [
			`${name}: workflow ${workflow}`,
			...pairs(inputs),
			'  not configured: the settings name no repository and ref',
		];
	return [
		`${name}: workflow ${workflow} of ${remote.repository} @ ${remote.ref}${otherServer(remote)}`,
		...pairs(inputs),
		...fromHere(at, remote),
	];
};

const bytes = ({state, snapshot}: ScreenContext, script: string): string => {
	if (snapshot.changedScripts.includes(script)) return '! CHANGED since the approval: the approved version runs';
	const digest = state.approved[script];
	return digest ? `approved bytes ${digest.slice(0, 23)}…, unchanged` : 'no approved bytes are known';
};

const localLines = (at: ScreenContext, name: string, path: RollbackPath): readonly string[] => [
	...verbatimOf(path).map(line => `${name}: ${line}`),
	...pairs(runbookOf(at).rollback?.environment ?? {}),
	...(path.script === undefined ? [] : [`  ${bytes(at, path.script)}`]),
];

const pathLines = (at: ScreenContext, name: 'preferred' | 'fallback'): readonly string[] => {
	const path = runbookOf(at).rollback?.[name] ?? null;
	if (path === null) return [`${name}: none`];
	return path.workflow === undefined ? localLines(at, name, path) : workflowLines(at, name, path.workflow, path);
};

const ofRollback = (at: ScreenContext): readonly string[] => {
	const {rollback, rollbackSteps = []} = runbookOf(at);
	const byHand = rollbackSteps.map((step, index) => `by hand ${index + 1}: ${step}`);
	if (!rollback)
		return byHand.length > 0
			? [...byHand, 'Do these steps, then record how they ended.']
			: ['The runbook names no rollback path: record one that was run by hand.'];
	return [
		...pathLines(at, 'preferred'),
		...pathLines(at, 'fallback'),
		...byHand,
		`as ${at.account} in ${at.state.workspace}; at most one path runs`,
		...at.snapshot.running.map(({target, attempt}) => `stops first: ${targetText(target)}, attempt ${attempt}`),
	];
};

const playbookLines = (at: ScreenContext, path: string): readonly string[] => [
	`playbook ${path}   approved ${at.state.approved[path] ?? 'unknown'}`,
	...(at.what(path)?.lines ?? ['(it cannot be read)']).map(line => `  ${line}`),
];

const gateLines = (at: ScreenContext, gate: Gate): readonly string[] => {
	if (gate.playbook) return playbookLines(at, gate.playbook);
	if (gate.kind === 'command')
		return gate.commands.map(command => `${gate.id}  bash -o pipefail -c ${JSON.stringify(command)}`);
	if (gate.looksAt) return gate.looksAt.map(text => `${gate.id}  looks at ${text}`);
	return [`${gate.id}  looks for ${gate.files.join(', ') || 'nothing: it waits for answers'}`];
};

/** The command that is next, and which of them it is. */
const commandLines = (at: ScreenContext, stage: Stage): readonly string[] => {
	const next = nextCommand(at.state, stage);
	if (next === null) return [];
	return [
		`command ${next.index + 1} of ${stage.commands?.length ?? 0}, verbatim:`,
		...next.text.split('\n').map(line => `  ${line}`),
	];
};

const stageLines = (at: ScreenContext, stage: Stage): readonly string[] => [
	...commandLines(at, stage),
	...(stage.playbook ? playbookLines(at, stage.playbook) : []),
	...stage.gates.flatMap(id => runbookOf(at).gates.filter(gate => gate.id === id)).flatMap(gate => gateLines(at, gate)),
	...(runsOwn(stage) || stage.gates.length > 0 ? [] : [stage.action]),
];

const ofRun = (at: ScreenContext, on: string): readonly string[] => {
	const gate = runbookOf(at).gates.find(row => row.id === on);
	const stage = runbookOf(at).stages.find(row => row.id === on);
	const lines = gate ? gateLines(at, gate) : stage ? stageLines(at, stage) : [];
	return [...lines, `as ${at.account} in ${at.state.workspace}`];
};

/** Null for a command that runs nothing. */
export const whatRuns = (name: CommandName, at: ScreenContext, on: string): readonly string[] | null => {
	if (name === 'rollback') return ofRollback(at);
	return name === 'run' || name === 'resume' ? ofRun(at, on) : null;
};
