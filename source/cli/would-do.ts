/*
What a command would run, verbatim, for whoever has to type its word: as whom, where, and whether the bytes are still
those that were approved.
*/

import {hostname, userInfo} from 'node:os';
import {pathIn, rowIn} from '../cutover/model/attempt-target.ts';
import type {WillRun} from '../cutover/ports.ts';
import {type SafeText, safe} from '../text/clean.ts';
import type {Acting, Order} from './act.ts';
import {willRun} from './will-run.ts';

/** Of which rows of the runbook it runs something. */
function concerns({type, data}: Order, {target}: WillRun): boolean {
	const path = pathIn(target);
	if (type === 'rollback') return path !== null && (data.path === null || data.path === path);
	return type === 'run' && data.target === rowIn(target);
}

export function wouldDo({opened, runbook}: Acting, order: Order): readonly SafeText[] {
	const {workspace, approved} = opened.journal.state();
	const changed = Object.entries(opened.journal.observed().approved)
		.filter(([path, digest]) => approved[path] !== digest)
		.map(([path]) => path);
	const lines = willRun(runbook, approved).filter(each => concerns(order, each));
	if (lines.length === 0) return [];
	return [
		safe(`It would run, as ${userInfo().username}@${hostname()} in ${workspace}:`),
		...lines.map(({verbatim, digest}) => safe(`  ${verbatim}${digest === null ? '' : `  ${digest}`}`)),
		...changed.map(path => safe(`  ${path} CHANGED since it was approved`)),
	];
}
