import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {ask} from '../../source/probes/ask.ts';
import {closedPort, context, listen, portOf, silentPort, tcp} from './around.ts';

test('a port that takes the connection is up, and it is closed at once', async t => {
	const closed = Promise.withResolvers<void>();
	const server = await listen(t, socket => void socket.resume().once('close', () => closed.resolve()));
	const {verdict, reason, phases, version} = await ask(tcp(`127.0.0.1:${portOf(server)}`), context());
	assert.deepEqual([verdict, reason, version], ['ok', '', null]);
	assert.deepEqual(Object.keys(phases), ['dns', 'tcp']);
	await closed.promise;
});

test('a name is resolved, and an IPv6 address is written in brackets', async t => {
	const four = portOf(await listen(t, socket => void socket.resume()));
	assert.equal((await ask(tcp(`localhost:${four}`), context())).verdict, 'ok');
	const six = portOf(await listen(t, socket => void socket.resume(), '::1'));
	assert.equal((await ask(tcp(`[::1]:${six}`), context())).verdict, 'ok');
});

test('a port without a listener is down', async () => {
	const {verdict, reason} = await ask(tcp(`127.0.0.1:${await closedPort()}`), context());
	assert.deepEqual([verdict, reason], ['fail', 'connection refused']);
});

test('a port that is silent is late at the time-out', async t => {
	const {verdict, reason, took, phases} = await ask(
		tcp(`127.0.0.1:${await silentPort(t)}`, {timeoutSeconds: 0.3}),
		context(),
	);
	assert.deepEqual([verdict, reason], ['fail', 'no answer in 300ms']);
	assert.deepEqual(Object.keys(phases), ['dns']);
	assert.ok(took >= 299, `took ${took} ms`);
});

test('a service that speaks first is up as well', async t => {
	const server = await listen(t, socket => void socket.write('220 mail\r\n'));
	const taken = once(server, 'connection');
	assert.equal((await ask(tcp(`127.0.0.1:${portOf(server)}`), context())).verdict, 'ok');
	await taken;
});

test('an address without a port is unknown', async () => {
	for (const address of ['127.0.0.1', 'a:b', '::1:80', '']) {
		const {verdict, reason} = await ask(tcp(address), context());
		assert.deepEqual([verdict, reason], ['unknown', 'the watcher could not ask'], address);
	}
});
