/*
A provider of OpenID Connect signs people in. What is between the two ends of a sign-in, and who is signed in, is in memory and bound
to one browser: after a server was killed, people sign in again.
*/
import {randomBytes} from 'node:crypto';
import type {Account} from '../cutover/model/person.ts';
import {formPolicy} from '../page/ask.ts';
import {notSignedInPage, signedInPage} from '../page/me.ts';
import type {Front} from './front.ts';
import type {Expected, Provider} from './oidc-client.ts';
import type {Answer, Asked, Page} from './route.ts';

/** Where the provider sends people back to, behind the address of the page. */
export const backPath = '/signed-in';

/** How long one serves. The provider's own was five minutes old at most. */
const lastsMs = 15 * 60_000;
const mostBegun = 1000;

type Kept<T> = {readonly value: T; readonly until: number};

/** A few values by names that nobody guesses, until their time is over. */
function shelf<T>(now: () => number) {
	const kept = new Map<string, Kept<T>>();
	return {
		put(value: T): string {
			for (const [name, {until}] of kept) if (until <= now() || kept.size >= mostBegun) kept.delete(name);
			const name = randomBytes(16).toString('base64url');
			kept.set(name, {value, until: now() + lastsMs});
			return name;
		},
		see(name: string | null): T | null {
			const found = kept.get(name ?? '');
			return found !== undefined && found.until > now() ? found.value : null;
		},
		drop: (name: string | null): boolean => kept.delete(name ?? ''),
	};
}

type World = {
	readonly provider: Provider;
	/** Readers come by https. */
	readonly secure: boolean;
	complain(text: string): void;
};

export function oidcFront({provider, secure, complain}: World): Front {
	const now = (): number => provider.clock.steady();
	const [begun, signed] = [shelf<Expected>(now), shelf<Account>(now)];
	const prefix = secure ? '__Host-' : '';
	const [beginning, holding] = [`${prefix}cutover-sign-in`, `${prefix}cutover-account`];
	const host = new URL(provider.by.oidc).host;
	// The browser comes back from elsewhere, which a strict cookie does not.
	const set = (name: string, value: string, site: 'Lax' | 'Strict') => ({
		'set-cookie': `${name}=${value}; HttpOnly; SameSite=${site}; Path=/; Max-Age=${lastsMs / 1000}${secure ? '; Secure' : ''}`,
	});
	const no = (status: number, why: string): Page => ({status, policy: formPolicy, body: notSignedInPage(why)});
	const load = () => import('./oidc-client.ts');
	let known: ReturnType<Awaited<ReturnType<typeof load>>['discovered']> | null = null;

	/** What goes wrong is asked anew the next time. */
	const orSay = async (status: number, work: () => Promise<Answer>): Promise<Answer> => {
		try {
			return await work();
		} catch (error) {
			known = null;
			const why = (await load()).whyNot(error);
			complain(`error in sign-in at ${host}: ${why}`);
			return no(status, `${host} does not sign you in: ${why}.`);
		}
	};
	const begin = (): Promise<Answer> =>
		orSay(503, async () => {
			const client = await load();
			known ??= client.discovered(provider);
			const {to, expected} = await client.begun(provider, await known);
			return {location: to, headers: set(beginning, begun.put(expected), 'Lax')};
		});
	const back = ({cookie, query}: Asked): Promise<Answer> =>
		orSay(403, async () => {
			const expected = begun.see(cookie(beginning));
			if (expected === null || !begun.drop(cookie(beginning)))
				return no(403, 'This sign-in was used, took too long, or began in another browser.');
			const client = await load();
			known ??= client.discovered(provider);
			const account = await client.signedIn(provider, await known, query, expected);
			return {
				policy: formPolicy,
				body: signedInPage(account.mail),
				headers: {...set(holding, signed.put(account), 'Strict'), refresh: '0; url=/me'},
			};
		});

	return {
		refusal: () => null,
		accountIn: ({cookie}) => signed.see(cookie(holding)),
		end: ({cookie}) => void signed.drop(cookie(holding)),
		routes: [
			{method: 'GET', path: '/sign-in', name: 'sign in', handle: begin},
			{method: 'GET', path: backPath, name: 'signed in', handle: back},
		],
	};
}
