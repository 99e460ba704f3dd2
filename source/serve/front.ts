/*
Who signs people in before the page. What it says counts for whoever has a personal link and that address in the settings: the link
says what somebody may do, the sign-in who they are.
*/
import type {Account} from '../cutover/model/person.ts';
import type {Asked, Route} from './route.ts';

export type Header = Asked['header'];

export type Front = {
	/** Why a request is not answered at all; null where it is. */
	refusal(header: Header): string | null;
	/** Null where nobody is signed in. */
	accountIn(asked: Pick<Asked, 'header' | 'cookie'>): Account | null;
	/** The sign-in ends, where it is one of this page's own. */
	end(asked: Pick<Asked, 'cookie'>): void;
	/** What the page itself does to sign people in. The first is where they begin. */
	readonly routes: readonly Route[];
};

/** A single mail address, in lower case; null where it is none, or where it is several. */
export function addressIn(text: string): string | null {
	const address = text.trim().toLowerCase();
	return /^[^\s@,;]+@[^\s@,;]+$/.test(address) ? address : null;
}
