/* A provider of OpenID Connect that refuses what real ones refuse; a test says what it does wrong. */
import {createHmac, generateKeyPairSync, hash, type KeyObject, randomUUID, sign} from 'node:crypto';
import type {IncomingMessage, RequestListener} from 'node:http';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {TestContext} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {OidcSignIn} from '../../source/cutover/model/page.ts';
import {oidcFront} from '../../source/serve/oidc.ts';
import {browserOf, site, withMail} from './site.ts';

const client = {id: 'cutover', secret: 'only the client knows + this'};

const pair = () => generateKeyPairSync('rsa', {modulusLength: 2048});
const [own, stranger] = [pair(), pair()];

/** What it says otherwise than it should. `alg`: how it signs; `other`: with a key that it does not publish. */
export type Faults = {
	claims?: Readonly<Record<string, unknown>>;
	metadata?: Readonly<Record<string, unknown>>;
	userinfo?: Readonly<Record<string, unknown>>;
	alg?: 'none' | 'HS256' | 'other';
	/** Answers everything with this status. */
	status?: number;
	/** Sends this back in place of a code. */
	error?: string;
};

type Provider = {
	readonly issuer: string;
	readonly faults: Faults;
	/** What it refused, in its own words. */
	readonly refused: readonly string[];
	/** The last authorization that it was asked for. */
	asked(): URLSearchParams;
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(alg: Faults['alg'], claims: object): string {
	const named = alg === 'none' || alg === 'HS256' ? alg : 'RS256';
	const text = `${part({alg: named, kid: 'one', typ: 'JWT'})}.${part(claims)}`;
	const by = (key: KeyObject): string => sign('sha256', Buffer.from(text), key).toString('base64url');
	if (alg === 'none') return `${text}.`;
	if (alg === 'HS256') return `${text}.${createHmac('sha256', client.secret).update(text).digest('base64url')}`;
	return `${text}.${by(alg === 'other' ? stranger.privateKey : own.privateKey)}`;
}

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return new URLSearchParams(text);
};

const basic = `Basic ${Buffer.from(`${client.id}:${new URLSearchParams({'': client.secret}).toString().slice(1)}`).toString('base64')}`;

type Grant = {readonly query: URLSearchParams; used: boolean};

/** How it answers. `issuer`: as it names itself; `redirect`: the only one that it sends people back to. */
function answering(issuer: () => string, redirect: () => string, faults: Faults, refused: string[]) {
	const grants = new Map<string, Grant>();
	const tokens = new Set<string>();
	let last = new URLSearchParams();

	const wrong = (query: URLSearchParams): string | null => {
		if (query.get('client_id') !== client.id) return 'unknown client';
		if (query.get('redirect_uri') !== redirect()) return 'redirect_uri is not registered';
		if (query.get('response_type') !== 'code') return 'response_type';
		if (!query.get('scope')?.split(' ').includes('openid')) return 'scope without openid';
		if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge')) return 'PKCE is required';
		if (!query.get('state') || !query.get('nonce')) return 'state and nonce are required';
		return query.get('max_age') === '300' ? null : 'max_age';
	};
	const claimsOf = ({query}: Grant) => ({
		iss: issuer(),
		sub: 'u-17',
		aud: client.id,
		iat: Math.floor(Date.now() / 1000),
		exp: Math.floor(Date.now() / 1000) + 300,
		auth_time: Math.floor(Date.now() / 1000) - 20,
		acr: 'urn:example:mfa',
		nonce: query.get('nonce'),
		email: 'Bob@example.org',
		email_verified: true,
		...faults.claims,
	});
	const exchanged = (body: URLSearchParams, authorization: string | undefined): {error: string} | Grant => {
		if (authorization !== basic) return {error: 'invalid_client'};
		const grant = grants.get(body.get('code') ?? '');
		const verifier = hash('sha256', body.get('code_verifier') ?? '', 'base64url');
		if (grant === undefined || grant.used) return {error: 'invalid_grant'};
		grant.used = true;
		const {query} = grant;
		const fits = body.get('redirect_uri') === query.get('redirect_uri') && verifier === query.get('code_challenge');
		return fits && body.get('grant_type') === 'authorization_code' ? grant : {error: 'invalid_grant'};
	};

	const handle: RequestListener = async (request, response) => {
		const url = new URL(request.url ?? '/', 'http://here');
		const json = (value: unknown, status = 200): void => {
			response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));
		};
		const refuse = (why: string, status = 400): void => {
			refused.push(why);
			json({error: why}, status);
		};
		if (faults.status !== undefined) return refuse('server_error', faults.status);
		if (url.pathname === '/.well-known/openid-configuration')
			return json({
				issuer: issuer(),
				authorization_endpoint: `${issuer()}/authorize`,
				token_endpoint: `${issuer()}/token`,
				jwks_uri: `${issuer()}/jwks`,
				userinfo_endpoint: `${issuer()}/userinfo`,
				code_challenge_methods_supported: ['S256'],
				authorization_response_iss_parameter_supported: true,
				...faults.metadata,
			});
		if (url.pathname === '/jwks')
			return json({keys: [{...own.publicKey.export({format: 'jwk'}), kid: 'one', alg: 'RS256', use: 'sig'}]});
		if (url.pathname === '/authorize') {
			last = url.searchParams;
			const why = wrong(last);
			if (why !== null) return refuse(why);
			const code = randomUUID();
			grants.set(code, {query: last, used: false});
			const back = new URL(redirect());
			const found = faults.error === undefined ? {code} : {error: faults.error};
			back.search = new URLSearchParams({...found, state: last.get('state') ?? '', iss: issuer()}).toString();
			response.writeHead(303, {location: back.href}).end();
			return;
		}
		if (url.pathname === '/token') {
			const found = exchanged(await bodyOf(request), request.headers.authorization);
			if ('error' in found) return refuse(found.error, found.error === 'invalid_client' ? 401 : 400);
			const access = randomUUID();
			tokens.add(`Bearer ${access}`);
			return json({access_token: access, token_type: 'Bearer', id_token: token(faults.alg, claimsOf(found))});
		}
		if (url.pathname === '/userinfo' && tokens.has(request.headers.authorization ?? ''))
			return json({sub: 'u-17', ...faults.userinfo});
		return refuse('not here', 404);
	};
	return {handle, asked: () => last};
}

/** Answers with its own address once it listens with this. */
export type Listens = (handle: RequestListener) => Promise<string>;

const onFreePort =
	(t: TestContext): Listens =>
	async handle => {
		const server = createServer(handle);
		await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
		t.after(() => {
			server.closeAllConnections();
			server.close();
		});
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};

/** Listens until the test ends. `redirect`: the only one it knows of the client. */
export async function provider(t: TestContext, redirect: () => string, listens = onFreePort(t)): Promise<Provider> {
	const [faults, refused]: [Faults, string[]] = [{}, []];
	let issuer = '';
	const {handle, asked} = answering(() => issuer, redirect, faults, refused);
	issuer = await listens(handle);
	return {issuer, faults, refused, asked};
}

type More = {
	/** Name by which browsers reach the page. */
	host?: string;
	book?: typeof withMail;
	by?: Partial<OidcSignIn>;
	env?: Record<string, string>;
	ca?: readonly string[];
	listens?: Listens;
};

/** A page with its provider; bob is invited. `later`: so many ms go by. */
export async function signing(
	t: TestContext,
	{host = '127.0.0.1', book = withMail, by = {}, env = {}, ca = [], listens}: More = {},
) {
	let url = '';
	let went = 0;
	const at = await provider(t, () => `${url}/signed-in`, listens);
	const front = oidcFront({
		provider: {
			by: {oidc: at.issuer, client: client.id, secret: 'OIDC_SECRET', ...by},
			value: client.secret,
			get redirect() {
				return `${url}/signed-in`;
			},
			ca,
			env,
			clock: {...systemClock, steady: () => systemClock.steady() + went},
		},
		secure: false,
		complain: () => {},
	});
	const place = await site(t, book, front);
	url = place.url.replace('127.0.0.1', host);
	const link = await place.invite('bob');
	const later = (ms: number): void => {
		went += ms;
	};
	return {place, url, at, link, browser: browserOf(place), later};
}
