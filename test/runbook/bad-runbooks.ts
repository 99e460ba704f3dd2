/*
Bad runbooks: one for each complaint, made of the sample, and where in it the problem points.
*/
import type {Code} from '../../source/runbook/problems/complaints.ts';
import {type Case, row, timelineCases, without} from './bad-timelines.ts';
import {changed, sample} from './sample.ts';

export type {Case};

const g2 = row('| G2');

/** One case for each complaint about the runbook itself. */
export const cases = {
	'text-encoding': {text: Buffer.from(changed('Every gate', 'Every gate\u00e9'), 'latin1'), at: [7, 1], says: /UTF-8/},
	'text-control': {text: changed('Handover read', 'Handover\u001b[2J read'), at: '\u001b', says: /U\+001B escape/},
	'text-direction': {text: changed('Handover read', 'Handover \u202eread'), at: '\u202e', says: /U\+202E/},
	'text-line-ends': {
		text: changed('Every gate passes before T0.\n', 'Every gate passes before T0.\rAnd more.\n'),
		at: '\r',
		says: /carriage return/,
	},
	'text-empty': {text: ' \n', at: [1, 1], says: /no text/},
	'name-hidden': {
		text: changed('`<qa-lead>` |\n| G3', '`<qa-l\u0435ad>` |\n| G3'),
		at: '`<qa-l\u0435ad>`',
		says: /mixed|Cyrillic/i,
	},
	'code-open': {
		text: changed('`bash ops/preflight.sh --strict`', '`bash ops/preflight.sh --strict'),
		at: '`bash ops',
		says: /nothing closes it/,
	},
	'fence-open': {
		text: changed('## Timeline', '```\n## Timeline'),
		at: '```\n## Timeline',
		says: /block of code that opens here/,
	},
	'table-cells': {
		text: changed('`npm run build && npm test`', '`npm run build | tee log`'),
		at: '`<qa-lead>` |\n| G3',
		says: /6 cells, its header 5/,
	},
	'table-cut': {text: changed('| G4', '\n| G4'), at: 'G4', says: /line 13/},
	'table-html': {text: changed('Handover read', 'Handover <b>read</b>'), at: '<b>', says: /<b>/},
	'table-buried': {
		text: `${sample}\n- See:\n\n  | a | b |\n  |---|---|\n`,
		at: [64, 1],
		says: /not read/,
	},
	'text-struck': {text: changed('Handover read', '~~Handover~~ read'), at: [14, 1], says: /1 line/},
	'table-wide': {
		text: changed(
			sample.slice(sample.indexOf('| Time'), sample.indexOf('## Rollback trigger')),
			`| Time |${' c |'.repeat(60)}\n|${'---|'.repeat(61)}\n| T0 |${' c |'.repeat(60)}\n\n`,
		),
		at: '| Time |',
		says: /more than 50 columns/,
	},
	'rows-many': {
		text: changed(`${row('| T+30')}\n`, '| T+30 | a | b | c |\n'.repeat(500)),
		at: [521, 1],
		says: /more than 500 rows/,
	},
	'item-unboxed': {
		text: changed('- [ ] `<qa-lead>`: `npm test`', '- `<qa-lead>`: `npm test`'),
		at: '`<qa-lead>`: `npm test`',
		says: /no box/,
	},
	'headings-many': {text: `${sample}\n${'## More\n\n'.repeat(1000)}`, at: [2052, 1], says: /more than 1000 headings/},
	'text-long': {
		text: changed('Tell the shops.', 'Tell the shops. '.repeat(300)),
		at: 'Decide: keep',
		says: /more than 4000/,
	},
	'roles-many': {
		text: changed('`<oncall>`', Array.from({length: 21}, (_, index) => `r${index}`).join(', ')),
		at: 'r0, r1',
		says: /more than 20 roles/,
	},
	'gates-missing': {text: without('## Go/No-Go gates', '## Timeline'), at: [1, 1], says: /No gates/},
	'gates-empty': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'They are in the wiki.\n\n',
		),
		at: '## Go/No-Go',
		says: /"Go\/No-Go gates"/,
	},
	'gates-columns': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'| Nr. | Prüfung | Befehl |\n|---|---|---|\n| 1 | Replikation | `./lag.sh` |\n\n',
		),
		at: '| Nr.',
		says: /its columns are "Nr.", "Prüfung", "Befehl"/,
	},
	'gate-unread': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'### G1: Build is green\n\n- Command: `npm test`\n\n### Content\n\nThe editor is happy.\n\n',
		),
		at: '### Content',
		says: /"Content" is among gates/,
	},
	'gates-unread': {
		text: changed('## Timeline', '- B1: Shops are told\n- B2: Warehouse is told\n\n## Timeline'),
		at: '- B1',
		says: /B1, B2/,
	},
	'gates-later': {
		text: `${sample}\n## Post-cutover checks\n\n| ID | Check | Expected |\n|---|---|---|\n| V1 | Orders flow | yes |\n`,
		at: '| ID | Check | Expected',
		says: /"Post-cutover checks"/,
	},
	'gate-stage': {text: changed('| G3 |', '| T-30 |'), at: 'T-30', says: /of a gate and of a stage/},
	'gate-double': {text: changed('| G3 |', '| g2 |'), at: 'g2', says: /also on line 12/},
	'gate-id': {text: changed('| G3 |', '| 3rd/gate |'), at: '3rd/gate', says: /"3rd\/gate"/},
	'gate-empty': {text: changed(g2, '| G2 | | | | `<qa-lead>` |'), at: 'G2 | |', says: /G2 says nothing/},
	'gate-command': {
		text: changed('Command / Evidence', 'Command', changed('`npm run build && npm test`', 'npm test')),
		at: 'npm test | Exit',
		says: /G2 is not marked as code/,
	},
	'gate-column': {
		text: changed('Command / Evidence', 'Tell-tale'),
		at: 'Tell-tale',
		says: /"Tell-tale".*they are not run/,
	},
	'gate-output': {
		text: changed('`npm run build && npm test` | Exit code 0', '`npm run count-errors` | fewer than yesterday'),
		at: '| G2',
		says: /nothing checks whether "fewer than yesterday" holds/,
	},
	'gate-expect': {
		text: changed('`npm run build && npm test` | Exit code 0', '`npm run count-errors` | 0'),
		at: '| G2',
		says: /G2: "0" is judged as: stdout is 0/,
	},
	'gate-words': {
		text: changed(
			'| G2 | Command gates | `npm run build && npm test` | Exit code 0',
			'| G2 | Command gates | `all is well` | ',
			changed('| Command / Evidence |', '| Command |'),
		),
		at: 'G2 |',
		says: /G2 holds code that is not taken for a command.*all is well/,
	},
	'fence-output': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'- [ ] G1: backups restored (operator)\n  ```output\n  all well\n  ```\n\n',
		),
		at: [11, 1],
		says: /A fence of output shows output/,
	},
	'gate-unrun': {
		text: changed('`npm run build && npm test` | Exit code 0', '`./ops/tests.sh` | '),
		at: 'G2 |',
		says: /G2 passes when ops\/tests.sh is there/,
	},
	'gate-rolls-back': {
		text: changed('`bash ops/preflight.sh --strict`', '`bash ops/orders-back.sh`'),
		at: '| G1',
		says: /G1 runs what rolls back: bash ops/,
	},
	'gate-task': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'- [ ] G1: Load the stock list: `bin/stock --all` (operator)\n\n',
		),
		at: 'G1: Load',
		says: /G1 says what is to be done.*bin\/stock --all/,
	},
	'gates-none': {
		text: changed('## Rollback trigger', '## Go/no-go criteria\n\nEverybody agrees.\n\n## Rollback trigger'),
		at: '## Go/no-go criteria',
		says: /none are under it/,
	},
	'gate-ticked': {
		text: changed(
			sample.slice(sample.indexOf('| Gate ID'), sample.indexOf('## Timeline')),
			'- [x] G1: backups restored (operator)\n\n',
		),
		at: 'G1: backups',
		says: /G1 is ticked/,
	},
	'owner-anyone': {
		text: changed(
			'`npm run build && npm test` | Exit code 0 | `<qa-lead>`',
			'`npm run build && npm test` | Exit code 0 | ',
		),
		at: 'G2 |',
		says: /G2 has no owner/,
	},
	...timelineCases,
	'triggers-missing': {
		text: changed(sample.slice(sample.indexOf('Roll back immediately'), sample.indexOf('Preferred path:')), ''),
		at: '## Rollback trigger and',
		says: /No rollback triggers/,
	},
	'trigger-threshold': {
		text: changed('for more than 8 minutes', 'for 8 minutes, or 2 minutes at night'),
		at: 'The order endpoints',
		says: /8 minutes, 2 minutes/,
	},
	'trigger-zero': {
		text: changed('more than 8 minutes', 'more than 0 minutes'),
		at: 'The order endpoints',
		says: /threshold of zero/,
	},
	'trigger-long': {
		text: changed('more than 8 minutes', 'more than 40 days'),
		at: 'The order endpoints',
		says: /more than 30 days/,
	},
	'trigger-metric': {
		text: changed('Release manager confirms that customers lose orders', 'Error rate above 5 % for 10 minutes'),
		at: 'Error rate',
		says: /"Error rate"/,
	},
	'trigger-unit': {
		text: changed('more than 8 minutes', 'more than 8'),
		at: 'The order endpoints',
		says: /"8", which has no unit/,
	},
	'trigger-words': {
		text: changed('3. Release manager confirms that customers lose orders.', '3. '),
		at: [34, 4],
		says: /Trigger 3 says nothing/,
	},
	'rollback-missing': {
		text: changed(sample.slice(sample.indexOf('Preferred path:'), sample.indexOf('## Sign-off')), ''),
		at: '## Rollback trigger and',
		says: /No rollback path/,
	},
	'rollback-unclear': {
		text: changed(
			sample.slice(sample.indexOf('## Rollback trigger'), sample.indexOf('## Sign-off')),
			'## Rollback\n\n- Orders are down for 8 minutes\n- Shops complain\n- `ops/orders-back.sh`\n\n',
		),
		at: 'Shops complain',
		says: /neither a condition/,
	},
	'rollback-by-hand': {
		text: changed(
			'run the fallback script `ops/orders-back.sh` per `docs/incidents.md`',
			'run `kubectl rollout undo deploy/orders`',
		),
		at: 'If the workflow',
		says: /kubectl rollout undo/,
	},
	'rollback-input': {
		text: changed('`keep_queue=1`', '`keep_queue=1` and `action=stop`'),
		at: 'Run it with',
		says: /action.*"back".*"stop"/,
	},
	'rollback-input-never': {
		text: changed('`keep_queue=1`', '`keep_queue=1` and `bash_env=ops/env.sh`'),
		at: [38, 1],
		says: /bash_env.*BASH_ENV decides/,
	},
	'signoffs-missing': {text: without('## Sign-off checklist', '## Evidence package'), at: [1, 1], says: /No sign-offs/},
	'signoff-ticked': {
		text: changed('- [ ] `<qa-lead>`', '- [x] `<qa-lead>`'),
		at: '`<qa-lead>`: `npm test`',
		says: /ticked already/,
	},
	'signoff-role': {
		text: changed(
			'| T+30 | `<release-manager>` + `<product-owner>` |',
			'| T+30 | |',
			changed('- [ ] `<qa-lead>`: `npm test` output attached.', '- [ ] All output attached.'),
		),
		at: 'All output attached',
		says: /names no role/,
	},
	'signoff-file': {text: changed('`handover.md`', '`handbook.md`'), at: 'handbook.md', says: /0 of the paths/},
	'signoff-loose': {
		text: changed('`<product-owner>`: Closeout approved', '`<auditor>`: Audit log attached'),
		at: '`<auditor>`',
		says: /auditor has none/,
	},
	'evidence-fields': {
		text: changed(sample.slice(sample.indexOf('Ticket:'), sample.lastIndexOf('```')), 'as usual\n'),
		at: '```text',
		says: /no line that ends in a colon/,
	},
	'evidence-double': {text: changed('Operator:\n', 'ticket:\n'), at: 'ticket:\n', says: /"ticket" is there twice/},
} satisfies Partial<Record<Code, Case>>;
