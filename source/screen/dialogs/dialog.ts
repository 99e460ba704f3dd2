/*
What is over a screen until it is answered or cancelled. Plain data: which act it is for, what was typed so far.
Nothing is recorded before the last word.
*/
import type {Choice, Values} from '../../commands/field.ts';
import type {ActName, Effect} from '../acts/effect.ts';

/** A row of a form, as it is asked now. */
export type Row = {
	readonly name: string;
	readonly kind: 'text' | 'choice';
	readonly label: string;
	readonly hint: string;
	/** Of a text: what is offered. */
	readonly options: readonly Choice[];
	/** What is typed, or the value of the option taken; null: none yet. */
	readonly value: string | null;
	readonly required: boolean;
	/** Of a text: graphemes that it holds at most. */
	readonly longest?: number;
	/** Of a text: it is a time to come, `+65m` too. */
	readonly isTime?: boolean;
	/** What is known is passed over, unless one goes back to it. */
	readonly aside: boolean;
};

/** Enter counts only in a chunk of its own, 150 ms after the newest letter; else `again` asks for it once more. */
export type Typing = {
	/** Steady real ms of the newest letter. */
	readonly letterAt: number | null;
	readonly again: boolean;
};

type Shown = {
	readonly title: string;
	/** What it is about, a line each. */
	readonly lines: readonly string[];
	/** Rows of it that are scrolled away. */
	readonly scroll: number;
	/** What cannot be done with what was typed, or what the rules said. */
	readonly problem: string | null;
	/** What the rules say against it since somebody else acted. */
	readonly overtaken?: string | null;
};

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
	/** Typed after `/` and in the palette: only rows that hold it are shown; null before. */
	readonly typed: string | null;
};

export type FormDialog = Typing &
	Shown & {
		readonly kind: 'form';
		readonly act: ActName;
		/** Id of the gate, stage, trigger, … that it speaks of; empty where it speaks of none. */
		readonly on: string;
		/** Everything that is known or was typed, also of rows that are not asked now. */
		readonly values: Values;
		readonly rows: readonly Row[];
		/** Index of the row with the cursor. */
		readonly at: number;
		/** Graphemes before the cursor, in a text. */
		readonly cursor: number;
		/** Asked on the way of this one, which goes on afterwards. */
		readonly after: Effect | null;
		/** What is said in it, once it is sent. */
		readonly said?: string;
	};

/** The typed words: what will happen, verbatim, and letters that only a person types. */
export type WordsDialog = Typing &
	Shown & {
		readonly kind: 'words';
		/** In this order, one after the other. */
		readonly words: readonly string[];
		readonly given: readonly string[];
		readonly typed: string;
		/** The newest that came was a paste, which was not taken. */
		readonly pasted: boolean;
		/** Goes out with the words. */
		readonly effect: Effect;
		/** Where Tab goes back to. */
		readonly form: FormDialog | null;
	};

export type Dialog = MenuDialog | FormDialog | WordsDialog;
