/* Serves the page of an open cutover, by what the settings or the options of `serve` say. */

import {randomBytes} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import type {Server as SecureServer} from 'node:https';
import type {HeaderSignIn, OidcSignIn, Serve, SignIn} from '../cutover/model/page.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import {isLoopbackHost, placeOf} from '../net/listen-address.ts';
import type {Environment} from '../net/proxy.ts';
import {secretIn} from '../processes/environment.ts';
import {isSecure} from '../processes/page-process.ts';
import type {Front} from '../serve/front.ts';
import {proxyWith, shortestProxySecret} from '../serve/front.ts';
import {listen, stopListening} from '../serve/listen.ts';
import {liveBoard, type Source} from '../serve/live.ts';
import {backPath, oidcFront} from '../serve/oidc.ts';
import {peopleOf} from '../serve/people.ts';
import {pageServer} from '../serve/server.ts';
import {type View, viewBy} from '../serve/view.ts';
import {errorText} from '../text/error-text.ts';
import {noteAddress} from './giving.ts';
import {UsageError} from './usage-error.ts';

export type Serving = {
	/** host:port, or unix:PATH. */
	readonly address: string;
	stop(): Promise<void>;
};

/** Readers come by this name, or from this machine. */
function hosts({url}: Serve): (host: string) => boolean {
	const known = url === null ? null : new URL(url).host;
	return host => host.toLowerCase() === known || isLoopbackHost(host);
}

type Pair = {readonly cert: Buffer; readonly key: Buffer};

const pairOf = ({cert, key}: NonNullable<Serve['tls']>): Pair => ({cert: readFileSync(cert), key: readFileSync(key)});

const lookAtCertificateMs = 30_000;

/** Takes a renewed certificate without a restart; one that cannot be read leaves the one before in use. */
function renewing(
	server: SecureServer,
	tls: NonNullable<Serve['tls']>,
	{every}: Clock,
	complain: (text: string) => void,
): () => void {
	const stampOf = (): string => [tls.cert, tls.key].map(file => statSync(file).mtimeMs).join(' ');
	let known = stampOf();
	return every(lookAtCertificateMs, () => {
		try {
			const found = stampOf();
			if (found === known) return;
			server.setSecureContext(pairOf(tls));
			known = found;
		} catch (error) {
			complain(`The new certificate is not used: ${errorText(error)}`);
		}
	});
}

export type ServeWorld = {
	readonly serve: Serve;
	readonly source: Source;
	readonly clock: Clock;
	/** Of the link; null: everybody may look. */
	readonly code: string | null;
	/** Who signs people in, what that is known by, and the PEM files that are trusted besides; null: nobody does. */
	readonly signIn: {
		readonly by: SignIn;
		readonly env: Environment;
		readonly ca: readonly Path[];
	} | null;
	/** Where people with a personal link act; absent: nobody does. */
	readonly acts?: {readonly journal: Journal; readonly folder: string};
	log(line: string): void;
};

type SignInWorld = Pick<ServeWorld, 'serve' | 'clock' | 'log'> & Omit<NonNullable<ServeWorld['signIn']>, 'by'>;

/** Throws UsageError where no proxy could prove that it is one. */
function proxyFront({header, secret: name}: HeaderSignIn, {serve, env}: SignInWorld): Front {
	if (!serve.listen.startsWith('unix:'))
		throw new UsageError(
			`Identity by ${header} takes a unix socket: another address is reached by others than the proxy.`,
		);
	const secret = secretIn(env, name);
	if (secret.length < shortestProxySecret)
		throw new UsageError(
			`${name} is ${secret === '' ? 'not set' : `shorter than ${shortestProxySecret} characters`}: the page cannot tell its proxy from others. Set it to what the proxy sends in X-Cutover-Secret.`,
		);
	return proxyWith(header, secret);
}

/** Throws UsageError where nobody could be sent back from the provider. */
function providerFront(by: OidcSignIn, {serve, env, ca, clock, log}: SignInWorld): Front {
	const value = secretIn(env, by.secret);
	if (serve.url === null)
		throw new UsageError(
			'Identity by a provider takes serve.url: it sends people back to the address that they opened.',
		);
	if (value === '')
		throw new UsageError(
			`${by.secret} is not set: the provider would not know this page. Set it to the client's secret.`,
		);
	const provider = {by, value, redirect: `${serve.url}${backPath}`, ca, env, clock};
	return oidcFront({provider, secure: isSecure(serve), complain: log});
}

const frontOf = ({signIn, ...world}: Pick<ServeWorld, 'signIn' | 'serve' | 'clock' | 'log'>): Front | null => {
	if (signIn === null) return null;
	const {by, ...rest} = signIn;
	return 'oidc' in by ? providerFront(by, {...world, ...rest}) : proxyFront(by, {...world, ...rest});
};

/** Paths of `tls` absolute. Rejects with what the system says. */
export async function startServing({serve, source, clock, code, signIn, acts, log}: ServeWorld): Promise<Serving> {
	const place = placeOf(serve.listen);
	if (place === null) throw new Error(`${serve.listen} is not an address to listen on`);
	// What cannot be read is said before anything runs that would have to be ended.
	const pair = serve.tls === undefined ? null : pairOf(serve.tls);
	const front = frontOf({signIn, serve, clock, log});
	const secure = isSecure(serve);
	const people = acts === undefined ? null : peopleOf({...acts, clock, secure, front});
	const view = viewBy(code, secure);
	const mayLook: View['mayLook'] = asked => view.mayLook(asked) || people?.isIn(asked) === true;
	const live = liveBoard(source, {...view, mayLook}, clock, randomBytes(6).toString('hex'));
	const server = pageServer(
		{routes: [...live.routes, ...(people?.routes ?? [])], isOurs: hosts(serve), front, log},
		pair,
	);
	try {
		const address = await listen(server, place);
		if (acts !== undefined && 'host' in place)
			noteAddress(acts.folder, `${serve.tls === undefined ? 'http' : 'https'}://${address}`);
		const stop = 'setSecureContext' in server && serve.tls ? renewing(server, serve.tls, clock, log) : () => {};
		return {
			address,
			async stop() {
				stop();
				live.close();
				await stopListening(server, clock);
			},
		};
	} catch (error) {
		live.close();
		throw error;
	}
}
