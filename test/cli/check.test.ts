import assert from 'node:assert/strict';
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {desk} from './desk.ts';

const rest = 'read again at each save';

test('check --watch reads again when the runbook is saved, and Ctrl-C ends it', async context => {
	const {startHere, folder} = desk(context);
	const runbook = join(folder, 'runbook.md');
	const good = readFileSync(runbook, 'utf8');
	const watching = startHere('check', 'runbook.md', '--watch');
	assert.match(await watching.shows(rest), /no error; read again/);
	writeFileSync(runbook, good.replace('| G5 |', '| G2 |'));
	const broken = await watching.shows('errors; read again');
	assert.match(broken, /runbook\.md:\d+:3 {2}error {2}gate-double {2}G2 is used twice/);
	// As editors do it: a new file in the place of the old one.
	writeFileSync(`${runbook}~`, good.replace('# Ledger move to the green cluster', '# Ledger move, once more'));
	renameSync(`${runbook}~`, runbook);
	await watching.shows('Ledger move, once more');
	watching.signal('SIGINT');
	assert.equal((await watching.ended).code, 130);
});

test('check --watch reads again when settings appear beside the runbook', async context => {
	const {startHere, folder} = desk(context);
	const watching = startHere('check', 'runbook.md', '--watch');
	await watching.shows(rest);
	writeFileSync(join(folder, 'runbook.cutover.yaml'), 'cutover: 1\ntitle: Named by its settings\n');
	await watching.shows('Named by its settings');
	watching.signal('SIGTERM');
	assert.equal((await watching.ended).code, 143);
});

test('check --watch gives no one document', async context => {
	const {answers} = desk(context);
	const {code, stderr} = await answers('check', 'runbook.md', '--watch', '--json');
	assert.equal(code, 2);
	assert.match(stderr, /leave out --watch, or --json/);
});
