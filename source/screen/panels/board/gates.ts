/*
The go/no-go gates: failed ones first with their reason in full, then what blocks, then one line for each that passes.
*/

import {attemptKey} from '../../../cutover/model/attempt-target.ts';
import type {State} from '../../../cutover/model/state.ts';
import type {GateSnapshot} from '../../../cutover/snapshot/gates.ts';
import {wall, wallShort, wallWidth} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {rememberLast} from '../../remember.ts';
import {chosenIn, gatesInOrder} from '../../state/rows.ts';
import {gateMark, type Theme} from '../../theme.ts';
import {paragraph} from '../flow.ts';
import {
	blank,
	cell,
	cellEnd,
	type Line,
	markOf,
	shape,
	short,
	span,
	spread,
	widest,
	widthOf,
	widthOfText,
	word,
} from '../line.ts';
import {namesOf} from '../names.ts';
import {lazyRow, type Row, type Section} from '../section.ts';
import {isNarrow, nameWidth, progressBar} from './bars.ts';

const history = ({verdict, failedBefore, attempt}: GateSnapshot): string =>
	verdict === 'pass' && failedBefore > 0 ? ` · attempt ${attempt}, ${failedBefore} failed` : '';

/** `L1 ben L2 lena`: the words given; whose are missing is in the last column. */
const words = (gate: GateSnapshot): string => {
	const given = gate.words
		.filter(({yes}) => yes)
		.map(({group, by, relayedBy}) => `${group} ${by}${relayedBy === null ? '' : ' RELAYED'}`);
	return gate.kind !== 'acknowledgement' || given.length === 0 ? '' : ` · ${given.join(' ')}`;
};

/** The title gives way before what is said of it. */
const titled = (gate: GateSnapshot, room: number): string => {
	const again = gate.judging && gate.verdict !== 'running' ? ' · judged again now' : '';
	const said = `${history(gate)}${words(gate)}${again}`;
	return short(`${short(gate.title, Math.max(12, room - widthOfText(said)))}${said}`, room);
};

const settled = ({verdict}: GateSnapshot): boolean => verdict !== 'pending' && verdict !== 'running';

/** Number of the attempt whose verdict is in force. */
const inForce = ({judging, attempt}: GateSnapshot): number => (judging ? attempt - 1 : attempt);

/** A verdict from inside a stage's attempt is that of whoever started the stage. */
const judge = (state: State, gate: GateSnapshot): string | null => {
	const attempt = state.attempts[attemptKey({target: {gate: gate.id}, attempt: inForce(gate)})];
	const stage = attempt?.within ? state.attempts[attemptKey(attempt.within)] : undefined;
	return attempt?.by.strength === 'process' && stage !== undefined ? stage.by.name : gate.by;
};

const personOf = ({state}: PanelProps, gate: GateSnapshot): string => {
	const by = settled(gate) ? judge(state, gate) : null;
	if (by !== null) return by;
	return namesOf(state, gate.awaits.length > 0 ? gate.awaits : gate.owners);
};

const until = (theme: Theme, {verdict, until: end}: GateSnapshot): string => {
	if (verdict !== 'pass' && verdict !== 'fail') return '';
	return end === null || verdict === 'fail' ? theme.glyph.dash : wallShort(end);
};

type Widths = {
	readonly id: number;
	readonly word: number;
	readonly name: number;
	readonly sinces: number;
	readonly untils: number;
};

/** How the columns are cut, the same for every row. */
const widthsOf = (props: PanelProps): Widths => {
	const {snapshot, theme, size} = props;
	return {
		id: widest(snapshot.gates, ({id}) => id, 2, 10),
		word: widest(snapshot.gates, ({verdict}) => theme.gate[verdict].word, 4, 7),
		name: widest(snapshot.gates, gate => personOf(props, gate), 5, nameWidth(size.columns)),
		sinces: wallWidth(...snapshot.gates.map(({since: at}) => at)),
		untils: wallWidth(...snapshot.gates.map(({until: end}) => end)) - 3,
	};
};

const since = ({since: at}: GateSnapshot): string => (at === null ? '' : wall(at));

/** Since when, how long it is valid, and who; in a narrow pane the one time that matters. */
const times = (props: PanelProps, gate: GateSnapshot, {name, sinces, untils}: Widths): Line => {
	const {theme, size} = props;
	const person = personOf(props, gate);
	const [from, to] = [since(gate), until(theme, gate)];
	const isBrief = isNarrow(size.columns);
	const only = gate.verdict === 'pass' ? to : from;
	// Its title has the room of the columns that it leaves empty.
	if (only === '') return [isBrief ? span(short(person, name)) : cell(person, name), blank(1)];
	if (!isBrief) return [cell(from, sinces), blank(2), cell(to, untils), blank(2), cell(person, name), blank(1)];
	const time = size.columns < 50 ? [] : [cell(only, Math.max(sinces, untils)), blank(2)];
	return [...time, cellEnd(person, name), blank(1)];
};

const first = (props: PanelProps, gate: GateSnapshot, widths: Widths, chosen: boolean): Line => {
	const {theme, size} = props;
	const mark = gateMark(theme, gate);
	const left = [
		markOf(theme, chosen),
		shape(mark),
		blank(1),
		cell(gate.id, widths.id),
		blank(1),
		word(mark, widths.word),
		blank(2),
	];
	const right = times(props, gate, widths);
	const room = Math.max(0, size.columns - widthOf(right) - widthOf(left) - 1);
	return spread(size.columns, [...left, span(titled(gate, room))], right);
};

/** Whose word it is, where somebody passed it on. */
const passedOn = ({words: given}: GateSnapshot): string =>
	given
		.filter(({yes, relayedBy}) => !yes && relayedBy !== null)
		.map(({by, relayedBy}) => ` · ${by}, RELAYED by ${relayedBy ?? ''}`)
		.join('');

/** Why it is not pass, in full. */
const why = ({size}: PanelProps, gate: GateSnapshot): readonly Line[] => {
	const text = gate.reason === null ? null : `${gate.reason}${passedOn(gate)}`;
	const judged = inForce(gate);
	if (text === null || gate.verdict === 'pass') return [];
	const attempt = gate.verdict === 'fail' && judged > 0 ? [span(`attempt ${judged}`)] : [];
	return paragraph(size.columns, text, {lead: [blank(5)], end: attempt, free: 1});
};

const gateRow = (props: PanelProps, gate: GateSnapshot, widths: Widths, chosen: boolean): Row => {
	const reasons = why(props, gate);
	return lazyRow([gate.id], 1 + reasons.length, () => [first(props, gate, widths, chosen), ...reasons]);
};

const passedBar = ({theme, size}: PanelProps, passed: number, all: number): Line => {
	const text = `${passed} of ${all} pass `;
	const width = Math.max(0, Math.min(30, size.columns - text.length - 32));
	return [span(text), ...progressBar(theme, passed / all, width, 'green'), span('  valid until')];
};

const widthsFor = rememberLast<Widths>();

export const gatesSection = (props: PanelProps): Section => {
	const {gates} = props.snapshot;
	const chosen = chosenIn('gates', props);
	const widths = widthsFor(props.snapshot.gates, `${props.size.columns}`, () => widthsOf(props));
	const passed = gates.filter(({verdict}) => verdict === 'pass').length;
	return {
		title: 'GATES',
		about: gates.length === 0 ? 'the runbook names none' : passedBar(props, passed, gates.length),
		rows: gatesInOrder(gates).map(gate => gateRow(props, gate, widths, gate.id === chosen)),
		chosen,
		least: 2,
	};
};
