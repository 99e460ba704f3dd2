/*
argv -> command -> exit code. Everything that goes wrong ends here as one sentence on stderr: 2 a usage error, 3 the store or
something unforeseen. CUTOVER_TUI_DEBUG=1 adds where the unforeseen came from.
*/

import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {StoreFault} from '../cutover/ports.ts';
import {isSystemError, systemFault} from '../disk/fault.ts';
import {safeLines} from '../text/clean.ts';
import {errorText, InputError} from '../text/error-text.ts';
import {nearest} from '../text/nearest.ts';
import {type Io, say, tell} from './io.ts';
import {parse} from './parse.ts';
import {UsageError} from './usage-error.ts';
import {verbs} from './verbs.ts';
import {version} from './version.ts';
import {showZone} from './zone.ts';

const isVerb = (word: string): boolean => verbs.some(({name}) => name === word);

/** A mistyped command would be taken for a runbook; only what can be a path is. */
function noticeTypo([first]: readonly string[], io: Io): void {
	if (
		first === undefined ||
		first === '' ||
		first.startsWith('-') ||
		isVerb(first) ||
		existsSync(resolve(io.cwd, first))
	)
		return;
	if (first.includes('/') || /\.(md|markdown)$/i.test(first))
		throw new UsageError(`${first} does not exist. Check the path.`);
	const verb = nearest(
		first,
		verbs.map(({name}) => name),
	);
	const meant = verb === null ? '' : ` Did you mean "${verb}"?`;
	throw new UsageError(`"${first}" is not a command and not a file.${meant} cutover-tui --help lists the commands.`);
}

const unforeseen = (error: unknown): string => {
	if (isSystemError(error)) {
		const {text, fix} = systemFault(error);
		return `${text}. ${fix}`;
	}
	const message = errorText(error);
	return `Unexpected error: ${message}. What was acknowledged is kept; CUTOVER_TUI_DEBUG=1 shows more.`;
};

/** Prints why, answers with the exit code. */
async function fault(error: unknown, io: Io): Promise<number> {
	if (error instanceof InputError) {
		tell(io, error.message);
		return 2;
	}
	tell(io, error instanceof StoreFault ? `${error.message} ${error.fix}` : unforeseen(error));
	if (error instanceof StoreFault && error.lost.length > 0) {
		const {lostLines} = await import('./entry-line.ts');
		tell(io, ...lostLines(error));
	}
	if (io.env['CUTOVER_TUI_DEBUG'] === '1' && error instanceof Error) tell(io, ...safeLines(error.stack ?? ''));
	return 3;
}

/** Runs one command line to its end: its exit code. `argv` is what is after the program's name. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	try {
		showZone(io.env, null);
		// `help run` is `run --help`, as elsewhere.
		const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
		noticeTypo(words, io);
		const parsing = parse(words, io, version());
		if ('text' in parsing) {
			say(io, ...safeLines(parsing.text));
			return 0;
		}
		parsing.call.runLine = run;
		const {run: verb} = await parsing.verb.load();
		return await verb(parsing.call);
	} catch (error) {
		return await fault(error, io);
	}
}
