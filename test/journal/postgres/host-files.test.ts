/* What a host writes down of a database: files of other hosts, by several processes at once; and timelines, without room. */
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Connection} from '../../../source/journal/postgres/connection.ts';
import {postgresCopies} from '../../../source/journal/postgres/copies.ts';
import {timelinesIn} from '../../../source/journal/postgres/timelines.ts';
import {folderWithoutRoom} from '../../harness/files.ts';

const path = 'attempts/T-60-1/log';
const log = Buffer.from('the log of another host\n');

/** A database that holds that log in one chunk. */
const database: Connection = {
	query: async text => {
		const row = {path, version: '', start: 0, bytes: log, size: log.length, stored: 1};
		return {rows: text.includes('cutover.chunks') ? [row] : [], notices: []};
	},
	listen: () => () => {},
	at: () => null,
	count: () => 1,
	passedOver: () => [],
	close: async () => {},
};

test('a log that two processes of a host follow at once is there once', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-copies-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const processes = [1, 2].map(() => postgresCopies(database, 'billing', folder, () => true));
	await Promise.all(processes.map(copies => copies.follow()));
	assert.deepEqual(readFileSync(join(folder, path)), log);
});

test('a timeline that the disk does not take is known to this process all the same', t => {
	const root = mkdtempSync(join(tmpdir(), 'cutover-timelines-'));
	t.after(() => rmSync(root, {recursive: true}));
	const timelines = timelinesIn(folderWithoutRoom(root));
	timelines.saw('7301', 4);
	assert.equal(timelines.newest('7301'), 4);
});
