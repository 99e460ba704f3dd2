/*
`init FILE`: a small valid starter runbook and its settings; `init --from RUNBOOK`: settings for a runbook that exists. Nothing
that stands there is overwritten, and nothing is written that `check` would not take.
*/
import {closeSync, existsSync, openSync, writeSync} from 'node:fs';
import {basename, dirname, extname, resolve} from 'node:path';
import {besideRunbook} from '../../runbook/open.ts';
import {readRunbook} from '../../runbook/read.ts';
import {draftSettings} from '../../runbook/settings/draft.ts';
import {safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {say, tell} from '../io.ts';
import {readFor} from '../opening.ts';
import {starterRunbook, starterSettings} from '../starter.ts';
import {problemLines} from '../understood.ts';
import {UsageError} from '../usage-error.ts';

function create(file: string, text: string): void {
	const descriptor = openSync(file, 'wx', 0o644);
	try {
		writeSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}

/** Says what stands there already; true where anything does. */
function isTaken(call: Args, files: readonly string[]): boolean {
	const there = files.filter(path => existsSync(path));
	if (there.length === 0) return false;
	const sentence = `Nothing is overwritten: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Name another file.`;
	tell(call.io, safe(sentence));
	return true;
}

function starter(call: Args, word: string): number {
	const file = resolve(call.io.cwd, word);
	if (extname(file) !== '.md') throw new UsageError(`${word} is not a Markdown file: name one that ends in .md.`);
	if (!existsSync(dirname(file))) throw new UsageError(`The folder ${dirname(file)} does not exist. Make it first.`);
	const settings = besideRunbook(file);
	if (isTaken(call, [file, settings])) return 1;
	create(file, starterRunbook);
	create(settings, starterSettings);
	say(call.io, safe(file));
	say(call.io, safe(settings));
	tell(call.io, safe(`Next: edit both, then cutover-tui check ${word}`));
	return 0;
}

/** Where the settings go: FILE where it is named, else beside the runbook. */
function placeOf(call: Args, from: string): string {
	const runbook = resolve(call.io.cwd, from);
	const word = call.word(0);
	const file = word === null ? runbook : resolve(call.io.cwd, word);
	if (file === runbook) return besideRunbook(runbook);
	if (/\.ya?ml$/.test(file)) return file;
	throw new UsageError(`${word} is not a settings file: name one that ends in .yaml, or none to write beside ${from}.`);
}

function settingsFor(call: Args, from: string): number {
	const file = placeOf(call, from);
	if (isTaken(call, [file])) return 1;
	if (!existsSync(dirname(file))) throw new UsageError(`The folder ${dirname(file)} does not exist. Make it first.`);
	const found = readFor(call, from);
	if (found.runbook === null) {
		for (const line of problemLines(found)) tell(call.io, line);
		tell(call.io, safe(`Nothing was written. Fix ${from}, then give the command again.`));
		return 2;
	}
	const text = draftSettings(found.runbook, basename(from), found.notes);
	const {problems, runbook} = readRunbook({
		path: found.runbook.path,
		bytes: found.bytes.runbook,
		settings: {path: file, bytes: Buffer.from(text)},
		workspace: {has: () => 'file'},
	});
	if (runbook === null || found.bytes.settings !== null) {
		const why = problems.find(({severity}) => severity === 'error')?.message ?? 'It has settings already.';
		tell(call.io, safe(`Nothing was written, for ${from} could not be read with it: ${why}`));
		return 1;
	}
	create(file, text);
	say(call.io, safe(file));
	const option = file === besideRunbook(found.runbook.path) ? '' : ` --settings ${file}`;
	tell(call.io, safe(`Next: take away the # of what you want to set, then cutover-tui check ${from}${option}`));
	return 0;
}

export const run = async (call: Args): Promise<number> => {
	const from = call.text('from');
	if (from !== null) return settingsFor(call, from);
	const word = call.word(0);
	if (word === null)
		throw new UsageError(
			'Name the runbook to write, such as runbook.md; or --from RUNBOOK for settings of one that exists.',
		);
	return starter(call, word);
};
