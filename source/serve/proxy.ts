/*
The proxy that signs people in. A header proves nothing by itself: it counts because only the proxy knows the secret that it sends
with every request, and because it replaces what a browser sends in either header.
*/
import {addressIn, type Front} from './front.ts';
import {isSame} from './secrets.ts';

export const secretHeader = 'x-cutover-secret';

/** Shorter ones can be guessed. */
export const shortestProxySecret = 16;

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
