/*
The checklist by role: who signed when, and what each of the others waits for.
*/

import type {SignOffSnapshot} from '../../cutover/snapshot/sign-offs.ts';
import {cells} from '../../text/fit.ts';
import {wall} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {rememberLast} from '../remember.ts';
import {chosenIn} from '../state/rows.ts';
import {isNarrow} from './board/bars.ts';
import {paragraph} from './flow.ts';
import {
	blank,
	cell,
	dim,
	inset,
	type Line,
	type Look,
	markOf,
	plain,
	shape,
	short,
	span,
	widest,
	widthOf,
	widthOfText,
} from './line.ts';
import {personIn} from './names.ts';
import {lazyRow, type Row, type Section, stacked, textSection} from './section.ts';

const standsFor = (item: SignOffSnapshot): string => {
	if (item.signed) {
		const how = item.identity === 'signature' ? 'SIGNED with a key' : 'SIGNED';
		return item.at === null ? how : `${how} ${wall(item.at)}`;
	}
	if (item.notRecorded !== null) return item.notApplicable ? item.notRecorded : `not recorded: ${item.notRecorded}`;
	return item.blockedBy.length === 0 ? 'can be signed' : 'waits';
};

const roleWidths = rememberLast<number>();

/** Up to its text. */
const beginning = (props: PanelProps, item: SignOffSnapshot): Line => {
	const {theme, size, snapshot} = props;
	const role = roleWidths(snapshot.signOffs, '', () => widest(snapshot.signOffs, row => row.role, 0, 20));
	const mark = item.signed ? theme.yes : theme.missing;
	const who = isNarrow(size.columns) ? [] : [cell(personIn(props.state, item), 7), blank(1)];
	return [shape(mark), blank(1), cell(item.id, 3), blank(1), cell(item.role, role), blank(1), ...who];
};

const itemRow = (props: PanelProps, item: SignOffSnapshot, chosen: string | null, full: boolean): Row => {
	const {size, theme} = props;
	const isBrief = isNarrow(size.columns);
	const isBlocked = !(full || item.signed || item.notRecorded !== null || item.blockedBy.length === 0);
	const meaning = isBlocked ? `waits: ${item.blockedBy.join(', ')}` : standsFor(item);
	const said = short(meaning, Math.floor(size.columns / 2) - (isBrief ? 2 : 6));
	const start = beginning(props, item);
	const room = size.columns - 3 - widthOf(start) - cells(said);
	// Where it has rows of its own for that, a text is not cut.
	const isBelow = full && (isBrief || widthOfText(item.text) > room);
	const below = (text: string, look: Look) => paragraph(size.columns, text, {lead: [blank(6)], look, free: 1});
	const more = [
		...(isBelow ? below(item.text, plain) : []),
		...(full && said !== meaning ? below(meaning, plain) : []),
		...(full && !item.signed ? item.blockedBy.flatMap(text => below(text, dim)) : []),
	];
	return lazyRow([item.id], 1 + more.length, () => {
		const left = [...start, ...(isBrief || isBelow ? [] : [span(item.text)])];
		return [inset(size.columns, left, [span(said)], markOf(theme, item.id === chosen)), ...more];
	});
};

/** `full`: what is missing is under its row. */
export const signOffsSection = (props: PanelProps, full: boolean): Section => {
	const {signOffs} = props.snapshot;
	const chosen = chosenIn('signOffs', props);
	return {
		title: 'SIGN-OFFS',
		about:
			signOffs.length === 0
				? 'the runbook asks for none'
				: `${signOffs.filter(({signed}) => signed).length} of ${signOffs.length} signed`,
		rows: signOffs.map(item => itemRow(props, item, chosen, full)),
		chosen,
		least: 1,
	};
};

/** Words that somebody passed on and that their speaker has not confirmed, by the number of their entry. */
const unconfirmedSections = ({snapshot, size, theme}: PanelProps): readonly Section[] => {
	const {unconfirmed} = snapshot;
	if (unconfirmed.length === 0) return [];
	const lines = unconfirmed.map(({entry, speaker, by, words}): Line => {
		const said = `entry ${entry}  ${speaker}: "${words}"  RELAYED by ${by}`;
		return inset(size.columns, [shape(theme.warning), blank(1), span(said)]);
	});
	return [textSection('NOT CONFIRMED', 'by its speaker', lines)];
};

export const signOffsLines = (props: PanelProps): readonly Line[] =>
	stacked([signOffsSection(props, true), ...unconfirmedSections(props)], props.size, props.theme);
