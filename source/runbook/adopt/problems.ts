/** Everything that can be wrong with the map of an adopted runbook (`reading:`). */
import {error, type Row, warning} from '../problems/complaint-row.ts';

export const reading = {
	'reading-lost': error(
		'This runbook was adopted, and its map {file} is not here: it would be read otherwise.',
		'Put the map back beside it, or adopt the runbook anew: cutover-tui adopt.',
	),
	'reading-place': error(
		'"{words}" names {count} of the runbook.',
		'Write the words of the place as they are there, or add under: with the heading above it; cutover-tui adopt finds moved words again.',
	),
	'reading-each': error(
		'"{words}" holds no {kind}.',
		'Name the heading of the table or list, or the text that leads to it; each: takes row, box, item or heading.',
	),
	'reading-but': error('"{words}" names {count}.', 'Write the words of one of them as they are there.'),
	'reading-column': error(
		'The table on line {line} has no column "{name}"; it has {headers}.',
		'Name one of its columns, or name another table in in:.',
	),
	'reading-cell': error(
		'"{text}" in the column "{name}" is not {wanted}.',
		'Write {as}, or give this row an entry of its own in the map, with from:.',
	),
	'reading-clock': error(
		'Times of day count from the row of T0, and {zero} is none of these rows.',
		'Name the heading above all tables in in:, or write T-60 or T0 in the rows.',
	),
	'reading-double': error('{id} is used twice, also on line {other}.', 'Give one another id.'),
	'reading-twice': error('"{words}" on line {line} is taken already, by {other}.', 'Keep one of the two entries.'),
	'reading-changed': error(
		'This place changed since it was looked at: "{words}".',
		'Read it, then take it over: cutover-tui adopt RUNBOOK --review --by NAME.',
	),
	'reading-unreviewed': warning(
		'Nobody looked at the map of this runbook yet: a cutover cannot begin.',
		'Read the map, then: cutover-tui adopt RUNBOOK --review --by NAME.',
	),
	'reading-time': error('"{text}" is not a time of a timeline.', 'Write T-60, T-2h, T+90s, T-1d or T0.'),
	'reading-missing': error('The map does not say {why}.', 'Add reading.{what} with the id of a stage.'),
	'reading-takes': error(
		'Other stages begin when {id} ends, and nothing says how long it takes.',
		'Add takes: 10m to it.',
	),
	'reading-late': error('{id} ends {minutes} minutes after {other} begins.', 'Shorten it, or move {other}.'),
	'reading-order': error('The go/no-go {id} is not before T0.', 'Give it a time before T0, or name another stage.'),
	'reading-fill': error(
		'A command cannot be run as it stands: {text}.',
		'Fill in what is left open, or take run away from its entry: people run it then.',
	),
	'reading-run': error(
		'{id} is the {kind}: it takes votes, and runs nothing.',
		'Put the commands into a stage of their own, or take run away.',
	),
	'reading-code': error(
		'"{words}" holds no code that could be run so.',
		'Name a place with the command between backticks, or take run away.',
	),
} satisfies Record<string, Row>;
