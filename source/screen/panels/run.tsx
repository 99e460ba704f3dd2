/*
One gate or stage: what will run, verbatim, with its digest and who approved it; then the attempt's steps and its live
output, and the attempts before it.
*/
import type {Gate, Stage} from '../../cutover/runbook.ts';
import type {Attempt, Step} from '../../cutover/state.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import {minutes, wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import type {Mark} from '../theme.ts';
import {blank, bold, cell, dim, inset, type Line, type Span, shape, span, word} from './line.ts';
import {namesOf} from './names.ts';
import {outputLines} from './output.ts';
import {Paint} from './paint.tsx';
import {header, type Section, stacked} from './section.ts';

const gateOf = ({state}: PanelProps, id: string): Gate | undefined => state.runbook?.gates.find(gate => gate.id === id);
const stageOf = ({state}: PanelProps, id: string): Stage | undefined =>
	state.runbook?.stages.find(stage => stage.id === id);

const attemptsOf = ({state}: PanelProps, id: string): readonly Attempt[] =>
	Object.values(state.attempts).filter(({of}) => of === id);

const shownAttempt = (props: PanelProps, id: string): Attempt | undefined => {
	const all = attemptsOf(props, id);
	return props.view.attempt === null ? all.at(-1) : all.find(({attempt}) => attempt === props.view.attempt);
};

const text = (columns: number, told: string, indent = 0): readonly Line[] =>
	wrap(safe(told), Math.max(10, columns - 2 - indent)).map(part => inset(columns, [blank(indent), span(part)]));

const gateWhat = (props: PanelProps, gate: Gate): readonly Line[] => {
	const {columns} = props.size;
	return [
		...gate.commands.flatMap(command => text(columns, `bash -o pipefail -c '${command}'`)),
		...gate.files.flatMap(file => text(columns, `file ${file}`)),
		...(gate.groups.length === 0 ? [] : text(columns, `words of ${gate.groups.join(', ')}, ${gate.need} of them`)),
		...text(columns, `passes when: ${gate.passWhen}`),
	];
};

const judged = (props: PanelProps, id: string): readonly Line[] => {
	const gate = gateOf(props, id);
	return gate === undefined
		? []
		: [
				...text(props.size.columns, `${gate.id} ${gate.title}`),
				...gateWhat(props, gate).map(line => [blank(2), ...line]),
			];
};

const stageWhat = (props: PanelProps, stage: Stage): readonly Line[] => [
	...text(props.size.columns, stage.action),
	...stage.gates.flatMap(id => judged(props, id)),
];

const digestLines = (props: PanelProps, playbook: string | null): readonly Line[] => {
	if (playbook === null) return [];
	const {state, standing, size, view} = props;
	const digest = state.approved[playbook];
	const changed = standing.changed.includes(playbook) ? ', CHANGED since: the approved copy runs' : '';
	const lines = view.what?.path === playbook ? view.what.lines.slice(0, 200) : [];
	return [
		...text(size.columns, `playbook ${playbook}  ${digest ?? 'shipped with this program'}${changed}`),
		...lines.map(line => inset(size.columns, [blank(2), span(safe(line), dim)])),
	];
};

const what = (props: PanelProps, id: string): Section => {
	const [gate, stage] = [gateOf(props, id), stageOf(props, id)];
	const owners = gate?.owners ?? stage?.owners ?? [];
	const lines = [
		...(gate === undefined ? [] : gateWhat(props, gate)),
		...(stage === undefined ? [] : stageWhat(props, stage)),
		...digestLines(props, gate?.playbook ?? stage?.playbook ?? null),
	];
	return {
		title: safe('WHAT RUNS'),
		about: safe(
			`in ${props.state.workspace}, approved by ${props.state.begun?.by.name ?? 'nobody'} · for ${namesOf(props.state, owners)}`,
		),
		rows: [
			{
				ids: [],
				lines: lines.length > 0 ? lines : text(props.size.columns, 'Nothing runs here: people say how it went.'),
			},
		],
		chosen: null,
		least: 2,
	};
};

const outcomes = {
	pass: 'ended well',
	fail: 'failed',
	unknown: 'could not be judged',
	lost: 'LOST, its runner is gone',
	stopped: 'was stopped',
} satisfies Record<NonNullable<Attempt['ended']>['outcome'], string>;

const outcomeMark = ({theme}: PanelProps, {ended}: Attempt): Mark => {
	if (ended === null) return theme.stage.running;
	return ended.outcome === 'pass' ? theme.yes : ended.outcome === 'fail' ? theme.no : theme.unknown;
};

const attemptText = ({ended, limitSeconds}: Attempt): string => {
	if (ended === null)
		return limitSeconds === null ? 'runs, no time limit' : `runs, limit ${minutes(limitSeconds * 1000)}`;
	const exit = ended.exit === null ? '' : `, exit code ${ended.exit}`;
	const log = ended.log === null ? '' : `, ${ended.log.lines} lines`;
	const still = ended.still.length === 0 ? '' : `, STILL RUNS: ${ended.still.join(', ')}`;
	return `${outcomes[ended.outcome]}${exit}${ended.reason === null ? '' : `: ${ended.reason}`}${log}${still}`;
};

const attemptLine = (props: PanelProps, attempt: Attempt, shown: boolean): Line => {
	const took = minutes((attempt.ended?.at ?? props.standing.now) - attempt.at);
	const within = attempt.within === null ? '' : ` inside ${attempt.within.of}-${attempt.within.attempt}`;
	const left: readonly Span[] = [
		shape(outcomeMark(props, attempt)),
		span(
			safe(` attempt ${attempt.attempt}${within}  ${wall(attempt.at)} by ${attempt.by.name}  ${attemptText(attempt)}`),
			shown ? bold : {},
		),
	];
	const turning = attempt.ended === null ? [span(props.theme.stage.running.shape, {spin: true}), blank(1)] : [];
	return inset(
		props.size.columns,
		left,
		[...turning, span(safe(took))],
		shown ? span(props.theme.glyph.chosen, bold) : blank(1),
	);
};

const attempts = (props: PanelProps, id: string): Section => {
	const all = attemptsOf(props, id);
	const shown = shownAttempt(props, id);
	const rows = [...all]
		.reverse()
		.map(attempt => ({ids: [String(attempt.attempt)], lines: [attemptLine(props, attempt, attempt === shown)]}));
	return {
		title: safe('ATTEMPTS'),
		about: safe(all.length === 0 ? 'none yet' : `${all.length}, newest first`),
		rows,
		chosen: shown === undefined ? null : String(shown.attempt),
		least: Math.min(2, rows.length),
	};
};

const stepMark = ({theme}: PanelProps, {outcome}: Step): Mark =>
	outcome === null ? theme.stage.running : outcome === 'done' ? theme.yes : theme.no;

const stepLine = (props: PanelProps, step: Step): Line => {
	const took = minutes((step.ended ?? props.standing.now) - step.begun);
	const why = step.why === null ? '' : `  ${step.why}`;
	return inset(
		props.size.columns,
		[shape(stepMark(props, step)), blank(1), cell(safe(wall(step.begun)), 8), span(safe(`  ${step.name}${why}`))],
		[span(safe(took))],
	);
};

const steps = (props: PanelProps, id: string): readonly Section[] => {
	const list = shownAttempt(props, id)?.steps ?? [];
	if (list.length === 0) return [];
	const rows = list.map((step, at) => ({ids: [String(at)], lines: [stepLine(props, step)]}));
	return [
		{
			title: safe('STEPS'),
			about: safe(`${list.filter(({outcome}) => outcome === 'done').length} of ${list.length} begun are done`),
			rows,
			chosen: String(list.length - 1),
			least: Math.min(3, list.length),
		},
	];
};

const place = ({view}: PanelProps): SafeText => {
	const tail = view.tail;
	if (tail === null) return safe('');
	const where = tail.from === null ? `${tail.total} lines` : `from line ${tail.from + 1} of ${tail.total}`;
	return safe(`${where}${view.wrap ? ' · wrapped' : ''}${view.filter === '' ? '' : ` · search "${view.filter}"`}`);
};

const output = (props: PanelProps, id: string, rows: number): readonly Line[] => {
	const attempt = shownAttempt(props, id);
	if (attempt === undefined || rows < 2) return [];
	const about = safe(
		`attempt ${attempt.attempt} · ${attempt.ended === null ? (props.view.follow ? 'following' : 'goes on below') : 'whole'}`,
	);
	return [
		header(props.theme, props.size.columns, safe('OUTPUT'), about, place(props)),
		...outputLines(props, rows - 1),
	];
};

const top = (props: PanelProps, id: string): Line => {
	const gate = props.standing.gates.find(row => row.id === id);
	const stage = props.standing.stages.find(row => row.id === id);
	const mark =
		gate === undefined
			? stage === undefined
				? props.theme.unknown
				: props.theme.stage[stage.state]
			: props.theme.gate[gate.verdict];
	const said = gate?.title ?? stage?.action ?? 'is not in the runbook';
	return inset(
		props.size.columns,
		[shape(mark), span(safe(` ${id} `), bold), word(mark), span(safe(`  ${said}`))],
		gate?.judging === true && gate.verdict !== 'running' ? [span(safe('judged again now'))] : [],
	);
};

export const runLines = (props: PanelProps): readonly Line[] => {
	const {size, theme, view} = props;
	const id = view.target ?? props.standing.running[0]?.of ?? props.standing.stages[0]?.id ?? '';
	const sections = [what(props, id), attempts(props, id), ...steps(props, id)];
	const some = shownAttempt(props, id) !== undefined;
	const share = some ? Math.max(4, Math.floor((size.rows - 1) / 2)) : size.rows - 1;
	const upper = [
		top(props, id),
		...stacked(sections, {columns: size.columns, rows: Math.min(share, size.rows - 1)}, theme),
	];
	return [...upper, ...output(props, id, size.rows - upper.length)];
};

export const Run = (props: PanelProps) => <Paint lines={runLines(props)} size={props.size} theme={props.theme} />;
