import assert from 'node:assert/strict';
import type {RequestListener} from 'node:http';
import {type TestContext, test} from 'node:test';
import {ask} from '../../source/probes/ask.ts';
import {versionIn} from '../../source/probes/ask-http.ts';
import {context, http, type Rest, serve} from './around.ts';

const versions: Readonly<Record<string, string | null>> = {
	'{"version": "2.4.1", "status": "ok"}': '2.4.1',
	'{"release": "green"}': 'green',
	'{"build": "981", "commit": "3f2c9a1"}': '981',
	'{"version": 7, "commit": "3f2c9a1"}': '3f2c9a1',
	'"2031.3"': '2031.3',
	'2.4.1\n': '2.4.1',
	'\r\n  2.4.1  \r\nbuilt at night': '2.4.1',
	'7': '7',
	'{"status": "ok"}': null,
	'["2.4.1"]': null,
	'{"version": "2.4': null,
	'<!doctype html>': null,
	null: null,
	'': null,
};

test('a version is what JSON names, or the first line of a text', () => {
	for (const [body, version] of Object.entries(versions)) assert.equal(versionIn(body), version, body);
	assert.equal(versionIn('x'.repeat(500))?.length, 80);
	assert.equal(versionIn(JSON.stringify({version: `${'x'.repeat(79)}😀`})), `${'x'.repeat(79)}\ufffd`);
});

async function found(t: TestContext, version: RequestListener, rest: Rest = {}) {
	const url = await serve(t, (request, response) => {
		if (request.url === '/health') response.end();
		else version(request, response);
	});
	return ask(http(`${url}/health`, {version: `${url}/version`, ...rest}), context());
}

test('the version is asked for in the same probe', async t => {
	const asked = await found(t, (_, response) => void response.end('{"version": "2.4.1"}'));
	assert.deepEqual([asked.verdict, asked.version], ['ok', '2.4.1']);
});

test('a redirect to the version is followed where redirects are', async t => {
	const moved: RequestListener = ({url}, response) => {
		if (url === '/version.txt') response.end('2.4.1');
		else response.writeHead(301, {location: '/version.txt'}).end();
	};
	assert.equal((await found(t, moved)).version, null);
	assert.equal((await found(t, moved, {follow: true})).version, '2.4.1');
});

test('a missing version fails nothing', async t => {
	const missing = await found(t, (_, response) => void response.writeHead(404).end('2.4.1'));
	assert.deepEqual([missing.verdict, missing.version], ['ok', null]);
	const broken = await found(t, (_, response) => response.destroy());
	assert.deepEqual([broken.verdict, broken.version], ['ok', null]);
	const nowhere = await found(t, () => {}, {version: 'no address'});
	assert.deepEqual([nowhere.verdict, nowhere.version], ['ok', null]);
});

test('a late version is ignored, and its delay is not counted', async t => {
	const asked = await found(t, () => {}, {timeoutSeconds: 2});
	assert.deepEqual([asked.verdict, asked.reason, asked.version], ['ok', '', null]);
	assert.ok(asked.took < 2000, `took ${asked.took} ms`);
});

test('a service that is down may still report its version', async t => {
	const url = await serve(t, (request, response) => {
		if (request.url === '/version') response.end('2.4.1');
		else response.writeHead(503).end();
	});
	const asked = await ask(http(url, {version: `${url}/version`}), context());
	assert.deepEqual([asked.verdict, asked.reason, asked.version], ['fail', 'HTTP 503', '2.4.1']);
});
