/** docs/cutover-tui.1 from the table of commands: the manual page that the package installs. */
import type {Option, Verb} from '../source/cli/args.ts';
import {open, verbs} from '../source/cli/verbs.ts';
import {asSentence, capital} from '../source/text/sentence.ts';
import {heading} from './docs-cli.ts';

/** Text that roff reads as it is: no line begins with its control characters, and hyphens stay hyphens. */
const roff = (text: string): string =>
	text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replace(/^([.'])/gm, '\\&$1');

const option = ({name, value, about, choices}: Option): readonly string[] => [
	'.TP',
	`\\fB\\-\\-${roff(name)}\\fR${value === null ? '' : ` \\fI${roff(value)}\\fR`}`,
	roff(`${asSentence(capital(about))}${choices ? ` One of ${choices.join(', ')}.` : ''}`),
];

const command = (verb: Verb): readonly string[] => [
	`.SS ${roff(heading(verb))}`,
	roff(asSentence(capital(verb.about))),
	...verb.detail.map(roff),
	...verb.options.flatMap(option),
	...verb.examples.flatMap(line => ['.PP', '.EX', roff(`cutover-tui ${line}`), '.EE']),
];

/** The whole page, of these commands. */
export const manPage = (commands: readonly Verb[] = [open, ...verbs]): string =>
	`${[
		'.\\" Made by npm run docs from source/cli/verbs.ts; do not edit.',
		'.TH CUTOVER\\-TUI 1',
		'.SH NAME',
		'cutover\\-tui \\- run a production cutover from its Markdown runbook',
		'.SH SYNOPSIS',
		'.B cutover\\-tui',
		'[\\fIRUNBOOK\\fR] [\\fIOPTION\\fR ...]',
		'.br',
		'.B cutover\\-tui',
		'\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...] [\\fIOPTION\\fR ...]',
		'.SH DESCRIPTION',
		'Opens a full\\-screen board of the go/no\\-go gates and the timeline of a runbook, runs its checks and playbooks, takes',
		'votes and sign\\-offs, watches the service, rolls back, and keeps the evidence. Everything that the screen can do, a',
		'command can do, by the same rules.',
		'.SH COMMANDS',
		...commands.flatMap(command),
		'.SH EXIT STATUS',
		...[
			['0', 'Done, or the check holds.'],
			['1', 'Refused by a rule, or a check that does not hold.'],
			['2', 'Usage error or bad input.'],
			['3', 'The records cannot be trusted or written.'],
			['128+n', 'Ended by signal n.'],
		].flatMap(([code = '', text = '']) => ['.TP', code, text]),
		'.SH ENVIRONMENT',
		...[
			['XDG_STATE_HOME', 'Cutovers are kept in cutover\\-tui below it; ~/.local/state unless set.'],
			['TZ', "Zone of times, where the runbook's settings name none."],
			['HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY', 'How endpoints and GitHub are reached.'],
			['NODE_EXTRA_CA_CERTS, SSL_CERT_FILE', 'Certificate authorities that are trusted besides.'],
			['CUTOVER_TUI_DEBUG', 'Set to 1, an unexpected error says where it came from.'],
		].flatMap(([name = '', text = '']) => ['.TP', `.B ${name}`, text]),
		'.SH FILES',
		'.TP',
		'.I RUNBOOK.cutover.yaml',
		'Settings beside the runbook.',
	].join('\n')}\n`;
