import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, night, offsets} from './night.ts';
import {codes, read} from './sample.ts';

const owners = (text: string) => read(text).runbook?.stages.map(stage => stage.owners.join('+'));
const gates = (text: string) => read(text).runbook?.gates.map(({kind, title}) => `${kind} ${title}`);

test('tables and lists under headings beside one another are one timeline where they go on', () => {
	const table = (...rows: readonly string[]) => ['| Time | Owner | Action |', '|---|---|---|', ...rows, ''];
	const text = lines(
		'## Before',
		...table('| T-90 | ops | Get ready |', '| T-15 | lead | Go/no-go |'),
		'## During',
		...table('| T0 | ops | Point |'),
		'## After',
		...table('| T+120 | lead | Close |'),
	);
	assert.deepEqual(offsets(text), [-90, -15, 0, 120]);
	const list = lines(
		'## A',
		'- T-90: ready',
		'- T-15: go/no-go',
		'## B',
		'- T0: point',
		'- T+10: look',
		'## C',
		'- T+60: close',
	);
	assert.deepEqual(offsets(list), [-90, -15, 0, 10, 60]);
});

test('a list of times in a stage holds stages, and one of messages is no timeline', () => {
	const text = (title: string) =>
		lines(
			'## T-30 Decide',
			'- go',
			'## T0 Turn',
			'- T0: stop',
			'- T+5: start',
			'## T+60 Close',
			'- keep',
			title,
			'- T-1d: mail',
			'- T0: page',
			'- T+1d: mail',
		);
	assert.deepEqual(offsets(text('## Communication')), [-30, 0, 5, 60]);
});

test('a heading at T0 is a stage although its parts have times of their own', () => {
	const text = lines(
		'## T-30m Decide',
		'- go',
		'## T0 Turn',
		'### T+5: a tenth',
		'- quiet',
		'### T+15: all',
		'- quiet',
		'## T+1h Close',
		'- keep',
	);
	assert.deepEqual(offsets(text), [-30, 0, 5, 15, 60]);
	assert.deepEqual(
		offsets(lines('## 2 weeks before', '- a', '## 1 day before', '- go', '## Day 0', '- b', '## 1 week after', '- c')),
		[-20_160, -1440, 0, 10_080],
	);
});

test('names in brackets behind all stages are their owners, and so are those that items are addressed to', () => {
	const list = lines(
		'- T-60: Sperren (Technik)',
		'- T-15: Go/No-Go (Leitung)',
		'- T0: Umschalten (Technik)',
		'- T+60: Abschluss (Leitung)',
	);
	assert.deepEqual(owners(list), ['technik', 'leitung', 'technik', 'leitung']);
	const headings = lines(
		'## T-15: Go/no-go (Release lead)',
		'- a',
		'## T0: Switch (Platform)',
		'- b',
		'## T+60: Close (Release lead)',
		'- c',
	);
	assert.deepEqual(owners(headings), ['release-lead', 'platform', 'release-lead']);
	const items = lines(
		'## T-15',
		'- [ ] @lead: go/no-go',
		'## T0',
		'- [ ] @build: stop',
		'- [ ] @web: start',
		'## T+60',
		'- [ ] @lead: keep',
	);
	assert.deepEqual(owners(items), ['lead', 'build+web', 'lead']);
});

test('names behind a dash at the end of every stage are their owners', () => {
	const text = lines(
		'## T-60',
		'- Go/no-go — **Lead**',
		'## T0',
		'- Promote — **Platform**',
		'## T+60',
		'- Keep — **Lead**',
	);
	assert.deepEqual(owners(text), ['lead', 'platform', 'lead']);
});

test('a number in words is a number, whatever its first letter', () => {
	const text = lines(
		'## Two hours before',
		'- a',
		'## Ten minutes before',
		'- go/no-go',
		'## T0',
		'- b',
		'## First hour',
		'- c',
	);
	assert.deepEqual(offsets(text), [-120, -10, 0, 60]);
});

test('what must hold for a go is a gate under a heading that says nothing of gates as well', () => {
	assert.deepEqual(
		gates(`${night}\n## Decision\n\nGo when:\n- [ ] Smoke is green\n\nNo-go when:\n- [ ] Smoke is red\n`),
		['statement Smoke is green'],
	);
});

test('what must hold for a go is a gate, under a heading of its own and in a stage before T0', () => {
	assert.deepEqual(
		gates(
			`${night}\n## Decision criteria\n\n### GO criteria\n\n1. Copy is there\n\n### NO-GO criteria\n\n1. Copy failed\n`,
		),
		['statement Copy is there'],
	);
	const stage = (time: string) => ['', '**Proceed if**:', '', `- ${time} holds`, ''];
	const text = lines(
		'## T-30 Check',
		...stage('early'),
		'## T-5 Go/no-go',
		'x',
		'## T0 Turn',
		...stage('late'),
		'## T+30 Close',
		'x',
	);
	assert.deepEqual(gates(text), ['statement early holds']);
});

test('an item of a checklist that writes a file is work and is not run', () => {
	const found = read(
		`${night}\n## Pre-migration checklist\n\n- [ ] \`pg_dump ledger > copy.sql\`\n- [ ] \`bin/status > /dev/null\`\n`,
	);
	assert.deepEqual(
		found.runbook?.gates.map(({kind}) => kind),
		['statement', 'command'],
	);
	assert.ok(codes(found.problems).includes('gate-task'));
});

test('lines of a trigger that say what is done about it are no part of it', () => {
	const text = `${night}\n## Rollback triggers\n\n- **Symptom:** checkout is unreachable for 8 min\n  **Response:** call the lead\n- **Symptom:** orders are lost\n  **Response:** call\n`;
	assert.deepEqual(
		read(text).runbook?.triggers.map(one => one.text),
		['checkout is unreachable for 8 min', 'orders are lost'],
	);
});

test('times of a table that cannot be read are reported with their lines, whatever its header', () => {
	const {problems} = read(
		lines(
			'| Tiempo | Qué |',
			'|---|---|',
			'| T-3 días | parar |',
			'| T-1 día | go/no-go |',
			'| T0 | abrir |',
			'| T+2 días | cerrar |',
		),
	);
	assert.deepEqual(
		problems.filter(({code}) => code === 'offset-unread').map(({line}) => line),
		[5, 6, 8],
	);
});

test('items of a stage say in brackets who does it, where neither its heading nor a label does', () => {
	const text = lines(
		'### Prepare (T-2h to T-30m)',
		'- Copy the pages (DBA)',
		'- Show the banner (Web)',
		'### Decide (T-30m to T0)',
		'- Go/no-go (Lead)',
		'### Switch (T0 to T+30m)',
		'- Turn the pages (DBA)',
		'### Close (T+1h)',
		'- Keep (Lead)',
	);
	assert.deepEqual(owners(text), ['DBA+web', 'lead', 'DBA', 'lead']);
});

test('an offset of hours and minutes may end in a colon', () => {
	assert.deepEqual(
		offsets(lines('- T-1:30: Copy', '- T-00:10: Go/no-go', '- T0: Switch', '- T+01:00: Close')),
		[-90, -10, 0, 60],
	);
});

test('a list of gates may end each with a name that is addressed', () => {
	const list = '## Gates\n1. Backup is fresh @dba\n   - `ops/copy.sh --latest`\n2. Desk is staffed @desk\n';
	assert.deepEqual(gates(`${night}\n${list}`), [
		'command Backup is fresh; ops/copy.sh --latest',
		'statement Desk is staffed',
	]);
});

test('each "if" of a sentence about going back is a trigger', () => {
	const text =
		'We go back if pages are down for more than 5 minutes, if one in ten payments fails, or if the lead says so.';
	assert.deepEqual(
		read(`${night}\n## When to roll back\n${text}\n`).runbook?.triggers.map(one => one.text),
		['We go back if pages are down for more than 5 minutes', 'one in ten payments fails', 'the lead says so.'],
	);
});

test('a line may hold several bold labels, and a label end its line', () => {
	const stage = (time: string, title: string, owner: string) => [
		`### ${title} (${time})`,
		`**Window**: ${time} **Duration**: 5 minutes **Responsibility**:`,
		owner,
		'- a',
	];
	const text = lines(
		...stage('T-30', 'Go/no-go', 'Lead'),
		...stage('T0', 'Switch', 'DBA + Web'),
		...stage('T+10 min', 'Look', 'Web'),
		...stage('T+1h', 'Close', 'Lead'),
	);
	assert.deepEqual(owners(text), ['lead', 'DBA+web', 'web', 'lead']);
	assert.deepEqual(
		read(text).runbook?.stages.map(({timeoutSeconds}) => timeoutSeconds),
		[300, 300, 300, 300],
	);
});

test('a number or what is in brackets is one part of a checklist', () => {
	const text = night.replace(
		'| T+30 |',
		'| T+10 | ops | Verify 1,847 rows, precision (15, 2) and the pages (home and cart) |\n| T+30 |',
	);
	assert.deepEqual(read(text).runbook?.stages[2]?.items, ['1,847 rows', 'precision (15, 2)', 'pages (home and cart)']);
});

test('what a verification asks loses its article and no part of a word', () => {
	const asked =
		'Verify the tills and their logs, online orders, on-call, all forwarders, allocations and anything whether with stock';
	const text = night.replace('| T+30 |', `| T+10 | ops | ${asked} |\n| T+30 |`);
	const items = [
		'tills',
		'their logs',
		'online orders',
		'on-call',
		'forwarders',
		'allocations',
		'anything whether with stock',
	];
	assert.deepEqual(read(text).runbook?.stages[2]?.items, items);
});

test('a time may count from T0 by its name, H from the hour in hours and minutes, and J alone is the day', () => {
	const list = (...times: readonly string[]) => lines(...times.map((time, index) => `- ${time}: ${index}`));
	assert.deepEqual(offsets(list('T0 - 1 h', 'T0-5 min', 'T0', 'T0 + 30 min', 'T0+1:30')), [-60, -5, 0, 30, 90]);
	assert.deepEqual(offsets(list('H-1h30', 'H-0h10', 'H0', 'H+0:45', 'H+2')), [-90, -10, 0, 45, 120]);
	const days = ['J-7', 'J-1', 'J', 'J+1'].map(day => `| ${day} | ops | work |`);
	assert.deepEqual(offsets(lines('| Time | Owner | Action |', '|---|---|---|', ...days)), [-10_080, -1440, 0, 1440]);
	const words = lines('## The day before', '- go', '## An hour before', '- b', '## T0', '- c', '## Next day', '- d');
	assert.deepEqual(offsets(words), [-1440, -60, 0, 1440]);
	assert.deepEqual(offsets(list('T-30', 'T0 - 5 pods are restarted', 'T+30')), [-30, 0, 30]);
});
