/*
A mebibyte of each kind of text at which parsers of Markdown hang or grow.
*/
import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {read} from './sample.ts';

const size = 1024 * 1024;
const filled = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const nested = (unit: string): string =>
	Array.from({length: 1400}, (_, depth) => `${' '.repeat(depth)}${unit}`)
		.join('\n')
		.slice(0, size);

export const hostile: Readonly<Record<string, string>> = {
	brackets: filled('['),
	'brackets and parentheses': filled('[a]('),
	backticks: filled('`'),
	'backticks of many lengths': Array.from({length: 1400}, (_, count) => '`'.repeat(count + 1))
		.join(' ')
		.slice(0, size),
	'list marks in a line': filled('- '),
	'list marks in lines': filled('- a\n'),
	'nested lists': nested('- a'),
	quotes: filled('>'),
	'comments that open': filled('<!--'),
	'comments that open, in lines': filled('a <!--\n'),
	tags: filled('<a '),
	asterisks: filled('*'),
	'asterisks and letters': filled('*a_ '),
	pipes: filled('|'),
	'rows of pipes': filled('|||||||||||||||\n'),
	'a header and its dashes, again and again': filled('|a|\n|-|\n'),
	'a wide table': `| ${'a | '.repeat(100_000)}\n|${'-|'.repeat(100_000)}\n`,
	'a long table': `| Gate ID | Check | Owner |\n|---|---|---|\n${filled('| G | c | o |\n')}`,
	dashes: filled('-'),
	'dashes and spaces': filled(`|${' '.repeat(500)}-`),
	spaces: `|-|${filled(' ')}x`,
	'spaces before text': `a\n${filled(' ')}x`,
	headings: filled('# gates\n'),
	'nested headings': filled('# a\n## b\n### gates\n'),
	fences: filled('```\n'),
	'a heading without end': `## Gates ${filled('#')}x`,
	backslashes: filled('\\'),
	entities: filled('&lt;'),
	digits: `## Rollback triggers\n\n- ${filled('9')}`,
	durations: `## Rollback triggers\n\n- down ${filled('10 minutes ')}`,
	'durations in items': `## Rollback triggers\n\n${filled('- down 10 min\n')}`,
	roles: `## Sign-off\n\n${filled('- [ ] a: attached\n')}`,
	offsets: `| Time | Owner | Action |\n|---|---|---|\n${filled('| T-9 | a | b |\n')}| T0 | a | b |\n`,
	'offsets in a line': `## Sign-off\n\n- [ ] a: decision ${filled('T-1 ')}`,
	'one action': `| Time | Owner | Action |\n|---|---|---|\n| T-9 | a | ${filled('check G1, ')} |\n| T0 | a | b |\n| T+9 | a | ${filled('verify a, ')} |\n`,
	'owners without end': `| Time | Owner | Action |\n|---|---|---|\n| T-9 | ${filled('a, ')} | b |\n| T0 | a | b |\n`,
	'roles that differ': `## Sign-off\n\n${Array.from({length: 40_000}, (_, index) => `- [ ] r${index}: attached`).join('\n')}`,
	'gates that differ': `| Gate ID | Check | Owner |\n|---|---|---|\n${Array.from({length: 25_000}, (_, index) => `| G${index} | \`a b\` | r${index} |`).join('\n')}`,
	'stages and gates': `| Gate ID | Check | Owner |\n|---|---|---|\n${Array.from({length: 9000}, (_, index) => `| G${index} | \`a b\` | r |`).join('\n')}\n\n| Time | Owner | Action |\n|---|---|---|\n${Array.from({length: 9000}, () => '| T-1 | r | run checks |').join('\n')}\n| T0 | r | go |\n`,
	'front matter': `---\n${filled('a: 1\n')}---\n`,
	'front matter of brackets': `---\n${filled('[')}\n---\n`,
	'backticks in a gate': `| Gate ID | Check | Owner |\n|---|---|---|\n| G1 | ${filled('` `` ')} | o |\n`,
	'brackets in a gate': `| Gate ID | Check | Owner |\n|---|---|---|\n| G1 | ${filled('[a](')} | o |\n`,
	'spaces in code': `| Gate ID | Check | Owner |\n|---|---|---|\n| G1 | \`a${filled(' ')}\` | o |\n`,
	'words of a trigger': `## Rollback triggers\n\n- L1/L2 ${filled('confirmed by L1, L2 and ')}`,
	'long items': `## Rollback triggers\n\n${filled(`- ${'confirmed by L1 with the and '.repeat(130)}\n`)}`,
	'long actions': `| Time | Owner | Action |\n|---|---|---|\n${filled(`| T-9 | a | ${'run check G1, T-1 10 min if '.repeat(130)} |\n`)}| T0 | a | b |\n`,
	'long gates': `| Gate ID | Check | Command | Pass | Owner |\n|---|---|---|---|---|\n${filled(`| G | ${'reviewed by A and B or '.repeat(80)} | ${'`a/b` '.repeat(200)} | ok | o |\n`)}`,
	'stages in paragraphs': `## Timeline\n\n${filled('**T-9**\nOwner: a\nAction: b\n\n')}**T0** x\n`,
	'stages in sections': `## Timeline\n\n${filled('### T-9 x\n- Owner: a\n')}### T0 x\n`,
	'timelines in parts': `## Timeline\n\n${filled('| Time | Owner | Action |\n|---|---|---|\n| T-9 | a | b |\n\n')}`,
	'columns that count': filled(`| ${'gate | '.repeat(45)}\n|${'---|'.repeat(45)}\n| ${'1 | '.repeat(45)}\n\n`),
	'labels in lines': `## Gates\n\n- [ ] a\n${filled('  Owner: b\n')}`,
	'labels in a line': `## Gates\n\n${filled(`- [ ] ${'a, owner: b, command: `c`, '.repeat(140)}\n`)}`,
	'a fence in a gate': `## Gates\n\n- [ ] a\n\n  \`\`\`\n${filled('  make a \\\n')}  \`\`\`\n`,
	'links in gates': `| Gate ID | Check | Owner |\n|---|---|---|\n${filled(`| G | ${'[a](b/c.md) '.repeat(300)} | o |\n`)}`,
	'groups in gates': `| Gate ID | Check | Owner |\n|---|---|---|\n${filled(`| G | ${'the a b c and '.repeat(280)}approved | o |\n`)}`,
	'sentences of a rollback': `## Rollback\n\n${filled('Run `a.sh`. If it fails for 10 minutes, run `b.sh`.\n\n')}`,
	'steps of a rollback': `## Rollback steps\n\n| a | b |\n|---|---|\n${filled(`| ${'`bash x.sh a` '.repeat(200)} | y |\n`)}`,
	'conditions joined by or': `## Rollback triggers\n\n${filled(`- ${'down 5 min or if '.repeat(230)}\n`)}`,
	'brackets of sign-offs': `## Sign-off\n\n${filled(`- [ ] ${'a ('.repeat(900)})\n`)}`,
	'owners before dashes': `## Timeline\n\n${filled(`- T-9 — ${'a + '.repeat(900)} — b\n`)}`,
	'numbers over dashes': filled('\n1. a\n-----\n'),
	emoji: `| Time | Owner | Action |\n|---|---|---|\n${filled('| 🎬 T-9 | 🎬🎬 a | b |\n')}| T0 | a | b |\n`,
	han: filled('回滚'),
	'combining marks': filled('a\u0301'),
};

/** Reads the first `share` of each in as large a share of ten seconds, by the time of the processor: others may keep it busy. */
export function endsInTime(share: number): void {
	for (const [name, text] of Object.entries(hostile))
		test(`${share === 1 ? 'a mebibyte' : `${share} MiB`} of ${name} ends in time`, () => {
			const from = process.cpuUsage();
			const {runbook, problems} = read(text.slice(0, size * share));
			assert.ok(runbook !== null || problems.length > 0);
			assert.ok(problems.length < 2000, `${problems.length} problems`);
			assert.ok(process.cpuUsage(from).user < 10_000_000 * share);
		});
}
