import assert from 'node:assert/strict';
import {test} from 'node:test';
import {asJson} from '../../source/runbook/as-json.ts';
import {summary} from '../../source/runbook/summary.ts';
import {instant, wallShort} from '../../source/text/time.ts';
import {changed, read, runbookOf, sample} from './sample.ts';

const runbook = runbookOf(sample);
const text = (options?: Parameters<typeof summary>[1]) => summary(runbook, options).join('\n');

test('the summary shows how each gate is judged, who owns it and what runs', () => {
	assert.match(text(), /G1 {2}command .*operator .*bash ops\/preflight\.sh --strict/);
	assert.match(text(), /G4 {2}acknowledgement .*L1, L2, L3 say yes/);
	assert.match(text(), /G5 {2}statement .*product-owner says yes: No open blocker/);
});

test('the timeline has clock times where T0 is given', () => {
	const t0 = instant('2031-03-08T22:00:00+01:00');
	assert.match(text({t0}), new RegExp(`T-60 +${wallShort(t0 - 3_600_000)} +checks`));
	assert.doesNotMatch(text(), /\d\d:\d\d/);
});

test('the summary shows triggers with thresholds and the rollback with inputs and environment', () => {
	assert.match(text(), /1 +outage above 8m/);
	assert.match(text(), /2 +confirmed +any of L1, L2: "P1 impact" and "no safe repair in place"/);
	assert.match(text(), /preferred +\.github\/workflows\/orders-back\.yml action=back target=cluster-a keep_queue=1/);
	assert.match(text(), /with +ACTION=back TARGET=cluster-a KEEP_QUEUE=1/);
});

test('sign-offs say what they need, the evidence its fields, the notes what was assumed', () => {
	assert.match(text(), /S4 +release-manager +needs decision at T-10, decision at T\+30/);
	assert.match(text(), /Evidence \(7 fields\)\n {2}filled by the program: {2}Ticket · Environment/);
	assert.match(text({notes: read(sample).notes}), /Assumed\n {2}T-60 runs G1/);
});

test('the JSON holds what the contract names', () => {
	const {runbook: json, problems} = asJson(runbook, []);
	assert.deepEqual(problems, []);
	assert.deepEqual(Object.keys(json ?? {}).slice(0, 9), [
		'title',
		'path',
		'digest',
		'gates',
		'stages',
		'triggers',
		'rollback',
		'signOffs',
		'evidence',
	]);
	assert.equal(json?.gates[1]?.command, 'npm run build && npm test');
	assert.equal(json?.gates[2] && 'command' in json.gates[2], false);
	assert.deepEqual(json?.signOffs[3]?.requires, ['decision at T-10', 'decision at T+30']);
	assert.deepEqual(json?.rollback.fallback, {
		kind: 'script',
		script: 'ops/orders-back.sh',
		reference: 'docs/incidents.md',
	});
	assert.deepEqual(json?.evidence.fields.at(-1), 'Rollback trigger (if any)');
	assert.equal(asJson(null, []).runbook, null);
});

test('one endpoint is counted as one', () => {
	const bound = runbookOf(sample, {
		settings: 'cutover: 1\nendpoints: [{name: api, url: "https://api.example.org"}]\n',
	});
	assert.ok(summary(bound).includes('Health (1 endpoint)'));
});

test('evidence fields for people are listed apart from those the program fills', () => {
	const own = changed('Operator:\n', 'Started by:\nCustomer contact:\nChange description:\n');
	const lines = summary(runbookOf(own));
	assert.deepEqual(lines.slice(lines.indexOf('Evidence (9 fields)') + 1).slice(0, 2), [
		'  filled by the program:  Ticket · Environment · Started by · Gate results (G1-G5) · T-60 evidence · T-10 decision · Rollback trigger (if any)',
		'  to fill in:             Customer contact · Change description',
	]);
	assert.ok(!text().includes('to fill in'));
});
