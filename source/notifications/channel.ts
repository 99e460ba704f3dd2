/*
What a channel of `notify` is: its fields in the settings, and how one message is sent. Its file is loaded to read settings too,
so what is costly is imported inside `send`.
*/

import type {MessageOn} from '../cutover/model/notify.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Level} from '../cutover/snapshot/notices.ts';

/**
 * `command`: a command line that starts with a program of the workspace; it is approved with the runbook. `variable`: the name
 * of an environment variable whose value is a secret, such as an address that lets anybody post. `text`, `texts`: a text, a
 * list of texts. `events`: moments that the channel reports in another way than those of `on`. `mail`: one mail address;
 * `people`: names of people whose mail addresses the settings have.
 */
export type ChannelField = {
	readonly kind: 'command' | 'variable' | 'text' | 'texts' | 'events' | 'mail' | 'people';
	readonly required: boolean;
	/** One line for docs/runbook-format.md. */
	readonly summary: string;
};

export type ChannelFields = Readonly<Record<string, ChannelField>>;

type Value<K extends ChannelField['kind']> = K extends 'texts' | 'events' | 'people' ? readonly string[] : string;

/** What a target of the settings gives a channel; for a variable its value. */
export type ChannelValues<F extends ChannelFields> = {
	readonly [K in keyof F]: F[K]['required'] extends true ? Value<F[K]['kind']> : Value<F[K]['kind']> | undefined;
};

/**
 * What happened. Its texts hold no secret and no control character, each is one line. A personal link is no text, so it cannot
 * be put into one: whoever reads a channel would act in the name of another.
 */
export type Message = {
	/** The same in every try: a watcher that takes over sends again what was being sent. */
	readonly id: string;
	readonly on: MessageOn;
	readonly level: Level;
	/** Of what: ticket and heading of the runbook. */
	readonly title: string;
	/** What happened; the gravest of it, where several things are sent at once. */
	readonly text: string;
	/** All of it, where several things are sent at once; else empty. */
	readonly lines: readonly string[];
	/** What a reader without a screen wants to know besides. */
	readonly fields: readonly {readonly name: string; readonly value: string}[];
	/** An address that anybody who reads the message may open. */
	readonly link: {readonly text: string; readonly url: string} | null;
	/** Ids of earlier messages that it is the end of. */
	readonly ends: readonly string[];
	/** Where the cutover stands, one fact a line. */
	readonly story: readonly string[];
	/** Of its stages, where they are news; RFC 5545. */
	readonly calendar: string | null;
	/** In ms. */
	readonly at: number;
	/** Id of the cutover. */
	readonly cutover: string;
	/** Hash of the journal's entry that it speaks of. */
	readonly head: string;
	readonly rehearsal: boolean;
};

/**
 * What became of one try. `again`: it may arrive later, at the earliest in `afterMs` where the service says so. `gone`: the service
 * says that nothing will ever arrive there.
 */
export type Answer =
	| {readonly arrived: true; readonly said: string}
	| {
			readonly arrived: false;
			/** In a few words, without a secret. */
			readonly reason: string;
			readonly again: boolean;
			readonly afterMs?: number;
			readonly gone?: true;
	  };

/** `said`: what the service answered, in a few words. */
export const arrived = (said: string): Answer => ({arrived: true, said});

/** Trying again would not help. */
export const refused = (reason: string): Answer => ({arrived: false, reason, again: false});

export type ChannelContext = {
	readonly workspace: Path;
	/** What commands get of the environment, with the proxy and the certificate authorities. */
	readonly env: Readonly<Record<string, string>>;
	/** Mail addresses by name. */
	readonly mails: Readonly<Record<string, string>>;
	/** PEM files that are trusted besides, absolute. */
	readonly ca: readonly Path[];
	readonly clock: Clock;
	/** The time of the world in ms, also in a rehearsal: receivers compare it with their own. */
	now(): number;
	/** Aborted when the time for this try is over. */
	readonly signal: AbortSignal;
	/** Runs an approved command line; why it failed, null where it did not. */
	run(line: string, input: string, env: Readonly<Record<string, string>>): Promise<string | null>;
};

export type Channel<F extends ChannelFields = ChannelFields> = {
	/** One line for docs/runbook-format.md: where the message goes. */
	readonly summary: string;
	readonly fields: F;
	/** For programs: each event is a message of its own. To people what has piled up is sent at once. */
	readonly each?: true;
	/** One try. May reject: its error is the reason that nothing arrived, or ever will. */
	send(message: Message, values: ChannelValues<F>, context: ChannelContext): Promise<Answer>;
};

/** Gives `send` the types of the fields. */
export const channel = <const F extends ChannelFields>(spec: Channel<F>): Channel<F> => spec;
