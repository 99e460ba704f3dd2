/* What a command would run, for whoever has to type its word: verbatim, as whom, where, and whether the files changed since the approval. */
import {hostname} from 'node:os';
import type {Draft} from '../commands/situation.ts';
import {changedBytes} from '../cutover/due/gate-verdict.ts';
import {runsOf, runsOfRollback, runText, type WillRun, willRun} from '../cutover/due/will-run.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {alwaysPassed, secretNames} from '../processes/environment.ts';
import {lookingAt, runFilesOf} from '../workspace/approved-run.ts';
import {accountName} from './account.ts';
import type {Opened} from './compose.ts';

/** What all that runs gets of the environment; names only, values are nobody's to read. */
export function environmentOf(runbook: Runbook): readonly WillRun[] {
	const secrets = secretNames(runbook);
	const line = (of: string, verbatim: string): WillRun => ({of, target: null, verbatim, files: []});
	return [
		line('environment', alwaysPassed),
		...(runbook.pass.length === 0 ? [] : [line('pass', runbook.pass.join(' '))]),
		...(secrets.length === 0
			? []
			: [line('secrets', `${secrets.join(' ')} (redacted; given to nothing unless passed)`)]),
	];
}

/** What the approved runbook of an open cutover runs, by the bytes that were approved. */
export function approvedRuns({folder, journal}: Pick<Opened, 'folder' | 'journal'>): readonly WillRun[] {
	const state = journal.state();
	if (state.runbook === null) return [];
	return willRun(state.runbook, runFilesOf(lookingAt(folder, state), state.approved));
}

function runsOfDraft(
	state: State,
	{type, data}: Draft,
	opened: Pick<Opened, 'folder' | 'journal'>,
): readonly WillRun[] {
	if (type === 'run') return runsOf(state, data.target, approvedRuns(opened));
	return type === 'rollback' ? runsOfRollback(data.path, approvedRuns(opened)) : [];
}

export function runPreview(opened: Pick<Opened, 'folder' | 'journal'>, draft: Draft): readonly string[] {
	const state = opened.journal.state();
	const changed = changedBytes(state, opened.journal.observed());
	const runs = runsOfDraft(state, draft, opened);
	if (runs.length === 0) return [];
	return [
		`It would run, as ${accountName()}@${hostname()} in ${state.workspace}:`,
		...runs.flatMap(run => runText(run, {changed})).map(line => `  ${line}`),
	];
}
