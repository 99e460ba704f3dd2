/* `init FILE`: a small valid starter runbook and its settings; nothing that stands there is overwritten. */
import {closeSync, existsSync, openSync, writeSync} from 'node:fs';
import {basename, dirname, extname, join, resolve} from 'node:path';
import {safe} from '../../text/clean.ts';
import type {Call} from '../call.ts';
import {say, tell} from '../io.ts';
import {Misuse} from '../misuse.ts';
import {starterRunbook, starterSettings} from '../starter.ts';

function create(file: string, text: string): void {
	const descriptor = openSync(file, 'wx', 0o644);
	try {
		writeSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}

export const run = async (call: Call): Promise<number> => {
	const file = resolve(call.io.cwd, call.must(0));
	if (extname(file) !== '.md') throw new Misuse(`${call.must(0)} is no Markdown file: name one that ends in .md.`);
	if (!existsSync(dirname(file))) throw new Misuse(`The folder ${dirname(file)} does not exist. Make it first.`);
	const settings = join(dirname(file), `${basename(file, '.md')}.cutover.yaml`);
	const there = [file, settings].filter(path => existsSync(path));
	if (there.length > 0) {
		tell(
			call.io,
			safe(
				`Nothing is overwritten: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Name another file.`,
			),
		);
		return 1;
	}
	create(file, starterRunbook);
	create(settings, starterSettings);
	say(call.io, safe(file));
	say(call.io, safe(settings));
	tell(call.io, safe(`Next: edit both, then cutover-tui check ${call.must(0)}`));
	return 0;
};
