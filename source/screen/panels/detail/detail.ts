/*
What the marked row of the board is about: the output and steps of an attempt, what will run, the rule and samples of a
trigger, what a sign-off needs.
*/
import {listed} from '../../../cutover/decide/refusal.ts';
import {attemptsOf} from '../../../cutover/due/attempts-of.ts';
import {type AttemptRef, attemptKey, rowIn, targetText} from '../../../cutover/model/attempt-target.ts';
import {identityText} from '../../../cutover/model/person.ts';
import type {Requirement} from '../../../cutover/model/runbook.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {attemptShownOf, selectedRow} from '../../state/subject.ts';
import {triggerSections} from '../board/triggers.ts';
import {paragraph} from '../flow.ts';
import {firingSection} from '../health/health-clocks.ts';
import {endpointsInFull} from '../health/health-details.ts';
import {blank, dim, filled, inset, keyLook, type Line, shape, span, word} from '../line.ts';
import {endLines, outcomeMark, outcomeWord, stepLines} from '../run/outcome.ts';
import {outputLines} from '../run/output.ts';
import {progressLines} from '../run/progress.ts';
import {subject} from '../run/run.ts';
import {attemptsSection} from '../run/run-attempts.ts';
import {whatSection} from '../run/run-what.ts';
import {header, heightOf, rule, type Section, stacked, textSection} from '../section.ts';

/* An attempt beside the lists: what it runs, how far it is against its usual time, its steps, the end of its output. */
const most = {command: 3, steps: 4} as const;

const commandLines = ({state, size: {columns}}: PanelProps, id: string): readonly Line[] => {
	const own = state.runbook?.stages.find(stage => stage.id === id)?.gates ?? [id];
	const commands = (state.runbook?.gates ?? []).filter(gate => own.includes(gate.id)).flatMap(gate => gate.commands);
	return commands.flatMap(command => paragraph(columns, command)).slice(0, most.command);
};

const keysLine = ({size: {columns}, theme}: PanelProps): Line =>
	inset(columns, [span(theme.glyph.enter, keyLook), span(' whole output, search, attempts', dim)]);

const attemptDetail = (props: PanelProps, id: string, ref: AttemptRef): readonly Line[] => {
	const {state, size, theme} = props;
	const attempt = state.attempts[attemptKey(ref)];
	if (attempt === undefined) return [];
	const {colour} = outcomeMark(props, attempt);
	const took = minutes((attempt.ended?.at ?? props.snapshot.now) - attempt.at);
	const word = `${outcomeWord(props, attempt)} ${took}`;
	const inside = rowIn(ref.target) === id ? '' : ` in ${targetText(ref.target)}`;
	const about = `attempt ${ref.attempt}${inside}  ${subject(props, id).text}`;
	const head = [
		header(theme, size.columns, id, about, [span(word, {colour, bold: true})]),
		...commandLines(props, id),
		...progressLines(props, attempt),
		...stepLines(props, attempt, most.steps),
		...endLines(props, attempt),
		rule(theme, size.columns),
	];
	const room = Math.max(0, size.rows - head.length - 1);
	return [...head, ...filled(outputLines(props, room), room), keysLine(props)];
};

const unchosen = (list: Section): Section => ({...list, chosen: null});

/** Its name and state, and why it is in that state. */
const subjectSection = (props: PanelProps, id: string): Section => {
	const {mark, text} = subject(props, id);
	const gate = props.snapshot.gates.find(each => each.id === id);
	const reason = gate === undefined || gate.verdict === 'pass' ? null : gate.reason;
	const answers = (gate?.words ?? []).map(({group, yes, by}) => `${yes ? 'yes' : 'no'} from ${by} for ${group}`);
	const lines = [text, ...(reason === null ? [] : [reason]), ...answers];
	return textSection(
		id,
		[shape(mark), blank(1), word(mark)],
		lines.flatMap(line => paragraph(props.size.columns, line)),
	);
};

const whatSections = (props: PanelProps, id: string): readonly Section[] => [
	subjectSection(props, id),
	whatSection(props, id),
	...(attemptsOf(props.state, id).length === 0 ? [] : [unchosen(attemptsSection(props, id))]),
];

const triggerDetail = (props: PanelProps, id: string): readonly Section[] => {
	const {triggers} = props.snapshot;
	const trigger = triggers.find(each => each.id === id);
	if (trigger === undefined) return [];
	// The mark is in the list.
	const unmarked = {...props, view: {...props.view, pane: 'text' as const}};
	const own = triggerSections(unmarked, true).filter((_, at) => triggers[at]?.id === id);
	const fires = firingSection(unmarked).rows.filter(({ids}) => ids.includes(id));
	const rule = fires.flatMap(({lines}) => lines().slice(1));
	const said = paragraph(props.size.columns, `the runbook says: ${trigger.text}`);
	return [
		...own,
		textSection('RULE', '', rule.length === 0 ? said : rule),
		...(trigger.measured ? [textSection('ENDPOINTS', '', endpointsInFull(props))] : []),
	];
};

const requirements = {
	log: 'the output of',
	decision: 'the decision at',
	acknowledged: 'the acknowledgement of',
	file: 'the file',
} as const satisfies {[K in Requirement['kind']]: string};

const signOffDetail = (props: PanelProps, id: string): readonly Section[] => {
	const {size, theme, snapshot} = props;
	const item = snapshot.signOffs.find(signOff => signOff.id === id);
	if (item === undefined) return [];
	const needs = item.blockedBy.flatMap(needed =>
		paragraph(size.columns, needed, {lead: [shape(theme.missing), blank(1)]}),
	);
	const isOpen = !item.signed && item.notRecorded === null;
	const people = props.state.people?.[item.role] ?? [];
	const who = people.length === 0 ? `anyone as ${item.role}` : listed(people, 'or');
	const signed =
		item.at === null || item.identity === null
			? ''
			: `at ${wall(item.at)}, identity: ${identityText({strength: item.identity})}`;
	const about = [
		...(item.signed ? [signed] : isOpen ? [`to be signed by ${who}`] : []),
		...item.requires.map(need => `confirms ${requirements[need.kind]} ${need.of}`),
	];
	const ready = needs.length === 0 ? 'can be signed' : 'cannot be signed yet';
	const state = item.signed ? `signed by ${item.by ?? item.role}` : (item.notRecorded ?? ready);
	return [
		textSection(
			item.id,
			`${item.role}  ${state}`,
			[item.text, ...about].flatMap(line => paragraph(size.columns, line)),
		),
		...(isOpen && needs.length > 0 ? [textSection('NEEDS FIRST', '', needs)] : []),
	];
};

/** Beside the output of an attempt: what it runs. Empty where the detail shows that itself. */
export const whatLines = (props: PanelProps): readonly Line[] => {
	const selected = selectedRow(props);
	if (selected === null || (selected.pane !== 'gates' && selected.pane !== 'stages')) return [];
	if (attemptShownOf(props.state, selected.id, null) === null) return [];
	const sections = whatSections(props, selected.id);
	const rows = Math.min(heightOf(sections), Math.floor(props.size.rows * 0.6));
	return stacked(sections, {columns: props.size.columns, rows}, props.theme);
};

/** As many lines as the pane has rows, or fewer. */
export const detailLines = (props: PanelProps): readonly Line[] => {
	const selected = selectedRow(props);
	const {size, theme, state} = props;
	if (selected === null) return [header(theme, size.columns, 'DETAIL', 'no row is marked')];
	const {pane, id} = selected;
	if (pane === 'triggers') return stacked(triggerDetail(props, id), size, theme);
	if (pane === 'signOffs') return stacked(signOffDetail(props, id), size, theme);
	const attempt = attemptShownOf(state, id, null);
	return attempt === null ? stacked(whatSections(props, id), size, theme) : attemptDetail(props, id, attempt);
};
