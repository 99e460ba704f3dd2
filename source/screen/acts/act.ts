/*
An act is something a person can do at the screen, by name: a command of the catalogue, or a deed of the screen itself.
Keys, menus and the palette all lead here, and only the core says whether it may be done.
*/
import type {Choice, Field, Values} from '../../commands/field.ts';
import type {Relayed} from '../../commands/relay.ts';
import type {Draft, Situation} from '../../commands/situation.ts';
import type {Problem, Step} from '../../commands/spec.ts';
import type {Entry, Opening} from '../../cutover/ports.ts';
import type {View, What} from '../state/view.ts';

export type About = {readonly title: string; readonly lines: readonly string[]};

/** What the screen asks of the world. */
export type Effect =
	| {
			readonly kind: 'send';
			/** Sent in this order, until one is refused. */
			readonly steps: readonly Step[];
			/** The role to act in where a step names none; null for the person's own or the one owner. */
			readonly as: string | null;
			readonly confirm: readonly string[];
			readonly relayed?: Relayed;
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
	/** Stops the program until the shell lets it go on (Ctrl-Z, fg). */
	| {readonly kind: 'suspend'}
	| {readonly kind: 'leave'};

/** All that a keypress may know. The functions look things up and change nothing. */
export type ScreenContext = Pick<Situation, 'state' | 'snapshot' | 'would'> & {
	readonly entries: readonly Entry[];
	readonly view: View;
	/** Before anything is begun; `state` and `snapshot` are empty then. */
	readonly opening: Opening | null;
	/** Steady real ms of the keypress. */
	readonly steady: number;
	/** User and machine that commands run as, `cutover@bastion-1`. */
	readonly account: string;
	what(path: string): What | null;
	changes(): readonly string[] | null;
	/** Lines that the output shown has so far. */
	outputLines(): number;
};

export type Act = {
	/** As the palette and the first line of its form name it. */
	readonly title: string;
	readonly help: string;
	readonly fields: readonly Field[];
	/** What its owner says may be passed on by somebody else. */
	readonly relayable: boolean;
	/** The question before something starts that takes no typed word. */
	readonly asks: string | null;
	/** What it speaks of, from what is selected; null where that is nothing of its kind, or it speaks of nothing. */
	on(at: ScreenContext): string | null;
	/** What it could speak of, to be asked for where `on` is null; empty where it speaks of nothing. */
	targets(at: ScreenContext): readonly Choice[];
	/** What is said where `targets` are none, although it speaks of something. */
	readonly nothing: string | null;
	titleOn(at: ScreenContext, on: string): string;
	/** Worth offering beside others; whether it may be done is for the rules to say. */
	fits(at: ScreenContext, on: string): boolean;
	/** Why it cannot be done now, where the rules have no say in it. */
	unless(at: ScreenContext): string | null;
	probe(at: ScreenContext, on: string): Draft | null;
	lines(at: ScreenContext, on: string): readonly string[];
	effect(values: Values, on: string, at: ScreenContext): Effect | Problem;
};
