/*
Which run came of a dispatch whose answer does not say it. Others may dispatch the same workflow at the same moment, so a
run is only taken for ours where nothing speaks against it; else a person is shown all that it may be, and asked.
*/

import type {Path} from '../../cutover/model/runbook.ts';
import {pause} from '../../net/limit.ts';
import {sameName} from '../../text/same-name.ts';
import type {Access} from './request.ts';
import {type Candidate, runsSince, type Since} from './runs.ts';

export type Discovered =
	| {readonly kind: 'none'}
	| {readonly kind: 'found'; readonly run: Candidate}
	/** A person is asked; may be one alone, where nobody can tell whose it is. */
	| {readonly kind: 'several'; readonly runs: readonly Candidate[]}
	/** The runs could not be looked at. */
	| {readonly kind: 'unseen'; readonly why: string};

/** A run that began later may be anyone's, also of somebody with the same login. */
const soonMs = 120_000;
/** A run may appear in the list after a later one of somebody else. */
const settleMs = 3000;

const isMine = ({actor}: Candidate, login: string | null): boolean =>
	login !== null && actor !== null && sameName(actor, login);

/** Nothing speaks against its being ours: later than every run before, by the same login, begun soon after the dispatch. */
const isSure = (candidate: Candidate, {greatest, date, login}: Since): boolean =>
	greatest !== null &&
	isMine(candidate, login) &&
	date !== null &&
	candidate.created !== null &&
	candidate.created <= date + soonMs;

/** Those that may be ours: runs of others, where it is known who sent it, are not. */
function mayBeOurs(candidates: readonly Candidate[], since: Since): Discovered {
	const {login} = since;
	const left = candidates.filter(candidate => login === null || candidate.actor === null || isMine(candidate, login));
	const [only, ...others] = left;
	if (only === undefined) return {kind: 'none'};
	return others.length === 0 && isSure(only, since) ? {kind: 'found', run: only} : {kind: 'several', runs: left};
}

/** Looks once, and where one run alone is found a second time: it must still be alone. `none` may mean not yet. Never throws. */
export async function discover(access: Access, workflow: Path, since: Since): Promise<Discovered> {
	const first = await runsSince(access, workflow, since);
	if (typeof first === 'string') return {kind: 'unseen', why: first};
	const found = mayBeOurs(first, since);
	if (found.kind !== 'found') return found;
	await pause(access.clock, settleMs, [access.signal]);
	const second = await runsSince(access, workflow, since);
	if (typeof second === 'string') return {kind: 'unseen', why: second};
	return mayBeOurs(second, since);
}
