/** A checklist: what was measured for its items, and what people answered. */
import type {Person} from './person.ts';

export type ItemAnswer = {readonly name: string; readonly result: 'pass' | 'fail'; readonly whole: boolean};

/** An answer as it is recorded. `overrules`: it is not what was measured, and why. */
export type RecordedAnswer = ItemAnswer & {
	readonly overrules: {readonly found: string; readonly reason: string} | null;
};

/** `overruling what was measured (FOUND): REASON`; empty where it overrules nothing. */
export const overruledText = ({overrules}: RecordedAnswer): string =>
	overrules === null ? '' : `overruling what was measured (${overrules.found}): ${overrules.reason}`;

/** What a playbook measured for an item. `result` null: a person decides, knowing what was found. */
export type MeasuredItem = {
	readonly name: string;
	readonly result: 'pass' | 'fail' | null;
	readonly found: string;
	/** Lines that show it, such as those of a log. */
	readonly lines: readonly string[];
};

/** `by`: a person, or the process that measured it. */
export type AnswerInForce = RecordedAnswer & {
	readonly by: Person;
	readonly at: number;
	readonly note: string | null;
};

export type Measurement = MeasuredItem & {readonly at: number; readonly attempt: number};

export const measuredText = (measured: MeasuredItem | undefined): string =>
	measured ? `measured: ${measured.found}` : '';
