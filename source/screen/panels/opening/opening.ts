/*
Before a cutover exists: what was read, what will run verbatim, T0, ticket, environment, who you are. Nothing
begins before this was shown and confirmed; with an error nothing begins at all, and it comes first, in its line.
*/

import {runRows} from '../../../cutover/due/will-run.ts';
import {identityText} from '../../../cutover/model/person.ts';
import type {Problem} from '../../../cutover/model/problem.ts';
import type {Opening as Opened} from '../../../cutover/ports.ts';
import {safe} from '../../../text/clean.ts';
import {counted} from '../../../text/counted.ts';
import {wrapHanging} from '../../../text/fit.ts';
import {instant, wallAndZone} from '../../../text/time.ts';
import type {OpeningProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {blank, bold, cell, dim, inset, type Line, plain, shape, span, widest} from '../line.ts';
import {scrolled} from '../scroll.ts';
import {header, rule} from '../section.ts';

const errorsOf = ({problems}: Opened): number => problems.filter(({severity}) => severity === 'error').length;

const headline = ({opening, size}: OpeningProps): Line => {
	const errors = errorsOf(opening);
	const title = opening.runbook?.title ?? opening.path;
	if (errors === 0) return inset(size.columns, [span('NOT BEGUN', bold), span(`  ${title}`)]);
	const look = {inverse: true, bold: true};
	return inset(size.columns, [span(`CANNOT BEGIN  ${counted(errors, 'error')} in ${opening.path}`)]).map(({text}) =>
		span(text, look),
	);
};

const clocks = ({now, size, opening}: OpeningProps): Line =>
	inset(size.columns, [span(`now ${wallAndZone(now)}`, bold)], [span(opening.path)]);

const you = ({person, size}: OpeningProps): Line =>
	inset(
		size.columns,
		[span(`you ${person.name}${person.role === null ? '' : ` ${person.role}`}`)],
		[span(`identity: ${identityText(person)}`)],
	);

const next = ({opening, size, theme}: OpeningProps): readonly Line[] => {
	const broken = errorsOf(opening) > 0;
	const [todo, then] = opening.isAdoptable
		? ['adopt it: answer a few questions, the Markdown stays as it is', 'or fix the runbook where the errors say']
		: broken
			? ['fix the runbook where the errors say, then open it again', 'nothing was written, nothing runs']
			: [
					'check what was read and what will run, then begin',
					'nothing runs before that, and begin itself runs nothing',
				];
	return [
		inset(
			size.columns,
			[span('NEXT  ', bold), span(todo)],
			broken && !opening.isAdoptable ? [] : [span(`[${theme.glyph.enter}] ${broken ? 'adopt' : 'begin'}`, bold)],
		),
		inset(size.columns, [span('YOU   ', bold), span(then)]),
	];
};

const field = (columns: number, name: string, value: string): Line => inset(columns, [cell(name, 13), span(value)]);

const t0Text = (t0: string | null): string => {
	if (t0 === null) return 'asked when you begin';
	return `${t0.slice(0, 10)} ${wallAndZone(instant(t0))}`;
};

const form = ({opening, size}: OpeningProps): readonly Line[] => {
	const {runbook, workspace} = opening;
	if (runbook === null) return [];
	const columns = size.columns;
	return [
		field(columns, 'T0', t0Text(runbook.t0)),
		field(columns, 'ticket', runbook.ticket ?? 'asked when you begin'),
		field(columns, 'environment', runbook.environment ?? 'asked when you begin'),
		field(columns, 'workspace', workspace),
		field(columns, 'approves', `this version (${runbook.digest.slice(0, 23)}…)`),
	];
};

const problemLines = (
	{opening, size, theme}: OpeningProps,
	{severity, line, column, message, fix, file}: Problem,
): readonly Line[] => {
	const mark = severity === 'error' ? theme.no : theme.warning;
	// Lines of the settings are not at hand: theirs is named, not the runbook's of the same number.
	const source = file === undefined ? opening.source[line - 1] : undefined;
	const where = file === undefined ? '' : `${file}, `;
	const text = `${severity.toUpperCase()} ${where}line ${line}, column ${column}: ${message}`;
	return [
		...paragraph(size.columns, text, {lead: [shape(mark), blank(1)]}),
		...paragraph(size.columns, fix, {lead: [blank(2)]}),
		...(source === undefined ? [] : [inset(size.columns, [blank(2), span(`${line} | ${source}`, dim)])]),
	];
};

const problems = (props: OpeningProps): readonly Line[] => {
	const {opening, theme, size} = props;
	if (opening.problems.length === 0) return [];
	const errors = errorsOf(opening);
	const about = `${counted(errors, 'error')}, ${counted(opening.problems.length - errors, 'warning')}`;
	const sorted = [...opening.problems].sort(
		(a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || a.line - b.line,
	);
	return [header(theme, size.columns, 'PROBLEMS', about), ...sorted.flatMap(problem => problemLines(props, problem))];
};

const whatWasRead = ({opening, theme, size}: OpeningProps): readonly Line[] => [
	header(theme, size.columns, 'WHAT WAS READ'),
	...opening.summary.flatMap(text =>
		wrapHanging(safe(text), Math.max(10, size.columns - 2)).map(line => inset(size.columns, [span(line)])),
	),
];

const willRun = ({opening, theme, size}: OpeningProps): readonly Line[] => [
	header(
		theme,
		size.columns,
		'WILL RUN',
		opening.willRun.length === 0 ? 'nothing automatically' : 'verbatim, nothing else',
	),
	...opening.willRun
		.flatMap(run => runRows(run, {short: true}))
		.flatMap(({of, text, isFile}) =>
			paragraph(size.columns, text, {
				lead: [
					cell(
						of,
						widest(opening.willRun, run => run.of, 9, 18),
					),
					blank(1),
				],
				look: isFile ? dim : plain,
			}),
		),
];

/** All of it, as the arrows scroll through it. */
const openingText = (props: OpeningProps): readonly Line[] => {
	const {theme, size} = props;
	const facts = form(props);
	const about = facts.length === 0 ? [] : [header(theme, size.columns, 'THIS CUTOVER'), ...facts];
	return errorsOf(props.opening) > 0
		? [...problems(props), ...whatWasRead(props)]
		: [...about, ...problems(props), ...willRun(props), ...whatWasRead(props)];
};

export const openingLines = (props: OpeningProps): readonly Line[] => {
	const {size, theme, view} = props;
	if (size.rows < 10 || size.columns < 40) return [headline(props), ...next(props)].slice(0, size.rows);
	const top = [headline(props), clocks(props), you(props), rule(theme, size.columns), ...next(props)];
	const room = size.rows - top.length;
	const text = openingText(props);
	if (text.length <= room) return [...top, ...scrolled(text, view, room).shown];
	const {shown, place} = scrolled(text, view, room - 1);
	return [...top, ...shown, inset(size.columns, [span('arrows show the rest', dim)], [span(place)])];
};
