/*
The rollback: one path at a time, what runs verbatim with its environment, and proof, which a path's good end is not.
*/

import type {RollbackPath} from '../../cutover/runbook.ts';
import {type Attempt, attemptKey, type RollbackState} from '../../cutover/state.ts';
import {safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import {minutes, wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import type {Mark} from '../theme.ts';
import {eventLines} from './events.ts';
import {blank, bold, cell, inset, type Line, shape, span, word} from './line.ts';
import {outputLines} from './output.ts';
import {Paint} from './paint.tsx';
import {header, heightOf, type Section, stacked} from './section.ts';

type Name = 'preferred' | 'fallback';

const told = (columns: number, mark: Mark, name: string, text: string, end = ''): Line =>
	inset(columns, [shape(mark), blank(1), cell(safe(name), 11), span(safe(text))], end === '' ? [] : [span(safe(end))]);

const verbatim = (columns: number, text: string): readonly Line[] =>
	wrap(safe(text), Math.max(10, columns - 4)).map(part => inset(columns, [blank(2), span(part)]));

const attemptsOf = ({state}: PanelProps, name: Name): readonly Attempt[] =>
	(state.rollback?.tried ?? [])
		.filter(({of}) => of === `rollback-${name}`)
		.flatMap(ref => state.attempts[attemptKey(ref)] ?? []);

const outcomes = {
	pass: 'ENDED WELL',
	fail: 'FAILED',
	unknown: 'UNKNOWN',
	lost: 'LOST',
	stopped: 'STOPPED',
} satisfies Record<NonNullable<Attempt['ended']>['outcome'], string>;

const outcomeMark = ({theme}: PanelProps, {ended}: Attempt): Mark => {
	if (ended === null) return theme.stage.running;
	return ended.outcome === 'pass' ? theme.yes : ended.outcome === 'fail' ? theme.no : theme.unknown;
};

const attemptLines = (props: PanelProps, attempt: Attempt): readonly Line[] => {
	const {columns} = props.size;
	const {ended} = attempt;
	const end = minutes((ended?.at ?? props.standing.now) - attempt.at);
	const begun = told(
		columns,
		outcomeMark(props, attempt),
		ended === null ? 'RUNNING' : outcomes[ended.outcome],
		`${wall(attempt.at)}  attempt ${attempt.attempt} by ${attempt.by.name}`,
		end,
	);
	const why = ended?.reason ? verbatim(columns, ended.reason) : [];
	const still =
		ended !== null && ended.still.length > 0
			? [told(columns, props.theme.warning, 'STILL RUNS', ended.still.join(', '))]
			: [];
	return [begun, ...why, ...still];
};

const environmentOf = (props: PanelProps, name: Name): Readonly<Record<string, string>> =>
	attemptsOf(props, name).at(-1)?.environment ?? props.state.runbook?.rollback?.environment ?? {};

/** `A=1   B=2`, as the path gets it. */
const environmentText = (environment: Readonly<Record<string, string>>): string =>
	Object.entries(environment)
		.map(([key, value]) => `${key}=${value}`)
		.join('   ');

const what = (props: PanelProps, name: Name, path: RollbackPath): readonly Line[] => {
	const {columns} = props.size;
	if (path.kind === 'workflow')
		return [
			...verbatim(columns, path.workflow),
			...verbatim(
				columns,
				Object.entries(path.inputs)
					.map(([key, value]) => `${key}=${value}`)
					.join('   '),
			),
		];
	const digest = props.state.approved[path.script];
	const changed = props.standing.changed.includes(path.script);
	const bytes =
		digest === null || digest === undefined
			? 'bytes not known'
			: `approved bytes ${digest.slice(0, 19)}${changed ? ', CHANGED since' : ''}`;
	return [
		...verbatim(columns, `bash ${path.script}   in ${props.state.workspace}`),
		...verbatim(columns, environmentText(environmentOf(props, name))),
		...verbatim(columns, bytes),
	];
};

const unavailable = (props: PanelProps, rollback: RollbackState | null, name: Name): readonly Line[] => {
	const reason = rollback?.unavailable[name];
	return reason === undefined ? [] : [told(props.size.columns, props.theme.warning, 'UNAVAILABLE', reason)];
};

const stateOf = (props: PanelProps, rollback: RollbackState | null, name: Name): string => {
	const last = attemptsOf(props, name).at(-1);
	if (last !== undefined) return last.ended === null ? 'runs' : outcomes[last.ended.outcome].toLowerCase();
	if (rollback?.unavailable[name] !== undefined) return 'unavailable';
	if (rollback !== null && !rollback.paths.includes(name)) return 'not asked for';
	return 'not begun';
};

const titles: Readonly<Record<Name, string>> = {preferred: '1 PREFERRED', fallback: '2 FALLBACK'};

const pathSection = (props: PanelProps, name: Name): Section => {
	const path = props.state.runbook?.rollback?.[name] ?? null;
	const {rollback} = props.state;
	const lines =
		path === null
			? [inset(props.size.columns, [span(safe('the runbook names none'))])]
			: [
					...unavailable(props, rollback, name),
					...attemptsOf(props, name).flatMap(attempt => attemptLines(props, attempt)),
					...what(props, name, path),
				];
	return {
		title: safe(titles[name]),
		about: safe(path === null ? '' : `${path.kind} · ${stateOf(props, rollback, name)}`),
		rows: [{ids: [], lines}],
		chosen: null,
		least: Math.min(3, lines.length),
	};
};

const cause = (props: PanelProps): boolean => (props.state.rollback?.triggers.length ?? 0) > 0;

const proofLines = (props: PanelProps, rollback: RollbackState): readonly Line[] => {
	const {theme, size} = props;
	const {pathEnded, impactOver, proved, failed, byHand} = rollback;
	const columns = size.columns;
	return [
		...(byHand === null
			? []
			: [
					told(
						columns,
						byHand.result === 'pass' ? theme.yes : theme.no,
						'BY HAND',
						`${byHand.path}, ref ${byHand.reference}, by ${byHand.by.name}`,
						wall(byHand.at),
					),
				]),
		told(
			columns,
			pathEnded === null ? theme.missing : theme.yes,
			'path',
			pathEnded === null ? 'has not ended well yet' : 'ended well, which is no proof',
			pathEnded === null ? '' : wall(pathEnded),
		),
		told(columns, theme.unknown, 'health', 'not measured: no endpoint is bound'),
		impactOver === null
			? told(columns, theme.missing, 'impact', 'somebody says by name that it is over', 'p prove')
			: told(
					columns,
					theme.yes,
					'impact',
					`over, says ${impactOver.by.name}${impactOver.reason === null ? '' : `: "${impactOver.reason}"`}`,
					wall(impactOver.at),
				),
		...(proved === null
			? []
			: [
					told(
						columns,
						theme.yes,
						'PROVED',
						`by ${proved.by.name}${proved.reason === null ? '' : `: "${proved.reason}"`}`,
						wall(proved.at),
					),
				]),
		...(failed === null || proved !== null ? [] : [told(columns, theme.no, 'FAILED', failed.reason, wall(failed.at))]),
	];
};

const proof = (props: PanelProps): Section => {
	const {rollback} = props.state;
	const lines =
		rollback === null
			? [inset(props.size.columns, [span(safe('nothing was begun'), bold)])]
			: proofLines(props, rollback);
	return {
		title: safe('PROOF'),
		about: safe('counted from the end of the path'),
		rows: lines.map(line => ({ids: [], lines: [line]})),
		chosen: null,
		least: lines.length,
	};
};

const stand = (props: PanelProps): readonly Line[] => {
	const {rollback, status} = props.standing;
	if (rollback === null) return [];
	const mark = props.theme.status[status];
	return [
		inset(props.size.columns, [
			shape(mark),
			blank(1),
			word(mark),
			span(safe(`  ${rollback.path} ${rollback.state}${rollback.reason === '' ? '' : `: ${rollback.reason}`}`)),
		]),
	];
};

const causes = ({state, size, standing}: PanelProps): readonly Line[] =>
	standing.triggers
		.filter(({id}) => state.rollback?.triggers.includes(id))
		.map(trigger =>
			inset(size.columns, [
				blank(2),
				span(
					safe(
						`trigger ${trigger.id} ${trigger.firedAt === null ? '' : `fired ${wall(trigger.firedAt)}  `}${trigger.text}`,
					),
				),
			]),
		);

/** Output of the path that runs, and what happened, in the rows that are left. */
const rest = (props: PanelProps, rows: number): readonly Line[] => {
	const {theme, size, standing, view} = props;
	const run = standing.running.find(({of}) => of.startsWith('rollback-'));
	const tail = view.tail?.of.startsWith('rollback-') ?? false;
	if (rows > 2 && run !== undefined && tail)
		return [
			header(theme, size.columns, safe('OUTPUT'), safe(`${run.of} attempt ${run.attempt}`)),
			...outputLines(props, rows - 1),
		];
	return rows < 1 ? [] : eventLines(props, Math.min(rows, 3));
};

const scrollable = (props: PanelProps, sections: readonly Section[]): readonly Line[] => {
	const {size, theme, view} = props;
	const height = heightOf(sections);
	if (height <= size.rows) return stacked(sections, size, theme);
	const from = Math.min(view.scroll, height - size.rows);
	return stacked(sections, {columns: size.columns, rows: height}, theme).slice(from, from + size.rows);
};

export const rollbackLines = (props: PanelProps): readonly Line[] => {
	const sections = [pathSection(props, 'preferred'), pathSection(props, 'fallback'), proof(props)];
	const head = cause(props) ? [...stand(props), ...causes(props)] : stand(props);
	const room = {...props, size: {...props.size, rows: props.size.rows - head.length}};
	const lines = [...head, ...scrollable(room, sections)];
	return [...lines, ...rest(props, props.size.rows - lines.length)];
};

export const Rollback = (props: PanelProps) => (
	<Paint lines={rollbackLines(props)} size={props.size} theme={props.theme} />
);
