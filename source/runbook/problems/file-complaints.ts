/* What can be wrong with the file of a runbook before anything in it is read. */
import {error, type Row, warning} from './complaint-row.ts';

export const file = {
	'file-missing': error('{name} does not exist.', 'Check the path.'),
	'file-denied': error('{name} cannot be read: {why}.', 'Give this account the right to read it.'),
	'file-kind': error('{name} is {kind}, not a regular file.', 'Name the Markdown file itself.'),
	'file-large': error(
		'{name} is larger than 1 MiB.',
		'Keep the runbook to what the cutover needs; name other documents by path.',
	),
	'file-slow': error(
		'{name} takes more than 2 seconds or 256 MiB to read.',
		'Keep the runbook to what the cutover needs; name other documents by path.',
	),
	'file-shared': error(
		'{name} can be written by every account of this machine.',
		'Take that right away: chmod o-w {name}',
	),
	'file-foreign': error(
		'{name} belongs to another account (uid {uid}), which can change it at any time.',
		'Give it to the account that runs the cutover, or to root: chown',
	),
	'workspace-foreign': warning(
		'{name} and its workspace belong to another account (uid {uid}), which can change them at any time.',
		'Only what is approved runs. Give the workspace to the account that runs the cutover: chown',
	),
	'text-encoding': error('This line is not UTF-8.', 'Save the file as UTF-8.'),
	'text-control': error('There is a control character here: {name}.', 'Delete it; tabs and line ends are fine.'),
	'text-direction': error(
		'There is a character here that changes the order of the text: {name}.',
		'Delete it, or write its code point as text.',
	),
	'text-line-ends': error('A carriage return ends a line by itself.', 'Save the file with LF or CRLF line ends.'),
	'text-empty': error('The file holds no text.', 'Write the runbook, or start with: cutover-tui init FILE'),
} satisfies Record<string, Row>;
