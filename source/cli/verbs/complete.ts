/*
`complete SHELL` prints the script that a shell sources; the script then asks `complete -- WORDS…`, which is answered
from the verbs table and, for ids, from the open cutover: a shell offers G1 and T-60 as the runbook has them.
*/

import {readdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import tab from '@bomb.sh/tab';
import type {Catalog} from '../../cutover/store.ts';
import {lastKnown} from '../../journal/progress.ts';
import type {Args, Completes, Option, Verb} from '../args.ts';
import {meant} from '../choose.ts';
import {type Listed, listed, openCutovers, withCatalog} from '../compose.ts';
import {type Offered, rowsOf} from '../runbook-rows.ts';
import {known as nameIn} from '../usage-error.ts';

function files(call: Args, typed: string, wanted: (name: string) => boolean): readonly Offered[] {
	const folder = typed.endsWith('/') ? typed : dirname(typed);
	return readdirSync(resolve(call.io.cwd, folder), {withFileTypes: true})
		.filter(entry => entry.isDirectory() || wanted(entry.name))
		.map(entry => ({
			value: `${folder === '.' && !typed.startsWith('./') ? entry.name : join(folder, entry.name)}${entry.isDirectory() ? '/' : ''}`,
			about: '',
		}));
}

/** What is asked of the disk before the shell's line is looked at: `cutovers` all there are, `open` those that rows may be of. */
type Known = {
	readonly call: Args;
	readonly cutovers: readonly Offered[];
	readonly open: readonly Listed[];
};

/** The cutover that the line names before the word that is typed. */
const namedIn = (words: readonly string[]): string | null => {
	const before = words.slice(0, -1);
	const at = before.indexOf('--cutover');
	return at < 0 ? null : (before[at + 1] ?? null);
};

async function meantBy(call: Args, catalog: Catalog): Promise<readonly Listed[]> {
	const id = namedIn(call.words());
	if (id === null) return meant(await openCutovers(catalog));
	return (await catalog.has(id)) ? listed(catalog, id) : [];
}

async function read(call: Args, catalog: Catalog): Promise<Omit<Known, 'call'>> {
	const titled = (id: string): Offered => ({value: id, about: String(lastKnown(catalog.folder(id))?.title ?? '')});
	return {cutovers: (await catalog.ids()).map(titled), open: await meantBy(call, catalog)};
}

const knownFor = async (call: Args): Promise<Known> => ({
	call,
	...(await withCatalog(call, catalog => read(call, catalog)).catch(() => ({cutovers: [], open: []}))),
});

function offered({call, cutovers, open}: Known, completes: Completes, typed: string): readonly Offered[] {
	if (completes === 'runbook') return files(call, typed, name => name.endsWith('.md'));
	if (completes === 'file') return files(call, typed, () => true);
	if (completes === 'cutover') return cutovers;
	const runbook = open.length === 1 ? (open[0]?.state.runbook ?? null) : null;
	return runbook === null ? [] : rowsOf[completes](runbook);
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);

/** A completion that fails offers nothing, because nobody reads an error in the middle of typing. */
function offers(known: Known, completes: Completes, typed: string): readonly Offered[] {
	try {
		return offered(known, completes, typed).map(({value, about}) => ({value, about: plain(about)}));
	} catch {
		return [];
	}
}

const shells = ['bash', 'zsh', 'fish'];

type Offer = (value: string, description: string) => void;
type Command = ReturnType<typeof tab.command>;

/** The shell splices an offer into a command line as it is: only words that mean nothing to it are offered. */
const harmless = /^[\p{L}\p{N}_.:/@+=,-]+$/u;

function offering(
	known: Known,
	completes: Completes | undefined,
	choices: readonly string[] | undefined,
	typed: string,
): (offer: Offer) => void {
	return offer => {
		for (const choice of choices ?? []) offer(choice, '');
		if (completes === undefined) return;
		for (const {value, about} of offers(known, completes, typed)) if (harmless.test(value)) offer(value, about);
	};
}

function addOption(command: Command, known: Known, option: Option, typed: string): void {
	if (option.value === null) command.option(option.name, option.about);
	else command.option(option.name, option.about, offering(known, option.completes, option.choices, typed));
}

function addWords(command: Command, known: Known, verb: Verb, typed: string): void {
	for (const option of verb.options) addOption(command, known, option, typed);
	for (const {name, completes, choices, many} of verb.arguments)
		command.argument(name, offering(known, completes, choices, typed), many === true);
}

/** The library speaks to console.log; here that is whatever stdout the command was given. */
function toStdout(call: Args, speak: () => void): void {
	const {log} = console;
	console.log = (text: string) => void call.io.stdout.write(`${text}\n`);
	try {
		speak();
	} finally {
		console.log = log;
	}
}

async function answer(call: Args): Promise<void> {
	const known = await knownFor(call);
	const words = [...call.words()];
	const typed = words.at(-1) ?? '';
	for (const verb of call.verbs)
		addWords(verb.name === '' ? tab : tab.command(verb.name, verb.about), known, verb, typed);
	toStdout(call, () => tab.parse(words));
}

/** Bash alone: no package of completions is needed, and nothing that is half typed is evaluated. */
const bash = `# bash completion of cutover-tui; needs no other package
_cutover_tui() {
	local typed="\${COMP_WORDS[COMP_CWORD]}" value about
	COMPREPLY=()
	while IFS=$'\\t' read -r value about; do
		[[ -n $value && $value != :* && $value == "$typed"* ]] && COMPREPLY+=("$value")
	done < <(cutover-tui complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	[[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
	return 0
}
complete -F _cutover_tui cutover-tui
`;

export const run = async (call: Args): Promise<number> => {
	if (call.flag('answer')) {
		await answer(call);
		return 0;
	}
	const name = nameIn('shell', call.must(0), shells);
	if (name === 'bash') call.io.stdout.write(bash);
	else toStdout(call, () => tab.setup('cutover-tui', 'cutover-tui', name));
	return 0;
};
