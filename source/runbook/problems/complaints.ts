/* Everything that can be wrong, by its stable code. `{name}` stands for what the document says there. */

import {reading} from '../adopt/problems.ts';
import {settings} from '../settings/problems.ts';
import {error, type Row, warning} from './complaint-row.ts';
import {file} from './file-complaints.ts';

const tables = {
	'name-hidden': error('{what} "{name}" holds {character}.', 'Type the name again with plain letters.'),
	'code-open': error(
		'A backtick opens code here and nothing closes it.',
		'Close it behind the code, or write \\` where it is only a character.',
	),
	'fence-open': warning(
		'The {what} that opens here is never closed: everything under it, headings and all, is text.',
		'Close it where it ends.',
	),
	'table-cells': error(
		'This row has {count} cells, its header {wanted}.',
		'Give it a cell for each column; a pipe inside a cell is written \\|.',
	),
	'table-cut': error(
		'This row is separated from its table, which ends on line {end}.',
		'Move it up to the table, or repeat the header and its dashes above it.',
	),
	'table-buried': warning(
		'A table in a list, an alert or HTML is text: it is not read.',
		'Write it as Markdown at the margin, with a blank line before it.',
	),
	'text-struck': warning(
		'Text that is struck through is not read; it is on {lines}, first here.',
		'Delete it, or take the ~~ away where it counts.',
	),
	'table-wide': error('The table has more than {most} columns.', 'Split it.'),
	'rows-many': error('There are more than {most} rows here.', 'Split the cutover, or keep what runs in playbooks.'),
	'item-unboxed': warning(
		'This item of a checklist has no box: it is not read.',
		'Write it as - [ ] …, or move it out of the list.',
	),
	'headings-many': error(
		'There are more than {most} headings.',
		'Split the document, or keep the cutover apart from the rest.',
	),
	'text-long': error('This text has more than {most} characters.', 'Say it shorter, and name a document for the rest.'),
	'roles-many': error('There are more than {most} roles here.', 'Name the few that act.'),
	'table-html': error(
		'The table holds HTML: {html}.',
		'Write it as Markdown; only <br> and <role> are allowed in a table.',
	),
} satisfies Record<string, Row>;

const gates = {
	'gates-missing': warning(
		'No gates were found: T0 would wait for the go/no-go alone.',
		'Add a table with the columns Gate ID, Check, Command / Evidence, Pass condition and Owner under a heading about gates.',
	),
	'gates-empty': error(
		'The heading "{heading}" speaks of gates, but no gates are under it.',
		'Put a table of gates or a checklist (- [ ] …) under it, or name the section otherwise.',
	),
	'gates-columns': error(
		'The table under "{heading}" has no column that is known to say what is checked; its columns are {headers}.',
		'Name them Gate ID, Check, Command, Pass condition and Owner, or add their names to columns in the settings.',
	),
	'gate-unread': warning(
		'The section "{heading}" is among gates, but nothing in it says that it is one: it is not read.',
		'Begin its heading with an id (G4: …) if it is a gate, or move it out of the gates.',
	),
	'gates-unread': warning(
		'This list ({ids}) is among the gates and is not read, because others are rows or have boxes.',
		'Write its items as - [ ] ..., or as rows of the table.',
	),
	'gates-later': warning(
		'What is here is checked after T0 ("{heading}"): its rows are no gates.',
		'Put what must hold before T0 under a heading about gates.',
	),
	'gate-double': error('{id} is used twice, also on line {other}.', 'Give one another id.'),
	'gate-stage': error('{id} is the id of a gate and of a stage.', 'Give the gate another id.'),
	'gate-id': error(
		'"{id}" is not a gate id.',
		'Begin with a letter, go on with letters, digits, dot, dash or underscore; or give a number.',
	),
	'gate-empty': error('Gate {id} says nothing that could be checked.', 'Say in its row what is checked.'),
	'gate-command': warning(
		'The command of gate {id} is not marked as code, so it is not run: a person answers for the gate.',
		'Put it between backticks.',
	),
	'gate-task': warning(
		'Gate {id} says what is to be done, and its command would do it: {command}. It is not run: a person answers for the gate.',
		'Put the work into a stage of the timeline. To have the command run as a check, say what must hold ("Migrations are complete"), or name it in a list: "Command: …".',
	),
	'gates-none': warning(
		'The heading "{heading}" speaks of gates, but none are under it; those that are elsewhere count.',
		'Write them as - [ ] … under it, or name the section otherwise.',
	),
	'gate-expect': warning(
		'Gate {id}: "{pass}" is judged as: {read}.',
		'If that is not what is meant, say it exactly in the settings, gates.{id}.expect.',
	),
	'gate-words': warning(
		'Gate {id} holds code that is not taken for a command and is not run: {code}',
		'Write the command with its program first, or take the backticks away.',
	),
	'fence-output': warning(
		'A fence of {kind} shows output: only its lines behind a prompt ($) are commands.',
		'Put $ before each command, or make it a fence of bash.',
	),
	'gate-column': warning(
		'The column "{name}" of this table of gates holds commands, but its name does not say so: they are not run.',
		'Name it Command, or add its name to columns.command in the settings.',
	),
	'gate-output': warning(
		'Gate {id} passes when its commands exit 0: nothing checks whether "{pass}" holds.',
		'Say it exactly in the settings, gates.{id}.expect (exit, stdout, json, below …), or ask a person: leave the command out.',
	),
	'gate-unrun': warning(
		'Gate {id} passes when {path} is there: it is looked at and not run.',
		'To run it, write a command (bash {path}) or a pass condition such as "exit code 0"; else say that it is present.',
	),
	'gate-rolls-back': warning(
		'Gate {id} runs what rolls back: {command}',
		'Name the script by its path alone to have it looked at, or check it with bash -n.',
	),
	'gate-ticked': warning(
		'Gate {id} is ticked already; a tick is not a pass.',
		'Write - [ ]: gates pass during the cutover.',
	),
	'owner-anyone': warning(
		'{what} has no owner: anyone may act on it.',
		'Name a role in its owner column; another name for that column goes into columns.owner in the settings.',
	),
} satisfies Record<string, Row>;

/** What adoption settles, or somebody who writes it otherwise. */
const unadopted = <const M extends string, const D extends string>(message: M, otherwise: D) =>
	error(message, `Adopt the runbook (cutover-tui adopt RUNBOOK), or ${otherwise}` as const);

const timeline = {
	'timeline-missing': unadopted(
		'No timeline was found.',
		'add a table with a column Time whose cells read T-60, T0, T+10, or a list whose items begin so.',
	),
	'timeline-fenced': unadopted(
		'No timeline was found: the times in this block of code are text.',
		'take the fence away and write a list or table, whose rows begin with a time such as T-60, T0, T+10.',
	),
	'timeline-untimed': unadopted(
		'No timeline was found: {count} steps have no times, such as {steps}.',
		'begin each step with its time: T-60, T0, T+10.',
	),
	'timeline-empty': unadopted(
		'The heading "{heading}" speaks of a timeline, but none is under it or anywhere else.',
		'add a table with a column Time whose cells read T-60, T0, T+10, or a list whose items begin so.',
	),
	'timeline-zero': unadopted('The timeline has no moment zero.', 'add a row for T0, the cutover itself.'),
	'timeline-clocks': unadopted(
		'The times of this timeline are times of day, and no row is marked T0.',
		'mark the row at which the cutover begins, such as "22:00 (T0)", or set t0 in the settings.',
	),
	'timeline-clock': error(
		'{id} is written beside {written}, but with T0 at {zero} it is at {wanted}.',
		'Correct the time of day or the offset.',
	),
	'timeline-t0': warning(
		'The timeline puts T0 at {written}, the settings or a line of the runbook at {set}.',
		'Correct one of them; the settings count.',
	),
	'timeline-order': error('{id} is after {before}, which is later.', 'Put the rows in the order of their times.'),
	'timeline-other': warning(
		'There is another timeline here; the one on line {line} is used.',
		'Keep one timeline, or leave this one as a remark without offsets.',
	),
	'timeline-beside': warning(
		'"{heading}" is among the stages and seems to say when, in words that are no time: it is no stage.',
		'Begin it with its time, such as T+15, or take the time out of the heading.',
	),
	'timeline-before': error(
		'No row is before T0: nobody could say go, and T0 could never begin.',
		'Add a row for the go/no-go, such as T-10, with its owner.',
	),
	'timeline-closing': warning(
		'No row is after T0: nobody is asked to keep the release or to roll back.',
		'Add a last row, such as T+30, with its owner.',
	),
	'offset-unread': error(
		'"{text}" is not a time of a timeline.',
		'Write T-60 (minutes), T-2h, T+90s, T+0:15, T-1d or T0; the time of day may be beside it: 21:00 (T-60).',
	),
	'offset-empty': error(
		'This row has no time.',
		'Give its own, or repeat the time above it where both are done at once.',
	),
	'timeline-action': unadopted(
		'No column of this timeline is known to say what is done; its columns are {headers}.',
		'name one Action, or add its name to columns.action in the settings.',
	),
	'offset-far': error('{text} lies more than 120 days from T0.', 'Plan within 120 days of T0.'),
	'stage-empty': warning('{id} has no action.', 'Say in its row what is done.'),
	'stage-gate': warning('{stage} names {gate}, which is not a gate here.', 'Correct the id, or add the gate.'),
	'duration-unread': warning(
		'"{text}" is not a duration: {stage} keeps its usual time limit.',
		'Write 90s, 10m, 1h30m or 10 minutes.',
	),
} satisfies Record<string, Row>;

const after = {
	'triggers-missing': warning(
		'No rollback triggers were found: nothing would call for a rollback.',
		'List them under a heading about rollback triggers.',
	),
	'trigger-threshold': error(
		'Trigger {id} names several durations: {durations}.',
		'Say which one counts ("more than 10 minutes"), or give triggers."{id}".threshold in the settings.',
	),
	'trigger-zero': error('Trigger {id} has a threshold of zero.', 'Give a duration above zero.'),
	'trigger-long': error('Trigger {id} has a threshold of more than 30 days.', 'Give a shorter one.'),
	'trigger-metric': warning(
		'Trigger {id} speaks of {metric}, which nothing here measures: people answer for it by name.',
		'Keep it as a question to people, or state an outage with its duration.',
	),
	'trigger-unit': warning(
		'Trigger {id} compares with "{number}", which has no unit: no clock watches it, people answer for it.',
		'Write the unit: 8 minutes, 90 s, 1.5 hours.',
	),
	'trigger-words': error('Trigger {id} says nothing.', 'Say when to roll back, or delete the item.'),
	'rollback-missing': warning(
		'No rollback path was found: a rollback could only be recorded by hand.',
		'List the steps under a heading "Rollback path", with a workflow file or a script.',
	),
	'rollback-unclear': warning(
		'Under "{heading}" this is neither a condition ("roll back if ...") nor a step that names something to run: it is a step for hands.',
		'Put conditions under a heading "Rollback triggers" and steps under "Rollback steps".',
	),
	'rollback-by-hand': warning(
		'{what} cannot be run as a rollback path from here.',
		'Put the steps into one script in the workspace and name that; until then a rollback by hand is recorded.',
	),
	'rollback-input-never': warning(
		'The input {name} is not handed to the rollback script: {variable} decides what a script runs.',
		'Give the input another name where the script needs it.',
	),
	'rollback-input': error('The input {name} is given twice, as "{first}" and as "{second}".', 'Give it once.'),
	'signoffs-missing': warning(
		'No sign-offs were found.',
		'Add a checklist (- [ ] `role`: what is signed) under a heading about sign-offs.',
	),
	'signoff-ticked': error('This sign-off is ticked already.', 'Write - [ ]: it is signed during the cutover.'),
	'signoff-role': error('This sign-off names no role.', 'Write it as - [ ] `role`: what is signed.'),
	'signoff-file': warning(
		'"{name}" means {count} of the paths in this runbook, so {id} does not ask for it.',
		'Write the path with its folder.',
	),
	'signoff-loose': warning(
		'{id} speaks of {what}, but {role} has none: it can be signed without.',
		'Name the gate or stage in its text, or sign by the role that owns it.',
	),
	'evidence-fields': warning(
		'The block under "{heading}" holds no line that ends in a colon; the usual template is used.',
		'Write one field a line: Name:',
	),
	'evidence-double': warning(
		'The field "{name}" is there twice; both lines get the same value.',
		'Give each field a name of its own.',
	),
} satisfies Record<string, Row>;

export const complaints = {...reading, ...file, ...tables, ...gates, ...timeline, ...after, ...settings};

export type Code = keyof typeof complaints;

type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;

/** What a problem needs for its sentences. */
export type Values<C extends Code> = Record<
	Holes<(typeof complaints)[C]['message'] | (typeof complaints)[C]['fix']>,
	string | number
>;
