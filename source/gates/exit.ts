/* How a command ended, and why: its exit code beside the last line of its output that says something. */
import {fail, pass, unknown, type Verdict} from './verdict.ts';

/** Exit codes by which a shell says that a command could not be run, or that a signal ended it. */
const notJudged: Readonly<Record<number, string>> = {
	126: 'the command cannot be executed (exit 126)',
	127: 'command not found (exit 127)',
	129: 'killed by SIGHUP (exit 129)',
	130: 'killed by SIGINT (exit 130)',
	137: 'killed by SIGKILL (exit 137)',
	143: 'killed by SIGTERM (exit 143)',
};

const brokenPipe = 'exit 141: it wrote into a pipe whose reader had ended (SIGPIPE)';

const sequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g;
const telling = /\b(?:error|errors|fail|failed|failure|fatal|denied|refused|exception|timed? ?out|cannot|not found)\b/i;
const longest = 200;
const lookedAt = 12;

const cut = (line: string): string => (line.length > longest ? `${line.slice(0, longest - 1)}…` : line);

/** Lines with something in them, as a terminal would leave them: what came before a carriage return is gone. */
const linesOf = (output: string): readonly string[] =>
	output
		.replace(sequences, '')
		.split('\n')
		.map(line => line.trimEnd().split('\r').at(-1)?.trim() ?? '')
		.filter(line => /[\p{L}\p{N}]/u.test(line));

/** The end of a command's output -> the line that tells why it failed, with the last one where that is another. */
function lastWords(output: string): string {
	const lines = linesOf(output).slice(-lookedAt);
	const last = lines.at(-1) ?? '';
	const cause = telling.test(last) ? last : (lines.findLast(line => telling.test(line)) ?? last);
	return cause === last ? cut(last) : `${cut(cause)} … ${cut(last)}`;
}

const wantsTerminal =
	/a terminal is required|\/dev\/tty: (?:No such device|cannot open)|(?:open|access) \/dev\/tty|No controlling (?:tty|terminal)|is not a terminal|must have a tty|EOF when reading a line|no tty present|not a tty|must be run from a terminal|Inappropriate ioctl|a password is required|Host key verification failed|Permission denied \([^)]*password|the input device is not a TTY/i;
/** What asks ends without a line end. */
const asks = /(?:[?:>\]]|\(y\/n\)|password for [^\n]*)[ \t]*$/i;

/** Advice where a command seems to have asked for input, which nobody can give. */
function promptAdvice(output: string): string | null {
	const last = output.slice(output.lastIndexOf('\n') + 1);
	return wantsTerminal.test(output.slice(-2000)) || (last.trim() !== '' && asks.test(last))
		? 'it seems to have asked for input: commands have no terminal and an empty stdin. Use an option that never asks, such as sudo -n, ssh -o BatchMode=yes, apt-get -y'
		: null;
}

/** How a command ended -> verdict. A crash of the program itself (SIGSEGV, SIGABRT) is its failure. `output`: its end. */
export function ofExit(exit: number | null, signal: string | null, output = ''): Verdict {
	if (signal !== null)
		return signal === 'SIGSEGV' || signal === 'SIGABRT'
			? fail(`crashed with ${signal}`)
			: unknown(`killed by ${signal}`);
	if (exit === 0) return {...pass, exit};
	const words = [lastWords(output), promptAdvice(output)].filter(text => text !== null && text !== '').join('; ');
	const why = notJudged[exit ?? -1];
	const withWords = (text: string): string => (words === '' ? text : `${text}: ${words}`);
	if (why !== undefined) return unknown(exit === 126 || exit === 127 ? withWords(why) : why, exit);
	return fail(exit === 141 ? brokenPipe : withWords(`exit ${exit}`), exit);
}

/** What zx throws where a command failed -> its verdict; null for any other error. */
export function endOfCommand(error: unknown): Verdict | null {
	if (!(error instanceof Error && 'exitCode' in error && 'signal' in error)) return null;
	const {exitCode, signal} = error;
	let output = '';
	try {
		output = 'stdall' in error ? String(error.stdall) : '';
	} catch {
		// More than memory keeps.
	}
	return ofExit(
		typeof exitCode === 'number' ? exitCode : null,
		typeof signal === 'string' ? signal : null,
		output.slice(-4096),
	);
}
