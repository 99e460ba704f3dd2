/*
An act is something a person can do at the screen, by name: a command of the catalogue, or a deed of the screen itself.
Keys, menus and the palette all lead here, and only the core says whether it may be done.
*/
import type {Choice, Field, Values} from '../../commands/field.ts';
import type {Draft, Situation} from '../../commands/situation.ts';
import type {Problem} from '../../commands/spec.ts';
import type {WillRun} from '../../cutover/due/will-run.ts';
import type {Refusal} from '../../cutover/model/refusal.ts';
import type {ReplayPosition} from '../../cutover/model/replay.ts';
import type {Entry, Opening} from '../../cutover/ports.ts';
import type {Preview} from '../../cutover/snapshot/preview.ts';
import type {View} from '../state/view.ts';
import type {Effect} from './effect.ts';

/** All that a keypress may know. The functions look things up and change nothing. */
export type ScreenContext = Pick<Situation, 'state' | 'snapshot' | 'would'> & {
	readonly entries: readonly Entry[];
	readonly view: View;
	/** Before anything is begun; `state` and `snapshot` are empty then. */
	readonly opening: Opening | null;
	/** Where the replay is; null where the cutover is not one. `all`: entries, also those still ahead. */
	readonly replay: (ReplayPosition & {readonly all: readonly Entry[]}) | null;
	/** Steady real ms of the keypress. */
	readonly steady: number;
	/** User and machine that commands run as, `cutover@bastion-1`. */
	readonly account: string;
	/** Lines of an approved file as it will run; null where it cannot be read. */
	what(path: string): readonly string[] | null;
	/** The evidence block as it would be exported now. */
	evidence(): readonly string[];
	/** All that the approved runbook runs, by the approved bytes. */
	willRun(): readonly WillRun[];
	/** What this would do, by the rules alone: nothing is recorded. `as`, `speaker`: as of `would`. */
	preview(draft: Draft, as: string | null, speaker?: string): Preview | Refusal | null;
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
	/** It changes the course of the cutover: its form shows what it would do. */
	readonly course: boolean;
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
