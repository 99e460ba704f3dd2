import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, night, offsets, signers} from './night.ts';
import {read} from './sample.ts';

test('numbers count in the unit that is said above them or in brackets behind their heading', () => {
	const rows = ['| Time | Owner | Action |', '|---|---|---|'];
	const times = ['-4', '-1', '0', '2'].map(time => `| ${time} | ops | ${time === '-1' ? 'go/no-go' : 'work'} |`);
	const hours = [-240, -60, 0, 120];
	assert.deepEqual(offsets(lines('## Timeline', '', 'Times in hours.', '', ...rows, ...times)), hours);
	assert.deepEqual(offsets(lines('## Timeline (hours)', '', ...rows, ...times)), hours);
	const list = ['- T-4: freeze', '- T-1: go/no-go', '- T0: switch', '- T+2: close'];
	assert.deepEqual(offsets(lines('## Zeitplan', '', 'Zeiten in Stunden', '', ...list)), hours);
	assert.deepEqual(offsets(lines('## Timeline', '', 'All times are in hours from T0.', '', ...list)), hours);
	const own = ['- T-4: freeze', '- T-30m: go/no-go', '- T0: switch', '- T+2: close'];
	assert.deepEqual(offsets(lines('## Timeline (in hours)', '', ...own)), [-240, -30, 0, 120]);
	assert.deepEqual(offsets(lines('## Timeline', '', 'Times in UTC, durations in hours.', '', ...list)), [-4, -1, 0, 2]);
	const headings = ['### T-4 Freeze', '### T-1 Go/no-go', '### T0 Switch', '### T+2 Close'].flatMap(one => [
		one,
		'- work',
	]);
	assert.deepEqual(offsets(lines('## Timeline', 'Offsets are hours.', ...headings)), hours);
});

test('an hour may be alone among hours, and minutes behind an h', () => {
	const rows = ['| When | Task |', '|---|---|'];
	const table = (...times: readonly string[]) => lines(...rows, ...times.map(time => `| ${time} | go/no-go |`));
	assert.deepEqual(offsets(table('H-3', 'H-1', 'H', 'H+6')), [-180, -60, 0, 360]);
	assert.deepEqual(offsets(table('T-1h30', 'T-0h15', 'T0', 'T+2h05')), [-90, -15, 0, 125]);
});

test('a command in a pass condition is run and judged, and one that cannot be judged is named with its cell', () => {
	const table = (pass: string) =>
		read(
			lines(
				'## Gates',
				'| ID | Check | Owner | Pass |',
				'|---|---|---|---|',
				`| G1 | In step | dba | ${pass} |`,
				night,
			),
		);
	const gate = (pass: string) => {
		const {kind, commands, expect} = table(pass).runbook?.gates[0] ?? {};
		return {kind, commands, expect};
	};
	assert.deepEqual(gate('`ops/lag.sh` prints below 5'), {
		kind: 'command',
		commands: ['ops/lag.sh'],
		expect: {below: 5},
	});
	assert.deepEqual(gate('`df -h /data` is below 80 %'), {
		kind: 'command',
		commands: ['df -h /data'],
		expect: {below: 80, unit: '%'},
	});
	assert.equal(gate('`replica_lag` is below 5').kind, 'statement');
	const found = table('`ops/lag.sh` says that it is in step').problems.find(({code}) => code === 'gate-words');
	assert.deepEqual([found?.line, found?.column], [6, 24]);
});

test('what is done then is no trigger, although its heading is under them', () => {
	const {runbook} = read(
		lines(
			night,
			'## When do we roll back?',
			'### At once',
			'- Shop is down for more than 5 minutes',
			'- GET /healthz is not 200 for 3 minutes',
			'### What to do then',
			'1. Call the lead',
			'2. Run `ops/back.sh`',
		),
	);
	assert.deepEqual(
		runbook?.triggers.map(one => one.kind === 'outage' && one.thresholdSeconds),
		[300, 180],
	);
	assert.equal(runbook?.rollback?.preferred?.script, 'ops/back.sh');
});

test('a head of something signs by that name', () => {
	const {runbook} = read(lines(night, '## Sign-off', '- [ ] Product owner', '- [ ] Head of operations'));
	assert.deepEqual(
		runbook?.signOffs.map(({role}) => role),
		['product-owner', 'head-of-operations'],
	);
});

test('a rollback with its reason in brackets is how, and not when', () => {
	const text = (heading: string) =>
		lines(
			night,
			'## Rollback procedures',
			`### ${heading}`,
			'1. **Turn the record back** to the old host',
			'2. **Tell the users**',
			'### Rollback triggers',
			'- Site is down for more than 5 minutes',
		);
	const {runbook} = read(text('Emergency rollback (if critical)'));
	assert.deepEqual(
		runbook?.triggers.map(one => one.text),
		['Site is down for more than 5 minutes'],
	);
	assert.deepEqual(runbook?.rollbackSteps, ['Turn the record back to the old host', 'Tell the users']);
	assert.equal(read(text('Rollback (if one of these holds)')).runbook?.triggers.length, 3);
});

test('what is done after a no-go decides nothing, what follows a rollback is no step of it, and a vote that is signed is a sign-off', () => {
	const {seen} = read(
		lines(
			'## Timeline',
			'| Offset | Action | Owner |',
			'|---|---|---|',
			'| T-15 | Go/no-go | release manager |',
			'| T-10 | If no-go: tell everybody and stop | support |',
			'| T0 | Deploy | sre |',
			'| T+60 | Close | release manager |',
			'## Rollback',
			'1. Take the old version',
			'### Post-rollback',
			'1. Write the incident report',
			'## Approvals',
			'**Go/no-go decision:**',
			'- [ ] **Release manager:** GO / NO-GO',
			'- [ ] **Product owner:** GO / NO-GO',
		),
	);
	assert.equal(seen?.stages.find(({kind}) => kind === 'decision')?.id, 'T-15');
	assert.deepEqual(seen?.rollbackSteps, ['Take the old version']);
	assert.deepEqual(seen?.gates, []);
	assert.deepEqual(
		seen?.signOffs.map(({role}) => role),
		['release-manager', 'product-owner'],
	);
});

test('what is signed and what calls for a rollback may be under headings of their own in a stage', () => {
	const text = lines(
		'## Go/no-go (T-1h)',
		'- go',
		'## Launch (T0)',
		'- release',
		'### Roll back if',
		'- the shop is down for more than 5 minutes',
		'## Wrap-up (T+24h)',
		'- close',
		'### Sign-offs',
		'- Product — _______',
		'- Mobile lead — _______',
	);
	const {runbook, unused} = read(text);
	assert.deepEqual(runbook?.stages.map(({action}) => action).slice(1), ['Launch; release', 'Wrap-up; close']);
	assert.deepEqual(
		runbook?.signOffs.map(({role}) => role),
		['product', 'mobile-lead'],
	);
	assert.deepEqual(
		runbook?.triggers.map(({kind}) => kind),
		['outage'],
	);
	assert.deepEqual(unused, []);
});

test('lines with a blank sign beside boxes and tables of roles', () => {
	const boxes = [
		'- [ ] Product owner: tickets are open',
		'',
		'**Service desk lead:** ____ **Date:** ____',
		'Ticket: ____',
	];
	assert.deepEqual(signers(...boxes), ['product-owner', 'service-desk-lead']);
	const table = ['| Role | Signature |', '|---|---|', '| Security | |', '', 'Approved by: ______ (IT director)'];
	assert.deepEqual(signers(...table), ['security', 'it-director']);
});

test('what stops a cutover before T0 is no trigger, and neither is a row that only asks to watch', () => {
	const rows = [
		'| # | Level | Condition |',
		'|---|---|---|',
		'| 1 | Roll back | orders are lost |',
		'| 2 | Watch | it is slow |',
	];
	const {runbook, unused, notes} = read(
		`${night}\n## Abort criteria before T0\n\n- the export is late\n\n## Rollback triggers\n\n${rows.join('\n')}\n`,
	);
	assert.deepEqual(
		runbook?.triggers.map(({text}) => text),
		['orders are lost (Level: Roll back)'],
	);
	assert.deepEqual(
		unused.map(({line}) => line),
		[14],
	);
	assert.ok(notes.some(note => note.includes('calls for no rollback')));
});

test('a table of triggers, or an item "When: …", under a heading about the rollback says when, and is no step', () => {
	const rows = [
		'| Trigger | Action |',
		'|---|---|',
		'| mail is lost | MX back |',
		'',
		'1. When: it fails',
		'2. Tell the desk',
	];
	const {runbook} = read(`${night}\n## Roll-back\n\n${rows.join('\n')}\n`);
	assert.deepEqual(
		runbook?.triggers.map(({text}) => text),
		['mail is lost (Action: MX back)', 'it fails'],
	);
	assert.deepEqual(runbook?.rollbackSteps, ['Tell the desk']);
});

test('lists of times under phases that say from when until when are the stages', () => {
	const text = lines(
		'### Phase 1 – Before (T-120 → T-15)',
		'- T-120 ops: freeze',
		'- T-15 lead: go/no-go',
		'### Phase 2 – Switch (T0 → T+30)',
		'- T0 ops: switch',
		'- T+10 ops: look',
		'### Phase 3 – After (T+60 →)',
		'- T+60 lead: close',
	);
	const stages = read(text).runbook?.stages.map(({offsetSeconds, owners, action}) => [
		offsetSeconds / 60,
		...owners,
		action,
	]);
	assert.deepEqual(stages, [
		[-120, 'ops', 'freeze'],
		[-15, 'lead', 'go/no-go'],
		[0, 'ops', 'switch'],
		[10, 'ops', 'look'],
		[60, 'lead', 'close'],
	]);
});

test('severities head their triggers with a picture before them, and an owner may be behind a dash', () => {
	const head = [
		'## T-15',
		'Owner — Lead',
		'- go/no-go',
		'## T0',
		'Owner — Ops',
		'- switch',
		'## T+60',
		'Owner — Lead',
		'- close',
	];
	const text = lines(
		...head,
		'## Rollback triggers',
		'* 🔴 **Now**',
		'    * orders are lost',
		'    * money is lost',
		'* Medium',
		'    * it is slow',
	);
	const {runbook} = read(text);
	assert.deepEqual(
		runbook?.triggers.map(({text}) => text),
		['orders are lost', 'money is lost', 'it is slow'],
	);
	assert.deepEqual(
		runbook?.stages.flatMap(({owners}) => owners),
		['lead', 'ops', 'lead'],
	);
});

test('minutes may be primes, dots be between time, work and owner, and "At" before a time of day', () => {
	assert.deepEqual(
		offsets(lines("- T-45': freeze", "- T-5': go/no-go", '- T0: switch', "- T+30': close")),
		[-45, -5, 0, 30],
	);
	const {runbook} = read(
		lines('- **T–1 day** · Go/no-go · _Lead_', '- **T–0** · Switch · _Ops_', '- **T+1 day** · Close · _Lead_'),
	);
	assert.deepEqual(
		runbook?.stages.map(({owners, action}) => `${action} ${owners}`),
		['Go/no-go lead', 'Switch ops', 'Close lead'],
	);
	const clocks = ['At 21:50 — go/no-go', 'At 22:00 — T0, switch', 'At 23:00 — close'].flatMap(one => [
		`### ${one}`,
		'- work',
	]);
	assert.deepEqual(offsets(lines(...clocks)), [-10, 0, 60]);
});
