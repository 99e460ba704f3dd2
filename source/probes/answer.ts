/* What an http address answers, after the redirects that are followed, asked as the settings of its endpoint say. */

import {type Ask, exchange, type Heard, type Route, redirectOf} from '../net/exchange.ts';
import {isLoopback} from '../net/host.ts';
import {coded} from '../net/limit.ts';
import {proxyFor} from '../net/proxy.ts';
import {addressOfUrl, type Trip} from '../net/reach.ts';
import {lackingText, secretIn} from '../processes/environment.ts';
import type {ProbeContext} from './probe.ts';

const mostRedirects = 5;
const mostBytes = 65_536;

export type Sought = {
	/** The answers whose body is read. */
	wanted(status: number): boolean;
	/** What was read of the body so far suffices. */
	enough(body: string): boolean;
};

/** How an http endpoint is asked. */
export type Settled = {
	readonly url: string;
	readonly follow?: boolean | undefined;
	/** A secret is named by its environment variable. */
	readonly headers?: Readonly<Record<string, string | {readonly secret: string}>> | undefined;
	readonly auth?: {readonly bearer: string} | {readonly user: string; readonly password: string} | undefined;
	readonly proxy?: 'none' | undefined;
	readonly insecure?: boolean | undefined;
};
type Context = Pick<ProbeContext, 'env' | 'ca' | 'lacking'>;

const untrusted = /SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO/;

function secretOf(name: string, {env}: Context): string {
	const value = secretIn(env, name);
	if (value === '') throw coded('ERR_SECRET', `${name} is not set for the watcher`);
	return value;
}

function credentials({headers = {}, auth}: Settled, context: Context): Readonly<Record<string, string>> {
	const given = Object.entries(headers).map(([name, value]) => [
		name.toLowerCase(),
		typeof value === 'string' ? value : secretOf(value.secret, context),
	]);
	if (auth === undefined) return Object.fromEntries(given);
	const authorization =
		'bearer' in auth
			? `Bearer ${secretOf(auth.bearer, context)}`
			: `Basic ${Buffer.from(`${auth.user}:${secretOf(auth.password, context)}`).toString('base64')}`;
	return {...Object.fromEntries(given), authorization};
}

const routeOf = ({proxy, insecure}: Settled, {env, ca}: Context): Route => ({
	env,
	ca,
	direct: proxy === 'none',
	insecure: insecure ?? false,
	lenient: true,
});

/** The proxy by which an endpoint is asked, as host:port; null where there is none, or none that is an address. */
export function proxyOf(endpoint: Settled, {env}: Context): string | null {
	try {
		return endpoint.proxy === 'none' ? null : (proxyFor(new URL(endpoint.url), env)?.name ?? null);
	} catch {
		return null;
	}
}

/** A watcher that took over without the proxy of begin would ask another way, and find an outage that is only ours. */
function refuseOtherWay(url: URL, {proxy}: Settled, {lacking}: Context): void {
	const names = lacking.filter(name => /(?:https?|all)_proxy$/i.test(name));
	if (names.length > 0 && proxy !== 'none' && !isLoopback(addressOfUrl(url).host))
		throw coded('ERR_ENVIRONMENT', lackingText(names));
}

/** So would one without the authorities of begin. */
function oursIfUntrusted(error: unknown, {lacking}: Context): unknown {
	const names = lacking.filter(name => /CERT/.test(name));
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return names.length > 0 && untrusted.test(code) ? coded('ERR_ENVIRONMENT', lackingText(names)) : error;
}

/** The answer of `url` at the end of its redirects; one that is `wanted` is the end itself. Secrets go to the endpoint's own server alone. */
export async function answerAt(
	url: string,
	endpoint: Settled,
	sought: Sought,
	context: Context,
	trip: Trip,
): Promise<Heard> {
	let ask: Ask = {
		url: new URL(url),
		method: 'GET',
		headers: {accept: '*/*'},
		own: new URL(url).origin === new URL(endpoint.url).origin ? credentials(endpoint, context) : {},
		body: null,
		keep: {part: 'start', bytes: mostBytes, ...sought},
		route: routeOf(endpoint, context),
	};
	for (let left = mostRedirects; ; left--) {
		refuseOtherWay(ask.url, endpoint, context);
		const heard = await exchange(ask, trip).catch(error => {
			throw oursIfUntrusted(error, context);
		});
		const next = endpoint.follow && !sought.wanted(heard.status) ? redirectOf(heard, ask) : null;
		if (next === null) return heard;
		if (left === 0) throw coded('ERR_REDIRECT', 'too many redirects');
		ask = next;
	}
}
