/*
The rollback triggers: half the screen once T0 is begun. What nothing measures says so and is never green; a fact shows
who said what, and of whom an answer is awaited until when.
*/
import type {TriggerStanding} from '../../cutover/standing.ts';
import type {TriggerState} from '../../cutover/state.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import {minutes, wall, wallShort} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {chosenIn, markOf} from './chosen.ts';
import {firesText, gaugeLine} from './gauge.ts';
import {blank, bold, cell, inset, type Line, shape, short, span, word} from './line.ts';
import {roleAndName} from './names.ts';
import type {Row, Section} from './section.ts';

type Fact = TriggerStanding['facts'][number];

const answer = [span(safe('t answer'))];

const downLine = (
	props: PanelProps,
	trigger: TriggerStanding,
	was: TriggerState | undefined,
	chosen: boolean,
): Line => {
	const {theme, size} = props;
	const down = was?.down ?? null;
	const since =
		down === null
			? ''
			: `  since ${wall(down.since)} said by ${down.by.name}${down.reason === null ? '' : `: ${down.reason}`}`;
	return inset(
		size.columns,
		[shape(theme.no), span(safe(' DOWN'), bold), span(safe(since)), span(safe(`   ${firesText(trigger)}`))],
		[span(safe('by hand   t answer'))],
		markOf(theme, chosen),
	);
};

const sumLine = ({size}: PanelProps, {outages, downSeconds}: TriggerStanding): readonly Line[] =>
	outages === 0
		? []
		: [
				inset(
					size.columns,
					[
						span(
							safe(
								`since T0: ${outages} ${outages === 1 ? 'outage' : 'outages'}, ${minutes(downSeconds * 1000)} down in all`,
							),
						),
					],
					[span(safe('health not measured'))],
				),
			];

const unmeasured = (state: TriggerStanding['state']): string =>
	state === 'disarmed' ? 'no endpoint is bound; armed when T0 is begun' : 'no endpoint is bound; run the clock by hand';

const firedLine = (props: PanelProps, trigger: TriggerStanding, chosen: boolean): Line => {
	const {theme, size} = props;
	return inset(
		size.columns,
		[
			shape(theme.trigger.fired),
			blank(1),
			word(theme.trigger.fired),
			span(safe(` ${trigger.firedAt === null ? '' : wall(trigger.firedAt)}  ${trigger.text}`)),
		],
		[span(safe('B back out'), bold)],
		markOf(theme, chosen),
	);
};

const outageLines = (props: PanelProps, trigger: TriggerStanding, chosen: boolean): readonly Line[] => {
	const was = props.state.triggers[trigger.id];
	if (trigger.state === 'fired') return [firedLine(props, trigger, chosen), ...sumLine(props, trigger)];
	const gauge = gaugeLine(props, trigger);
	if (gauge !== null) return [gauge, downLine(props, trigger, was, chosen), ...sumLine(props, trigger)];
	const {theme, size} = props;
	const about = [shape(theme.unknown), blank(1), span(safe(`health not measured   ${unmeasured(trigger.state)}`))];
	return [inset(size.columns, about, answer, markOf(theme, chosen)), ...sumLine(props, trigger)];
};

const asked = (props: PanelProps, trigger: TriggerStanding, {awaits}: Fact): string => {
	const names = (awaits.length > 0 ? awaits : trigger.roles).map(role => roleAndName(props.state, role));
	if (awaits.length === 0) return '';
	if (trigger.answerBy === null) return `not asked yet: ${names.join(', ')}`;
	return `? asked of ${names.join(', ')}   by ${wallShort(trigger.answerBy)}`;
};

const said = (props: PanelProps, trigger: TriggerStanding, fact: Fact): SafeText => {
	const words = [
		fact.yes.length === 0 ? '' : `YES ${fact.yes.join(', ')}`,
		fact.no.length === 0 ? '' : `no ${fact.no.join(', ')}`,
	];
	const disputed = fact.yes.length > 0 && fact.no.length > 0 ? 'disputed' : '';
	return safe([...words, disputed, asked(props, trigger, fact)].filter(text => text !== '').join('   '));
};

const factLine = (props: PanelProps, trigger: TriggerStanding, fact: Fact, chosen: boolean): Line => {
	const {theme, size} = props;
	const mark = fact.yes.length > 0 ? theme.warning : theme.missing;
	const width = Math.max(12, Math.min(Math.floor(size.columns / 2) - 12, 40));
	const left = [
		shape(mark),
		blank(1),
		cell(short(safe(fact.text), width), width),
		blank(2),
		span(said(props, trigger, fact)),
	];
	return inset(size.columns, left, answer, markOf(theme, chosen));
};

const confirmationLines = (props: PanelProps, trigger: TriggerStanding, chosen: boolean): readonly Line[] => {
	const facts = trigger.facts.map((fact, at) =>
		factLine(props, trigger, fact, chosen && at === 0 && trigger.state !== 'fired'),
	);
	return trigger.state === 'fired' ? [firedLine(props, trigger, chosen), ...facts] : facts;
};

const countWords: Readonly<Record<number, string>> = {1: 'one fact', 2: 'both facts'};

const title = (trigger: TriggerStanding): SafeText => {
	const [fact] = trigger.facts;
	if (trigger.kind === 'outage' || fact === undefined) return safe(`${trigger.id} HEALTH`);
	return trigger.facts.length === 1
		? safe(`${trigger.id} JUDGEMENT`)
		: short(safe(`${trigger.id} ${fact.text.toUpperCase()}`), 30);
};

const about = ({state}: PanelProps, trigger: TriggerStanding): string => {
	if (trigger.kind === 'outage') return trigger.text;
	const names = trigger.roles.map(role => roleAndName(state, role));
	const facts = countWords[trigger.facts.length] ?? `all ${trigger.facts.length} facts`;
	if (trigger.facts.length === 1) return names.length === 1 ? `${names[0] ?? ''} alone` : names.join(', ');
	return names.length === 0 ? facts : `${facts} · ${names.join(', ')}`;
};

const noteworthy = ({theme}: PanelProps, {state}: TriggerStanding): string =>
	state === 'armed' || state === 'disarmed' || state === 'not measured' ? '' : ` · ${theme.trigger[state].word}`;

/** One section a trigger, as they stand after T0. */
export const triggerSections = (props: PanelProps): readonly Section[] => {
	const chosen = chosenIn('triggers', props);
	return props.standing.triggers.map(trigger => {
		const lines =
			trigger.kind === 'outage'
				? outageLines(props, trigger, trigger.id === chosen)
				: confirmationLines(props, trigger, trigger.id === chosen);
		return {
			title: title(trigger),
			about: safe(`${about(props, trigger)}${noteworthy(props, trigger)}`),
			rows: [{ids: [trigger.id], lines}],
			chosen: trigger.id === chosen ? chosen : null,
			least: 1,
		};
	});
};

/** A row each, for the list before T0. */
export const triggerRows = (props: PanelProps): readonly Row[] => {
	const {theme, size, standing} = props;
	const chosen = chosenIn('triggers', props);
	return standing.triggers.map(trigger => {
		const mark = theme.trigger[trigger.state];
		const left = [shape(mark), blank(1), span(safe(`${trigger.id} `)), word(mark), span(safe(`  ${trigger.text}`))];
		return {ids: [trigger.id], lines: [inset(size.columns, left, [], markOf(theme, trigger.id === chosen))]};
	});
};
