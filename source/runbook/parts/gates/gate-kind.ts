/* How a gate is judged, inferred from its row: command, acknowledgement, files, else statement, in this order. */

import {expectText} from '../../../cutover/model/expect.ts';
import type {Gate, Path} from '../../../cutover/model/runbook.ts';
import type {GateText} from '../../../gates/gate-kind.ts';
import {allKinds, usualKind} from '../../../gates/gate-kinds.ts';
import {
	changesSomething,
	filesOfCommand,
	isBareCommand,
	isCommand,
	isPath,
	isScript,
	onlyLooks,
	pathOf,
} from '../../../text/code.ts';
import {isLetter} from '../../../text/letters.ts';
import {groupsIn, prose, saysAny} from '../../groups.ts';
import {citedIn, namedIn} from '../../linked-files.ts';
import {plain, withoutCode} from '../../markdown/inline.ts';
import type {Cell} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {says, words} from '../../words/words.ts';
import {conditionOf, saysWhatIsShown} from './pass-condition.ts';
import type {GateRow} from './table.ts';

export const usualGate = {playbook: null, timeoutSeconds: 15 * 60, maxAgeSeconds: 90 * 60, paths: []} as const;

/** Scripts that roll back. */
type RollbackFiles = ReadonlySet<Path>;

type Judged = Pick<Gate, 'kind' | 'commands' | 'files' | 'groups' | 'need' | 'looksAt'>;

const codeIn = (text: string): readonly string[] =>
	namedIn(text, {folder: ''})
		.filter(({link}) => !link)
		.map(({code}) => code);
const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

/** "`./recon.sh` exit 0" says beside its code how it passes. */
const besideCode = ({text}: Cell): string => plain(withoutCode(text));

/** "`ops/lag.sh` prints below 5": one code, and what it must show. */
const isJudged = (pass: Cell): boolean => {
	const [only, ...others] = codeIn(pass.text);
	return only !== undefined && others.length === 0 && typeof conditionOf(besideCode(pass), only) !== 'string';
};

/** What a row that begins with its command goes on to say of it: "`df -h /data` is below 80 %"; empty where that is no condition. */
function shownBeside(title: string, command: string): string {
	const after = command !== '' && title.startsWith(command) ? title.slice(command.length).trim() : '';
	return typeof conditionOf(after, command) === 'string' ? '' : after;
}

function commandsOf(
	{title, check, command, evidence, pass, commandsOnly}: GateRow,
	rollbackFiles: RollbackFiles,
): readonly string[] {
	const passes = plain(pass.text);
	// Where no cell of its own says what passes, the one that holds the command may.
	const exits = (cell: Cell) => passes === '' && says(besideCode(cell), words.exits);
	const isShown = (code: string) => passes === '' && isBareCommand(code) && shownBeside(title, code) !== '';
	const runs = says(passes, words.passing) || exits(command);
	const isPresent = !runs && says(passes, words.present);
	const isKept = (code: string) => isPath(code) && (isPresent || rollbackFiles.has(pathOf(code)));
	const isOne = (bare: boolean) => (code: string) => isCommand(code) || (bare && isBareCommand(code) && !isKept(code));
	// A pass condition may name the command itself: "`make check` returns 0".
	const judges = says(besideCode(pass), words.exits) || isJudged(pass);
	const isNamed = (code: string) =>
		isCommand(code) || (code.includes('/') && isBareCommand(code) && !rollbackFiles.has(pathOf(code)));
	const named = judges ? codeIn(pass.text).filter(isNamed) : [];
	return unique([
		...codeIn(command.text).filter(isOne(runs || commandsOnly)),
		...codeIn(check.text).filter(isOne((runs || exits(check)) && !commandsOnly && command.text === '')),
		...codeIn(evidence.text).filter(
			isOne((runs && command.text === '' && codeIn(check.text).length === 0) || exits(evidence)),
		),
		...codeIn(check.text).filter(code => code.includes('/') && isShown(code) && !isKept(code)),
		...named,
	]);
}

const works =
	/^(?:please )?(?:create|seed|load|import|export|apply|deploy|install|enable|disable|turn|stop|start|restart|copy|move|delete|drop|truncate|push|publish|tag|upgrade|update|migrate|rotate|switch|scale|drain|purge|flush|clear|reset|upload|restore|take|make|send|set|add|remove|freeze|lock|unlock|open|close|back up|pause|resume|trigger|kick off|launch|roll out|promote|merge|cut|build|generate|warm|prepare|put|sync)\b/i;
const runs = /^(?:please )?(?:run|execute|perform|do|call)\b/i;

/** A gate that says what is to be done, and not what must hold: running it as a check would do it. */
function isTask({title, saidIn}: GateRow, commands: readonly string[]): boolean {
	// A row of a table has its command in a column for it: both must say so, "Restore the copy" and not "Restore drill".
	if (saidIn === 'column')
		return works.test(title) && /^\w+ (?:the|all|an?|our|every|each)\s/i.test(title) && commands.some(changesSomething);
	if (saidIn === 'label') return false;
	const looksOnly = commands.every(onlyLooks);
	if (commands.some(changesSomething)) return true;
	if (works.test(title)) return !looksOnly;
	return runs.test(title) && !looksOnly && !says(title, words.checks);
}

/** How this row is judged. A script of the rollback is looked at, never run as a check by its bare name. */
function judge(row: GateRow, rollbackFiles: RollbackFiles, reading: Reading): Judged {
	const {roles} = reading;
	const found = commandsOf(row, rollbackFiles);
	const task = found.length > 0 && isTask(row, found);
	if (task) reading.complain('gate-task', row, {id: row.id, command: found.join('; ')});
	const commands = task ? [] : found;
	const cells = [row.check, row.command, row.evidence, row.pass].map(({text}) => text);
	const citedBy = (texts: readonly string[]) =>
		unique(texts.flatMap(text => citedIn(text, reading)).filter(path => !commands.map(pathOf).includes(path)));
	const title = row.title
		.split(' ')
		.filter(word => !isPath(word))
		.join(' ');
	const texts = [...[row.pass, row.command, row.evidence].map(({text}) => prose(text)), title];
	const pass = plain(row.pass.text);
	const text: GateText = {
		title: row.title,
		codes: unique(cells.flatMap(codeIn)),
		commands,
		cited: citedBy(cells),
		citedByCommands: citedBy([row.check.text, row.command.text]),
		groups: texts.some(said => says(said, words.acknowledge)) ? groupsIn(texts.map(plain).join('. '), roles) : [],
		any: texts.some(saysAny),
		present: pass === '' || says(pass, words.present),
		owners: row.owners,
	};
	const none = {commands: [], files: [], groups: [], need: 'all'} as const;
	for (const [kind, spec] of allKinds()) {
		const asked = spec.read(text);
		if (asked !== null) return {...none, kind, ...asked};
	}
	return {...none, kind: usualKind, files: text.cited, groups: row.owners};
}

const harmless = /\s-n\s|dry-?run|--(?:check|help|version)|shellcheck|\btest\s|\bls\s|\bstat\s|checksum|sha\d+sum/i;

/** A gate that runs what rolls back would do so before anything was cut over. */
function complainOfRollback({id, commands, line}: Gate, rollbackFiles: RollbackFiles, {complain}: Reading): void {
	for (const command of commands)
		if (!harmless.test(command) && filesOfCommand(command).some(path => rollbackFiles.has(path)))
			complain('gate-rolls-back', {line, column: 1}, {id, command});
}

/** A script that a gate names is mostly meant to be run, unless the gate speaks of its being there. */
function complainOfUnrun(row: GateRow, {id, kind, files}: Gate, rollbackFiles: RollbackFiles, reading: Reading): void {
	const {complain} = reading;
	if (kind === 'statement') {
		// Where the pass condition is an exit code something must exit, whatever else may be in that column.
		const exits = says(besideCode(row.pass), words.exits);
		const codes = codeIn(row.command.text).filter(code => exits || /\s/.test(code));
		if ((row.commandsOnly || exits) && row.saidIn !== 'text' && codes.length > 0)
			complain('gate-words', row, {id, code: codes.join('; ')});
		const inPass = codeIn(row.pass.text).filter(code => isCommand(code) || isScript(code));
		if (inPass.length > 0) complain('gate-words', row.pass, {id, code: inPass.join('; ')});
	}
	const isPresent = (cell: Cell): boolean => says(besideCode(cell), words.present);
	if (kind !== 'files' || [row.check, row.command, row.evidence, row.pass].some(isPresent)) return;
	const path = files.find(file => isScript(file) && !rollbackFiles.has(file));
	if (path !== undefined) complain('gate-unrun', row, {id, path});
}

/** A command without code marks would have to be guessed. */
function complainOfPlain({id, check, command, commandsOnly, pass}: GateRow, {complain}: Reading): void {
	const runs = says(besideCode(pass), words.exits) && codeIn(check.text).length === 0;
	const isTicket = /^[A-Z]{2,10}-\d+$/.test(plain(command.text));
	const isText = isLetter.test(command.text) && codeIn(command.text).length === 0 && !isTicket;
	if ((commandsOnly || runs) && isText && !/^(?:n\/?a|none|manual|tbd|no)\b/i.test(command.text))
		complain('gate-command', command, {id});
}

/** What the last command must show; complains where nothing can tell whether the pass condition holds. */
function expecting(gate: Gate, isSettled: boolean, reading: Reading): Gate {
	if (gate.kind !== 'command') return gate;
	const {id, passWhen: pass, commands} = gate;
	const complain: Reading['complain'] = isSettled ? () => {} : reading.complain;
	const place = {line: gate.line, column: 1};
	const without = (text: string): string => commands.reduce((rest, command) => rest.replace(command, ' ').trim(), text);
	const beside = without(gate.title).replace(/\s*[:–—-]+$/, '');
	if (pass === '' && saysWhatIsShown(beside)) complain('gate-output', place, {id, pass: beside});
	const found = conditionOf(without(pass), commands.join('\n'));
	if (found === 'plain') return gate;
	if (found === 'unjudged' || commands.length > 1) {
		complain('gate-output', place, {id, pass});
		return gate;
	}
	complain('gate-expect', place, {id, pass, read: expectText(found)});
	return {...gate, expect: found};
}

/** The gates of rows. `settled`: ids, in lower case, of those of which the settings say how they are judged. */
export const gatesOf = (
	rows: readonly GateRow[],
	rollbackFiles: RollbackFiles,
	settled: ReadonlySet<string>,
	reading: Reading,
): readonly Gate[] =>
	rows.map(row => {
		complainOfPlain(row, reading);
		const {id, title, owners, line, more} = row;
		const judged = judge(row, rollbackFiles, reading);
		const [only = '', ...others] = judged.commands;
		const passWhen = plain(row.pass.text) || (others.length === 0 ? shownBeside(title, only) : '');
		const said: Gate = {id, title, ...judged, passWhen, owners, ...usualGate, line, more};
		const gate = expecting(said, settled.has(id.toLowerCase()), reading);
		complainOfRollback(gate, rollbackFiles, reading);
		complainOfUnrun(row, gate, rollbackFiles, reading);
		return gate;
	});
