/*
The paths of the rollback: what each runs, verbatim with its environment, its attempts, and why one cannot run here.
*/
import type {RollbackPath} from '../../cutover/runbook.ts';
import {type Attempt, attemptKey} from '../../cutover/state.ts';
import {safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import {minutes, wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import type {Mark} from '../theme.ts';
import {blank, cell, inset, type Line, shape, span} from './line.ts';
import {outcomeMark, outcomeWord} from './outcome.ts';
import type {Section} from './section.ts';

type Name = 'preferred' | 'fallback';

/** Shape, word and what is said of it; what does not fit goes on below. */
export const told = (columns: number, mark: Mark, name: string, text: string, end = ''): readonly Line[] => {
	const parts = wrap(safe(text), Math.max(10, columns - 17 - (end === '' ? 0 : end.length + 1)));
	return parts.map((part, at) => {
		const left = at === 0 ? [shape(mark), blank(1), cell(safe(name), 13)] : [blank(15)];
		return inset(columns, [...left, span(part)], at === 0 && end !== '' ? [span(safe(end))] : []);
	});
};

const verbatim = (columns: number, text: string): readonly Line[] =>
	wrap(safe(text), Math.max(10, columns - 4)).map(part => inset(columns, [blank(2), span(part)]));

const attemptsOf = ({state}: PanelProps, name: Name): readonly Attempt[] =>
	(state.rollback?.tried ?? [])
		.filter(({of}) => of === `rollback-${name}`)
		.flatMap(ref => state.attempts[attemptKey(ref)] ?? []);

const attemptLines = (props: PanelProps, attempt: Attempt): readonly Line[] => {
	const {columns} = props.size;
	const {ended} = attempt;
	const took = minutes((ended?.at ?? props.standing.now) - attempt.at);
	const said = `${wall(attempt.at)}  attempt ${attempt.attempt} by ${attempt.by.name}${ended?.reason ? `: ${ended.reason}` : ''}`;
	const still = ended?.still ?? [];
	return [
		...told(columns, outcomeMark(props.theme, attempt), outcomeWord(attempt), said, took),
		...(still.length > 0 ? told(columns, props.theme.warning, 'STILL RUNS', still.join(', ')) : []),
	];
};

/** `A=1   B=2`. */
const pairs = (values: Readonly<Record<string, string>>): string =>
	Object.entries(values)
		.map(([key, value]) => `${key}=${value}`)
		.join('   ');

const what = (props: PanelProps, name: Name, path: RollbackPath): readonly Line[] => {
	const {state, size} = props;
	const {columns} = size;
	if (path.kind === 'workflow') return [...verbatim(columns, path.workflow), ...verbatim(columns, pairs(path.inputs))];
	const environment = attemptsOf(props, name).at(-1)?.environment ?? state.runbook?.rollback?.environment ?? {};
	const digest = state.approved[path.script];
	return [
		...verbatim(columns, `bash ${[path.script, ...(path.args ?? [])].join(' ')}   in ${state.workspace}`),
		...verbatim(columns, pairs(environment)),
		...verbatim(columns, digest ? `approved bytes ${digest.slice(0, 23)}…` : 'no approved bytes are known'),
	];
};

const unavailable = ({state, size, theme}: PanelProps, name: Name): readonly Line[] => {
	const reason = state.rollback?.unavailable[name];
	return reason === undefined ? [] : told(size.columns, theme.warning, 'UNAVAILABLE', reason);
};

const standsAs = (props: PanelProps, name: Name): string => {
	const last = attemptsOf(props, name).at(-1);
	const {rollback} = props.state;
	if (last !== undefined) return outcomeWord(last).toLowerCase();
	if (rollback?.unavailable[name] !== undefined) return 'unavailable';
	return rollback !== null && !rollback.paths.includes(name) ? 'not asked for' : 'not begun';
};

const titles: Readonly<Record<Name, string>> = {preferred: '1 PREFERRED', fallback: '2 FALLBACK'};

export const pathSection = (props: PanelProps, name: Name): Section => {
	const path = props.state.runbook?.rollback?.[name] ?? null;
	const notHere = unavailable(props, name);
	const attempts = attemptsOf(props, name).flatMap(attempt => attemptLines(props, attempt));
	const lines =
		path === null
			? [inset(props.size.columns, [span(safe('the runbook names none'))])]
			: [...notHere, ...attempts, ...(notHere.length > 0 ? [] : what(props, name, path))];
	return {
		title: safe(titles[name]),
		about: safe(path === null ? '' : `${path.kind} · ${standsAs(props, name)}`),
		rows: [{ids: [], lines}],
		chosen: null,
		least: lines.length,
	};
};
