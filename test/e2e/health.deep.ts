/** A service that goes down after T0, where GitHub does not know the workflow. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {entries, night, rollback} from './outage-night.ts';

test('GitHub knows no such workflow: the fallback runs once under the same word; while health is down it is not rolled back, and late proof counts', {
	timeout: 300_000,
}, async t => {
	const on = await night(t, '5s');
	const {place, github, service, until} = on;
	service.healthy = false;
	await until('fired', ({triggers}) => triggers[0]?.state === 'fired');
	github.always('dispatch', '404');
	const ended = await place.cli(...rollback, '--as', 'rita');
	assert.equal(ended.code, 1, ended.stdout + ended.stderr);
	assert.equal(readFileSync(join(place.folder, 'rolled-back'), 'utf8'), 'rollback ops/compose.yml 0');
	assert.equal((await place.status())['status'], 'rollback-failed');
	const reported = await entries(on);
	assert.deepEqual(
		reported.filter(({type}) => type === 'rollbackBegun' || type === 'dispatching').map(({type}) => type),
		['rollbackBegun', 'dispatching'],
	);
	assert.deepEqual(
		reported
			.filter(({type, data}) => type === 'started' && 'path' in Object(data['target']))
			.map(({data}) => data['target']),
		[{path: 'preferred'}, {path: 'fallback'}],
	);
	service.healthy = true;
	await until('late proof', ({status}) => status === 'rolled-back');
});
