/*
Who signs people in before the page. What it says counts for whoever has a personal link and that address in the settings: the link
says what somebody may do, the sign-in who they are.
*/

import type {Account} from '../cutover/model/person.ts';
import type {Asked, Route} from './route.ts';
import {isSame} from './secrets.ts';

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

export const secretHeader = 'x-cutover-secret';

/** Shorter ones can be guessed. */
export const shortestProxySecret = 16;

/**
The proxy that signs people in. A header proves nothing by itself: it counts because only the proxy knows the secret that it sends
with every request, and because it replaces what a browser sends in either header.
*/
export const proxyWith = (header: string, secret: string): Front => ({
	refusal: headerOf =>
		isSame(headerOf(secretHeader) ?? '', secret)
			? null
			: 'This page is reached by its proxy, which sends X-Cutover-Secret.',
	accountIn({header: headerOf}) {
		const mail = addressIn(headerOf(header.toLowerCase()) ?? '');
		return mail === null ? null : {mail, oidc: null};
	},
	end() {},
	routes: [],
});
