import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Code, complaints} from '../../source/runbook/problems/complaints.ts';
import {notifies} from '../attempts/rows.ts';
import {type Case, cases, people} from './bad-settings.ts';
import {changed, codes, placeOf, read, runbookOf, sample} from './sample.ts';

const all = `cutover: 1
id: orders-2031
title: Orders to B
environment: production
ticket: CHG-1
t0: 2031-03-08T22:00:00+01:00
columns: {owner: [Zuständig]}
roles:
  operator: [ana]
  qa-lead: [ben]
  Release Manager: [ana]
  ops-lead: [carol]
  oncall: [dave]
  product-owner: [eve]
  L1: [ben]
  L2: [dave]
  L3: [eve, Ana]
deputies: {Release Manager: [carol]}
gates:
  g1: {playbook: playbooks/preflight.ts, timeout: 5m, maxAge: 2h, paths: [ops, package.json]}
  G4: {need: any}
stages:
  T0: {playbook: playbooks/switch.ts, timeout: 20m, gates: [G1, g2]}
  T-30m: {start: auto}
triggers:
  "1": {threshold: 10m, warn: [40%, 75%], of: 2, restore: 2, confirm: 4}
  2: {need: all, answer: 90s}
rollback: {prove: 4m}
secrets: [DB_PASSWORD]
pass: [KUBECONFIG]
`;

test('settings say what prose cannot', () => {
	const runbook = runbookOf(sample, {settings: all});
	assert.deepEqual(
		{
			id: runbook.id,
			title: runbook.title,
			environment: runbook.environment,
			ticket: runbook.ticket,
			t0: runbook.t0,
			secrets: runbook.secrets,
			pass: runbook.pass,
			settings: runbook.settings,
		},
		{
			id: 'orders-2031',
			title: 'Orders to B',
			environment: 'production',
			ticket: 'CHG-1',
			t0: '2031-03-08T22:00:00+01:00',
			secrets: ['DB_PASSWORD'],
			pass: ['KUBECONFIG'],
			settings: '/srv/orders.cutover.yaml',
		},
	);
	assert.deepEqual(runbook.people?.['release-manager'], ['ana']);
	assert.deepEqual(runbook.deputies, {'release-manager': ['carol']});
	const [g1, , , g4] = runbook.gates;
	assert.deepEqual(
		[g1?.kind, g1?.playbook, g1?.timeoutSeconds, g1?.maxAgeSeconds, g1?.paths],
		['playbook', 'playbooks/preflight.ts', 300, 7200, ['ops', 'package.json']],
	);
	assert.equal(g4?.need, 'any');
	const t0 = runbook.stages.find(({id}) => id === 'T0');
	assert.deepEqual([t0?.playbook, t0?.timeoutSeconds, t0?.gates], ['playbooks/switch.ts', 1200, ['G1', 'G2']]);
	assert.equal(runbook.stages.find(({id}) => id === 'T-30')?.start, 'auto');
	assert.deepEqual(
		runbook.triggers.map(trigger =>
			trigger.kind === 'outage' ? trigger.thresholdSeconds : [trigger.need, trigger.answerSeconds],
		),
		[600, ['all', 90], ['any', 300]],
	);
	const [outage] = runbook.triggers;
	assert.deepEqual(outage?.kind === 'outage' && [outage.warn, outage.of, outage.restore, outage.confirm], [
		[40, 75],
		2,
		2,
		4,
	]);
	assert.equal(runbook.rollback?.proveSeconds, 240);
});

const outside = `cutover: 1
stages:
  T+10: {logs: [{file: /var/log/orders.log}, {file: logs/app.log, errors: "PANIC", max: 2}]}
endpoints:
  - {name: api, url: "https://api.example.org/healthz", every: 20s, expect: {status: 204, body: fine}, version: "https://api.example.org/version", threshold: 4m}
  - {name: db, kind: tcp, address: "db.example.org:5432", timeout: 2s}
  - {name: queue, kind: script, run: ops/queue.sh, every: 2s, critical: false}
control: "192.0.2.1:443"
triggers: {"1": {automatic: true}}
rollback: {repository: example/orders, ref: main, settle: 90s, api: "http://127.0.0.1:9/"}
notify: [{on: [fired, kept], command: ops/tell.sh}]
`;

test('probes, log checks, dispatch and notifications get their defaults', () => {
	const {endpoints, control, notify, stages, triggers, rollback} = runbookOf(sample, {settings: outside});
	const [api, db, queue] = endpoints ?? [];
	assert.deepEqual(api, {
		name: 'api',
		kind: 'http',
		target: 'https://api.example.org/healthz',
		url: 'https://api.example.org/healthz',
		expect: {status: 204, body: 'fine'},
		version: 'https://api.example.org/version',
		everySeconds: 20,
		timeoutSeconds: 5,
		critical: true,
		thresholdSeconds: 240,
	});
	assert.deepEqual([db?.target, queue?.target, queue?.run], ['db.example.org:5432', 'ops/queue.sh', 'ops/queue.sh']);
	assert.deepEqual([db?.kind, db?.everySeconds, db?.timeoutSeconds, db?.critical], ['tcp', 15, 2, true]);
	assert.deepEqual([queue?.timeoutSeconds, queue?.critical], [2, false], 'no longer than its interval');
	assert.deepEqual([control, notify], ['192.0.2.1:443', [notifies(['fired', 'kept'], 'ops/tell.sh')]]);
	assert.deepEqual(stages.find(({id}) => id === 'T+10')?.logs, [
		{file: '/var/log/orders.log', errors: 'ERROR|FATAL', max: 0},
		{file: 'logs/app.log', errors: 'PANIC', max: 2},
	]);
	assert.deepEqual(
		triggers.map(({automatic}) => automatic),
		[true, undefined, undefined],
	);
	assert.deepEqual(rollback?.remote, {
		repository: 'example/orders',
		ref: 'main',
		token: 'GITHUB_TOKEN',
		api: 'http://127.0.0.1:9',
	});
	assert.equal(rollback?.settleSeconds, 90);
});

test('the settings say where the page is reached, and how surely an act by link must be known', () => {
	const yaml = 'cutover: 1\nserve: {url: "https://cutover.example.org/"}\nleast: {go: link, sign: link+code}\n';
	const {runbook} = read(sample, {settings: yaml});
	assert.deepEqual(runbook?.serve, {listen: '127.0.0.1:8440', url: 'https://cutover.example.org'});
	assert.deepEqual(runbook?.least, {go: 'link', sign: 'link+code'});
	const behind =
		'cutover: 1\nserve: {url: "https://w.example", listen: "unix:/run/w.sock"}\nidentity: {header: X-Email, secret: PROXY}\nleast: {go: proxy}\npeople: {bob: {mail: bob@example.org}}\n';
	assert.deepEqual(runbookOf(sample, {settings: behind}).identity, {header: 'X-Email', secret: 'PROXY'});
	const {problems} = read(sample, {settings: 'cutover: 1\nserve: {url: "http://cutover.example.org"}\n'});
	assert.deepEqual(
		problems.map(({code}) => code),
		['settings-url'],
	);
});

test('front matter is settings as well', () => {
	const runbook = runbookOf(`---\ncutover: 1\nticket: CHG-2\n---\n${sample}`);
	assert.deepEqual([runbook.ticket, runbook.settings, runbook.gates[0]?.line], ['CHG-2', null, 15]);
});

test('front matter of another tool is ignored with a note', () => {
	const {runbook, problems} = read(`---\ntitle: Orders\ndate: 2031-01-01\nauthor: ana\n---\n${sample}`);
	assert.equal(runbook?.title, 'Orders move to cluster B');
	assert.deepEqual(codes(problems), ['settings-foreign']);
	const others = read(`---\nregion: eu\ncategory: dns\nenvironment: prod\n---\n${sample}`);
	assert.deepEqual(codes(others.problems), ['settings-foreign']);
	const ours = read(`---\nregion: eu\nroles: {lead: [ana]}\nenvironment: prod\n---\n${sample}`);
	assert.equal(ours.runbook, null);
});

test('a threshold in the settings ends the doubt about the prose', () => {
	const {runbook, problems} = read(changed('for more than 8 minutes', 'for 8 minutes, or 2 minutes at night'), {
		settings: 'cutover: 1\ntriggers: {"1": {threshold: 8m}}\n',
	});
	assert.deepEqual(problems, []);
	const [trigger] = runbook?.triggers ?? [];
	assert.deepEqual(trigger?.kind === 'outage' && [trigger.thresholdSeconds, trigger.thresholdSet], [480, true]);
});

test('a threshold that differs between settings and text is reported, a repeated one is not', () => {
	const reported = (threshold: string) =>
		read(sample, {settings: `cutover: 1\ntriggers: {"1": {threshold: ${threshold}}}\n`}).notes.filter(note =>
			note.startsWith('Trigger 1'),
		);
	assert.deepEqual(reported('10s'), [
		'Trigger 1: the runbook says "more than 8 minutes"; the settings set 10s, which holds.',
	]);
	assert.deepEqual(reported('8m'), []);
});

test('a threshold that the prose alone says is not called set', () => {
	const [trigger] = runbookOf(sample, {settings: 'cutover: 1\ntriggers: {"1": {confirm: 4}}\n'}).triggers;
	assert.deepEqual(trigger?.kind === 'outage' && [trigger.thresholdSeconds, trigger.thresholdSet], [480, undefined]);
});

test('a column of another language is found by the name that the settings give it', () => {
	const german = changed(
		'| Gate ID | Check | Command / Evidence | Pass condition | Owner |',
		'| Gate ID | Check | Command / Evidence | Pass condition | Zuständig |',
	);
	assert.deepEqual(runbookOf(german).gates[0]?.owners, []);
	assert.deepEqual(runbookOf(german, {settings: 'cutover: 1\ncolumns: {owner: [zuständig]}\n'}).gates[0]?.owners, [
		'operator',
	]);
});

for (const [code, list] of Object.entries(cases) as [Code, readonly Case[]][]) {
	test(`${code}: the problem is at the very value of the settings`, () => {
		for (const {yaml, at, says, text = sample, missing = [], folders = [], set} of list) {
			const {runbook, problems} = read(text, {settings: yaml, missing, folders, ...(set ? {set} : {})});
			const found = problems.find(problem => problem.code === code && says.test(`${problem.message} ${problem.fix}`));
			assert.ok(found, `${code} for ${yaml.slice(0, 200)}: ${JSON.stringify(problems).slice(0, 600)}`);
			assert.deepEqual(
				{line: found.line, column: found.column},
				typeof at === 'string' ? placeOf(at, yaml) : {line: at[0], column: at[1]},
				yaml.slice(0, 200),
			);
			assert.equal(found.file, '/srv/orders.cutover.yaml');
			assert.equal(runbook === null, complaints[code].severity === 'error');
		}
	});
}

test('settings-two: front matter and a file beside the runbook are one too many', () => {
	const {problems} = read(`---\ncutover: 1\n---\n${sample}`, {settings: 'cutover: 1\n'});
	assert.deepEqual(codes(problems), ['settings-two']);
});

test('front matter of another tool is not a second source of settings', () => {
	for (const front of ['team: payments-sre', 'title: Orders\ntags: [night]']) {
		const {runbook, problems} = read(`---\n${front}\n---\n${sample}`, {settings: 'cutover: 1\nticket: CHG-2\n'});
		assert.deepEqual(codes(problems), []);
		assert.equal(runbook?.ticket, 'CHG-2');
	}
	const misspelt = read(`---\nticked: CHG-1\n---\n${sample}`, {settings: 'cutover: 1\n'});
	assert.deepEqual(codes(misspelt.problems), ['settings-two']);
});

test('settings-open: front matter without an end', () => {
	const {problems} = read(`---\ncutover: 1\n\n${sample}`);
	assert.deepEqual(problems[0] && [problems[0].code, problems[0].line, problems[0].column], ['settings-open', 1, 1]);
});

test('every complaint about settings has its case', () => {
	const others = ['settings-role-unbound', 'settings-two', 'settings-open', 'settings-foreign'];
	assert.deepEqual(
		[...Object.keys(cases), ...others].toSorted(),
		Object.keys(complaints)
			.filter(code => code.startsWith('settings-'))
			.toSorted(),
	);
});

test('one slip in the YAML is one problem, whatever the parser meets behind it', () => {
	for (const [code, slip] of [
		['settings-yaml', 'title: a: b\nroles:\n  qa: [b\n\tops: [x'],
		['text-control', 'title: "a\u0007b"'],
	])
		assert.deepEqual(
			read(sample, {settings: `cutover: 1\n${slip}\n`}).problems.map(found => [found.code, found.line]),
			[[code, 2]],
		);
});

test('a misspelt key names the nearest one', () => {
	const {problems} = read(sample, {settings: 'cutover: 1\ngates: {G1: {timout: 5m}}\n'});
	assert.equal(problems[0]?.fix, 'Did you mean timeout?');
});

test('brackets without end are an error, not an end of the program', () => {
	assert.deepEqual(codes(read(sample, {settings: `cutover: 1\ntitle: ${'['.repeat(60_000)}\n`}).problems).slice(0, 1), [
		'settings-yaml',
	]);
});

test('aliases that multiply end at once', () => {
	const bomb = [
		'cutover: 1',
		'a: &a [x,x,x,x,x,x,x,x,x]',
		...Array.from(
			'bcdefghij',
			(name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`,
		),
	].join('\n');
	assert.ok(codes(read(sample, {settings: bomb}).problems).includes('settings-feature'));
});

test('a role with a hidden character is an error at its key', () => {
	const {problems} = read(sample, {settings: `cutover: 1\nroles: {${people}, "L\u200b3": [a]}\n`});
	assert.ok(codes(problems).includes('name-hidden'));
});
