import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {fileSystem, onSync, onType, room, sync} from '../../../source/cli/doctor/store.ts';

test('a state folder on a network or memory file system is reported with the type', () => {
	assert.match(onType('/state', 0x6969).text, /^\/state is on NFS: locks and syncs/);
	assert.match(onType('/state', 0xff534d42 | 0).text, /CIFS/);
	assert.match(onType('/state', 0x01021994).text, /in memory \(tmpfs\): a reboot loses/);
	assert.equal(onType('/state', 0xef53).holds, 'yes');
});

test('a sync that is implausibly fast or too slow is reported', () => {
	assert.match(onSync(0.002).text, /^A sync takes 0\.0020 ms: no disk is that quick/);
	assert.equal(onSync(0.002).holds, 'beware');
	assert.equal(onSync(0.15).holds, 'yes');
	assert.equal(onSync(30).holds, 'yes');
	assert.match(onSync(250).text, /each keypress/);
});

test('measuring leaves nothing behind, also where the state folder is not there yet', t => {
	const place = mkdtempSync(join(tmpdir(), 'store-'));
	t.after(() => rmSync(place, {recursive: true}));
	for (const look of [room, fileSystem, (root: string) => sync(root, systemClock)])
		assert.notEqual(look(join(place, 'cutovers')).text, '');
	assert.deepEqual(readdirSync(place), []);
});

test('a state folder that others can write is refused', t => {
	const place = mkdtempSync(join(tmpdir(), 'store-'));
	t.after(() => rmSync(place, {recursive: true}));
	const root = join(place, 'cutovers');
	mkdirSync(root);
	assert.notEqual(room(root).holds, 'no');
	rmSync(root, {recursive: true});
	const before = process.umask(0);
	mkdirSync(root, {mode: 0o777});
	process.umask(before);
	const {holds, fix} = room(root);
	assert.equal(holds, 'no');
	assert.equal(fix, `chmod 700 ${root}`);
});
