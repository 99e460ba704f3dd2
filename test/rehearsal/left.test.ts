import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {identityOf} from '../../source/processes/process.ts';
import {desk} from '../cli/desk.ts';
import {begin} from '../cli/walks.ts';

test('a rehearsal whose process is gone is read, and nothing is begun in it', async context => {
	const night = desk(context);
	const id = await begin(night);
	const holder = identityOf(process.pid);
	const record = join(night.state, id, 'rehearsal.json');
	writeFileSync(record, JSON.stringify(holder));
	await night.must('rita', 'note', 'it is held');
	writeFileSync(record, JSON.stringify({...holder, start: holder.start - 1}));
	const {code, stderr} = await night.as('rita', 'note', 'it is left');
	assert.equal(code, 1);
	assert.match(stderr, /A rehearsal ends with its process: This one has ended\. Rehearse again/);
	assert.equal((await night.status())['status'], 'preparing');
});
