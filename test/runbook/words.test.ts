import assert from 'node:assert/strict';
import {test} from 'node:test';
import {factsOf} from '../../source/runbook/groups.ts';
import {plain, spans} from '../../source/runbook/markdown/inline.ts';
import {durationOf, limitsIn} from '../../source/runbook/parts/timeline/duration.ts';
import {offsetAt, offsetOf, offsetsIn} from '../../source/runbook/parts/timeline/offset.ts';
import {isOutage} from '../../source/runbook/parts/triggers/conditions.ts';
import {columns, normal} from '../../source/runbook/words/words.ts';
import {fencedCommand, isBareCommand, isCommand, isPath} from '../../source/text/code.ts';

test('an offset is read however people write it', () => {
	const written: Readonly<Record<string, readonly [string, number]>> = {
		'T-60': ['T-60', -3600],
		'T-60m': ['T-60', -3600],
		'T-30 minutes': ['T-30', -1800],
		't – 30 min': ['T-30', -1800],
		'T−15': ['T-15', -900],
		'T-2h': ['T-2h', -7200],
		'T-2 hours': ['T-2h', -7200],
		'T-1.5h': ['T-1.5h', -5400],
		'T-1h30m': ['T-1h30m', -5400],
		'T+90s': ['T+90s', 90],
		'T+0:15': ['T+0:15', 900],
		'T+00:15': ['T+0:15', 900],
		'T-1d': ['T-1d', -86_400],
		'T+1 day': ['T+1d', 86_400],
		'T minus 20 minutes': ['T-20', -1200],
		T0: ['T0', 0],
		'T-0': ['T0', 0],
		'T+0': ['T0', 0],
		'T=0': ['T0', 0],
		T: ['T0', 0],
		'T (22:00)': ['T0', 0],
		'T 0': ['T0', 0],
		'T+0:00': ['T0', 0],
		'T-zero': ['T0', 0],
		'T0: switch': ['T0', 0],
		'T0 – switch (at last)': ['T0', 0],
		'T±0': ['T0', 0],
		'T+0 min': ['T0', 0],
		'T0 (22:00)': ['T0', 0],
		'T-60 (21:00)': ['T-60', -3600],
		'T-60 / 21:00': ['T-60', -3600],
		'T-60 21:00 CET': ['T-60', -3600],
		'21:00 (T-60)': ['T-60', -3600],
		'22:00 CET (T0)': ['T0', 0],
		'T-90 min.': ['T-90', -5400],
		'T-1,5h': ['T-1.5h', -5400],
		'T-2 Std.': ['T-2h', -7200],
		'T-30 Minuten': ['T-30', -1800],
		'T+1 Tag': ['T+1d', 86_400],
		'⏰ T-30': ['T-30', -1800],
		':clock1: T-30': ['T-30', -1800],
		'T-60 to T-45': ['T-60', -3600],
		'T-60 – T-45': ['T-60', -3600],
		'T－10分钟': ['T-10', -600],
		'T+1小时': ['T+1h', 3600],
	};
	for (const [text, [id, seconds]] of Object.entries(written)) assert.deepEqual(offsetOf(text), {id, seconds}, text);
	for (const text of ['T-60, T-30', 'T-1,500', 'T-60,5', 'T-10/T-5', '21:00 (22:00)', 'T0.5', 'T-1h 30', 'T0 switch'])
		assert.equal(offsetOf(text), null, text);
	for (const text of ['T+00:00:90', 'T-1:75', 'T-30 – T-60', 'T-60 – T-30 – T-10'])
		assert.equal(offsetOf(text), null, text);
	for (const text of [
		'D-1 18:00',
		'D-01',
		'T-60 min before',
		'-60 min',
		'cutover - 1h',
		'T+1 month',
		'T-3 jours',
		'T-2 working days',
	])
		assert.equal(offsetOf(text), null, text);
	for (const text of '21:00|Today|True|T / F|T-60x|T-|T1|T-1.2.3|-60|S-60|T-60 preflight'.split('|'))
		assert.equal(offsetOf(text), null, text);
	assert.deepEqual(
		offsetsIn('signed at T-10 and T+30, on 2031-03-08').map(({id}) => id),
		['T-10', 'T+30'],
	);
});

test('an offset at the start of a text ends where its words go on', () => {
	const begun: Readonly<Record<string, readonly [string, string]>> = {
		'T0: ops, switch': ['T0', ': ops, switch'],
		'T+0 storage: flip': ['T0', ' storage: flip'],
		'T-10m storage and ops': ['T-10', ' storage and ops'],
		'T+0 d': ['T0', ''],
		'T-5 support calls': ['T-5', ' support calls'],
		'T-5 sre: run': ['T-5', ' sre: run'],
		'T-2 hosts down': ['T-2', ' hosts down'],
	};
	for (const [text, [id, rest]] of Object.entries(begun)) {
		const found = offsetAt(text);
		assert.deepEqual([found?.offset.id, found?.rest], [id, rest], text);
	}
});

test('a duration in prose is strict unless it says at least', () => {
	const said: Readonly<Record<string, readonly [number, boolean]>> = {
		'for more than 10 minutes': [600, true],
		'>10 min': [600, true],
		'> 90s': [90, true],
		'for 10 minutes': [600, true],
		'10+ minutes': [600, false],
		'at least 4 min': [240, false],
		'for 5 minutes or more': [300, false],
		'longer than 300 seconds': [300, true],
		'>= 5m': [300, false],
		'≥ 1 h': [3600, false],
		'more than an hour': [3600, true],
		'over half an hour': [1800, true],
		'for ten minutes': [600, true],
		'1 hour 30 minutes': [5400, true],
		超过10分钟: [600, true],
		'5 分钟以上': [300, false],
		至少五分钟: [300, false],
		'for 3 consecutive minutes': [180, true],
		'over a quarter of an hour': [900, true],
		'for an hour and a half': [5400, true],
		'for two and a half hours': [9000, true],
		'for twenty-five minutes': [1500, true],
		'for forty minutes': [2400, true],
		超过一个半小时: [5400, true],
		超过二十六分钟: [1560, true],
		连续十分钟: [600, true],
	};
	for (const [text, [seconds, strict]] of Object.entries(said))
		assert.deepEqual(
			limitsIn(text).map(limit => [limit.seconds, limit.strict]),
			[[seconds, strict]],
			text,
		);
	assert.deepEqual(
		limitsIn('for 5-10 minutes').map(({seconds}) => seconds),
		[300, 600],
	);
	for (const text of ['p95', 'v2 m', '500ms', '10 meters', '3 nodes', 'step 21'])
		assert.deepEqual(limitsIn(text), [], text);
	assert.deepEqual(['10m', '1h30m', '90 s', '10 minutes', '~5 min', 'soon', '5m or 6m'].map(durationOf), [
		600,
		5400,
		90,
		600,
		300,
		null,
		null,
	]);
});

test('an outage is a duration of what does not answer, never a rate, latency or count', () => {
	for (const text of [
		'Critical health endpoints remain unavailable for >10 minutes.',
		'API unreachable for 5 minutes or more',
		'Any endpoint down > 5m',
		'Health check failing for longer than 300 seconds',
		'/healthz returns non-200 for 10 minutes',
		'Service is unreachable from two regions for at least 4 min',
		'Outage of the shop longer than 15 minutes',
		'The login service does not answer for 3 minutes',
		'健康端点不可用超过10分钟',
		'API unavailable 3 consecutive minutes',
		'No heartbeat for three minutes',
		'Health endpoint returns 503 for more than 120s',
	])
		assert.ok(isOutage(text), text);
	for (const text of [
		'Error rate above 5 % for 10 minutes',
		'p95 latency over 800 ms for 5 minutes',
		'More than 100 failed logins within 5 minutes',
		'Replication lag above 30 seconds for 5 minutes',
		'Pages slow down for more than 10 minutes',
		'The cutover takes more than 60 minutes',
		'Endpoints are down',
		'Users report failures for 10 minutes',
	])
		assert.ok(!isOutage(text), text);
});

test('facts are what is left without those who confirm them', () => {
	const roles = ['L1', 'L2', 'release-manager'];
	assert.deepEqual(factsOf('P1 impact confirmed by L1/L2 with no safe in-place recovery.', roles), [
		'P1 impact',
		'no safe in-place recovery',
	]);
	assert.deepEqual(factsOf('Release manager confirms that users and admins cannot work.', roles), [
		'users and admins cannot work',
	]);
	assert.deepEqual(factsOf('Data loss is reported by L1 and no backup is at hand', roles), [
		'Data loss',
		'no backup is at hand',
	]);
	assert.deepEqual(factsOf('Release manager decides', roles), ['Release manager decides']);
});

test('code is a command line, a path, or neither', () => {
	for (const code of [
		'npm test',
		'bash a.sh',
		'./x.sh --all',
		'A=1 make',
		'curl -fsS https://example.org/health',
		'test -f x',
		'! grep -q x y',
		'(cd a && make)',
		'git diff --quiet',
		'x|y',
	])
		assert.ok(isCommand(code), code);
	for (const code of [
		'docs/a.md',
		'workflow_dispatch',
		'action=rollback',
		'a=b c=d',
		'GET /health',
		'SELECT 1',
		'status: ok',
		'HTTP 200',
		'',
		'exit 0',
		'200 OK',
	])
		assert.ok(!isCommand(code), code);
	for (const code of ['make', './check.sh', 'ops/check.sh']) assert.ok(isBareCommand(code), code);
	for (const code of ['docs/a.md', 'out.log', 'PASS', 'https://example.org', 'x=1'])
		assert.ok(!isBareCommand(code), code);
	for (const code of [
		'docs/a.md',
		'./a/b',
		'deploy/x.sh',
		'package.json',
		'.github/workflows/a.yml',
		'/etc/app.conf',
		'Makefile',
	])
		assert.ok(isPath(code), code);
	for (const code of [
		'/healthz',
		'https://example.org/a.md',
		'a b',
		'x=a/b',
		'1.2.3',
		'v1.2.3',
		'example.org',
		'docs/*.md',
		'-x/y',
		'20/21',
		'a/',
	])
		assert.ok(!isPath(code), code);
});

test('text is read without its markup, code verbatim', () => {
	const observed: Readonly<Record<string, string>> = {
		'**Bold** and *thin* and __both__': 'Bold and thin and both',
		'`snake_case_name` and snake_case_name': 'snake_case_name and snake_case_name',
		'a<br>b<br/>c': 'a b c',
		'[the guide](docs/guide.md)': 'the guide',
		'`a * b` 2 * 3': 'a * b 2 * 3',
		'&lt;role&gt; &amp; more': '<role> & more',
		'\\*not bold\\*': '*not bold*',
		'``a ` b``': 'a ` b',
		'~~old~~ new': 'old new',
	};
	for (const [text, wanted] of Object.entries(observed)) assert.equal(plain(text), wanted, text);
	assert.deepEqual(
		spans('a `b` ``c ` d`` `e').map(({code, at}) => [code, at]),
		[
			['b', 3],
			['c ` d', 8],
		],
	);
});

test('a block of code is one command that ends well only where each of its lines does', () => {
	assert.equal(
		fencedCommand('# look first\nmake check\n\nmake smoke \\\n  CELL=b'.split('\n')),
		'make check && make smoke CELL=b',
	);
	assert.equal(fencedCommand('npm test'.split('\n')), 'npm test');
	const loop = 'for host in a b; do\n  ping -c1 $host\ndone';
	assert.equal(fencedCommand(loop.split('\n')), `set -e\n${loop}`);
	const document = 'cat <<EOF | grep -q x\n  x\nEOF';
	assert.equal(fencedCommand(document.split('\n')), `set -e\n${document}`);
});

test('the names of columns are written as headers are compared', () => {
	for (const name of Object.values(columns).flat()) assert.equal(normal(name), name);
});
