/*
What a command would run, verbatim, for whoever has to type its word: as whom, where, and whether the bytes are still
those that were approved.
*/

import {hostname} from 'node:os';
import {lookingAt} from '../attempts/approved-run.ts';
import {pathIn, rowIn} from '../cutover/model/attempt-target.ts';
import type {WillRun} from '../cutover/ports.ts';
import {type SafeText, safe} from '../text/clean.ts';
import {accountName} from './account.ts';
import type {Acting, Order} from './act.ts';
import {fileText} from './understood.ts';
import {willRun} from './will-run.ts';

/** Of which rows of the runbook it runs something. */
function concerns({type, data}: Order, {target}: WillRun): boolean {
	if (target === null) return false;
	const path = pathIn(target);
	if (type === 'rollback') return path !== null && (data.path === null || data.path === path);
	return type === 'run' && data.target === rowIn(target);
}

export function wouldDo({opened, runbook}: Acting, order: Order): readonly SafeText[] {
	const state = opened.journal.state();
	const {workspace, approved} = state;
	const changed = Object.entries(opened.journal.observed().approved)
		.filter(([path, digest]) => approved[path] !== digest)
		.map(([path]) => path);
	const lines = willRun(runbook, {digests: approved, looking: lookingAt(opened.folder, state)}).filter(each =>
		concerns(order, each),
	);
	if (lines.length === 0) return [];
	return [
		safe(`It would run, as ${accountName()}@${hostname()} in ${workspace}:`),
		...lines.flatMap(({verbatim, digest, files}) => [
			safe(`  ${verbatim}${digest === null ? '' : `  ${digest}`}`),
			...files.map(file => safe(`    ${fileText(file)}`)),
		]),
		...changed.map(path => safe(`  ${path} CHANGED since it was approved`)),
	];
}
