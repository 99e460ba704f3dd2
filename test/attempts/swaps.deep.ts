/** Scripts that are swapped at random instants while they are run again and again: no unapproved byte runs, every change is told. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {gate, notifies, stage} from './rows.ts';
import {Site} from './site.ts';

const swaps = 500;
const writes = (word: string): string => `#!/bin/bash\necho ${word} >> ran.txt\n`;

test(`${swaps} swaps of a gate script, a notification and a probe: only approved bytes run`, async t => {
	const files = ['ops/pre.sh', 'ops/tell.sh', 'ops/ask.sh'] as const;
	const site = await Site.begin(t, {
		runbook: {
			gates: [gate('G1', {kind: 'command', commands: ['bash ops/pre.sh']})],
			stages: [stage('T-30', -30, {gates: ['G1']}), stage('T0', 0, {kind: 'act'})],
			notify: [notifies(['hold'], 'ops/tell.sh')],
			endpoints: [{name: 'api', kind: 'script', run: 'ops/ask.sh', everySeconds: 1, timeoutSeconds: 5, critical: true}],
		},
		files: Object.fromEntries(files.map(path => [path, writes('approved')])),
		watched: true,
	});
	const put = (path: string, text: string): void => {
		const aside = join(site.workspace, `${path}.new`);
		writeFileSync(aside, text, {mode: 0o755});
		renameSync(aside, join(site.workspace, path));
	};
	let done = false;
	const swapping = (async () => {
		for (let count = 0; count < swaps; count++) {
			const path = files[randomInt(files.length)] ?? 'ops/pre.sh';
			put(path, writes('other'));
			await pause(randomInt(20));
			if (count < swaps - 1) put(path, writes('approved'));
			await pause(randomInt(20));
		}
		done = true;
	})();
	while (!done) await site.ended(await site.runs('G1'));
	await swapping;
	put('ops/pre.sh', writes('other'));
	const last = await site.ended(await site.runs('G1'));
	assert.match(last.reason ?? '', /ops\/pre\.sh changed since the approval/);
	await site.shows('the hold', () => site.journal.state().hold);
	const file = join(site.workspace, 'ran.txt');
	const ran = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	assert.deepEqual([...new Set(ran)], ['approved']);
});
