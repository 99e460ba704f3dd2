/** What an answer of a service makes of a message: arrived, tried again, or refused. */
import assert from 'node:assert/strict';
import type {ServerResponse} from 'node:http';
import {connect, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Clock} from '../../source/cutover/ports.ts';
import {closedPort, listen, portOf, serve} from '../probes/around.ts';
import {certificate, missing, serveTls, signedBy} from '../probes/certificates.ts';
import {message, sends} from './messages.ts';

const slackAt = (server: string) => ({url: `${server}/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx`});

/** What Slack's channel makes of one answer. */
async function answered(t: TestContext, answer: (response: ServerResponse) => void, clock: Clock = systemClock) {
	const url = await serve(t, (request, response) => {
		request.resume().on('end', () => answer(response));
	});
	return sends('slack', slackAt(url), message(), {clock});
}

/** Its time for an answer is over at once; nothing else is quicker. */
const impatient: Clock = {
	...systemClock,
	after: (ms, run) => systemClock.after(ms === 15_000 ? 200 : ms, run),
};

const says =
	(status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
	(response: ServerResponse): void => {
		response.writeHead(status, headers).end(body);
	};

test('Slack has taken a message only when it says ok', async t => {
	assert.deepEqual(await answered(t, says(200, 'ok')), {arrived: true, said: 'HTTP 200: ok'});
	assert.deepEqual(await answered(t, says(200, 'invalid_token')), {
		arrived: false,
		reason: 'HTTP 200: invalid_token',
		again: false,
	});
});

test('a service that says no is not asked again, and one that is gone never', async t => {
	for (const status of [400, 401, 403, 404])
		assert.deepEqual(await answered(t, says(status, 'no_service\nmore')), {
			arrived: false,
			reason: `HTTP ${status}: no_service`,
			again: false,
		});
	assert.deepEqual(await answered(t, says(410, '')), {arrived: false, reason: 'HTTP 410', again: false, gone: true});
});

test('a redirect is not followed', async t => {
	let asked = 0;
	const elsewhere = await serve(t, (_, response) => {
		asked++;
		response.end('ok');
	});
	const answer = await answered(t, says(302, '', {location: elsewhere}));
	assert.deepEqual(answer, {arrived: false, reason: 'HTTP 302: redirects are not followed', again: false});
	assert.equal(asked, 0);
});

test('a service that puts a message off is asked again, after two minutes at most', async t => {
	const later = (headers: Readonly<Record<string, string>>, body = '') => answered(t, says(429, body, headers));
	const date = 'Sat, 08 Mar 2031 21:00:00 GMT';
	const waits = await Promise.all([
		later({'retry-after': '7'}),
		later({'retry-after': '3600'}),
		later({date, 'retry-after': 'Sat, 08 Mar 2031 21:00:20 GMT'}),
		later({}, '{"message": "You are being rate limited.", "retry_after": 1.337}'),
		later({}),
	]);
	assert.deepEqual(
		waits.map(answer => (answer.arrived ? null : answer.afterMs)),
		[7000, 120_000, 20_000, 1337, undefined],
	);
	assert.ok(waits.every(answer => !answer.arrived && answer.again));
	for (const status of [408, 500, 502, 503, 504]) {
		const answer = await answered(t, says(status, ''));
		assert.deepEqual(answer, {arrived: false, reason: `HTTP ${status}`, again: true});
	}
});

test('a message is sent again where nothing answers, and the reason names no path', async t => {
	const reset = await listen(t, (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy()));
	const silent = answered(t, () => {}, impatient);
	const closed = sends('slack', slackAt(`http://127.0.0.1:${await closedPort()}`), message());
	const broken = sends('slack', slackAt(`http://127.0.0.1:${portOf(reset)}`), message());
	for (const answer of await Promise.all([silent, closed, broken])) {
		assert.ok(!answer.arrived && answer.again);
		assert.doesNotMatch(answer.reason, /services|abcdef/);
	}
});

test('an old connector of Teams that reports a fault with status 200 has not taken the message', async t => {
	const say = async (body: string) => {
		const url = await serve(t, (_, response) => response.end(body));
		return sends('teams', {url: `${url}/webhookb2/x`}, message());
	};
	const limited = await say(
		'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429',
	);
	assert.ok(!limited.arrived && limited.again);
	const refused = await say('Bad payload received by generic incoming webhook: error');
	assert.ok(!refused.arrived && !refused.again);
	assert.ok((await say('1')).arrived);
});

test('a channel is reached through the proxy, and by the authority of the settings', {skip: missing}, async t => {
	const authority = certificate('channel-authority', 'DNS:authority.test');
	const own = signedBy(authority, 'hooks.test', 'DNS:hooks.test', '20200101000000Z', '20990101000000Z');
	const port = await serveTls(t, own, {
		answer: (request, response) => void request.resume().on('end', () => response.end('ok')),
	});
	const heads: string[] = [];
	const proxy = await listen(t, socket => {
		socket.once('data', head => {
			heads.push(head.toString());
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			const beyond = connect(port, '127.0.0.1').on('error', () => socket.destroy());
			socket.pipe(beyond).pipe(socket);
		});
	});
	const env = {HTTPS_PROXY: `127.0.0.1:${portOf(proxy)}`};
	const trusted = await sends('slack', slackAt('https://hooks.test'), message(), {env, ca: [authority.file]});
	assert.deepEqual(trusted, {arrived: true, said: 'HTTP 200: ok'});
	assert.match(heads[0] ?? '', /^CONNECT hooks\.test:443 /);
	assert.doesNotMatch(heads.join(''), /services/);
	const doubtful = await sends('slack', slackAt('https://hooks.test'), message(), {env});
	assert.match(doubtful.arrived ? '' : doubtful.reason, /^TLS: certificate is from an authority not trusted here/);
	const direct = await sends('slack', slackAt('https://hooks.test'), message(), {
		env: {...env, NO_PROXY: 'hooks.test'},
		ca: [authority.file],
	});
	assert.match(direct.arrived ? '' : direct.reason, /name not found|name server/);
});
