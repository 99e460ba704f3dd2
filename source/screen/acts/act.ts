/*
An act is something a person can do, by name: what it speaks of, what must be said, and the command (or the deed of the
shell) that it becomes. Keys, menus and the palette all lead here, and only the core says whether it may be done.
*/
import type {Command} from '../../cutover/model/command.ts';
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {Runbook} from '../../cutover/model/runbook.ts';
import type {State} from '../../cutover/model/state.ts';
import type {Entry, Opening} from '../../cutover/ports.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {parseWhen} from '../../text/time.ts';
import type {Draft, Field} from '../dialogs/dialog.ts';
import type {View, What} from '../state/view.ts';
import {forbids, ruling} from './ruling.ts';

export type About = {readonly title: string; readonly lines: readonly string[]};

/** What the screen asks of the world. `as`: the role to act in, null for the person's own or the one owner. */
export type Effect =
	| {
			readonly kind: 'send';
			readonly draft: Draft;
			readonly as: string | null;
			readonly confirm: readonly string[];
			readonly relayed?: NonNullable<Command['relayed']>;
			/** What the form showed, to be shown again above the words, whatever is asked in between. */
			readonly about?: About;
	  }
	| {readonly kind: 'attach'; readonly of: string; readonly file: string}
	| {readonly kind: 'export'; readonly format: 'text' | 'md' | 'json'; readonly file: string}
	/** `link`: of the run of the workflow; `lines`: raw ones of an output. */
	| {
			readonly kind: 'copy';
			readonly what: 'evidence' | 'update' | {readonly link: string} | {readonly lines: readonly string[]};
	  }
	/** The next line of the output shown, from `from` on, that holds the text or, where that is empty, reads like a failure. */
	| {readonly kind: 'find'; readonly text: string; readonly from: number; readonly by: 1 | -1}
	| {readonly kind: 'approve'}
	| {
			readonly kind: 'begin';
			readonly t0: number;
			readonly ticket: string | null;
			readonly environment: string | null;
			readonly confirm: readonly string[];
	  }
	| {readonly kind: 'person'; readonly name: string; readonly role: string | null; readonly after: Effect | null}
	| {readonly kind: 'leave'};

/** All that a keypress may know. The functions look things up and change nothing. */
export type ScreenContext = {
	readonly state: State;
	readonly snapshot: Snapshot;
	readonly entries: readonly Entry[];
	readonly view: View;
	/** Before anything is begun; `state` and `standing` are vacant then. */
	readonly opening: Opening | null;
	/** Steady real ms of the keypress. */
	readonly steady: number;
	/** User and machine that commands run as, `cutover@bastion-1`. */
	readonly account: string;
	/** `speaker`: whose words they would be, passed on. */
	would(draft: Draft, as: string | null, speaker?: string): Refusal | null;
	what(path: string): What | null;
	changes(): readonly string[] | null;
	/** Lines that the output shown has so far. */
	outputLines(): number;
};

export type Values = Readonly<Record<string, string>>;

/** A sentence where what was typed cannot be used. */
export type Problem = {readonly problem: string};

export type Act = {
	/** As the palette and the dialogue's first line name it. */
	readonly title: string;
	readonly help: string;
	/** What it speaks of, from what is chosen; null where that is nothing of its kind, or it speaks of nothing. */
	on(at: ScreenContext): string | null;
	/** What it could speak of, to be asked for where `on` is null; empty where it speaks of nothing. */
	targets(at: ScreenContext): readonly Option[];
	/** What is said where `targets` are none, although it speaks of something. */
	readonly nothing?: string;
	/** First line of its dialogue, where the title alone would say less. */
	titleOn?(at: ScreenContext, on: string): string;
	/** What its owner says may be passed on by somebody else. */
	readonly isRelayable?: true;
	/** Worth offering beside others; whether it may be done is for the rules to say. */
	fits?(at: ScreenContext, on: string): boolean;
	/** Why it cannot be done now, where the rules have no say in it. */
	unless?(at: ScreenContext): string | null;
	/** As it would be sent if everything typed were in order; null for what the rules have no say in. */
	probe(at: ScreenContext, on: string): Draft | null;
	lines(at: ScreenContext, on: string): readonly string[];
	fields(at: ScreenContext, on: string): readonly Field[];
	effect(values: Values, on: string, at: ScreenContext): Effect | Problem;
};

export type Option = {readonly value: string; readonly label: string};

const hinted = (name: string, label: string, hint: string) => ({name, label, hint});

/** Free text that must be given. */
export const text = (name: string, label: string, hint = ''): Field => ({
	kind: 'text',
	...hinted(name, label, hint),
	value: '',
	required: true,
});

export const maybeText = (name: string, label: string, hint = 'may stay empty'): Field => ({
	...text(name, label, hint),
	required: false,
});

export const time = (name: string, label: string, hint = 'HH:MM, +10m, or RFC 3339'): Field => ({
	kind: 'time',
	...hinted(name, label, hint),
	value: '',
	required: true,
});

export const maybeTime = (name: string, label: string, hint: string): Field => ({
	...time(name, label, hint),
	required: false,
});

/** One of several; nothing is taken until a person takes it. */
export const choice = (name: string, label: string, options: readonly Option[], hint = ''): Field => ({
	kind: 'choice',
	...hinted(name, label, hint),
	options,
	value: null,
	required: true,
});

/** A choice that stands already, where standing does no harm. */
export const preset = (field: Field, value: string | null): Field =>
	field.kind === 'choice' ? {...field, value} : {...field, value: value ?? ''};

export const same = (value: string): Option => ({value, label: value});

export const option = (value: string, label: string): Option => ({value, label});

/** The last question of an act that starts something: the safe answer is first, and stands. */
export const goAhead = (doIt: string): Field =>
	preset(choice('sure', 'sure', [option('no', 'no, go back'), option('yes', `yes, ${doIt}`)]), 'no');

export const send = (draft: Draft, as: string | null = null): Effect => ({kind: 'send', draft, as, confirm: []});

export const orNull = (typed: string | undefined): string | null =>
	typed === undefined || typed.trim() === '' ? null : typed.trim();

const dayMs = 86_400_000;

/** WHEN of something that has happened: a time of day is the newest one before `now`; null where it is none. */
export const parsePast = (typed: string, now: number): number | null =>
	typed.startsWith('+') ? null : parseWhen(typed, now - dayMs);

/** What stands in a probe where a person will have typed something. */
export const anything = '…';

export const nowhere = {on: () => null, targets: () => []} as const;

/** Before its time: the rules want a reason, and with one they would let it be. */
export const needsEarly = (at: ScreenContext, draft: (early: boolean) => Draft): boolean =>
	forbids(ruling(at, draft(false))) && !forbids(ruling(at, draft(true)));

export const earlyField = (needed: boolean): readonly Field[] =>
	needed ? [text('early', 'early because', 'it is before its time: say why')] : [];

export const early = (values: Values): {early: boolean; reason: string | null} => ({
	early: orNull(values['early']) !== null,
	reason: orNull(values['early']),
});

/** An act that needs no cutover to speak of has no runbook; every other one has. */
export const runbookOf = ({state}: ScreenContext): Runbook => {
	if (state.runbook === null) throw new Error('No cutover is open.');
	return state.runbook;
};
