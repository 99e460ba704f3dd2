/*
The flow with a provider of OpenID Connect: code with PKCE, state and nonce, by our own HTTP client, so that proxies and a company's
certificates count here as everywhere. Loaded only when somebody signs in, or `doctor` looks.
*/
import * as openid from 'openid-client';
import type {OidcSignIn} from '../cutover/model/page.ts';
import type {Account} from '../cutover/model/person.ts';
import {outcomeOf} from '../net/exchange.ts';
import type {Timer} from '../net/limit.ts';
import {addressIn} from './front.ts';

/** `value`: of the secret. `ca`: PEM files that are trusted besides. `redirect`: where the provider sends people back to. */
export type Provider = {
	readonly by: OidcSignIn;
	readonly value: string;
	readonly redirect: string;
	readonly ca: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly clock: Timer;
};

/** How long ago somebody may have proved to the provider who they are, in seconds. */
const maxAge = 300;
const timeoutMs = 10_000;
const mostBytes = 1_000_000;
const bodiless = [204, 205, 304];

/** Throws what the network says; a redirect is an answer like any other, and is not followed. */
const fetchBy =
	({ca, env, clock}: Provider): openid.CustomFetch =>
	async (address, {method, headers, body, signal}) => {
		const outcome = await outcomeOf(
			{
				url: new URL(address),
				method: method === 'POST' ? 'POST' : 'GET',
				headers,
				own: {},
				body: body === null || body === undefined ? null : String(body),
				keep: {bytes: mostBytes, part: 'all'},
				route: {ca, insecure: false, env, direct: false, lenient: false},
			},
			timeoutMs,
			{clock, signal: signal ?? null},
		);
		if (outcome.kind !== 'heard') throw new Error(outcome.why);
		const given = Object.entries(outcome.headers).flatMap(([name, value]) =>
			[value ?? []].flat().map((each): [string, string] => [name, each]),
		);
		return new Response(bodiless.includes(outcome.status) ? null : outcome.body, {
			status: outcome.status,
			headers: given,
		});
	};

/** By the header where the provider takes it there, as it does unless it says otherwise. */
const authentication = (secret: string): openid.ClientAuth => {
	const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
	return (server, ...rest) => {
		const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
		return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
	};
};

/** What the provider says of itself, with its name checked. Rejects with what is wrong. */
export async function discovered(provider: Provider): Promise<openid.Configuration> {
	const {by, value} = provider;
	const issuer = new URL(by.oidc);
	const configuration = await openid.discovery(issuer, by.client, {}, authentication(value), {
		[openid.customFetch]: fetchBy(provider),
		// The settings let plain HTTP through on a loopback address only.
		execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
	});
	const {authorization_endpoint, token_endpoint, jwks_uri, code_challenge_methods_supported} =
		configuration.serverMetadata();
	const lacking = Object.entries({authorization_endpoint, token_endpoint, jwks_uri}).find(
		([, has]) => has === undefined,
	);
	if (lacking !== undefined) throw new Error(`it names no ${lacking[0]}`);
	if (code_challenge_methods_supported?.includes('S256') === false) throw new Error('it takes no PKCE with S256');
	// The record rests on the signature of the provider, not on the connection alone.
	openid.enableNonRepudiationChecks(configuration);
	return configuration;
}

/** What of an answer must fit what was asked. */
export type Expected = {readonly state: string; readonly nonce: string; readonly verifier: string};

/** Where a browser goes to sign in, and what must come back of it. */
export async function begun({redirect}: Provider, at: openid.Configuration): Promise<{to: string; expected: Expected}> {
	const expected = {
		state: openid.randomState(),
		nonce: openid.randomNonce(),
		verifier: openid.randomPKCECodeVerifier(),
	};
	const to = openid.buildAuthorizationUrl(at, {
		redirect_uri: redirect,
		scope: 'openid email profile',
		state: expected.state,
		nonce: expected.nonce,
		code_challenge: await openid.calculatePKCECodeChallenge(expected.verifier),
		code_challenge_method: 'S256',
		max_age: String(maxAge),
	});
	return {to: to.href, expected};
}

type Claims = Readonly<Record<string, unknown>>;

/** Throws where the provider says no address by which the settings know anybody. */
function mailIn({claim}: OidcSignIn, claims: Claims): string {
	const name = claim ?? 'email';
	const value = claims[name];
	const mail = typeof value === 'string' ? addressIn(value) : null;
	if (mail === null) throw new Error(`it says no address of you (${name})`);
	const verified = claims['email_verified'];
	// One that anybody may write into their profile is nobody's name.
	if (name === 'email' && (verified === false || (claim === undefined && verified !== true)))
		throw new Error('it has not verified your address (email_verified)');
	return mail;
}

/** Who signed in, by the address that the provider sent the browser back to. Rejects with what is wrong. */
export async function signedIn(
	{by, redirect}: Provider,
	at: openid.Configuration,
	query: URLSearchParams,
	{state, nonce, verifier}: Expected,
): Promise<Account> {
	const tokens = await openid.authorizationCodeGrant(at, new URL(`${redirect}?${query}`), {
		expectedState: state,
		expectedNonce: nonce,
		pkceCodeVerifier: verifier,
		maxAge,
		idTokenExpected: true,
	});
	const claims = tokens.claims();
	if (claims?.auth_time === undefined) throw new Error('it does not say when you signed in (auth_time)');
	const {iss, sub, acr, auth_time: authTime} = claims;
	const isLacking = claims[by.claim ?? 'email'] === undefined && at.serverMetadata().userinfo_endpoint !== undefined;
	const more: Claims = isLacking ? await openid.fetchUserInfo(at, tokens.access_token, sub) : {};
	return {
		mail: mailIn(by, {...more, ...claims}),
		oidc: {iss, sub, acr: typeof acr === 'string' ? acr : null, authTime},
	};
}

/** What went wrong, for who wanted to sign in: never a code, a token or a secret. */
export function whyNot(error: unknown): string {
	if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError)
		return error.error_description === undefined ? error.error : `${error.error}, ${error.error_description}`;
	if (!(error instanceof Error)) return 'unknown';
	const {cause} = error;
	if (cause instanceof Response) return `${error.message} (HTTP ${cause.status})`;
	return cause instanceof Error ? whyNot(cause) : error.message;
}
