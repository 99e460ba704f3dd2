/* How people are reached, as far as the settings say it. */
import {sameName} from '../../text/same-name.ts';

export type Bridge = {readonly url?: string; readonly phone?: string; readonly pin?: string};

/** `+49 69 1234 pin 771`; its address where it has no number. */
export const bridgeText = ({url, phone, pin}: Bridge): string =>
	`${phone ?? url ?? ''}${pin === undefined ? '' : ` pin ${pin}`}`.trim();

/** Each part is absent where the settings have none. */
export type Reached = {
	/** Mail addresses by name. */
	readonly mails?: Readonly<Record<string, string>>;
	/** How somebody is called, in a few words, by name: `+49 170 1234567`. */
	readonly contacts?: Readonly<Record<string, string>>;
	/** Of whoever is in another zone than the cutover, by name. */
	readonly zones?: Readonly<Record<string, string>>;
	/** Where people talk to each other. */
	readonly bridge?: Bridge;
	/** Command lines that print who is on call, by role. */
	readonly onCall?: Readonly<Record<string, string>>;
};

/** What is set of this person, in whatever case the name was typed. */
export const ofPerson = <T>(all: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
	Object.entries(all ?? {}).find(([known]) => sameName(known, name))?.[1];

/** What of it is shown now. */
export type Reachable = {
	/** How those whom NEXT waits for are called, as far as the settings say it; without a name as a command printed it. */
	readonly calls: readonly {readonly name: string | null; readonly contact: string}[];
	/** Where people talk to each other. */
	readonly bridge: Bridge | null;
	/** Zone of whoever asks, where the settings say one. */
	readonly yourZone: string | null;
};
