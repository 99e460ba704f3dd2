/*
What stands over a screen until it is answered or forgotten. Plain data: which act it is for, what was typed so far.
The safe choice is always first, and nothing is recorded before the last word.
*/
import type {Command, CommandType} from '../../cutover/command.ts';
import type {ActName} from '../keys.ts';

/** `time`: WHEN of the command line. `value`: what is typed, or the value of the option taken; null: none taken yet. */
export type Field =
	| {readonly kind: 'text' | 'time'; readonly name: string; readonly label: string; readonly hint: string; readonly value: string; readonly required: boolean}
	| {
			readonly kind: 'choice';
			readonly name: string;
			readonly label: string;
			readonly hint: string;
			readonly options: readonly {readonly value: string; readonly label: string}[];
			readonly value: string | null;
			readonly required: boolean;
	  };

/** A command that was decided on but not yet sent. */
export type Draft<K extends CommandType = CommandType> = {[T in K]: {readonly type: T; readonly data: Command<T>['data']}}[K];

/** A list to take one act from; `refusal`: why the rules would refuse it now. */
export type MenuDialog = {
	readonly kind: 'menu';
	readonly title: string;
	readonly rows: readonly {readonly act: ActName; readonly on: string | null; readonly label: string; readonly refusal: string | null}[];
	/** -1: none yet, so that Enter alone takes nothing. */
	readonly at: number;
	/** Typed in the palette: only rows that hold it. */
	readonly typed: string | null;
};

export type FormDialog = {
	readonly kind: 'form';
	readonly act: ActName;
	/** Id of the gate, stage, trigger, … that it speaks of. */
	readonly on: string | null;
	readonly title: string;
	/** What it is about, a line each. */
	readonly lines: readonly string[];
	readonly fields: readonly Field[];
	readonly at: number;
	readonly problem: string | null;
};

/** The typed words: what will happen, verbatim, and letters that only a person types. */
export type WordsDialog = {
	readonly kind: 'words';
	readonly title: string;
	readonly lines: readonly string[];
	/** In this order, one after the other. */
	readonly words: readonly string[];
	readonly given: readonly string[];
	readonly typed: string;
	/** Steady ms of the newest letter: Enter counts only 150 ms later. */
	readonly letterAt: number | null;
	/** Enter came too early or with letters: `press Enter again`. */
	readonly again: boolean;
	readonly draft: Draft | null;
};

export type Dialog = MenuDialog | FormDialog | WordsDialog;
