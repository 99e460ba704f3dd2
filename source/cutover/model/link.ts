/* Personal links of people without a login: what they may do, and how surely it must be known. Times in ms. */
import type {LinkStrength, Person, Sent, Word} from './person.ts';

/** What may be done by a personal link. */
export const linkActs = [
	'go',
	'keep',
	'acknowledge',
	'answer',
	'sign',
	'confirm',
	'impact-over',
	'note',
	'hold',
] as const;
export type LinkAct = (typeof linkActs)[number];
export type Least = Readonly<Partial<Record<LinkAct, LinkStrength>>>;

/** A personal link. `at`, `by`: of the invitation. */
export type Invitation = {
	/** `I3`. */
	readonly link: string;
	readonly name: string;
	readonly roles: readonly string[];
	readonly sent: Sent;
	readonly to: string | null;
	readonly code: boolean;
	readonly until: number | null;
	readonly at: number;
	readonly by: Person;
	/** The newest opening, and how many there were. */
	readonly opened: {readonly at: number; readonly from: string; readonly agent: string; readonly times: number} | null;
	readonly locked: number | null;
	readonly revoked: Word | null;
};
