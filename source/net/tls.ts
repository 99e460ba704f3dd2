/*
TLS over an open connection, verified whatever NODE_TLS_REJECT_UNAUTHORIZED says; only `insecure` of one endpoint leaves
that out. Trusted is what Node ships, what this machine trusts, what NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name, and the
files of the settings: where curl on the bastion accepts a company's certificate, so do we.
*/
import {readFileSync, statSync} from 'node:fs';
import {isIP, type Socket} from 'node:net';
import {
	connect,
	createSecureContext,
	type DetailedPeerCertificate,
	getCACertificates,
	type SecureContext,
	type TLSSocket,
} from 'node:tls';
import {parseCertificateTime, roughly} from '../text/time.ts';
import {coded} from './limit.ts';
import type {Trip} from './reach.ts';

/** `ca`: PEM files, absolute, that are trusted besides. */
export type Trust = {
	readonly ca: readonly string[];
	readonly insecure: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
};

// Several hundred certificates take a tenth of a second to read and parse, which no request may be charged with.
let machine: readonly string[] | null = null;
const contexts = new Map<string, SecureContext>();

export const pem =
	/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** Of a PEM file; null where it cannot be read. A pipe or a device is not waited for. */
export function pemText(file: string): string | null {
	try {
		return statSync(file).isFile() ? readFileSync(file, 'utf8') : null;
	} catch {
		return null;
	}
}

const traceOf = (file: string): string => `${file} ${statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? ''}`;

/** Rejects with ERR_CA where a file of the settings cannot be read, or holds no certificate; one that only the environment names is passed over. */
export function trusted({ca, env}: Omit<Trust, 'insecure'>): SecureContext {
	const named = [env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE']].filter(file => file !== undefined);
	const key = [...named, ...ca].map(traceOf).join('\n');
	const known = contexts.get(key);
	if (known) return known;
	machine ??= [...getCACertificates('default'), ...getCACertificates('system')];
	const given = ca.map(file => {
		const text = pemText(file);
		if (text === null) throw coded('ERR_CA', `cannot read the CA file ${file}`);
		if (text.match(pem) === null) throw coded('ERR_CA', `the CA file ${file} holds no certificate`);
		return text;
	});
	const more = named.map(pemText).filter(text => text !== null);
	const context = createSecureContext({ca: [...new Set([...machine, ...more, ...given])]});
	contexts.clear();
	contexts.set(key, context);
	return context;
}

const nameOf = ({subject}: Pick<DetailedPeerCertificate, 'subject'>): string =>
	[subject.CN ?? subject.O ?? 'without a name'].flat()[0] ?? '';

/** From the server's own certificate up to the root. */
function* chainOf(certificate: DetailedPeerCertificate): Generator<DetailedPeerCertificate> {
	for (let at = certificate; ; at = at.issuerCertificate) {
		yield at;
		if (!at.issuerCertificate || at.issuerCertificate === at) return;
	}
}

const namesOf = ({subjectaltname}: DetailedPeerCertificate): string =>
	(subjectaltname ?? '').replaceAll(/\b(?:DNS|IP Address):/g, '');

/** Why a certificate is not accepted: what it is, beside what it should be. */
function fault(code: string, host: string, stream: TLSSocket, now: number): string {
	const own = stream.getPeerCertificate(true);
	const chain = Object.keys(own).length === 0 ? [] : [...chainOf(own)];
	const of = (found: DetailedPeerCertificate): string => (found === own ? '' : ` of ${nameOf(found)}`);
	const timeOf = (text: string): number => parseCertificateTime(text) ?? now;
	const expired = chain.find(({valid_to}) => timeOf(valid_to) < now);
	if (code === 'CERT_HAS_EXPIRED' && expired)
		return `certificate${of(expired)} expired ${roughly(now - timeOf(expired.valid_to))} ago`;
	const early = chain.find(({valid_from}) => timeOf(valid_from) > now);
	if (code === 'CERT_NOT_YET_VALID' && early)
		return `certificate${of(early)} is valid only in ${roughly(timeOf(early.valid_from) - now)}`;
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `certificate is for ${namesOf(own) || nameOf(own)}, not ${host}`;
	const root = chain.at(-1);
	if (root === undefined || !/SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO/.test(code)) return code;
	return `certificate is from an authority not trusted here (${nameOf({subject: root.issuer})})`;
}

/** Nothing is written before the certificate is accepted. */
export const secure = (socket: Socket, host: string, trust: Trust, {limit, laps, clock}: Trip): Promise<TLSSocket> =>
	new Promise((done, fail) => {
		const stream = connect({
			socket,
			host,
			...(isIP(host) === 0 ? {servername: host} : {}),
			ALPNProtocols: ['http/1.1'],
			// Judged below, where the certificate can still be read: an error would only give its code.
			rejectUnauthorized: false,
			secureContext: trusted(trust),
		});
		limit.atEnd(() => stream.destroy());
		stream.on('error', fail);
		stream.once('secureConnect', () => {
			if (!stream.authorized && !trust.insecure) {
				const code = String(stream.authorizationError);
				fail(coded(code, `TLS: ${fault(code, host, stream, clock.now())}`));
				stream.destroy();
				return;
			}
			laps.end('tls');
			done(stream);
		});
	});
