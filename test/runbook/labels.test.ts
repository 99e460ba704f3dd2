/* Bold lines right under a list, which label what follows. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, night} from './night.ts';
import {read} from './sample.ts';

test('a bold line right under a list labels the next one', () => {
	const gates = '## Go / no-go criteria\n**Go if**\n- Copy is there\n**No-go if**\n- P1 is open\n';
	assert.deepEqual(
		read(`${night}\n${gates}`).runbook?.gates.map(({title}) => title),
		['Copy is there'],
	);
});

test('bold lines under a heading about rollback say which half of it follows', () => {
	const text =
		'## Rollback\n**Triggers**\n- API down more than 5 minutes\n- Double charge\n**Steps**\n1. `ops/back.sh`\n';
	const {runbook, problems} = read(`${night}\n${text}`);
	assert.deepEqual(
		runbook?.triggers.map(({kind}) => kind),
		['outage', 'confirmation'],
	);
	assert.equal(runbook?.rollback?.preferred?.script, 'ops/back.sh');
	assert.ok(!problems.some(({code}) => code === 'rollback-unclear'));
});

test('bullets under an unknown heading beside numbered steps of a rollback are reported, and no timeline is without what is done', () => {
	const back = (one: string) =>
		lines(night, '## Rollback', one, '- el portal falla', '', '### Pasos', '1. Volver al DNS anterior');
	const unclear = (text: string) => read(text).problems.filter(({code}) => code === 'rollback-unclear').length;
	assert.deepEqual([back('### Disparadores'), back('Gatilhos:'), back('### Steps')].map(unclear), [1, 1, 0]);
	const rows = ['| Hora | Acción |', '|---|---|', '| T-5 | go/no-go |', '| T0 | conmutar |', '| T+5 | cerrar |'];
	const {runbook, problems} = read(lines('## Timeline', '', ...rows));
	assert.equal(runbook, null);
	assert.ok(problems.some(({code}) => code === 'timeline-action'));
});

test('what stops before T0, what is only watched, a remark in a quote and a table in HTML are none, and reported', () => {
	const triggers = ['## Abort conditions', 'Before T0:', '- storm', '', 'After T0:', '- loss', '- lag → watch'];
	const text = lines(
		night,
		...triggers,
		'## Rollback',
		'> **Note:** slow',
		'> - with the vendor',
		'',
		'1. Switch back',
		'## Steps',
		'<table><tr><td>T-10</td></tr></table>',
	);
	const {runbook, notes, unused, problems} = read(text);
	assert.deepEqual(
		runbook?.triggers.map(one => one.text),
		['loss'],
	);
	assert.ok(notes.some(note => note.includes('calls for no rollback')));
	assert.deepEqual(runbook?.rollbackSteps, ['Switch back']);
	assert.deepEqual(
		unused.map(({heading, what}) => [heading, what]),
		[
			['Abort conditions', '1 item'],
			['Rollback', '1 item'],
		],
	);
	assert.ok(problems.some(({code}) => code === 'table-buried'));
});

test('what is struck through is not read, and its lines are named', () => {
	const text = lines(
		'## Gates',
		'- [ ] G1: disk free (owner: ops)',
		'- [ ] ~~G2: `ops/old.sh` exits 0 (owner: ops)~~',
		'- [ ] G3: ~~old~~ queue is `a~~b~~c`, not full (owner: ~~ops~~ dba)',
		'',
		'## Timeline',
		'| Time | Owner | Action |',
		'|---|---|---|',
		'| ~~T-30~~ | ~~ops~~ | ~~Warn the shops~~ |',
		'| ~~T-20~~ T-10 | ops | Go/no-go |',
		'| T0 | ops | Switch |',
		'| T+10 | ops | Keep |',
		'',
		'## Rollback triggers',
		'- ~~the site is down for more than 2 minutes~~',
		'- the site is down for more than 5 minutes',
	);
	const {runbook, problems} = read(text);
	assert.deepEqual(
		runbook?.gates.map(({id, title, owners}) => [id, title, owners.join()]),
		[
			['G1', 'disk free', 'ops'],
			['G3', 'queue is a~~b~~c, not full', 'dba'],
		],
	);
	assert.deepEqual(
		runbook?.stages.map(({id}) => id),
		['T-10', 'T0', 'T+10'],
	);
	assert.deepEqual(
		runbook?.triggers.map(({text: said}) => said),
		['the site is down for more than 5 minutes'],
	);
	assert.match(problems.find(({code}) => code === 'text-struck')?.message ?? '', /5 lines/);
});

test('words that every object has are words of a map as any others', () => {
	const text = lines('- T-10 go', '- constructor', '- T0 switch', '- T+5 keep');
	const settings = [
		'cutover: 1',
		'reading:',
		'  zero: b',
		'  decision: a',
		'  stages: [{id: a, at: T-10, from: T-10 go}, {id: b, at: T0, from: T0 switch}, {id: c, at: T+5, from: T+5 keep}]',
		'  gates: [{from: constructor, id: constructor}]',
		'  reviewed: {by: vera, parts: {}}',
	].join('\n');
	assert.deepEqual(read(text, {settings}).problems, []);
});
