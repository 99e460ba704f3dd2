/*
First of all for somebody who was away: how long, where the cutover stands, what waits for them and for others, and what
happened meanwhile. Only Enter leaves it, so that nothing typed blindly into a returning link does anything.
*/

import {attemptKey, targetText} from '../../../cutover/model/attempt-target.ts';
import {identityText} from '../../../cutover/model/person.ts';
import type {State} from '../../../cutover/model/state.ts';
import {type BriefingEntry, brief} from '../../../cutover/snapshot/briefing.ts';
import type {Waiting} from '../../../cutover/snapshot/next-step.ts';
import {counted} from '../../../text/counted.ts';
import {sameName} from '../../../text/same-name.ts';
import {minutes, wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {flowing} from '../flow.ts';
import {endpointPieces} from '../health/endpoint-row.ts';
import {blank, bold, cellEnd, dim, inset, type Line, shape, span} from '../line.ts';
import {readiness} from '../rollback/readiness.ts';
import {stacked, textSection} from '../section.ts';

/*
The state now, for somebody who comes back to a cutover whose health is measured: who is up, whether the rollback could begin from
this screen, who is in command, and what of theirs runs. What is wrong is in row 1.
*/

/** Something is measured or could be sent: then there is more to say than row 1 does. */
const hasNow = ({runbook}: State): boolean =>
	(runbook?.endpoints ?? []).length > 0 || (runbook?.rollback?.remote ?? null) !== null;

const nowLines = (props: PanelProps): readonly Line[] => {
	const {snapshot, state, person, size} = props;
	const mine = snapshot.running.filter(ref => sameName(state.attempts[attemptKey(ref)]?.by.name ?? '', person.name));
	const yours =
		mine.length === 0
			? 'nothing of yours is running'
			: `yours runs: ${mine.map(({target}) => targetText(target)).join(', ')}`;
	const points = snapshot.rollback === null ? readiness(props).points : [];
	return flowing(size.columns, [
		...endpointPieces(props),
		...points.map(({mark, text}): Line => [shape(mark), blank(1), span(text)]),
		[span(snapshot.command === null ? 'nobody is in command' : `${snapshot.command} is in command`)],
		[span(yours)],
	]);
};

const row = ({size}: PanelProps, text: string, end = ''): Line => inset(size.columns, [span(text)], [span(end)]);

const welcome = (
	{size, person}: PanelProps,
	from: number,
	to: number,
	lastAct: BriefingEntry | null,
): readonly Line[] => {
	const roles = person.role === null ? '' : ` ${person.role}`;
	const last =
		lastAct === null
			? 'you recorded nothing yet'
			: `your last recorded act: ${wall(lastAct.at)} ${lastAct.text}, entry ${lastAct.seq}`;
	return [
		inset(size.columns, [span(`AWAY ${minutes(to - from)}`, bold), span(`  from ${wall(from)} to ${wall(to)}`)]),
		inset(size.columns, [span(`welcome back ${person.name}${roles}`)], [span(`identity: ${identityText(person)}`)]),
		inset(size.columns, [span(last, dim)]),
	];
};

const due = (waits: Waiting, now: number): string =>
	waits.due === null || waits.due <= now ? '' : `by ${wallShort(waits.due)}, ${minutes(waits.due - now)} left`;

const waits = ({size, snapshot}: PanelProps, list: readonly Waiting[]): readonly Line[] =>
	list.map((each, index) =>
		inset(size.columns, [cellEnd(String(index + 1), 2), blank(1), span(each.text)], [span(due(each, snapshot.now))]),
	);

const happened = ({size}: PanelProps, list: readonly BriefingEntry[]): readonly Line[] =>
	list.toReversed().map(({at, text}) => inset(size.columns, [span(wall(at)), blank(2), span(text)]));

/** Only a screen that was opened with the token can send the workflow. */
const tokenRows = (props: PanelProps): readonly Line[] => {
	const {snapshot, state} = props;
	const token = state.runbook?.rollback?.remote?.token;
	if (snapshot.tokenHere !== false || token === undefined || snapshot.closedAt !== null) return [];
	const other = snapshot.command === null ? '' : `, or leave the rollback to ${snapshot.command}`;
	return [row(props, `open this screen again with ${token}${other}`)];
};

/** The whole panel; newest first in what happened, because the newest decides. */
export const briefingLines = (props: PanelProps): readonly Line[] => {
	const {snapshot, entries, person, view, size, theme} = props;
	const {
		from,
		to,
		lastAct,
		waitsForYou,
		waitsForOthers,
		toConfirm,
		happened: list,
	} = brief(snapshot, entries, view.away ?? snapshot.now, person);
	const own = toConfirm.map(({entry, by, words}) =>
		row(props, `confirm what ${by} relayed for you: "${words}"`, `entry ${entry}`),
	);
	const forYou = [...own, ...waits(props, waitsForYou), ...tokenRows(props)];
	const first = list[0]?.seq;
	const none = view.fault?.away ? 'not known while the database is away' : 'nothing';
	const about =
		first === undefined
			? none
			: `${counted(list.length, 'entry', 'entries')}, ${first} to ${list.at(-1)?.seq ?? first}, newest first`;
	const sections = [
		...(hasNow(props.state) ? [textSection('NOW', '', nowLines(props), 2)] : []),
		textSection('WAITS FOR YOU', '', forYou.length > 0 ? forYou : [row(props, 'nothing')], 2),
		textSection('WAITS FOR OTHERS', '', waits(props, waitsForOthers), 1),
		textSection('WHAT HAPPENED', about, happened(props, list), 3),
	];
	const top = welcome(props, from, to, lastAct).slice(0, Math.max(0, size.rows - 4));
	return [...top, ...stacked(sections, {columns: size.columns, rows: size.rows - top.length}, theme)];
};
