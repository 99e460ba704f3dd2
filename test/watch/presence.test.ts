import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {identityOf} from '../../source/processes/process.ts';
import {enter, lastHere, present} from '../../source/watch/presence.ts';

const person = (name: string): Person => ({
	name,
	login: null,
	role: 'ops-lead',
	tty: null,
	ssh: null,
	strength: 'stated',
});

const folderOf = (context: TestContext): string => {
	const folder = mkdtempSync(join(tmpdir(), 'here-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

test('who has a screen open is here, with role and since when; who left is not', context => {
	const folder = folderOf(context);
	const presence = enter(folder, person('carol'), {...systemClock, now: () => 1000});
	assert.deepEqual(present(folder), [{name: 'carol', role: 'ops-lead', since: 1000}]);
	assert.equal(lastHere(folder, 'carol'), null);
	presence.leave();
	assert.deepEqual(present(folder), []);
	assert.ok((lastHere(folder, 'carol') ?? 0) > 0);
});

test('a killed screen is not present, and its last heartbeat says since when', async context => {
	const folder = folderOf(context);
	enter(folder, person('carol'), {...systemClock, now: () => 1000}).leave();
	const other = spawn('sleep', ['60']);
	const mark = {name: 'dave', role: null, since: 2000, ...identityOf(other.pid ?? 0)};
	writeFileSync(join(folder, 'here', 'dave.json'), JSON.stringify(mark));
	assert.deepEqual(present(folder), [{name: 'dave', role: null, since: 2000}]);
	other.kill('SIGKILL');
	await once(other, 'exit');
	assert.deepEqual(present(folder), []);
	assert.ok((lastHere(folder, 'dave') ?? 0) > 0);
});

test('another name is taken at once, by the same one screen', context => {
	const folder = folderOf(context);
	const presence = enter(folder, person('root'), {...systemClock, now: () => 1000});
	presence.named({name: 'mia', role: null});
	assert.deepEqual(present(folder), [{name: 'mia', role: null, since: 1000}]);
	assert.equal(lastHere(folder, 'root'), null);
	presence.leave();
	assert.deepEqual(present(folder), []);
	assert.ok((lastHere(folder, 'mia') ?? 0) > 0);
});

test('a damaged or missing presence file means nobody is present', context => {
	const folder = folderOf(context);
	assert.deepEqual(present(folder), []);
	enter(folder, person('carol'), {...systemClock, now: () => 1000}).leave();
	writeFileSync(join(folder, 'here', 'x.json'), '{');
	assert.deepEqual(present(folder), []);
});
