/* argv -> which verb, and its call. Commander does the work; its errors become UsageError, its help ours to print. */

import {Command, CommanderError, Option as Parsed} from 'commander';
import {asSentence, capital} from '../text/sentence.ts';
import {Args, type Argument, type Option, type Verb} from './args.ts';
import type {Io} from './io.ts';
import {as, state} from './options.ts';
import {UsageError} from './usage-error.ts';
import {verbs as all, open} from './verbs.ts';

/** What to do: run a verb, or print a text (help, version) and be done. */
export type Parsing = {readonly verb: Verb; readonly call: Args} | {readonly text: string};

const synopsis = ({name, optional, many}: Argument): string => {
	const word = many ? `${name}...` : name;
	return optional ? `[${word}]` : `<${word}>`;
};

function optionOf({name, value, about, many, spread, choices}: Option): Parsed {
	const option = new Parsed(value === null ? `--${name}` : `--${name} <${value}${spread ? '...' : ''}>`, about);
	// `--no-code` is an option of this name, and not the opposite of one that is called code.
	option.negate = false;
	if (choices) option.choices([...choices]);
	if (many && !spread)
		option.argParser((word: string, before: readonly string[] | undefined) => [...(before ?? []), word]);
	else if (value !== null && !spread) onlyOne(option);
	return option;
}

/** The last of two would silently be the answer. */
function onlyOne(option: Parsed): void {
	const {long, parseArg} = option;
	option.argParser((word: string, before: unknown) => {
		const found: unknown = parseArg ? parseArg(word, undefined) : word;
		if (before !== undefined && before !== found)
			throw new UsageError(`${long} is given twice, as "${before}" and as "${found}". Give it once.`);
		return found;
	});
}

function describe(command: Command, verb: Verb): Command {
	command.description([`${verb.name === '' ? 'cutover-tui' : verb.name}: ${verb.about}.`, ...verb.detail].join('\n'));
	command.addHelpText('after', ['', 'Examples:', ...verb.examples.map(line => `  cutover-tui ${line}`)].join('\n'));
	for (const argument of verb.arguments) command.argument(synopsis(argument), argument.about);
	for (const option of verb.options) command.addOption(optionOf(option));
	// Scripts say who and where with every verb alike; one that needs neither takes it and need not tell of it.
	for (const option of [as, state]) if (!verb.options.includes(option)) command.addOption(optionOf(option).hideHelp());
	return command;
}

type Found = {verb: Verb; words: readonly unknown[]; given: Readonly<Record<string, unknown>>};

const widest = 100;

function quiet(command: Command, texts: string[], io: Io): Command {
	const writeOut = (text: string): void => void texts.push(text);
	// Asked for help alone: Node makes a stream when it is first asked for.
	const getOutHelpWidth = (): number => Math.min(widest, io.stdout.columns || widest);
	return command
		.exitOverride()
		.allowExcessArguments(false)
		.configureOutput({writeOut, writeErr: () => {}, getOutHelpWidth});
}

/**
Only the verb that is named is described where one is, and none where no word can be one: making all thirty takes as long as
reading a runbook.
*/
const described = (argv: readonly string[], verbs: readonly Verb[]): readonly Verb[] => {
	const [first] = argv;
	const named = verbs.filter(({name}) => name === first);
	if (named.length > 0) return named;
	return argv.some(word => word === '--help' || verbs.some(({name}) => name === word)) ? verbs : [];
};

function program(
	argv: readonly string[],
	io: Io,
	version: string,
	verbs: readonly Verb[],
	texts: string[],
	found: (found: Found) => void,
): Command {
	const root = quiet(new Command('cutover-tui'), texts, io)
		.version(version, '--version', 'prints the version of this program and of Node, and how it was installed')
		.enablePositionalOptions();
	describe(root, open).helpOption('--help', 'prints this').helpCommand(false);
	root.action((...rest: unknown[]) => found({verb: open, words: rest, given: root.opts()}));
	for (const verb of described(argv, verbs)) {
		const command = quiet(root.command(verb.name), texts, io).summary(verb.about).helpOption('--help', 'prints this');
		describe(command, verb);
		command.action((...rest: unknown[]) => found({verb, words: rest, given: {...root.opts(), ...command.opts()}}));
	}
	return root;
}

const sentence = (message: string): string => {
	const text = message
		.replace(/^error: /, '')
		.replaceAll(/\s*\n\s*/g, ' ')
		.trim();
	return capital(text.endsWith(')') ? text : asSentence(text));
};

/** An unset variable of a script: taken for a value it would be nobody's name, or an id that an act had before. */
function refuseEmpty(call: Args, {options}: Verb): void {
	const isEmpty = (value: string | null): boolean => value?.trim() === '';
	const found = [...options, as, state].find(({name}) => isEmpty(call.text(name)) || call.list(name).some(isEmpty));
	if (found !== undefined) throw new UsageError(`--${found.name} is empty. Give it a value, or leave it out.`);
}

/** Throws UsageError where the words make no sense. `argv` is what is after the program's name. */
export function parse(argv: readonly string[], io: Io, version: string, verbs: readonly Verb[] = all): Parsing {
	const [first, second, ...words] = argv;
	// What a shell asks while a line is typed may look like anything, so no parser reads it.
	const complete = verbs.find(({name}) => name === 'complete');
	if (first === 'complete' && second === '--' && complete)
		return {verb: complete, call: new Args(io, words, {answer: true}, [open, ...verbs])};
	const texts: string[] = [];
	const hits: Found[] = [];
	const root = program(argv, io, version, verbs, texts, found => void hits.push(found));
	try {
		root.parse([...argv], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return {text: texts.join('')};
		const named = verbs.some(({name}) => name === first) ? `cutover-tui ${first}` : 'cutover-tui';
		throw new UsageError(`${sentence(error.message)} ${named} --help shows what it takes.`);
	}
	const [hit] = hits;
	if (hit === undefined) return {text: texts.join('')};
	const call = new Args(io, hit.words, hit.given, [open, ...all], hit.verb.name);
	refuseEmpty(call, hit.verb);
	return {verb: hit.verb, call};
}
