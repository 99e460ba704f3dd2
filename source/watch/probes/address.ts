/* Where an endpoint is reached: host and port, however its settings spell them. */
import type {Endpoint} from '../../cutover/model/runbook.ts';

/** `host`: a name or an IP address, without brackets. */
export type Address = {readonly host: string; readonly port: number};

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** `host:port`, IPv6 in brackets. Throws where it is none. */
export function addressIn(text: string): Address {
	const [, host, port] = /^(\[[^\]]+\]|[^:[\]]+):(\d+)$/.exec(text) ?? [];
	if (host === undefined || port === undefined) throw new TypeError(`"${text}" is no host:port.`);
	return {host: bare(host), port: Number(port)};
}

export function addressOfUrl({protocol, hostname, port}: URL): Address {
	const usual = protocol === 'https:' ? 443 : 80;
	return {host: bare(hostname), port: port === '' ? usual : Number(port)};
}

/** Null where it has none. */
export const addressOf = (endpoint: Endpoint): Address | null =>
	endpoint.kind === 'http'
		? addressOfUrl(new URL(endpoint.url))
		: endpoint.kind === 'tcp'
			? addressIn(endpoint.address)
			: null;

/** Of this machine itself: that it answers says nothing about a network. */
export const isLoopback = ({host}: Address): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
