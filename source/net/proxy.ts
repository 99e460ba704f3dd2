/*
The proxy of HTTP(S)_PROXY, ALL_PROXY and NO_PROXY, as curl and Go read them: a name in lower case first, a host of NO_PROXY
with all below it, `*` for none at all, addresses and networks by their prefix, and nothing on this machine by a proxy.
A proxy that cannot be used says nothing about the service behind it: its errors have the code ERR_PROXY.
*/

import {type ClientRequest, request as send} from 'node:http';
import {BlockList, isIP, type Socket} from 'node:net';
import {decoded} from '../text/decoded.ts';
import {bare, isLoopback} from './host.ts';
import {coded} from './limit.ts';
import {type Address, addressOfUrl, reach, type Trip} from './reach.ts';
import {socksTo} from './socks.ts';
import {secure, type Trust} from './tls.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `name`: host:port, without what it is logged in with; `variable`: where it was named. */
export type HttpProxy = {readonly url: URL; readonly name: string; readonly variable: string};

const lookUp = (env: Environment, name: string): readonly [variable: string, text: string] | null => {
	for (const variable of [name.toLowerCase(), name.toUpperCase()]) {
		const text = env[variable]?.trim();
		if (text) return [variable, text];
	}
	return null;
};

function isInNetwork(host: string, network: string): boolean {
	const [address = '', prefix = ''] = network.split('/');
	const [family, own] = [isIP(address), isIP(host)];
	if (family === 0 || own !== family || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128))
		return false;
	const kind = family === 4 ? 'ipv4' : 'ipv6';
	const list = new BlockList();
	list.addSubnet(address, Number(prefix), kind);
	return list.check(host, kind);
}

function isExcepted({host, port}: Address, rule: string): boolean {
	if (rule === '*') return true;
	if (rule.includes('/')) return isInNetwork(host, rule);
	const [, name = rule, only] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(rule) ?? [];
	if (only !== undefined && Number(only) !== port) return false;
	const domain = bare(name)
		.replace(/^\*?\.(?=.)/, '')
		.replace(/\.$/, '')
		.toLowerCase();
	const own = host.toLowerCase().replace(/\.$/, '');
	return own === domain || (isIP(own) === 0 && own.endsWith(`.${domain}`));
}

const exceptions = (env: Environment): readonly string[] =>
	(lookUp(env, 'no_proxy')?.[1] ?? '').split(/[\s,]+/).filter(rule => rule !== '');

export const isSocks = ({url}: HttpProxy): boolean => url.protocol.startsWith('socks');

const portOf = (url: URL): number =>
	url.port === '' && url.protocol.startsWith('socks') ? 1080 : addressOfUrl(url).port;

function parse(variable: string, text: string): HttpProxy {
	const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
	if (url === null || url.hostname === '') throw coded('ERR_PROXY', `${variable} is not the address of a proxy`);
	if (!/^(?:https?|socks5h?|socks):$/.test(url.protocol))
		throw coded(
			'ERR_PROXY',
			`${variable} names a proxy of kind ${url.protocol.slice(0, -1)}: set one of http or socks5`,
		);
	return {url, name: `${url.hostname}:${portOf(url)}`, variable};
}

/** Null where an address is asked directly. Throws ERR_PROXY where the environment names something that is no proxy. */
export function proxyFor(url: URL, env: Environment): HttpProxy | null {
	const address = addressOfUrl(url);
	const found = lookUp(env, `${url.protocol.slice(0, -1)}_proxy`) ?? lookUp(env, 'all_proxy');
	if (found === null || isLoopback(address.host) || exceptions(env).some(rule => isExcepted(address, rule)))
		return null;
	return parse(...found);
}

/** What a proxy is logged in with; empty where it asks for nothing. */
export const loginOf = ({url: {username, password}}: HttpProxy): Readonly<Record<string, string>> =>
	username === '' && password === ''
		? {}
		: {'proxy-authorization': `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`};

/** A connection to the proxy itself. */
export async function reachProxy(proxy: HttpProxy, trust: Trust, trip: Trip): Promise<Socket> {
	const why = `proxy ${proxy.name}`;
	const connect = async (): Promise<Socket> => {
		const address = {...addressOfUrl(proxy.url), port: portOf(proxy.url)};
		const socket = await reach(address, trip);
		return proxy.url.protocol === 'https:' ? secure(socket, address.host, trust, trip) : socket;
	};
	try {
		return await trip.limit.lateAs('ERR_PROXY', connect, `${why} does not answer`);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		throw code === 'ABORT_ERR' || code === '' ? error : coded('ERR_PROXY', `${why}: ${code}`);
	}
}

/** What the proxy's refusal to connect says: of itself, or of the service. */
const refusal = (status: number, {name}: HttpProxy, target: string): Error =>
	status >= 500
		? coded('ERR_TUNNEL', `proxy ${name} could not connect to ${target} (HTTP ${status})`)
		: coded(
				'ERR_PROXY',
				`proxy ${name} refuses ${target} (HTTP ${status}${status === 407 ? ', it wants a login' : ''})`,
			);

/** A connection through the proxy to the address, on which nothing was sent yet. */
export async function tunnel(proxy: HttpProxy, {host, port}: Address, trust: Trust, trip: Trip): Promise<Socket> {
	const socket = await reachProxy(proxy, trust, trip);
	if (isSocks(proxy)) {
		await socksTo(socket, proxy.url, proxy.name, host, port);
		return socket;
	}
	const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
	return new Promise((done, fail) => {
		const request: ClientRequest = send({
			createConnection: () => socket,
			method: 'CONNECT',
			path: target,
			headers: {host: target, ...loginOf(proxy)},
		});
		request.on('error', error => fail(coded('ERR_PROXY', `proxy ${proxy.name}: ${error.message}`)));
		request.once('connect', ({statusCode = 0}) => {
			if (statusCode >= 200 && statusCode < 300) return done(socket);
			socket.destroy();
			fail(refusal(statusCode, proxy, target));
		});
		request.once('response', ({statusCode = 0}) => {
			socket.destroy();
			fail(refusal(statusCode, proxy, target));
		});
		request.end();
	});
}
