/*
TLS over an open connection. Trusted is what Node ships and what this machine trusts besides: where curl on the bastion
takes the certificate of an authority of the house, so does the probe.
*/
import {isIP, type Socket} from 'node:net';
import {connect, createSecureContext, getCACertificates, type SecureContext, type TLSSocket} from 'node:tls';
import type {Trip} from './measured.ts';

let context: SecureContext | null = null;

/** Read once: several hundred certificates take a tenth of a second, which no probe may be charged with. */
export function trusted(): SecureContext {
	context ??= createSecureContext({
		ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])],
	});
	return context;
}

export const secure = (socket: Socket, host: string, {limit, laps}: Trip): Promise<TLSSocket> =>
	new Promise((done, fail) => {
		const stream = connect({
			socket,
			host,
			...(isIP(host) === 0 ? {servername: host} : {}),
			ALPNProtocols: ['http/1.1'],
			rejectUnauthorized: true,
			secureContext: trusted(),
		});
		limit.atEnd(() => stream.destroy());
		stream.on('error', fail);
		stream.once('secureConnect', () => {
			laps.end('tls');
			done(stream);
		});
	});
