/*
How a gate is judged, inferred from its row: command, acknowledgement, files, else statement, in this order.
*/
import type {Gate, GateKind, Path} from '../cutover/runbook.ts';
import {filesOfCommand, isBareCommand, isCommand, isPath, pathOf} from './code.ts';
import type {GateRow} from './gates.ts';
import {groupsIn, prose, saysAny} from './groups.ts';
import {plain, spans} from './markdown/inline.ts';
import type {Reading} from './reading.ts';
import {words} from './synonyms.ts';
import {says} from './words.ts';

export const gateTimeoutSeconds = 15 * 60;
export const gateMaxAgeSeconds = 90 * 60;

type Judged = {
	readonly kind: Exclude<GateKind, 'playbook'>;
	readonly commands: readonly string[];
	readonly files: readonly Path[];
	readonly groups: readonly string[];
	readonly need: 'all' | 'any';
};

const codeIn = (text: string): readonly string[] =>
	spans(text)
		.map(({code}) => code.trim())
		.filter(code => code !== '');
const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

function commandsOf({check, command, evidence, pass, commandsOnly}: GateRow): readonly string[] {
	const passes = plain(pass.text);
	const runs = says(passes, words.passing);
	const stands = !runs && says(passes, words.present);
	const isOne = (bare: boolean) => (code: string) =>
		isCommand(code) || (bare && isBareCommand(code) && !(stands && isPath(code)));
	return unique([
		...codeIn(command.text).filter(isOne(runs || commandsOnly)),
		...codeIn(check.text).filter(isOne(runs && !commandsOnly && command.text === '')),
		...codeIn(evidence.text).filter(isCommand),
	]);
}

/** How this row is judged. */
export function judge(row: GateRow, {roles}: Reading): Judged {
	const commands = commandsOf(row);
	const cells = [row.check, row.command, row.evidence, row.pass].map(({text}) => text);
	const cited = unique(
		cells
			.flatMap(codeIn)
			.filter(code => isPath(code) && !commands.includes(code))
			.map(pathOf),
	);
	const none = {commands: [], groups: [], need: 'all'} as const;
	if (commands.length > 0) {
		const named = [row.check, row.command]
			.flatMap(({text}) => codeIn(text))
			.filter(code => isPath(code) && !commands.includes(code))
			.map(pathOf);
		return {...none, kind: 'command', commands, files: unique([...commands.flatMap(filesOfCommand), ...named])};
	}
	const title = row.title
		.split(' ')
		.filter(word => !isPath(word))
		.join(' ');
	const texts = [...[row.pass, row.command, row.evidence].map(({text}) => prose(text)), title];
	const groups = texts.some(text => says(text, words.acknowledge)) ? groupsIn(texts.map(plain).join('. '), roles) : [];
	if (groups.length > 0)
		return {...none, kind: 'acknowledgement', files: cited, groups, need: texts.some(saysAny) ? 'any' : 'all'};
	const pass = plain(row.pass.text);
	if (cited.length > 0 && (pass === '' || says(pass, words.present))) return {...none, kind: 'files', files: cited};
	return {...none, kind: 'statement', files: cited, groups: row.owners};
}

export const gateOf = (row: GateRow, reading: Reading): Gate => ({
	id: row.id,
	title: row.title,
	...judge(row, reading),
	passWhen: plain(row.pass.text),
	owners: row.owners,
	playbook: null,
	timeoutSeconds: gateTimeoutSeconds,
	maxAgeSeconds: gateMaxAgeSeconds,
	paths: [],
	line: row.line,
	more: row.more,
});
