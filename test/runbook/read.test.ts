import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {changed, codes, read, runbookOf, sample} from './sample.ts';

const runbook = runbookOf(sample);

test('a well-formed runbook is read without a problem', () => {
	assert.deepEqual(read(sample).problems, []);
	assert.equal(runbook.title, 'Orders move to cluster B');
	assert.equal(runbook.digest, `sha256:${createHash('sha256').update(sample).digest('hex')}`);
	assert.deepEqual(runbook.roles, [
		'operator',
		'qa-lead',
		'release-manager',
		'ops-lead',
		'oncall',
		'product-owner',
		'L1',
		'L2',
		'L3',
	]);
	assert.equal(runbook.people, null);
});

test('the row of a gate decides how it is judged', () => {
	assert.deepEqual(
		runbook.gates.map(({id, kind, commands, files, groups, owners}) => ({id, kind, commands, files, groups, owners})),
		[
			{
				id: 'G1',
				kind: 'command',
				commands: ['bash ops/preflight.sh --strict'],
				files: ['ops/preflight.sh'],
				groups: [],
				owners: ['operator'],
			},
			{id: 'G2', kind: 'command', commands: ['npm run build && npm test'], files: [], groups: [], owners: ['qa-lead']},
			{
				id: 'G3',
				kind: 'files',
				commands: [],
				files: ['.github/workflows/orders-back.yml', 'ops/orders-back.sh'],
				groups: [],
				owners: ['release-manager'],
			},
			{
				id: 'G4',
				kind: 'acknowledgement',
				commands: [],
				files: ['docs/handover.md', 'docs/incidents.md'],
				groups: ['L1', 'L2', 'L3'],
				owners: ['ops-lead'],
			},
			{
				id: 'G5',
				kind: 'statement',
				commands: [],
				files: ['docs/findings.md'],
				groups: ['product-owner'],
				owners: ['product-owner'],
			},
		],
	);
});

test('stages know their kind, their time and the gates that they run', () => {
	assert.deepEqual(
		runbook.stages.map(({id, kind, offsetSeconds, owners, gates}) => ({id, kind, offsetSeconds, owners, gates})),
		[
			{id: 'T-60', kind: 'checks', offsetSeconds: -3600, owners: ['operator'], gates: ['G1']},
			{id: 'T-30', kind: 'checks', offsetSeconds: -1800, owners: ['qa-lead'], gates: ['G2']},
			{
				id: 'T-10',
				kind: 'decision',
				offsetSeconds: -600,
				owners: ['release-manager', 'ops-lead'],
				gates: ['G1', 'G2', 'G3', 'G4', 'G5'],
			},
			{id: 'T0', kind: 'act', offsetSeconds: 0, owners: ['release-manager'], gates: []},
			{id: 'T+10', kind: 'verification', offsetSeconds: 600, owners: ['oncall'], gates: []},
			{id: 'T+30', kind: 'closing', offsetSeconds: 1800, owners: ['release-manager', 'product-owner'], gates: []},
		],
	);
});

test('a verification asks for each thing that its text names', () => {
	assert.deepEqual(runbook.stages[4]?.items, ['health endpoints', 'queue depth', 'error logs', 'baseline']);
	assert.deepEqual(runbook.stages[5]?.items, []);
});

test('stages before T0 have a quarter of an hour, the others no limit', () => {
	assert.deepEqual(
		runbook.stages.map(({timeoutSeconds}) => timeoutSeconds),
		[900, 900, 900, null, null, null],
	);
});

test('an outage has its threshold, and what people confirm its roles and facts', () => {
	assert.deepEqual(
		runbook.triggers.map(({line: _, text: __, ...trigger}) => trigger),
		[
			{id: '1', kind: 'outage', thresholdSeconds: 480, strict: true, roles: []},
			{
				id: '2',
				kind: 'confirmation',
				roles: ['L1', 'L2'],
				need: 'any',
				facts: ['P1 impact', 'no safe repair in place'],
				answerSeconds: 300,
			},
			{
				id: '3',
				kind: 'confirmation',
				roles: ['release-manager'],
				need: 'any',
				facts: ['customers lose orders'],
				answerSeconds: 300,
			},
		],
	);
});

test('the rollback is a workflow, and a script where that is unavailable', () => {
	const {line: _, ...rollback} = runbook.rollback ?? {line: 0};
	assert.deepEqual(rollback, {
		preferred: {
			kind: 'workflow',
			workflow: '.github/workflows/orders-back.yml',
			inputs: {action: 'back', target: 'cluster-a', keep_queue: '1'},
		},
		fallback: {kind: 'script', script: 'ops/orders-back.sh', reference: 'docs/incidents.md'},
		environment: {ACTION: 'back', TARGET: 'cluster-a', KEEP_QUEUE: '1'},
		settleSeconds: 120,
		proveSeconds: 600,
	});
});

test('a sign-off asks for what it speaks of', () => {
	assert.deepEqual(
		runbook.signOffs.map(({id, role, requires}) => ({id, role, requires})),
		[
			{id: 'S1', role: 'operator', requires: [{kind: 'log', of: 'T-60'}]},
			{id: 'S2', role: 'qa-lead', requires: [{kind: 'log', of: 'T-30'}]},
			{
				id: 'S3',
				role: 'ops-lead',
				requires: [
					{kind: 'acknowledged', of: 'G4'},
					{kind: 'file', of: 'docs/handover.md'},
					{kind: 'file', of: 'docs/incidents.md'},
				],
			},
			{
				id: 'S4',
				role: 'release-manager',
				requires: [
					{kind: 'decision', of: 'T-10'},
					{kind: 'decision', of: 'T+30'},
				],
			},
			{id: 'S5', role: 'product-owner', requires: [{kind: 'file', of: 'docs/closeout.md'}]},
		],
	);
});

test('the evidence template is kept line for line', () => {
	assert.deepEqual(
		runbook.evidence.map(({field}) => field),
		[
			'Ticket',
			'Environment',
			'Operator',
			'Gate results (G1-G5)',
			'T-60 evidence',
			'T-10 decision',
			'Rollback trigger (if any)',
		],
	);
	assert.equal(runbook.evidence[3]?.text, 'Gate results (G1-G5):');
});

test('each part knows its line', () => {
	const lines = sample.split('\n');
	for (const {id, line} of runbook.gates) assert.match(lines[line - 1] ?? '', new RegExp(`^\\| ${id} `));
	for (const {id, line} of runbook.stages) assert.ok(lines[line - 1]?.startsWith(`| ${id} `));
	for (const {id, line} of runbook.triggers) assert.ok(lines[line - 1]?.startsWith(`${id}. `));
	assert.match(lines[(runbook.rollback?.line ?? 0) - 1] ?? '', /^1\. Open/);
});

test('every assumption is listed with its reason', () => {
	const {notes} = read(sample);
	assert.ok(notes.includes('T-60 runs G1: its action says "preflight" and its owner owns it.'));
	assert.ok(notes.includes('Trigger 2: L1/L2 is read as any one of them; need: all in the settings asks each.'));
});

test('CRLF and a byte order mark change nothing', () => {
	const {digest: _, ...plain} = runbook;
	const {digest: __, ...windows} = runbookOf(`\ufeff${sample.replaceAll('\n', '\r\n')}`);
	assert.deepEqual(windows, plain);
});

test('a runbook without the parts that are not required is read, and each is missed by name', () => {
	const {runbook: bare, problems} = read(
		'# Small\n\n| Time | Owner | Action |\n|---|---|---|\n| T-5 | a | Decide |\n| T0 | a | Do it |\n| T+5 | a | Keep or not |\n',
	);
	assert.ok(bare);
	assert.deepEqual(codes(problems).toSorted(), [
		'gates-missing',
		'rollback-missing',
		'signoffs-missing',
		'triggers-missing',
	]);
	assert.deepEqual(
		bare.evidence.map(({field}) => field),
		[
			'Cutover ticket ID',
			'Environment',
			'Operator',
			'T-5 decision',
			'T0 execution reference',
			'T+5 closure decision',
			'Rollback trigger (if any)',
		],
	);
});

test('a longer plan of something else is not taken for the timeline, and is named', () => {
	const plan = `## Communication plan\n\n| Time | Who | What |\n|---|---|---|\n${['T-90', 'T-60', 'T-30', 'T-10', 'T0', 'T+5', 'T+10', 'T+30'].map(time => `| ${time} | press | Tell |`).join('\n')}\n\n`;
	const {runbook: both, problems} = read(sample.replace('## Timeline', `${plan}## Timeline`));
	assert.deepEqual(
		both?.stages.map(({id}) => id),
		runbook.stages.map(({id}) => id),
	);
	assert.deepEqual(codes(problems), ['timeline-other']);
});

test('what the workspace lacks is noted, not refused', () => {
	const {runbook: whole, notes} = read(sample, {missing: ['docs/findings.md', 'ops/orders-back.sh']});
	assert.ok(whole);
	assert.ok(notes.includes('Not in the workspace now: ops/orders-back.sh, docs/findings.md.'));
});

test('gates that are only numbered are named by a list of numbers, and what a number counts is no gate', () => {
	const numbered = sample.replaceAll(/\| G(\d) \|/g, '| $1 |');
	const gatesAt = (action: string) =>
		runbookOf(changed('Go/no-go call; verify G1-G5 PASS; freeze other changes.', action, numbered)).stages[2]?.gates;
	assert.deepEqual(gatesAt('Decide; run the checks 1, 2 and 4.'), ['1', '2', '4']);
	assert.deepEqual(gatesAt('Go/no-go; verify 2-4 PASS; freeze.'), ['2', '3', '4']);
	assert.deepEqual(gatesAt('Go/no-go; verify 1, 3-5.'), ['1', '3', '4', '5']);
	assert.deepEqual(gatesAt('Go/no-go; verify 2 replicas answer.'), []);
});

test('a runbook that was read with warnings knows how many', () => {
	assert.equal(runbook.warnings, undefined);
	assert.equal(runbookOf(changed('`handover.md`', '`handbook.md`')).warnings, 1);
});

test('roles joined by "and" that say something together are each asked, and the fact is what they say', () => {
	const asked = (text: string) => {
		const [, , trigger] = runbookOf(changed('Release manager confirms that customers lose orders.', text)).triggers;
		return trigger?.kind === 'confirmation' ? [trigger.need, trigger.roles.join(' '), trigger.facts.join('; ')] : [];
	};
	for (const said of [
		'Ops lead and QA lead agree that customers lose orders.',
		'The ops-lead and the qa-lead both agree that customers lose orders.',
		'Both ops-lead and `<qa-lead>` confirm that customers lose orders.',
		'ops-lead & qa-lead have agreed that customers lose orders.',
	])
		assert.deepEqual(asked(said), ['all', 'ops-lead qa-lead', 'customers lose orders'], said);
	assert.deepEqual(asked('Operator, ops lead and QA lead agree that orders are lost.').slice(0, 2), [
		'all',
		'operator ops-lead qa-lead',
	]);
	for (const said of [
		'Ops lead or QA lead agrees that orders are lost.',
		'ops-lead/qa-lead confirm lost orders.',
		'ops-lead, qa-lead: confirm lost orders.',
	])
		assert.equal(asked(said)[0], 'any', said);
});

test('an empty file is one error', () => {
	for (const text of ['', ' \n\n', '\uFEFF']) assert.deepEqual(codes(read(text).problems), ['text-empty']);
});
