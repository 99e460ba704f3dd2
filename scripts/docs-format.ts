/**
 * docs/runbook-format.md: the prose is in the page itself and is kept; what follows the mark is made of the tables that
 * the reader uses: words of headings and columns, settings with their effects, problems with their fixes.
 */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {allKinds} from '../source/gates/gate-kinds.ts';
import type {RollbackDriver} from '../source/rollback/driver.ts';
import {drivers} from '../source/rollback/drivers.ts';
import {complaints} from '../source/runbook/problems/complaints.ts';
import {columns, headings} from '../source/runbook/words/words.ts';
import {cell as plainCell} from './docs-cli.ts';
import {settingsRows} from './docs-settings.ts';

const mark = '<!-- Generated from here on by `npm run docs`; do not edit. -->';

const place = fileURLToPath(new URL('../docs/runbook-format.md', import.meta.url));

const cell = (text: string): string => plainCell(text).replaceAll('<', '\\<');

const wordRow = ([name, words]: readonly [string, readonly string[]]): string =>
	`| ${name} | ${cell(words.join(', '))} |`;

const prose = (): string => {
	const page = readFileSync(place, 'utf8');
	const end = page.indexOf(mark);
	if (end === -1) throw new Error(`docs/runbook-format.md lacks its mark: ${mark}`);
	return page.slice(0, end).trimEnd();
};

/** The whole page. */
export const formatPage = (): string =>
	[
		prose(),
		'',
		mark,
		'',
		'## Words that are recognised',
		'',
		'Case does not count, and a space also matches a dash or a slash. Longer headings that hold one of the words count too.',
		'',
		'| heading about | words |',
		'|---|---|',
		...Object.entries(headings).map(wordRow),
		'',
		'| column | words |',
		'|---|---|',
		...Object.entries(columns).map(wordRow),
		'',
		'## Gate kinds',
		'',
		'The kinds are tried in this order; a statement is what no other kind takes.',
		'',
		'| kind | when a gate is of this kind | when it passes |',
		'|---|---|---|',
		...allKinds().map(([name, {when, passes}]) => `| ${name} | ${cell(when)} | ${cell(passes)} |`),
		'',
		'## Rollback drivers',
		'',
		'Code of the steps is offered to them in this order. Steps that name more than one run, or none, are for people.',
		'',
		'| driver | runs |',
		'|---|---|',
		...Object.entries<RollbackDriver>(drivers).map(([name, {summary}]) => `| ${name} | ${cell(summary)} |`),
		'',
		'## Every setting',
		'',
		'What is marked *later* does nothing in this version, and `check` refuses it.',
		'',
		'| key | effect |',
		'|---|---|',
		...settingsRows().map(({key, effect, later}) => `| \`${key}\` | ${later ? '*later:* ' : ''}${cell(effect)} |`),
		'',
		'## Every problem and its fix',
		'',
		'`{…}` stands for what the document says there.',
		'',
		'| code | | what is wrong | fix |',
		'|---|---|---|---|',
		...Object.entries(complaints).map(
			([code, {severity, message, fix}]) => `| \`${code}\` | ${severity} | ${cell(message)} | ${cell(fix)} |`,
		),
		'',
	].join('\n');
