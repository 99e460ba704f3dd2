/*
`init FILE`: a small valid starter runbook and its settings. Nothing that is there is overwritten.
*/
import {existsSync, lstatSync, writeFileSync} from 'node:fs';
import {dirname, extname} from 'node:path';
import {besideRunbook} from '../../runbook/open.ts';
import {safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {say, tell} from '../io.ts';
import {starterRunbook, starterSettings} from '../starter.ts';
import {toWrite} from '../to-write.ts';
import {UsageError} from '../usage-error.ts';

/** Says what is there already; true where anything does. */
function isTaken(call: Args, files: readonly string[]): boolean {
	// A link that leads nowhere is there as well.
	const there = files.filter(path => lstatSync(path, {throwIfNoEntry: false}) !== undefined);
	if (there.length === 0) return false;
	const sentence = `Nothing is overwritten: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Name another file.`;
	tell(call.io, safe(sentence));
	return true;
}

export const run = async (call: Args): Promise<number> => {
	const word = call.must(0);
	const file = toWrite(call.io, word);
	if (extname(file) !== '.md') throw new UsageError(`${word} is no Markdown file: name one that ends in .md.`);
	if (!existsSync(dirname(file))) throw new UsageError(`The folder ${dirname(file)} does not exist. Make it first.`);
	const settings = besideRunbook(file);
	if (isTaken(call, [file, settings])) return 1;
	writeFileSync(file, starterRunbook, {flag: 'wx', mode: 0o644});
	writeFileSync(settings, starterSettings, {flag: 'wx', mode: 0o644});
	say(call.io, safe(file));
	say(call.io, safe(settings));
	tell(call.io, safe(`Next: edit both, then cutover-tui check ${word}`));
	return 0;
};
