/* What is awaited next, and from whom. */
import type {CommandName} from '../model/command.ts';

/** What a next step is about. `link`: an address to open. */
export type NextTarget = {
	readonly kind: 'gate' | 'stage' | 'trigger' | 'path' | 'signOff' | 'field' | 'link';
	readonly id: string;
};

/**
 * A step that is awaited. `who`: those who may take it, in words; null for whoever reads. `act`: the command that does it;
 * null where it is only watched. `since` it waits and when it is `due`, in ms, and whether the text says that time itself;
 * `after`: what comes once it is done. Null where that is not known, or nothing. For where there is little room, `names`: who in fewer words, from the most on; `brief`: the text
 * without what is said elsewhere as well, null where it is brief already.
 */
export type Next = {
	readonly text: string;
	readonly brief: string | null;
	readonly who: string | null;
	readonly names: readonly string[];
	readonly role: string | null;
	readonly since: number | null;
	readonly due: number | null;
	readonly saysSince: boolean;
	readonly saysDue: boolean;
	readonly after: string | null;
	readonly act: CommandName | null;
	readonly target: NextTarget | null;
};

/** `dave (release-operator): run T-60`. */
export const nextText = ({who, text}: Pick<Next, 'who' | 'text'>): string => (who === null ? text : `${who}: ${text}`);

/** The same from the most words to the fewest. */
export const nextTexts = ({who, names, text, brief}: Next): readonly string[] => {
	const [few = who, fewest = few] = who === null ? [] : names;
	return [
		nextText({who, text}),
		nextText({who: few, text}),
		...[few, fewest].map(each => nextText({who: each, text: brief ?? text})),
	];
};

/** An act that waits; empty `roles`: for anyone. `mine`: for who asks. */
export type Waiting = Next & {readonly roles: readonly string[]; readonly mine: boolean};
