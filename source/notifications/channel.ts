/*
What a channel of `notify` is: its fields in the settings, and how one message is sent. Its file is loaded to read settings too,
so what is costly is imported inside `send`.
*/

import type {NotifyOn} from '../cutover/model/notify.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';

/**
 * `command`: a command line that starts with a program of the workspace; it is approved with the runbook. `variable`: the name
 * of an environment variable whose value is a secret, such as an address that lets anybody post. `texts`: a list of texts.
 */
export type ChannelField = {
	readonly kind: 'command' | 'variable' | 'text' | 'texts';
	readonly required: boolean;
	/** One line for docs/runbook-format.md. */
	readonly summary: string;
};

export type ChannelFields = Readonly<Record<string, ChannelField>>;

type Value<K extends ChannelField['kind']> = K extends 'texts' ? readonly string[] : string;

/** What a target of the settings gives a channel; for a variable its value. */
export type ChannelValues<F extends ChannelFields> = {
	readonly [K in keyof F]: F[K]['required'] extends true ? Value<F[K]['kind']> : Value<F[K]['kind']> | undefined;
};

/** What happened. Its texts hold no secret and no control character. */
export type Message = {
	/** The same in every try: a watcher that takes over sends again what was being sent. */
	readonly id: string;
	readonly on: NotifyOn;
	readonly text: string;
	/** Where the cutover stands, one fact a line. */
	readonly story: readonly string[];
	/** In ms. */
	readonly at: number;
	/** Id of the cutover. */
	readonly cutover: string;
	/** Hash of the journal's entry that it speaks of. */
	readonly head: string;
	readonly rehearsal: boolean;
};

export type ChannelContext = {
	readonly workspace: Path;
	/** What commands get of the environment, with the proxy and the certificate authorities. */
	readonly env: Readonly<Record<string, string>>;
	readonly clock: Clock;
	/** Aborted when the time for this message is over. */
	readonly signal: AbortSignal;
	/** Runs an approved command line; why it failed, null where it did not. */
	run(line: string, input: string, env: Readonly<Record<string, string>>): Promise<string | null>;
};

export type Channel<F extends ChannelFields = ChannelFields> = {
	/** One line for docs/runbook-format.md: where the message goes. */
	readonly summary: string;
	readonly fields: F;
	/** One try. Why the message did not arrive, in a few words; null where it did. May reject: its error is the reason. */
	send(message: Message, values: ChannelValues<F>, context: ChannelContext): Promise<string | null>;
};

/** Gives `send` the types of the fields. */
export const channel = <const F extends ChannelFields>(spec: Channel<F>): Channel<F> => spec;
