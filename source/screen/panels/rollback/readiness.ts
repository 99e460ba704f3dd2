/*
Whether a rollback could begin now, as far as it is known: whether the workflow could be dispatched when somebody last looked,
with the token of this screen, and who would have to say yes; else what was approved. Whether a script works is known only
once it ran, so it is never said to be ready.
*/

import type {PathObservation} from '../../../cutover/model/command.ts';
import type {Rollback} from '../../../cutover/model/runbook.ts';
import {rollbackPaths, rollbackScripts} from '../../../cutover/model/script.ts';
import {counted} from '../../../text/counted.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark, Theme} from '../../theme.ts';
import type {Point} from '../flow.ts';
import {ageText} from '../health/watching.ts';

/** `short` where there is half a row for it; `points`: a row each. */
export type Readiness = {readonly mark: Mark; readonly short: string; readonly points: readonly Point[]};

type Known = Pick<PanelProps, 'state' | 'snapshot' | 'theme'>;

const plainly = (mark: Mark, text: string, short = text): Readiness => ({mark, short, points: [{mark, text}]});

/** `name`: what the script is here. */
const scriptPoint = ({state: {approved}, snapshot, theme}: Known, script: string, name: string): Point => {
	if (snapshot.changedScripts.includes(script))
		return {mark: theme.warning, text: `${name} CHANGED since the approval`};
	if (approved[script] === null) return {mark: theme.no, text: `${name} is missing`};
	if (approved[script] === undefined) return {mark: theme.unknown, text: `${name} not looked at`};
	return {mark: theme.yes, text: `${name} approved`};
};

const ofScript = (known: Known): Readiness => {
	const {theme} = known;
	const rollback = known.state.runbook?.rollback ?? null;
	const steps = known.state.runbook?.rollbackSteps?.length ?? 0;
	const [script] = rollbackScripts({rollback});
	const [command] = rollbackPaths({rollback}).flatMap(({commands = []}) => commands);
	if (script === undefined && command !== undefined) return plainly(theme.unknown, `rollback by ${command}`);
	if (script === undefined && steps > 0) return plainly(theme.warning, `rollback by hand, ${counted(steps, 'step')}`);
	if (rollback === null) return plainly(theme.unknown, 'rollback: the runbook names no path');
	if (script === undefined) return plainly(theme.warning, 'rollback by hand only, no workflow set up');
	const {mark, text} = scriptPoint(known, script, 'rollback script');
	return plainly(mark, text);
};

/** What is behind a workflow that cannot be sent now is worth its row. */
const fallbackPoints = (known: Known): readonly Point[] => {
	const script = known.state.runbook?.rollback?.fallback?.script;
	return script === undefined ? [] : [scriptPoint(known, script, 'fallback')];
};

/** What nobody looked at for so long is no news (ms). */
const staleMs = 300_000;

/** `omar or petra to approve "production"`. */
export const approversText = (approvers: PathObservation['approvers']): string =>
	approvers
		.map(({environment, reviewers}) => `${reviewers.join(' or ') || 'its timer'} to approve "${environment}"`)
		.join(', ');

const waitPoints = (approvers: PathObservation['approvers'], theme: Theme): readonly Point[] =>
	approvers.length === 0 ? [] : [{mark: theme.warning, text: `it will WAIT for ${approversText(approvers)}`}];

const observed = ({snapshot, theme}: Known, path: PathObservation): Readiness => {
	const age = ageText(snapshot.now - path.at);
	if (path.ready === true && snapshot.now - path.at > staleMs) {
		const text = `rollback STALE   nobody looked at the workflow for ${age}`;
		return plainly(theme.gate.stale, text, `rollback STALE ${age}`);
	}
	if (path.ready === true) {
		const text = `rollback READY  workflow looked at ${age} ago, with the token of this screen`;
		const ready = plainly(theme.yes, text, `rollback READY ${age}`);
		return {...ready, points: [...ready.points, ...waitPoints(path.approvers, theme)]};
	}
	const mark = path.ready === false ? theme.no : theme.unknown;
	const word = path.ready === false ? 'NOT READY' : 'UNKNOWN';
	const text = `rollback ${word}  ${path.why ?? 'the workflow could not be looked at'} (${age} ago)`;
	return plainly(mark, text, `rollback ${word} ${age}`);
};

const ofWorkflow = (known: Known, token: string): Readiness => {
	const {snapshot, theme} = known;
	if (snapshot.tokenHere === false)
		return plainly(theme.warning, `rollback NOT from this screen: no ${token} here`, 'rollback NOT from here');
	if (snapshot.path === null) return plainly(theme.unknown, 'rollback workflow not looked at');
	return observed(known, snapshot.path);
};

/** Set up: a workflow with a place to send it to. */
const tokenOf = (rollback: Rollback | null): string | null =>
	rollback?.preferred?.workflow === undefined ? null : (rollback.remote?.token ?? null);

export const readiness = (known: Known): Readiness => {
	const token = tokenOf(known.state.runbook?.rollback ?? null);
	if (token === null) return ofScript(known);
	const workflow = ofWorkflow(known, token);
	const {path, tokenHere} = known.snapshot;
	return path?.ready === true && tokenHere !== false
		? workflow
		: {...workflow, points: [...workflow.points, ...fallbackPoints(known)]};
};
