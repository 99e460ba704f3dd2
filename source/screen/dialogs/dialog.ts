/*
What stands over a screen until it is answered or forgotten. Plain data: which act it is for, what was typed so far.
The safe choice is always first, and nothing is recorded before the last word.
*/
import type {Command, CommandType} from '../../cutover/model/command.ts';
import type {Effect} from '../acts/act.ts';
import type {ActName} from '../acts/acts.ts';

/** `when`: asked only while another field has this value. `aside`: its answer stands unless one goes back to it. */
type Asked = {readonly when?: {readonly field: string; readonly is: string}; readonly aside?: boolean};

/** `time`: WHEN of the command line. `value`: what is typed, or the value of the option taken; null: none taken yet. */
export type Field = Asked &
	(
		| {
				readonly kind: 'text' | 'time';
				readonly name: string;
				readonly label: string;
				readonly hint: string;
				readonly value: string;
				readonly required: boolean;
		  }
		| {
				readonly kind: 'choice';
				readonly name: string;
				readonly label: string;
				readonly hint: string;
				readonly options: readonly {readonly value: string; readonly label: string}[];
				readonly value: string | null;
				readonly required: boolean;
		  }
	);

/** A command that was decided on but not yet sent. */
export type Draft<K extends CommandType = CommandType> = {
	[T in K]: {readonly type: T; readonly data: Command<T>['data']};
}[K];

/** Enter counts only in a chunk of its own, 150 ms after the newest letter; else `again` asks for it once more. */
export type Typing = {
	/** Steady real ms of the newest letter. */
	readonly letterAt: number | null;
	readonly again: boolean;
};

/** What cannot be done with what was typed, or what the rules said. */
type Problematic = {readonly problem: string | null};

/** A list to take one act from; `refusal`: why the rules would refuse it now. */
export type MenuDialog = {
	readonly kind: 'menu';
	readonly title: string;
	readonly rows: readonly {
		readonly act: ActName;
		readonly on: string | null;
		readonly label: string;
		readonly refusal: string | null;
	}[];
	/** Index among the rows that hold what was typed. */
	readonly at: number;
	/** Typed in the palette: only rows that hold it are shown; null in a menu without it. */
	readonly typed: string | null;
};

export type FormDialog = Typing &
	Problematic & {
		readonly kind: 'form';
		readonly act: ActName;
		/** Id of the gate, stage, trigger, … that it speaks of; empty where it speaks of none. */
		readonly on: string;
		readonly title: string;
		/** What it is about, a line each. */
		readonly lines: readonly string[];
		readonly fields: readonly Field[];
		readonly at: number;
		/** Asked on the way of this one, which goes on afterwards. */
		readonly after: Effect | null;
	};

/** The typed words: what will happen, verbatim, and letters that only a person types. */
export type WordsDialog = Typing &
	Problematic & {
		readonly kind: 'words';
		readonly title: string;
		readonly lines: readonly string[];
		/** In this order, one after the other. */
		readonly words: readonly string[];
		readonly given: readonly string[];
		readonly typed: string;
		/** The newest that came was a paste, which was not taken. */
		readonly pasted: boolean;
		/** Goes out with the words. */
		readonly effect: Effect;
	};

export type Dialog = MenuDialog | FormDialog | WordsDialog;
