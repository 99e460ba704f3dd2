import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gate, Site} from './site.ts';

test('a command that exits 0 lets its gate pass, with its output in the log and the digest of the log in the journal', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['echo one; echo two >&2']})]}});
	const ref = await site.runs('G1');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass', site.log(ref));
	assert.equal(site.journal.state().gates['G1']?.judgement?.verdict, 'pass');
	assert.match(site.log(ref), /^one$/m);
	assert.match(site.log(ref), /^two$/m);
});
