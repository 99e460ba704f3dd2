/* Who signs in at a provider of OpenID Connect: each answer that does not fit what was asked signs nobody in. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {startServing} from '../../source/cli/serving.ts';
import {sentence} from '../../source/cutover/snapshot/sentence.ts';
import {boardAt, moments} from '../page/shown.ts';
import {closedPort} from '../probes/around.ts';
import {certificate, missing, serveTls} from '../probes/certificates.ts';
import {type Faults, type Listens, signing} from './provider.ts';
import {type Answered, type Browser, browserOf, problem, withMail} from './site.ts';

type Signing = Awaited<ReturnType<typeof signing>>;

/** Where the provider sends the browser back to. */
async function answered(browser: Browser): Promise<string> {
	const {headers} = await browser.get('/sign-in');
	const {pathname, search} = new URL(
		(await fetch(headers.location ?? '', {redirect: 'manual'})).headers.get('location') ?? assert.fail(),
	);
	return `${pathname}${search}`;
}

const signIn = async (browser: Browser): Promise<Answered> => browser.get(await answered(browser));
const isIn = async (browser: Browser): Promise<boolean> => /signed in as/.test((await browser.get('/i')).text);

const g5 = '/act?do=acknowledge&target=G5';
const yes = {'group:project-owner': 'yes', word: 'ANSWER'};
const acknowledged = ({place}: Signing) => place.journal.entries().find(({type}) => type === 'acknowledged');
const now = (): number => Math.floor(Date.now() / 1000);

test('who signs in opens their link without its code, and the record names provider, subject, manner and time', async t => {
	const night = await signing(t);
	const {browser, at} = night;
	const started = now();
	assert.match((await browser.get('/i')).text, /href="\/sign-in"/);
	const page = await signIn(browser);
	assert.deepEqual([page.status, page.headers['refresh']], [200, '0; url=/me']);
	assert.match(page.text, /signed in as <b>bob@example\.org<\/b>/);
	assert.equal((await browser.get('/me')).headers.location, '/i');
	assert.match((await browser.open('')).text, /You are <b>bob<\/b> \(project-owner\), signed in as bob@example.org/);
	assert.equal((await browser.act(g5, yes)).status, 303);
	const entry = acknowledged(night) ?? assert.fail();
	const {strength, web} = entry.by;
	assert.equal(strength, 'oidc');
	const {authTime, ...word} = web?.oidc ?? assert.fail();
	assert.deepEqual(word, {iss: at.issuer, sub: 'u-17', acr: 'urn:example:mfa'});
	assert.ok(authTime >= started - 20 && authTime <= now() - 20, String(authTime));
	assert.ok(sentence(entry).includes(`by link I1, signed in as b…@example.org by ${at.issuer}`), sentence(entry));
	assert.deepEqual([at.asked().get('max_age'), at.refused], ['300', []]);
	await browser.post('/leave', {});
	assert.equal(await isIn(browser), false);
});

const wrong: Readonly<Record<string, readonly [says: RegExp, faults: () => Faults]>> = {
	'another nonce': [/nonce/, () => ({claims: {nonce: 'other'}})],
	'another audience': [/audience/, () => ({claims: {aud: 'wiki'}})],
	'another issuer': [/issuer/, () => ({claims: {iss: 'https://login.example.net'}})],
	'no signature': [/alg/, () => ({alg: 'none'})],
	'a signature by the secret of the client': [/alg/, () => ({alg: 'HS256'})],
	'a signature by another key': [/signature/, () => ({alg: 'other'})],
	'a token that ended': [/expiration/, () => ({claims: {exp: now() - 60}})],
	'an old sign-in': [/too much time has elapsed/, () => ({claims: {auth_time: now() - 400}})],
	'no time of the sign-in': [/auth_time/, () => ({claims: {auth_time: undefined}})],
	'an address that is not verified': [/not verified/, () => ({claims: {email_verified: false}})],
	'nothing of whether the address is verified': [/not verified/, () => ({claims: {email_verified: undefined}})],
	'no address': [/no address/, () => ({claims: {email: undefined}})],
	'two addresses': [/no address/, () => ({claims: {email: 'bob@example.org, carol@example.org'}})],
	'a refusal': [/access_denied/, () => ({error: 'access_denied'})],
};

test('what the provider says otherwise than it was asked signs nobody in', async t => {
	const {browser, at} = await signing(t);
	for (const [name, [says, faults]] of Object.entries(wrong)) {
		for (const key of Object.keys(at.faults)) delete at.faults[key as keyof Faults];
		Object.assign(at.faults, faults());
		const page = await signIn(browser);
		assert.deepEqual([page.status, says.test(problem(page))], [403, true], `${name}: ${problem(page)}`);
		assert.equal(await isIn(browser), false, name);
	}
});

test('an answer serves once, in the browser that asked, with the state and code that belong together', async t => {
	const night = await signing(t);
	const {browser, place, at} = night;
	const used = await answered(browser);
	assert.match(problem(await browserOf(place).get(used)), /began in another browser/);
	assert.equal((await browser.get(used)).status, 200);
	assert.match(problem(await browser.get(used)), /was used/);
	const other = browserOf(place);
	const fresh = new URL(await answered(other), 'http://here');
	// The state of this browser with the code of another: the provider knows by PKCE whose it is.
	const mine = new URL(await answered(browser), 'http://here');
	const mixed = new URL(mine);
	mixed.searchParams.set('code', fresh.searchParams.get('code') ?? '');
	assert.match(problem(await browserOf(place).get(mixed.pathname + mixed.search)), /another browser/);
	assert.match(problem(await browser.get(mixed.pathname + mixed.search)), /invalid_grant/);
	for (const [name, value] of [
		['state', 'other'],
		['iss', 'https://login.example.net'],
		['iss', null],
	] as const) {
		const back = new URL(await answered(browser), 'http://here');
		if (value === null) back.searchParams.delete(name);
		else back.searchParams.set(name, value);
		assert.equal((await browser.get(back.pathname + back.search)).status, 403, name);
	}
	assert.deepEqual(at.refused, ['invalid_grant']);
	assert.ok(!place.log.join().includes(mine.searchParams.get('code') ?? '-'));
});

test('the provider sends nobody to another address than the one of the page', async t => {
	const {browser, at} = await signing(t);
	const begun = new URL((await browser.get('/sign-in')).headers.location ?? '');
	begun.searchParams.set('redirect_uri', 'https://evil.example/signed-in');
	assert.equal((await fetch(begun, {redirect: 'manual'})).status, 400);
	assert.deepEqual(at.refused, ['redirect_uri is not registered']);
});

test('the address may come in another claim, or from the user info of the provider', async t => {
	const {browser, at} = await signing(t, {by: {claim: 'preferred_username'}});
	Object.assign(at.faults, {claims: {preferred_username: 'bob@example.org', email: undefined}});
	assert.equal((await signIn(browser)).status, 200);
	const thin = await signing(t);
	Object.assign(thin.at.faults, {
		claims: {email: undefined, email_verified: undefined},
		userinfo: {email: 'bob@example.org', email_verified: true},
	});
	assert.equal((await signIn(thin.browser)).status, 200);
	Object.assign(thin.at.faults.userinfo ?? {}, {sub: 'u-18'});
	assert.equal((await signIn(browserOf(thin.place))).status, 403);
});

test('a sign-in serves for 15 minutes; then link and digits serve, and not where a sign-in is the least', async t => {
	const night = await signing(t, {book: {...withMail, least: {acknowledge: 'oidc', note: 'link'}}});
	const {browser, link, later} = night;
	await browser.open(link.secret);
	const me = await browser.get('/me');
	assert.match(me.text, /G5[^<]*: this takes a sign-in\.<\/p><p><a class="act" href="\/sign-in">/);
	assert.equal((await browser.get(g5)).status, 404);
	await signIn(browser);
	assert.equal((await browser.get(g5)).status, 200);
	later(15 * 60_000);
	assert.equal((await browser.get(g5)).status, 404);
	assert.equal((await browser.get('/act?do=note&target=')).status, 200);
	assert.equal(acknowledged(night), undefined);
});

test('who signs in as somebody else opens no link of theirs, and reads that no link is theirs', async t => {
	const {browser, link, at} = await signing(t);
	Object.assign(at.faults, {claims: {email: 'mallory@example.net'}});
	await signIn(browser);
	assert.match((await browser.get('/i')).text, /mallory@example\.net<\/b>\. No link is of that address/);
	assert.match(problem(await browser.open(link.secret)), /somebody else/);
	assert.equal((await browser.open('')).status, 403);
});

test('what is wrong with the provider is on the page, and is asked anew', async t => {
	const {browser, at} = await signing(t);
	const says = async (faults: Faults): Promise<string> => {
		for (const key of Object.keys(at.faults)) delete at.faults[key as keyof Faults];
		Object.assign(at.faults, faults);
		const page = await browser.get('/sign-in');
		assert.equal(page.status, 503);
		assert.match(page.text, /href="\/i"/);
		return problem(page);
	};
	assert.match(await says({status: 500}), /127\.0\.0\.1:\d+ does not sign you in: .*500/);
	assert.match(await says({metadata: {issuer: 'https://login.example.net'}}), /issuer/);
	assert.match(await says({metadata: {token_endpoint: undefined}}), /names no token_endpoint/);
	assert.match(await says({metadata: {code_challenge_methods_supported: ['plain']}}), /no PKCE with S256/);
	delete at.faults.metadata;
	assert.equal((await signIn(browser)).status, 200);
	const gone = await signing(t, {by: {oidc: `http://127.0.0.1:${await closedPort()}`}});
	assert.match(problem(await gone.browser.get('/sign-in')), /connection refused/);
});

test('the provider is asked by the proxy of this machine, and known by the authority of the company', {
	skip: missing,
}, async t => {
	const own = certificate('login', 'DNS:login.example.org');
	const asked: string[] = [];
	let port = 0;
	const proxy = createServer(socket => {
		socket
			.on('error', () => {})
			.once('data', head => {
				asked.push(String(head).split('\r\n')[0] ?? '');
				socket.write('HTTP/1.1 200 OK\r\n\r\n');
				const onward = connect(port, '127.0.0.1').on('error', () => {});
				onward.pipe(socket).pipe(onward);
			});
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	t.after(() => proxy.close());
	const env = {HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`};
	const listens = async (answer: Parameters<Listens>[0]): Promise<string> => {
		port = await serveTls(t, own, {answer});
		return 'https://login.example.org';
	};
	const {browser} = await signing(t, {env, ca: [own.file], listens});
	assert.match((await browser.get('/sign-in')).headers.location ?? '', /^https:\/\/login\.example\.org\/authorize\?/);
	assert.deepEqual(asked, ['CONNECT login.example.org:443 HTTP/1.1']);
	const doubting = await signing(t, {env, listens});
	assert.match(problem(await doubting.browser.get('/sign-in')), /authority not trusted here/);
});

test('a provider takes an address to come back to, and the secret of the client', async () => {
	const board = boardAt(moments['preparing'] ?? assert.fail());
	const serving = (url: string | null, env: Record<string, string>) =>
		startServing({
			serve: {listen: '127.0.0.1:0', url},
			source: {board: () => board, watch: () => () => {}},
			clock: systemClock,
			code: null,
			signIn: {by: {oidc: 'https://login.example.org', client: 'cutover', secret: 'OIDC_SECRET'}, env, ca: []},
			log: () => {},
		});
	await assert.rejects(serving(null, {OIDC_SECRET: 'x'}), /takes serve\.url/);
	await assert.rejects(serving('https://cutover.example.org', {}), /OIDC_SECRET is not set/);
});
