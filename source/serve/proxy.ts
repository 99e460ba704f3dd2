/*
The proxy that signs people in. A header proves nothing by itself: it counts because only the proxy knows the secret that it sends
with every request, and because it replaces what a browser sends in either header.
*/
import {isSame} from './secrets.ts';

export const secretHeader = 'x-cutover-secret';

/** Shorter ones can be guessed. */
export const shortestProxySecret = 16;

type Header = (name: string) => string | null;

export type FrontProxy = {
	/** Whether a request comes by it. */
	isBy(header: Header): boolean;
	/** Mail address of who is signed in; null where nobody is, or where it is no single address. */
	accountIn(header: Header): string | null;
};

export const proxyWith = (header: string, secret: string): FrontProxy => ({
	isBy: headerOf => isSame(headerOf(secretHeader) ?? '', secret),
	accountIn(headerOf) {
		const account = (headerOf(header.toLowerCase()) ?? '').trim().toLowerCase();
		return /^[^\s@,;]+@[^\s@,;]+$/.test(account) ? account : null;
	},
});
