/**
 * docs/cli.md from the verbs table: what `--help` says, on one page, with exit codes and manners that no table holds.
 */
import type {Argument, Option, Verb} from '../source/cli/args.ts';
import {open, verbs} from '../source/cli/verbs.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');
const word = ({name, optional}: Argument) => (optional ? `[${name}]` : name);
const flag = ({name, value, many}: Option) => `--${name}${value === null ? '' : ` ${value}`}${many ? ' …' : ''}`;
const heading = (verb: Verb) =>
	['cutover-tui', verb.name, ...verb.arguments.map(word)].filter(part => part !== '').join(' ');

function rows(verb: Verb): string[] {
	const lines = [
		...verb.arguments.map(argument => `| \`${word(argument)}\` | ${cell(argument.about)} |`),
		...verb.options.map(
			option =>
				`| \`${flag(option)}\` | ${cell(option.about)}${option.choices ? ` (${option.choices.join(', ')})` : ''} |`,
		),
	];
	return lines.length === 0 ? [] : ['', '| | |', '|---|---|', ...lines];
}

const section = (verb: Verb) => [
	'',
	`## ${heading(verb)}`,
	'',
	`${verb.about.charAt(0).toUpperCase()}${verb.about.slice(1)}.`,
	...verb.detail,
	'',
	'```',
	...verb.examples.map(line => `cutover-tui ${line}`),
	'```',
	...rows(verb),
];

const manners = `# The command line

Made by \`npm run docs\` from source/cli/verbs.ts. Everything that the screen can do, a verb can do, by the same rules.

- Exit codes: 0 done, or the check holds · 1 refused by a rule, or a check that does not hold · 2 misuse or bad input · 3 the store cannot be trusted or written · 128+n ended by signal n.
- stdout carries the answer, stderr everything else. A refusal is one sentence: the rule, what is against it, what would mend it.
- \`--json\` gives one JSON document (\`log --json\` one a line): keys in camelCase, times in RFC 3339, null where not reached, durations in seconds in keys that end in \`Seconds\`.
- Text from outside is printed without power over the terminal: control characters become pictures.
- What cannot be undone takes its typed word. A verb asks for it on a terminal; elsewhere it needs \`--confirm WORD\`, else it does nothing and exits 1. \`decide go\` and \`decide keep\` are themselves the word.
- WHEN is RFC 3339, \`HH:MM[:SS]\` (the next one in local time) or \`+DURATION\`. DURATION is \`500ms\`, \`90s\`, \`10m\`, \`1h30m\` or \`2d\`.
- Which cutover: \`--cutover ID\`, else the only open one. Reading verbs fall back to the newest closed one and say so. An abandoned one counts only where no other is open.
- Who: your login, or \`--as NAME\`; \`--role ROLE\` where an act has several owners.
- State: \`$XDG_STATE_HOME/cutover-tui\` (\`~/.local/state/cutover-tui\`), or \`--state DIR\`.`;

/** The whole page, of these commands. */
export const cliPage = (commands: readonly Verb[]): string => `${[manners, ...commands.flatMap(section)].join('\n')}\n`;

export const cli = async (): Promise<string> => cliPage([open, ...verbs]);
