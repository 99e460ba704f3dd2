/** Nothing runs that was not approved: scripts of gates, playbooks, the rollback, probes and notifications. */
import assert from 'node:assert/strict';
import {renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {asks, gate, notifies, stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';
import {linesOf} from '../harness/files.ts';

const writes = (word: string): string => `#!/bin/bash\necho ${word} >> ran.txt\n`;

const ran = ({workspace}: Site): readonly string[] => linesOf(join(workspace, 'ran.txt'));

/** As an editor or a deployment does: another file in its place. */
function swap({workspace}: Site, path: string, text: string): void {
	const aside = join(workspace, `${path}.new`);
	writeFileSync(aside, text, {mode: 0o755});
	renameSync(aside, join(workspace, path));
}

const command = (line: string): Partial<Runbook> => ({
	gates: [gate('G1', {kind: 'command', commands: [line]})],
	stages: [stage('T-30', -30, {gates: ['G1']}), stage('T0', 0, {kind: 'act'})],
});

const begins = (t: TestContext, line: string, files: Readonly<Record<string, string>>): Promise<Site> =>
	Site.begin(t, {runbook: command(line), files});

async function judged(site: Site): Promise<{readonly outcome: string; readonly reason: string | null}> {
	const {outcome, reason} = await site.ended(await site.runs('G1'));
	return {outcome, reason};
}

test('a gate script without siblings runs from its approved copy', async t => {
	const site = await begins(t, 'bash ops/pre.sh', {'ops/pre.sh': writes('approved')});
	const ref = await site.runs('G1');
	assert.equal((await site.ended(ref)).outcome, 'pass');
	assert.match(site.log(ref), /runs the approved copy: bash \S+approved\/run\/\w+\/pre\.sh/);
	assert.deepEqual(ran(site), ['approved']);
});

for (const [how, line] of [
	['by an interpreter', 'bash ops/pre.sh'],
	['by itself', './ops/pre.sh'],
	['from its folder', 'cd ops && ./pre.sh'],
	['in a nested shell', `bash -c 'ops/pre.sh'`],
	['in a substitution', 'test -z "$(ops/pre.sh)"'],
	['behind a variable', 'LANG=C timeout 5 ops/pre.sh'],
	['sourced', '. ops/pre.sh'],
	['by a wildcard', 'for each in o?s/p*.sh; do bash "$each"; done'],
] as const)
	test(`a gate script that changed does not run, and the gate says so: called ${how}`, async t => {
		const site = await begins(t, line, {'ops/pre.sh': writes('approved')});
		swap(site, 'ops/pre.sh', writes('other'));
		const {outcome, reason} = await judged(site);
		assert.equal(outcome, 'unknown');
		assert.match(
			reason ?? '',
			/not run: ops\/pre\.sh changed since the approval \(approved sha256:\w+, now sha256:\w+\)/,
		);
		assert.deepEqual(ran(site), []);
	});

test('a script that a script means by a wildcard beside it does not run changed', async t => {
	const site = await begins(t, 'bash ops/all.sh', {
		'ops/all.sh': '#!/bin/bash\nfor each in "$(dirname "$0")"/part-*; do bash "$each"; done\n',
		'ops/part-1': writes('approved'),
	});
	assert.equal((await judged(site)).outcome, 'pass');
	swap(site, 'ops/part-1', writes('other'));
	assert.match((await judged(site)).reason ?? '', /^not run: ops\/part-1 changed/);
	assert.deepEqual(ran(site), ['approved']);
});

test('a script that came after the approval and is meant by a wildcard does not run', async t => {
	const site = await begins(t, 'bash ops/*.sh', {'ops/pre.sh': writes('approved')});
	swap(site, 'ops/early.sh', writes('other'));
	const {outcome, reason} = await judged(site);
	assert.deepEqual(
		[outcome, reason?.split('. ')[0]],
		['unknown', 'not run: ops/early.sh was not approved with the runbook'],
	);
	assert.deepEqual(ran(site), []);
});

test('a change of a gate script is a hold before T0 that names it', async t => {
	const site = await begins(t, 'bash ops/pre.sh', {'ops/pre.sh': writes('approved')});
	swap(site, 'ops/pre.sh', writes('other'));
	await site.shows('the hold', () => site.journal.state().hold?.reason.includes('ops/pre.sh'));
});

test('a script that calls its siblings keeps working, and a changed sibling stops it', async t => {
	const site = await begins(t, 'bash ops/pre.sh', {
		'ops/pre.sh': '#!/bin/bash\n. "$(dirname "$0")/lib.sh"\nsay approved\n',
		'ops/lib.sh': 'say() { echo "$1" >> ran.txt; }\n',
	});
	assert.equal((await judged(site)).outcome, 'pass');
	assert.deepEqual(ran(site), ['approved']);
	swap(site, 'ops/lib.sh', 'say() { echo other >> ran.txt; }\n');
	const {outcome, reason} = await judged(site);
	assert.deepEqual([outcome, /not run: ops\/lib\.sh changed/.test(reason ?? '')], ['unknown', true]);
	assert.deepEqual(ran(site), ['approved']);
});

test('a script run in place that changes while it runs is reported', async t => {
	const site = await begins(t, 'bash ops/pre.sh', {
		'ops/pre.sh': '#!/bin/bash\ncd "$(dirname "$0")/.."\necho "# more" >> ops/pre.sh\n',
	});
	const {outcome, reason} = await judged(site);
	assert.equal(outcome, 'unknown');
	assert.match(reason ?? '', /ops\/pre\.sh changed since the approval .* while it ran/);
});

test('a playbook does not run where a script that it names changed', async t => {
	const site = await Site.begin(t, {
		runbook: {stages: [stage('T-30', -30, {kind: 'manual', playbook: 'go.ts'}), stage('T0', 0, {kind: 'act'})]},
		files: {
			'go.ts': `import {$} from 'zx';\nexport default ({step}) => step('go', () => $\`bash ops/go.sh\`);\n`,
			'ops/go.sh': writes('approved'),
		},
		approved: ['go.ts'],
	});
	swap(site, 'ops/go.sh', writes('other'));
	const {outcome, reason} = await site.ended(await site.runs('T-30'));
	assert.equal(outcome, 'fail');
	assert.match(reason ?? '', /not run: ops\/go\.sh changed since the approval/);
	assert.deepEqual(ran(site), []);
});

test('a changed notification command is a hold, reported by the approved copy', async t => {
	const site = await Site.begin(t, {
		runbook: {...command('true'), notify: [notifies(['hold'], 'ops/tell.sh')]},
		files: {'ops/tell.sh': writes('approved')},
		watched: true,
	});
	swap(site, 'ops/tell.sh', writes('other'));
	await site.shows('the notice', () => ran(site).length > 0);
	assert.deepEqual([...new Set(ran(site))], ['approved']);
});

test('a notification command in place that changed is not run, and that it was not is journaled', async t => {
	const site = await Site.begin(t, {
		runbook: {...command('true'), notify: [notifies(['hold'], 'ops/tell.sh && true')]},
		files: {'ops/tell.sh': `#!/bin/bash\ncd "$(dirname "$0")/.." && echo approved >> ran.txt\n`},
		watched: true,
	});
	swap(site, 'ops/tell.sh', writes('other'));
	await site.shows('that it was missed', () =>
		site.journal
			.entries()
			.some(
				({type, data}) => type === 'notificationFailed' && /not run: ops\/tell\.sh changed/.test(JSON.stringify(data)),
			),
	);
	assert.deepEqual(ran(site), []);
});

test('a changed probe never runs', async t => {
	const site = await Site.begin(t, {
		runbook: {
			...command('true'),
			endpoints: [asks('ops/ask.sh')],
		},
		files: {'ops/ask.sh': writes('approved')},
		watched: true,
	});
	await site.shows('a first answer', () => ran(site).length > 0);
	swap(site, 'ops/ask.sh', writes('other'));
	const before = ran(site).length;
	await site.shows('two more answers', () => ran(site).length > before + 1);
	assert.deepEqual([...new Set(ran(site))], ['approved']);
});
