/** The checklist of a stage as its form shows it: what was measured, what was answered before, and what a person overrules. */
import {wall} from '../text/time.ts';
import {answersOf, type Field, type Values} from './field.ts';
import {type Situation, stageOf} from './situation.ts';

export const itemsOf = (situation: Situation, on: string): readonly string[] => stageOf(situation, on)?.items ?? [];

export const measuredOf = ({state}: Situation, on: string) => state.stages[on]?.measured ?? {};

/** Answers that are not what was measured. */
export const isOverruled = (values: Values, situation: Situation, on: string): boolean => {
	const measured = measuredOf(situation, on);
	return answersOf(values, 'item').some(([item, answer]) => {
		const result = measured[item]?.result ?? null;
		return result !== null && result !== answer;
	});
};

/** Measured answers, and those that a person gave before. */
export const knownItems: NonNullable<Field['known']> = (situation, on) => {
	const {items = {}} = situation.state.stages[on] ?? {};
	const measured = measuredOf(situation, on);
	return Object.fromEntries(
		itemsOf(situation, on).map(item => {
			const found = measured[item];
			const text = found ? `measured: ${found.found}` : Object.keys(measured).length > 0 ? 'nothing measures this' : '';
			return [item, {value: items[item]?.result ?? found?.result ?? null, text}];
		}),
	);
};

/** When it was measured, and the lines that show what was found. */
export const measuredLines = ({state}: Situation, on: string): readonly string[] => {
	const found = Object.values(state.stages[on]?.measured ?? {});
	const attempt = Math.max(0, ...found.map(each => each.attempt));
	const newest = found.filter(each => each.attempt === attempt);
	const [first] = newest;
	if (first === undefined) return [];
	const shown = newest.flatMap(({name, lines}) =>
		lines.length === 0 ? [] : [`${name}:`, ...lines.map(line => `  ${line}`)],
	);
	return [`measured ${wall(Math.max(...newest.map(({at}) => at)))}, attempt ${attempt}`, ...new Set(shown)];
};
