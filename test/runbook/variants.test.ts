import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changed, codes, read, runbookOf, sample} from './sample.ts';

const between = (from: string, to: string): string => sample.slice(sample.indexOf(from), sample.indexOf(to));
const gateTable = between('| Gate ID', '## Timeline');
const triggers = between('1. The order endpoints', 'Preferred path:');
const signOffs = between('- [ ] `<operator>`', '## Evidence package');
const evidence = sample.slice(sample.indexOf('```text'));

const gates = (text: string) =>
	read(changed(gateTable, `${text}\n\n`, changed('verify G1-G5 PASS', 'verify all gates'))).runbook?.gates.map(
		({id, kind, commands, files, groups, owners, title}) => ({id, kind, commands, files, groups, owners, title}),
	) ?? [];

test('a column "Gate" holds ids, or else what is checked', () => {
	const numbered = gates(
		'| # | Gate | How to verify | Expected result | DRI |\n|---|---|---|---|---|\n| 7 | Suite is green | `npm test` | all pass | @qa @web |',
	);
	assert.deepEqual(
		numbered.map(({id, title, kind, owners}) => ({id, title, kind, owners})),
		[{id: '7', title: 'Suite is green', kind: 'command', owners: ['qa', 'web']}],
	);
	const [untitled] = gates('| Gate | Command | Owner |\n|---|---|---|\n| Suite is green | `npm test` | qa |');
	assert.deepEqual([untitled?.id, untitled?.title], ['1', 'Suite is green']);
	const [named] = gates('| Gate | Pass criteria | Owner |\n|---|---|---|\n| A-1 | Backups restored | qa |');
	assert.deepEqual([named?.id, named?.title, named?.kind], ['A-1', 'Backups restored', 'statement']);
});

test('sections and items without a box are gates where an id or labels show it, and only where there are no others', () => {
	const [first, second] = gates(
		'### Gate 7 – Rollback rehearsed\n\nTwice at least.\n\n- Owner: web\n- Evidence: `notes/rehearsal.md`\n\n### Gate 8 – All quiet\n\nOwner: qa\n\n```bash\nnpm test\n```',
	);
	assert.deepEqual(
		[first?.id, first?.title, first?.kind, first?.owners],
		['7', 'Rollback rehearsed; Twice at least.', 'files', ['web']],
	);
	assert.deepEqual([second?.id, second?.commands, second?.owners], ['8', ['npm test'], ['qa']]);
	const [plain] = gates('1. **Suite is green** (Owner: @qa) — Run `npm test`; evidence: `test.log`');
	assert.deepEqual(
		[plain?.id, plain?.title, plain?.commands, plain?.owners],
		['1', 'Suite is green', ['npm test'], ['qa']],
	);
	const boxed = gates('- [ ] A1: All well (qa)\n\n### Notes\n\n- B1: no gate\n- B2: no gate');
	assert.deepEqual(
		boxed.map(({id}) => id),
		['A1'],
	);
});

test('what shows neither an id nor labels is no gate', () => {
	for (const text of [
		'- read the manual\n- call the board',
		'### Content\n\nThe editor is happy.',
		'- G1: well\n- and so on',
	])
		assert.ok(codes(read(changed(gateTable, `${text}\n\n`)).problems).includes('gates-empty'), text);
});

test('gates may have a time at which they are due', () => {
	const text = '| ID | Check | Command | Due | Owner |\n|---|---|---|---|---|\n| A1 | Suite | `npm test` | T-60 | qa |';
	assert.deepEqual(
		gates(text).map(({id}) => id),
		['A1'],
	);
});

test('emoji before headers, ids, owners and times are no part of them', () => {
	const [gate] = gates(
		'| 🔢 ID | ✅ Check | 👤 Owner |\n|---|---|---|\n| ✅ A1 | :rocket: All well | 🧑‍💻 web-team<br>:star: qa |',
	);
	assert.deepEqual([gate?.id, gate?.owners], ['A1', ['web-team', 'qa']]);
});

test('an item says its command, evidence and owner in sub-items, lines, parts of a line or fenced code', () => {
	for (const item of [
		'- [ ] A1: Suite\n  - Owner: qa\n  - Command: `npm test`',
		'- [ ] A1: Suite\n  Owner: qa\n  Command: `npm test`',
		'- [ ] **A1** Suite, owner: qa, command: `npm test`',
		'- [ ] A1: Suite (qa-lead). Command: `npm test`',
		'- [ ] A1: Suite (qa-lead) – `npm test`',
		'- [ ] **A1 — Suite** `npm test` — qa-lead',
		'- [ ] A1: Suite (owner: qa)\n\n  ```bash\n  $ npm test\n  ```',
		'- [ ] A1: Suite\n  Owner: qa\n  Command:\n\n  ```\n  npm test\n  ```',
	]) {
		const [gate] = gates(item);
		assert.deepEqual([gate?.id, gate?.kind, gate?.commands], ['A1', 'command', ['npm test']], item);
		assert.match(gate?.owners.join() ?? '', /^qa(?:-lead)?$/, item);
		assert.match(gate?.title ?? '', /^Suite/, item);
	}
});

test('ids with a dash, of several words or before a word are ids', () => {
	for (const [item, id] of [
		['- [ ] **L1-check**: ledger balanced', 'L1-check'],
		['- [ ] SCH-1 Jobs are exported', 'SCH-1'],
		['- [ ] Gate 3: Works council informed', '3'],
		['- [ ] **P-1 备份完成**：`make check`', 'P-1'],
		['- [ ] G1 Tests are green\n- [ ] G2 Docs are there', 'G1'],
		['- [ ] step-1 is done', '1'],
		['- [ ] L1-check is done', '1'],
		['- [ ] Three nodes are up', '1'],
	] as const)
		assert.equal(gates(item)[0]?.id, id, item);
});

test('a fenced block of several lines passes where each line does', () => {
	const [gate] = gates('- [ ] A1: Suite (qa-lead)\n\n  ```\n  # first\n  make build\n  make test\n  ```');
	assert.deepEqual(gate?.commands, ['make build && make test']);
});

test('a command in the pass condition is run where that says how it ends', () => {
	const row = (pass: string) =>
		gates(`| ID | Check | Done when | Owner |\n|---|---|---|---|\n| A1 | Console | ${pass} | qa |`);
	assert.deepEqual(row('`ssh fw-a true` returns 0')[0]?.commands, ['ssh fw-a true']);
	assert.deepEqual(row('`ops/ready.sh` exits 0')[0]?.commands, ['ops/ready.sh']);
	assert.deepEqual(row('`ops/ready.sh` is merged')[0]?.commands, []);
	assert.deepEqual(row('It prints `all is well`')[0]?.commands, []);
});

test('the approvers are a group, the approved thing is not', () => {
	const groups = (pass: string) =>
		gates(`| ID | Check | Pass condition | Owner |\n|---|---|---|---|\n| A1 | Copy reviewed | ${pass} | qa |`)[0]
			?.groups;
	for (const [pass, named] of [
		['Reviewed by @marketing and @legal', ['marketing', 'legal']],
		['Security and the fire officer have approved it', ['security', 'fire-officer']],
		['Legal has approved', ['legal']],
		['Approved by CAB', ['CAB']],
		['L1/L2 owners acknowledged', ['L1', 'L2']],
		['The budget is approved', ['qa']],
		['Data platform and ops-lead approved', ['data-platform', 'ops-lead']],
		['Terms and conditions approved', ['qa']],
	] as const)
		assert.deepEqual(groups(pass), named, pass);
});

test('brackets behind an item name its owner, and what they say was acknowledged by somebody asks those', () => {
	const read = (item: string) =>
		gates(`- [ ] **A1** ${item}\n`).map(({kind, owners, groups}) => ({kind, owners, groups}));
	assert.deepEqual(read('Handover read (ops-lead)'), [{kind: 'statement', owners: ['ops-lead'], groups: ['ops-lead']}]);
	for (const [item, groups] of [
		['Handover read (acknowledged by ops-lead)', ['ops-lead']],
		['Plan reviewed (approved by QA and ops-lead)', ['QA', 'ops-lead']],
		['Copy reviewed (signed off by `qa`)', ['qa']],
	] as const)
		assert.deepEqual(read(item), [{kind: 'acknowledgement', owners: [], groups}], item);
});

test('a bold line of its own is a heading when it introduces what follows', () => {
	const bold = sample.replaceAll(/^## (.+)$/gm, '**$1**');
	assert.deepEqual(read(bold).problems, []);
	assert.deepEqual(runbookOf(bold).signOffs.length, 5);
});

test('a checklist under prerequisites holds gates, a list without boxes there promises none', () => {
	assert.deepEqual(
		runbookOf(
			changed(
				'## Go/No-Go gates',
				'## Before we start',
				changed(gateTable, '- [ ] A1: keys are here (qa-lead)\n\n', changed('verify G1-G5 PASS', 'decide')),
			),
		).gates.map(({id}) => id),
		['A1'],
	);
	const plain = changed(
		'## Go/No-Go gates',
		'## Prerequisites',
		changed(gateTable, '- keys are here\n\n', changed('verify G1-G5 PASS', 'decide')),
	);
	assert.ok(codes(read(plain).problems).includes('gates-missing'));
	assert.ok(!codes(read(plain).problems).includes('gates-empty'));
});

const triggersOf = (text: string) =>
	read(changed(triggers, `${text}\n\n`)).runbook?.triggers.map(one =>
		one.kind === 'outage' ? one.thresholdSeconds : `${one.roles.join('|')}: ${one.facts.join(' & ')}`,
	);

test('conditions that are joined by or are conditions by themselves', () => {
	assert.deepEqual(
		triggersOf('1. The shop is unreachable for 5 minutes, or if the operator says that orders are lost.'),
		[300, 'operator: orders are lost'],
	);
	assert.deepEqual(triggersOf('1. Trigger: shop down for more than 3 minutes, or the operator instructs it'), [
		180,
		'operator: the operator instructs it',
	]);
	assert.deepEqual(triggersOf('1. The shop is unavailable or unreachable for 5 minutes.'), [300]);
});

test('a condition of one role says it without the role', () => {
	assert.deepEqual(triggersOf('- Operator: orders are lost'), ['operator: orders are lost']);
	assert.deepEqual(triggersOf('- Operator decides to stop'), ['operator: Operator decides to stop']);
});

const signed = (text: string) => {
	const {runbook, problems} = read(changed(signOffs, `${text}\n\n`));
	return {roles: runbook?.signOffs.map(({role, text: what}) => `${role}: ${what}`), codes: codes(problems)};
};

test('a sign-off names its role before a colon, a dash or brackets, and several roles sign each', () => {
	assert.deepEqual(signed('- [ ] Operator (preflight output attached)\n- [ ] Operator – preflight output attached'), {
		roles: ['operator: preflight output attached', 'operator: preflight output attached'],
		codes: [],
	});
	assert.deepEqual(signed('- [ ] release-manager + ops-lead: decision signed at T-10').roles, [
		'release-manager: decision signed at T-10',
		'ops-lead: decision signed at T-10',
	]);
});

test('a list without boxes holds sign-offs only where it can be nothing else', () => {
	assert.deepEqual(signed('- **QA lead:** ________\n- Operator: preflight output attached\n- Kitchen:').roles, [
		'qa-lead: ',
		'operator: preflight output attached',
		'kitchen: ',
	]);
	for (const text of ['- See the wiki: page 4', '- Operator: ____\n- Ask the board before noon'])
		assert.deepEqual(signed(text), {roles: [], codes: ['signoffs-missing']}, text);
});

test('a sign-off without a role is signed by the person who closes the cutover', () => {
	for (const item of ['- [ ] : output attached', '- [ ] Everything that was agreed upon is done'])
		assert.deepEqual(
			signed(item).roles?.map(role => role.split(':')[0]),
			['release-manager', 'product-owner'],
			item,
		);
});

test('a decision taken elsewhere is not asked of a role, with a note', () => {
	assert.deepEqual(signed('- [ ] qa-lead: decision signed at T-10').codes, ['signoff-loose']);
});

test('evidence fields may be a list, lines or a table', () => {
	for (const text of [
		'- **Ticket:**\n- Operator: ____',
		'- [ ] Ticket:\n- [ ] Operator:',
		'Ticket:\nOperator:',
		'| Field | Value |\n|---|---|\n| Ticket | |\n| Operator: | |',
	])
		assert.deepEqual(
			read(changed(evidence, text)).runbook?.evidence,
			[
				{field: 'Ticket', text: 'Ticket:'},
				{field: 'Operator', text: 'Operator:'},
			],
			text,
		);
	const prose = read(changed(evidence, 'Keep the ticket.\n\n- Ticket: CHG-1\n- and more'));
	assert.equal(prose.runbook?.evidence[0]?.field, 'Cutover ticket ID');
});

test('a checklist of a verification is read without its bullets', () => {
	const {runbook} = read(
		changed(
			'Validate health endpoints, queue depth, and error logs; compare with the baseline from before.',
			'Check:<br>• queue depth<br>• error logs',
		),
	);
	assert.deepEqual(runbook?.stages.find(({id}) => id === 'T+10')?.items, ['queue depth', 'error logs']);
});

test('headings over dashes may be numbered, a last item over a rule is an item', () => {
	const numbered = sample.replaceAll(/^## (.+)$/gm, (_, text: string) => `1. ${text}\n${'-'.repeat(text.length + 3)}`);
	assert.deepEqual(read(numbered).problems, []);
	const ruled = changed('3. If the workflow is unavailable', '3. If the workflow is unavailable', `${sample}`).replace(
		'per `docs/incidents.md`.',
		'per `docs/incidents.md`.\n\n---',
	);
	assert.deepEqual(read(ruled).problems, []);
});

test('a heading that may be about gates promises none: its timeline is read, and the gates are missed', () => {
	const {runbook, problems} = read(
		'# Move\n\n## Checkpoints\n\n| Time | Owner | Action |\n|---|---|---|\n| T-5 | ops | go/no-go |\n| T0 | ops | switch |\n| T+5 | ops | keep |\n',
	);
	assert.deepEqual(
		runbook?.stages.map(({id}) => id),
		['T-5', 'T0', 'T+5'],
	);
	assert.ok(problems.some(({code}) => code === 'gates-missing'));
	assert.ok(!problems.some(({severity}) => severity === 'error'));
});

test('the cell of an id may carry the name of its gate', () => {
	const {runbook} = read(
		'# Move\n\n## Gates\n\n| Gate | Check | Command | Owner |\n|---|---|---|---|\n| **DB-01**<br>Replication | Lag is low | `./lag.sh --max 5` | dba |\n\n## Timeline\n\n- T-5: dba: DB-01\n- T0: dba: go\n- T+5: dba: keep\n',
	);
	assert.deepEqual(
		runbook?.gates.map(({id, title, commands}) => [id, title, commands]),
		[['DB-01', 'Replication; Lag is low', ['./lag.sh --max 5']]],
	);
	assert.deepEqual(runbook?.stages[0]?.gates, ['DB-01']);
});
