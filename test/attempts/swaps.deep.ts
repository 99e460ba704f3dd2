/** Scripts that are swapped at random instants while they are run again and again: no unapproved byte runs, every change is told. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {changedBytes} from '../../source/cutover/due/gate-verdict.ts';
import {asks, gate, notifies, stage} from './rows.ts';
import {Site} from './site.ts';

const swaps = 500;
/** What each of them writes, by who runs it. */
const files = {
	'ops/pre.sh': 'a gate',
	'ops/tell.sh': 'a notification',
	'ops/ask.sh': 'a probe',
	'g.ts': 'a playbook',
} as const;
type Swapped = keyof typeof files;
const paths = Object.keys(files) as Swapped[];

const writes = (path: Swapped, word: string): string => {
	const line = `echo "${files[path]}: ${word}" >> ran.txt`;
	return path === 'g.ts'
		? `import {$} from 'zx';\nexport default async () => { await $\`bash -c ${'${'}${JSON.stringify(line)}}\`; };\n`
		: `#!/bin/bash\n${line}\n`;
};

test(`${swaps} swaps of a gate script, a notification, a probe and a playbook: only approved bytes run`, async t => {
	const site = await Site.begin(t, {
		runbook: {
			gates: [
				gate('G1', {kind: 'command', commands: ['bash ops/pre.sh']}),
				gate('G2', {kind: 'playbook', playbook: 'g.ts'}),
			],
			stages: [stage('T-30', -30, {gates: ['G1', 'G2']}), stage('T0', 0, {kind: 'act'})],
			notify: [notifies(['hold'], 'ops/tell.sh')],
			endpoints: [asks('ops/ask.sh')],
		},
		files: Object.fromEntries(paths.map(path => [path, writes(path, 'approved')])),
		approved: ['g.ts'],
		watched: true,
	});
	const put = (path: Swapped, word: string): void => {
		const aside = join(site.workspace, `${path}.new`);
		writeFileSync(aside, writes(path, word), {mode: 0o755});
		renameSync(aside, join(site.workspace, path));
	};
	let done = false;
	const swapping = (async () => {
		for (let count = 0; count < swaps; count++) {
			const path = paths[randomInt(paths.length)] ?? 'g.ts';
			put(path, 'other');
			await pause(randomInt(20));
			put(path, 'approved');
			await pause(randomInt(20));
		}
		done = true;
	})();
	const reasons: string[] = [];
	for (let count = 0; !done; count++) {
		const {reason} = await site.ended(await site.runs(count % 2 === 0 ? 'G1' : 'G2'));
		if (reason !== null) reasons.push(reason);
	}
	await swapping;
	for (const path of paths) put(path, 'other');
	const gated = await site.ended(await site.runs('G1'));
	assert.match(gated.reason ?? '', /not run: ops\/pre\.sh changed since the approval/);
	await site.does('note', {text: 'after the last swap', on: null});
	await site.shows('the hold', () => site.journal.state().hold);
	const told = () => changedBytes(site.journal.state(), site.journal.observed());
	await site.shows('every changed file', () => paths.every(path => told().includes(path)));
	for (const reason of reasons) assert.match(reason, /changed since the approval|not approved/);
	const file = join(site.workspace, 'ran.txt');
	const ran = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	assert.deepEqual(
		[...new Set(ran)].toSorted(),
		Object.values(files)
			.map(who => `${who}: approved`)
			.toSorted(),
	);
	t.diagnostic(`${ran.length} runs, ${reasons.length} of gates refused`);
});
