/*
The paths of the rollback: what each runs, verbatim with its environment, its attempts, and why one cannot run here.
*/

import {attemptKey, isPath, type PathName} from '../../../cutover/model/attempt-target.ts';
import type {RollbackPath} from '../../../cutover/model/runbook.ts';
import {verbatimOf} from '../../../cutover/model/script.ts';
import type {Attempt} from '../../../cutover/model/state.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {pairs, paragraph, verbatim} from '../flow.ts';
import {blank, cell, inset, type Line, shape, span} from '../line.ts';
import {outcomeMark, outcomeWord} from '../run/outcome.ts';
import {type Section, textSection} from '../section.ts';
import {runLines} from './rollback-run.ts';

/** Shape, word and what is said of it; what does not fit goes on below. */
export const reported = (columns: number, mark: Mark, name: string, text: string, end = ''): readonly Line[] =>
	paragraph(columns, text, {
		lead: [shape(mark), blank(1), cell(name, 13)],
		end: end === '' ? [] : [span(end)],
	});

const attemptsOf = ({state}: PanelProps, name: PathName): readonly Attempt[] =>
	(state.rollback?.tried ?? [])
		.filter(({target}) => isPath(target, name))
		.flatMap(ref => state.attempts[attemptKey(ref)] ?? []);

const attemptLines = (props: PanelProps, attempt: Attempt): readonly Line[] => {
	const {columns} = props.size;
	const {ended} = attempt;
	const took = minutes((ended?.at ?? props.snapshot.now) - attempt.at);
	const said = `${wall(attempt.at)}  attempt ${attempt.attempt} by ${attempt.by.name}${ended?.reason ? `: ${ended.reason}` : ''}`;
	const still = ended?.still ?? [];
	return [
		...reported(columns, outcomeMark(props, attempt), outcomeWord(props, attempt), said, took),
		...(still.length > 0 ? reported(columns, props.theme.warning, 'STILL RUNS', still.join(', ')) : []),
	];
};

const bytesText = ({state, snapshot}: PanelProps, script: string): string => {
	const digest = state.approved[script];
	if (!digest) return 'no approved bytes are known';
	const now = snapshot.changedScripts.includes(script) ? 'CHANGED since the approval' : 'unchanged';
	return `approved bytes ${digest.slice(0, 23)}…, ${now}`;
};

const what = (props: PanelProps, name: PathName, path: RollbackPath): readonly Line[] => {
	const {state, size, account} = props;
	const {columns} = size;
	if (path.workflow !== undefined)
		return [...verbatim(columns, path.workflow), ...verbatim(columns, pairs(path.inputs ?? {}))];
	const environment = attemptsOf(props, name).at(-1)?.environment ?? state.runbook?.rollback?.environment ?? {};
	return [
		...verbatim(columns, `${verbatimOf(path).join('\n')}   as ${account} in ${state.workspace}`),
		...verbatim(columns, pairs(environment)),
		...(path.script === undefined ? [] : verbatim(columns, bytesText(props, path.script))),
	];
};

const unavailable = ({state, size, theme}: PanelProps, name: PathName): readonly Line[] => {
	const reason = state.rollback?.unavailable[name];
	return reason === undefined ? [] : reported(size.columns, theme.warning, 'UNAVAILABLE', reason);
};

/** The other path is in the way: it runs, nobody knows whether it ran, or its good end is not yet proved. */
const lockedBy = (props: PanelProps, name: PathName): string | null => {
	const {rollback} = props.snapshot;
	if (name !== 'fallback' || rollback === null || attemptsOf(props, 'fallback').length > 0) return null;
	const last = attemptsOf(props, 'preferred').at(-1);
	if (last === undefined) return null;
	const run = rollback.run === null ? 'the path' : `run ${rollback.run}`;
	const byItself = props.state.rollback?.paths.includes('fallback') === true;
	if (last.ended === null)
		return `${run} ends badly, or its cancellation is confirmed${byItself ? '' : ', and a new word is given (B)'}`;
	if (rollback.state === 'unknown') return 'it is known how the path ended, or MAY RUN TWICE is typed (B)';
	if (rollback.state === 'declined') return 'the release manager says so, by a new word (B)';
	return rollback.state === 'proof awaited' ? 'an endpoint is down or the impact goes on, by a new word (B)' : null;
};

const standsAs = (props: PanelProps, name: PathName): string => {
	const last = attemptsOf(props, name).at(-1);
	const {rollback} = props.state;
	if (last !== undefined) return outcomeWord(props, last).toLowerCase();
	if (rollback?.unavailable[name] !== undefined) return 'unavailable';
	return rollback !== null && !rollback.paths.includes(name) ? 'not asked for' : 'not started';
};

const aboutPath = (props: PanelProps, name: PathName, path: RollbackPath): string => {
	if (attemptsOf(props, name).at(-1)?.dispatch) return `${path.kind}, sent once`;
	if (lockedBy(props, name) !== null) return `${path.kind} · LOCKED, one path at a time`;
	return `${path.kind} · ${standsAs(props, name)}`;
};

const titles: Readonly<Record<PathName, string>> = {preferred: '1 PREFERRED', fallback: '2 FALLBACK'};

const pathLines = (props: PanelProps, name: PathName, path: RollbackPath): readonly Line[] => {
	const attempts = attemptsOf(props, name);
	const last = attempts.at(-1);
	if (last?.dispatch) return runLines(props, last, last.dispatch);
	const notHere = unavailable(props, name);
	const lock = lockedBy(props, name);
	return [
		...notHere,
		...attempts.flatMap(attempt => attemptLines(props, attempt)),
		...(lock === null ? [] : verbatim(props.size.columns, `opens when: ${lock}`)),
		...(notHere.length > 0 ? [] : what(props, name, path)),
	];
};

export const pathSection = (props: PanelProps, name: PathName): Section => {
	const path = props.state.runbook?.rollback?.[name] ?? null;
	const lines =
		path === null ? [inset(props.size.columns, [span('the runbook names none')])] : pathLines(props, name, path);
	return textSection(titles[name], path === null ? '' : aboutPath(props, name, path), lines, lines.length);
};
