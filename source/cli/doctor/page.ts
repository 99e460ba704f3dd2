/* What the page of a runbook needs of this machine, where its settings serve or publish it: better known in daylight. */

import {createPrivateKey, X509Certificate} from 'node:crypto';
import {accessSync, constants, readFileSync} from 'node:fs';
import {createServer, isIP} from 'node:net';
import {dirname, resolve} from 'node:path';
import type {HeaderSignIn, OidcSignIn, Serve} from '../../cutover/model/page.ts';
import type {Path, Runbook} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {errnoOf} from '../../disk/fault.ts';
import {refusePlace} from '../../evidence/write.ts';
import {bare} from '../../net/host.ts';
import {placeOf} from '../../net/listen-address.ts';
import type {Environment} from '../../net/proxy.ts';
import {secretIn} from '../../processes/environment.ts';
import {shortestProxySecret} from '../../serve/front.ts';
import {backPath} from '../../serve/oidc.ts';
import {errorText, inOneLine} from '../../text/error-text.ts';
import {instant, local, parseCertificateTime} from '../../text/time.ts';
import {beware, type Finding, type Found, no, yes} from './finding.ts';

const dayMs = 86_400_000;

function writable(folder: string, what: string): Found {
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return yes(`${folder} can be written`);
	} catch (error) {
		return no(`${inOneLine(error)}.`, `Create the folder, or give this account its place in it: ${what}.`);
	}
}

function published(file: string): Found {
	try {
		refusePlace(file, true);
	} catch (error) {
		return no(errorText(error), 'Set publish.file to a file, or to none that is there yet.');
	}
	return writable(dirname(file), 'the published page is there');
}

const tryPort = (host: string, port: number): Promise<Found> =>
	new Promise(done => {
		const server = createServer();
		server.once('error', error =>
			done(
				errnoOf(error) === 'EADDRINUSE'
					? beware(`${host}:${port} is in use.`, 'By the page of another cutover, or by another program: see ss -ltnp.')
					: no(`${inOneLine(error)}.`, 'Set serve.listen to an address of this machine, and a port from 1024.'),
			),
		);
		server.listen({host: bare(host), port}, () => {
			server.close(() => done(yes(`${host}:${port} is free`)));
		});
	});

async function place({listen}: Serve): Promise<Found> {
	const found = placeOf(listen);
	if (found === null) return no(`${listen} is not an address to listen on.`, 'Correct serve.listen.');
	return 'socket' in found
		? writable(dirname(found.socket), 'the socket of the page is there')
		: tryPort(found.host, found.port);
}

const isOf = (certificate: X509Certificate, host: string): boolean =>
	(isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;

/** `until`: when the page is needed last, in ms. */
function certificate({tls, url}: Serve, workspace: string, now: number, until: number): Found {
	const [cert, key] = [resolve(workspace, tls?.cert ?? ''), resolve(workspace, tls?.key ?? '')];
	try {
		const found = new X509Certificate(readFileSync(cert));
		if (!found.checkPrivateKey(createPrivateKey(readFileSync(key))))
			return no(`${key} is not the key of ${cert}.`, 'Give both of one pair.');
		const ends = parseCertificateTime(found.validTo) ?? Number.NaN;
		const host = url === null ? null : bare(new URL(url).hostname);
		if (ends <= now) return no(`${cert} ended at ${local(ends)}.`, 'Renew it.');
		if (host !== null && !isOf(found, host))
			return no(
				`${cert} is not of ${host}, which readers open.`,
				'Correct serve.url, or take the certificate of that name.',
			);
		return ends < until
			? beware(
					`${cert} ends at ${local(ends)}, before the cutover is over.`,
					'Renew it; the page takes it without a restart.',
				)
			: yes(`${cert} is valid until ${local(ends)}`);
	} catch (error) {
		return no(`${inOneLine(error)}.`, 'serve.tls names a certificate and its key, both PEM.');
	}
}

function proxySecret({secret}: HeaderSignIn, env: Environment): Found {
	const {length} = secretIn(env, secret);
	if (length >= shortestProxySecret) return yes(`${secret} is set`);
	return no(
		length === 0 ? `${secret} is not set.` : `${secret} is shorter than ${shortestProxySecret} characters.`,
		'The page is not served without it: export what the proxy sends in X-Cutover-Secret.',
	);
}

/** Whether the provider answers, is who the settings say, and signs people in as the page asks for it. */
async function provider(by: OidcSignIn, serve: Serve | undefined, {env, ca, clock}: Around): Promise<Found> {
	const value = secretIn(env, by.secret);
	if (value === '')
		return no(`${by.secret} is not set.`, 'The page is not served without it: export the client secret.');
	const {discovered, whyNot} = await import('../../serve/oidc-client.ts');
	const redirect = `${serve?.url ?? ''}${backPath}`;
	try {
		await discovered({by, value, redirect, ca, env, clock});
		return yes(`${by.oidc} answers; it must know ${redirect} as a redirect of ${by.client}`);
	} catch (error) {
		return no(
			`${by.oidc} signs nobody in: ${whyNot(error)}.`,
			'Correct identity.oidc, the issuer as the provider writes it, or the way there: proxy, ca.',
		);
	}
}

/** `ca`: PEM files that are trusted besides. */
type Around = {readonly env: Environment; readonly ca: readonly Path[]; readonly clock: Clock};

/** A finding each; none where the settings neither serve nor publish a page. */
export async function pageNeeds(
	{serve, publish, identity, t0, stages}: Runbook,
	workspace: string,
	around: Around,
): Promise<readonly Finding[]> {
	const {env, clock} = around;
	const now = clock.now();
	const end = (t0 === null ? now : instant(t0)) + (stages.at(-1)?.offsetSeconds ?? 0) * 1000 + dayMs;
	const findings: Finding[] = [];
	const add = (name: string, found: Found): void => void findings.push({name, ...found});
	if (serve !== undefined) add('page', await place(serve));
	if (serve?.tls !== undefined) add('certificate', certificate(serve, workspace, now, end));
	if (identity !== undefined)
		add('identity', 'oidc' in identity ? await provider(identity, serve, around) : proxySecret(identity, env));
	if (publish?.file !== undefined) add('publish', published(resolve(workspace, publish.file)));
	return findings;
}
