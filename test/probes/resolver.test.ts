/*
Names, with a resolver that says what a test wants: the machine's own cannot be made to hang. The servers are real.
*/
import assert from 'node:assert/strict';
import dns, {type LookupAddress} from 'node:dns';
import {syncBuiltinESMExports} from 'node:module';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {ask} from '../../source/probes/ask.ts';
import {closedPort, context, http, listen, portOf, silentPort, tcp} from './around.ts';

/** Puts `answer` in the place of the machine's resolver; answers with the names that it was asked for. */
function resolver(t: TestContext, answer: (host: string) => Promise<readonly string[]>): readonly string[] {
	const asked: string[] = [];
	const lookup = async (host: string): Promise<LookupAddress[]> => {
		asked.push(host);
		return (await answer(host)).map(address => ({address, family: address.includes(':') ? 6 : 4}));
	};
	const mocked = t.mock.method(dns.promises, 'lookup', lookup);
	syncBuiltinESMExports();
	t.after(() => {
		mocked.mock.restore();
		syncBuiltinESMExports();
	});
	return asked;
}

const failing = (code: string) => (): Promise<never> => Promise.reject(Object.assign(new Error(code), {code}));
const never = (): Promise<never> => new Promise(() => {});

test('the next address is tried at once where one refuses', async t => {
	const port = portOf(await listen(t, socket => void socket.resume(), '127.0.0.2'));
	resolver(t, async () => ['127.0.0.1', '127.0.0.3', '127.0.0.2']);
	// Nothing that it waits for would ever be over, but for its time-out.
	const clock = {
		...systemClock,
		after: (ms: number, run: () => void) => systemClock.after(ms < 5000 ? 600_000 : ms, run),
	};
	const {verdict} = await ask(tcp(`both.test:${port}`), context({clock}));
	assert.equal(verdict, 'ok');
});

test('the next address is tried beside one that is silent', async t => {
	const port = await silentPort(t);
	await listen(t, socket => void socket.resume(), '127.0.0.2', port);
	resolver(t, async () => ['127.0.0.1', '127.0.0.2']);
	const {verdict, phases} = await ask(tcp(`half.test:${port}`), context());
	assert.equal(verdict, 'ok');
	assert.ok((phases.tcp ?? 0) >= 249, `${phases.tcp} ms`);
});

test('the first address is waited for while the second refuses', async t => {
	const port = await silentPort(t);
	resolver(t, async () => ['127.0.0.1', '127.0.0.2']);
	const {reason, took} = await ask(tcp(`half.test:${port}`, {timeoutSeconds: 0.5}), context());
	assert.equal(reason, 'no answer in 500ms');
	assert.ok(took >= 499, `took ${took} ms`);
});

test('a name is looked up once for a probe and its version, and again for the next probe', async t => {
	const port = portOf(await listen(t, socket => void socket.end('HTTP/1.1 200 OK\r\n\r\n9.1')));
	const asked = resolver(t, async () => ['127.0.0.1']);
	const endpoint = http(`http://one.test:${port}`, {version: `http://one.test:${port}/version`});
	assert.equal((await ask(endpoint, context())).version, '9.1');
	assert.deepEqual(asked, ['one.test']);
	await ask(endpoint, context());
	assert.deepEqual(asked, ['one.test', 'one.test']);
});

test('a resolver that hangs does not outlive the time-out, and is asked for a name only once', async t => {
	const asked = resolver(t, never);
	for (const time of [1, 2]) {
		const {verdict, reason, took, phases} = await ask(tcp('hangs.test:80', {timeoutSeconds: 0.2}), context());
		assert.deepEqual([verdict, reason, phases], ['fail', 'name server does not answer', {}], `probe ${time}`);
		assert.ok(took >= 199, `took ${took} ms`);
	}
	assert.deepEqual(asked, ['hangs.test']);
});

test('a resolver that answers after the end opens nothing', async t => {
	let taken = 0;
	const server = await listen(t, socket => {
		taken += 1;
		socket.resume();
	});
	const late = Promise.withResolvers<readonly string[]>();
	resolver(t, host => (host === 'late.test' ? late.promise : Promise.resolve(['127.0.0.1'])));
	await ask(tcp(`late.test:${portOf(server)}`, {timeoutSeconds: 0.1}), context());
	late.resolve(['127.0.0.1']);
	await ask(tcp(`prompt.test:${portOf(server)}`), context());
	assert.equal(taken, 1);
});

test('a name that is not found is down where our network answers', async t => {
	resolver(t, failing('ENOTFOUND'));
	const up = portOf(await listen(t, socket => void socket.resume()));
	for (const control of [`127.0.0.1:${up}`, `127.0.0.1:${await closedPort()}`, undefined]) {
		const {verdict, reason} = await ask(tcp('gone.test:80'), context({control}));
		assert.deepEqual([verdict, reason], ['fail', 'name not found'], String(control));
	}
});

test('a name that is not found is unknown when our own network fails', async t => {
	resolver(t, failing('EAI_AGAIN'));
	for (const about of [
		context({control: 'control.test:443'}),
		context({others: [http('http://web.test/'), tcp('db.test:5432')]}),
	]) {
		const {verdict, reason} = await ask(http('http://api.test/'), about);
		assert.deepEqual([verdict, reason], ['unknown', 'no network on this machine']);
	}
});

test('a resolver that hangs for everybody is ours', async t => {
	resolver(t, never);
	const endpoint = tcp('api.hangs:80', {timeoutSeconds: 0.1});
	const {verdict, reason} = await ask(endpoint, context({control: 'control.hangs:443'}));
	assert.deepEqual([verdict, reason], ['unknown', 'no network on this machine']);
});

test('other endpoints of the same host prove nothing about our network, nor do those on this machine', async t => {
	resolver(t, failing('ENOTFOUND'));
	const others = [tcp('api.test:5432'), http('https://api.test/login'), http('http://localhost:9/')];
	const {verdict, reason} = await ask(http('http://api.test/'), context({others}));
	assert.deepEqual([verdict, reason], ['fail', 'name not found']);
});

test('a control address that is silent for two seconds is no answer', async t => {
	const control = `127.0.0.1:${await silentPort(t)}`;
	resolver(t, failing('ENOTFOUND'));
	const {verdict, reason} = await ask(tcp('gone.test:80'), context({control}));
	assert.deepEqual([verdict, reason], ['unknown', 'no network on this machine']);
});

test('a watcher that stops while it asks the control address has found nothing', async t => {
	const stop = new AbortController();
	resolver(t, host => {
		if (host !== 'control.test') return failing('ENOTFOUND')();
		stop.abort();
		return never();
	});
	const {verdict, reason} = await ask(tcp('gone.test:80'), context({control: 'control.test:1', signal: stop.signal}));
	assert.deepEqual([verdict, reason], ['unknown', 'the watcher could not ask']);
});
