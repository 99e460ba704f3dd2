/* Who is signed in at the proxy in front: its header counts because it alone knows the secret, and never replaces the link's rules. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {startServing} from '../../source/cli/serving.ts';
import {proxyWith, secretHeader} from '../../source/serve/front.ts';
import {boardAt, moments} from '../page/shown.ts';
import {browserOf, problem, type Site, site, withMail} from './site.ts';

const secret = 'only-the-proxy-knows-this';
const proxy = proxyWith('X-Forwarded-Email', secret);
const known = {[secretHeader]: secret};
const as = (mail: string) => ({...known, 'x-forwarded-email': mail});

const behindProxy = (t: Parameters<typeof site>[0], book = withMail): Promise<Site> => site(t, book, proxy);
const acknowledged = ({journal}: Site) => journal.entries().find(({type}) => type === 'acknowledged');

const g5 = '/act?do=acknowledge&target=G5';
const yes = {'group:project-owner': 'yes', word: 'ANSWER'};

test('nothing is answered that does not come by the proxy', async t => {
	const place = await behindProxy(t);
	const before = place.lines.length;
	for (const headers of [
		{},
		{'x-forwarded-email': 'bob@example.org'},
		{...as('bob@example.org'), [secretHeader]: `${secret}x`},
	])
		for (const [method, path] of [
			['GET', '/i'],
			['GET', '/me'],
			['POST', '/i'],
			['HEAD', '/stream'],
		] as const)
			assert.equal((await place.ask(path, {method, headers})).status, 403);
	assert.equal((await place.ask('/i', {headers: known})).status, 200);
	assert.equal(place.lines.length, before);
	assert.ok(!place.log.join().includes(secret));
});

test('who is signed in opens their link without its code, and decides without the digits', async t => {
	const place = await behindProxy(t);
	await place.invite('bob');
	const browser = browserOf(place, as('Bob@Example.org'));
	assert.match((await browser.get('/i')).text, /signed in as <b>bob@example.org<\/b>/);
	assert.match((await browser.open('')).text, /You are <b>bob<\/b> \(project-owner\), signed in as bob@example.org/);
	assert.equal((await browser.act(g5, yes)).status, 303);
	const {by} = acknowledged(place) ?? assert.fail();
	assert.deepEqual([by.name, by.strength, by.web?.account], ['bob', 'proxy', 'bob@example.org']);
});

test('the settings may spell a name otherwise than its role does', async t => {
	const place = await behindProxy(t, {...withMail, mails: {BOB: 'bob@example.org'}});
	await place.invite('bob');
	const browser = browserOf(place, as('bob@example.org'));
	assert.match((await browser.open('')).text, /signed in as bob@example.org/);
	assert.equal((await browser.act(g5, yes)).status, 303);
	assert.equal(acknowledged(place)?.by.strength, 'proxy');
});

test('who is signed in as somebody else opens no link of theirs, with or without its code', async t => {
	const place = await behindProxy(t);
	const link = await place.invite('bob');
	const carol = browserOf(place, as('carol@example.org'));
	assert.equal((await carol.open('')).status, 403);
	assert.match(problem(await carol.open(link.secret)), /somebody else/);
	const stranger = browserOf(place, as('mallory@example.net'));
	assert.equal((await stranger.open('')).status, 403);
	assert.match(problem(await stranger.open(link.secret)), /somebody else/);
	assert.ok(!place.journal.entries().some(({type}) => type === 'linkOpened'));
});

test('a session serves only who opened it', async t => {
	const place = await behindProxy(t);
	await place.invite('bob');
	const headers: Record<string, string> = as('bob@example.org');
	const browser = browserOf(place, headers);
	await browser.open('');
	headers['x-forwarded-email'] = 'carol@example.org';
	assert.match((await browser.get('/me')).text, /Signed in as somebody else/);
	assert.equal((await browser.act(g5, yes)).status, 403);
	assert.equal(acknowledged(place), undefined);
});

test('who is not signed in acts by link and digits, and not where a sign-in is the least', async t => {
	const place = await behindProxy(t, {...withMail, least: {note: 'proxy'}});
	const link = await place.invite('bob');
	const browser = browserOf(place, known);
	await browser.open(link.secret);
	assert.equal((await browser.act(g5, yes)).status, 303);
	assert.equal(acknowledged(place)?.by.strength, 'link');
	assert.equal((await browser.get('/act?do=note&target=')).status, 404);
	const signedIn = browserOf(place, as('bob@example.org'));
	await signedIn.open('');
	assert.equal((await signedIn.get('/act?do=note&target=')).status, 200);
});

test('of a person without an address a sign-in says nothing', async t => {
	const place = await behindProxy(t, {...withMail, mails: {carol: 'carol@example.org'}});
	const link = await place.invite('bob');
	const browser = browserOf(place, as('bob@example.org'));
	await browser.open(link.secret);
	assert.equal((await browser.act(g5, yes)).status, 303);
	const {by} = acknowledged(place) ?? assert.fail();
	assert.deepEqual([by.strength, by.web?.account], ['link', undefined]);
});

test('two addresses, a list, or none in the header are nobody', () => {
	for (const value of ['', ' ', 'bob', 'bob@example.org, carol@example.org', 'bob@example.org;x', 'a b@example.org'])
		assert.equal(
			proxy.accountIn({header: name => (name === 'x-forwarded-email' ? value : null), cookie: () => null}),
			null,
			value,
		);
});

test('identity takes a unix socket, and a secret that cannot be guessed', async () => {
	const board = boardAt(moments['preparing'] ?? assert.fail());
	const serving = (listen: string, env: Record<string, string>) =>
		startServing({
			serve: {listen, url: 'https://cutover.example.org'},
			source: {board: () => board, watch: () => () => {}},
			clock: systemClock,
			code: null,
			signIn: {by: {header: 'X-Forwarded-Email', secret: 'PROXY_SECRET'}, env, ca: []},
			log: () => {},
		});
	await assert.rejects(serving('127.0.0.1:0', {PROXY_SECRET: secret}), /takes a unix socket/);
	await assert.rejects(serving('unix:/nowhere/web.sock', {}), /PROXY_SECRET is not set/);
	await assert.rejects(serving('unix:/nowhere/web.sock', {PROXY_SECRET: 'short'}), /shorter than 16/);
});
