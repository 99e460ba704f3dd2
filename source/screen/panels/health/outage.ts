/*
An outage trigger: as its samples tell it; or, where nothing measures it, its clock by hand while it runs, what was down since
T0, and that nobody measures it, which is never green.
*/
import {listed} from '../../../cutover/decide/refusal.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {minutes, wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {answerHint, firedLine} from '../facts.ts';
import {paragraph} from '../flow.ts';
import {
	blank,
	bold,
	inset,
	type Line,
	type Look,
	markOf,
	plain,
	type Span,
	shape,
	span,
	widthOf,
	withMark,
} from '../line.ts';
import {endpointLine, foldedLine, inOrder, isWorse, widthsOf} from './endpoint-row.ts';
import {isAutomatic, sumText, warnedAt} from './outage-about.ts';
import {watchSpans} from './watching.ts';

/* A running outage against its threshold, with marks at the shares of it that warn, and when they are reached. */

/** By hand a clock warns at these. */
const usual: readonly number[] = [50, 80];

const bar = ({theme}: PanelProps, share: number, width: number, marks: readonly number[]): Span => {
	const {full, empty, bar: tick} = theme.glyph;
	const filled = Math.min(width, Math.floor(share * width));
	const ticks = marks.map(percent => Math.round((percent / 100) * width));
	const glyphs = Array.from({length: width}, (_, at) => (at < filled ? full : ticks.includes(at) ? tick : empty));
	return span(glyphs.join(''), {colour: share * 100 >= (marks[0] ?? 50) ? 'red' : 'yellow'});
};

/** `02:15 ███░░│░░ 10:00   50% 22:33  80% 22:36`; null where no outage runs. `marks`: per cent, ascending. */
const gaugeLine = (
	props: PanelProps,
	{outageSeconds, thresholdSeconds, firesAt}: TriggerSnapshot,
	marks: readonly number[] = usual,
): Line | null => {
	if (outageSeconds === null || thresholdSeconds === null || thresholdSeconds <= 0) return null;
	const {columns} = props.size;
	const at = (percent: number): string =>
		firesAt === null ? '' : wallShort(firesAt - (1 - percent / 100) * thresholdSeconds * 1000);
	const ends = firesAt === null ? '' : marks.map(percent => `${percent}% ${at(percent)}`).join('  ');
	const left = [span(`${minutes(outageSeconds * 1000)} `, bold)];
	const right = [span(` ${minutes(thresholdSeconds * 1000)}`)];
	const width = Math.max(5, columns - 8 - widthOf(left) - widthOf(right) - ends.length);
	return inset(columns, [...left, bar(props, outageSeconds / thresholdSeconds, width, marks), ...right], [span(ends)]);
};

/*
What the clock of an outage does not decide: what nobody can see, what goes up and down again and again, and a rollback that would
begin by itself. Each says how people answer.
*/

/** A remark on as many rows as it takes; `end` beside the first one. */
const remark = ({size}: PanelProps, mark: Mark, text: string, look: Look = plain, end = ''): readonly Line[] =>
	paragraph(size.columns, text, {
		lead: [shape(mark), blank(1)],
		look,
		...(end === '' ? {free: 1} : {end: [span(end)]}),
	});

const blindLines = (props: PanelProps, {blind, blindTooLong}: TriggerSnapshot): readonly Line[] => {
	if (blind.length === 0) return [];
	const long = blindTooLong ? 'unseen for as long as an outage that would fire: ' : '';
	const text = `${long}look at ${listed(blind)} in another way, two people answer, up or down`;
	return remark(props, props.theme.unknown, text, plain, 't answer');
};

/** What people answer is there for it: this clock fires nothing then. */
const flappingLines = (props: PanelProps, {flapping}: TriggerSnapshot): readonly Line[] => {
	if (flapping === null) return [];
	const {endpoint, outages, percent} = flapping;
	const others = props.snapshot.triggers.filter(({kind}) => kind === 'confirmation').map(({id}) => id);
	const answer =
		others.length === 0 ? 'people judge' : `answer ${others.length > 1 ? 'triggers' : 'trigger'} ${listed(others)}`;
	const text = `${endpoint} is flapping, ${outages} outages, ${percent} % failing: no outage is long enough, ${answer}`;
	return remark(props, props.theme.warning, text);
};

const automaticLines = (
	props: PanelProps,
	{id, state, automaticAt, autoRollbackSkipped}: TriggerSnapshot,
): readonly Line[] => {
	if (autoRollbackSkipped !== null)
		return remark(props, props.theme.warning, `automatic rollback was not started: ${autoRollbackSkipped}`, bold);
	if (automaticAt === null) {
		const isArmed = isAutomatic(props, id) && state !== 'fired' && state !== 'disarmed';
		const text = 'when it fires, the rollback starts automatically a minute later, unless somebody objects';
		return isArmed ? remark(props, props.theme.warning, text) : [];
	}
	const left = minutes(Math.max(0, automaticAt - props.snapshot.now));
	const text = `rolls back automatically in ${left}, at ${wall(automaticAt)}; t: stand it down to stop that`;
	return remark(props, props.theme.warning, text, bold);
};

const clockLines = (props: PanelProps, trigger: TriggerSnapshot): readonly Line[] => {
	const {facts = []} = props.state.triggers[trigger.id]?.fired ?? {};
	if (trigger.state === 'fired') return [firedLine(props, trigger, listed(facts), false)];
	const gauge = trigger.firesAt === null ? null : gaugeLine(props, trigger, warnedAt(props, trigger.id));
	return gauge === null ? [] : [gauge];
};

const isPlain = ({snapshot}: PanelProps, {name, state, compared}: EndpointSnapshot): boolean =>
	state === 'up' &&
	!isWorse(compared?.decision) &&
	!snapshot.triggers.some(({flapping}) => flapping?.endpoint === name);

/** `folded`: those that are up and of which there is nothing to say share a line, where there is little room. */
const endpointLines = (props: PanelProps, folded: boolean): readonly Line[] => {
	const all = inOrder(props.snapshot.endpoints);
	const quiet = all.filter(endpoint => isPlain(props, endpoint));
	const widths = widthsOf(props);
	const isFolded = folded && quiet.length > 1;
	const rows = (isFolded ? all.filter(endpoint => !quiet.includes(endpoint)) : all).map(endpoint =>
		endpointLine(props, endpoint, widths),
	);
	return isFolded ? [...rows, foldedLine(props, quiet)] : rows;
};

/** Several clocks may run on the same endpoints: they are listed once. */
const isFirst = ({snapshot}: PanelProps, {id}: TriggerSnapshot): boolean =>
	snapshot.triggers.find(({measured}) => measured)?.id === id;

/** `folded` as in `endpointLines`. */
export const measuredLines = (
	props: PanelProps,
	trigger: TriggerSnapshot,
	chosen: boolean,
	folded: boolean,
): readonly Line[] => {
	const sum = sumText(trigger);
	const [first = [], ...rest] = [
		...clockLines(props, trigger),
		...automaticLines(props, trigger),
		...(isFirst(props, trigger) ? endpointLines(props, folded) : []),
		...blindLines(props, trigger),
		...flappingLines(props, trigger),
		inset(props.size.columns, [span(sum)], watchSpans(props, props.size.columns - sum.length)),
	];
	return [withMark(first, props.theme, chosen), ...rest];
};

const downLine = ({theme, size, state}: PanelProps, {id}: TriggerSnapshot, chosen: boolean): Line => {
	const down = state.triggers[id]?.down ?? null;
	const reason = down?.reason ? `: "${down.reason}"` : '';
	const since = down === null ? '' : `  since ${wall(down.since)}   reported by ${down.by.name}${reason}`;
	const end = [span('by hand   '), ...answerHint];
	return inset(size.columns, [shape(theme.no), span(' DOWN', bold), span(since)], end, markOf(theme, chosen));
};

const sumLines = ({size}: PanelProps, trigger: TriggerSnapshot): readonly Line[] =>
	trigger.outages === 0 ? [] : [inset(size.columns, [span(sumText(trigger))], [span('health not measured')])];

const unmeasuredLine = ({theme, size, snapshot}: PanelProps, {state}: TriggerSnapshot, chosen: boolean): Line => {
	const before = state === 'disarmed' && snapshot.t0Started === null;
	const how = before ? 'armed when T0 starts' : 'its clock is run by hand';
	const said = span(`not measured, no endpoint is bound: ${how}`);
	return inset(size.columns, [shape(theme.unknown), blank(1), said], answerHint, markOf(theme, chosen));
};

const byHandLines = (props: PanelProps, trigger: TriggerSnapshot, chosen: boolean): readonly Line[] => {
	const sum = sumLines(props, trigger);
	if (trigger.state === 'fired') return [firedLine(props, trigger, trigger.text, chosen), ...sum];
	const gauge = gaugeLine(props, trigger);
	if (gauge !== null) return [gauge, downLine(props, trigger, chosen), ...sum];
	return [unmeasuredLine(props, trigger, chosen), ...sum];
};

/** `folded`: endpoints that are up share a line. */
export const outageLines = (
	props: PanelProps,
	trigger: TriggerSnapshot,
	chosen: boolean,
	folded: boolean,
): readonly Line[] =>
	trigger.measured ? measuredLines(props, trigger, chosen, folded) : byHandLines(props, trigger, chosen);
