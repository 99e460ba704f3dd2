/*
Words of a shell command line, read without running it: which of them could name a file, and which of those are so placed
plainly that another path can take their place. Whatever is quoted, expanded or nested is only read.
*/

/**
`text`: as written, quotes apart. `plain`: it is alone, unquoted, at the top of the line. `runs`: the shell, or an
interpreter right before it, runs it as a program. Offsets are UTF-16 units.
*/
export type ShellWord = {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly plain: boolean;
	readonly runs: boolean;
	/** By itself, and not by an interpreter before it. */
	readonly first: boolean;
};

const plainWord = /^[\w./+@%,:~-]+$/;
const assignment = /^[A-Za-z_]\w*=/;
const interpreter = /(?:^|\/)(?:bash|sh|dash|ksh|zsh|python[\d.]*|source)$/;
/** What a command follows as it would follow nothing. */
const before = /^(?:!|time|exec|nohup|then|do|else|if|while|until|\{)$/;
const option = /^-[A-Za-z]+$/;
/** From here on text is another program's, or a shell reads it anew. */
const opaque = /["'`$\\(){}]|<<|#/;

/** `"ops dir/a.sh"`, `'ops dir/a.sh'`, `ops\ dir/a.sh`: words that may have spaces in them. */
const spaced = /"([^"\n]*)"|'([^'\n]*)'|((?:\\ |[^\s;&|()<>"'\\])+)/g;

/** Every piece of a text that could be a path, however it is quoted. */
export const pathWords = (text: string): readonly string[] => [
	...new Set([
		...text.split(/[\s;&|()<>`$"'{}=,\\[\]*?!]+/).filter(piece => piece !== '' && !piece.startsWith('-')),
		...[...text.matchAll(spaced)]
			.map(([, double, single, escaped = '']) => double ?? single ?? escaped.replaceAll('\\ ', ' '))
			.filter(word => word.includes(' ')),
	]),
];

/** Words with wildcards that are paths from where the text is, or from a folder that a variable holds: ops/*.sh, "$HERE"/*.sh. */
export const wildWords = (text: string): readonly string[] =>
	[...text.matchAll(/((?:\$\w+|[)}"])"?\/)?([\w.@+*?[\]/-]+)/g)].flatMap(([, variable, word = '']) =>
		/[*?[]/.test(word) && !word.startsWith('/') && (variable !== undefined || word.includes('/')) ? [word] : [],
	);

/** Operands of `cd`: other words may be meant from there. */
export const foldersEntered = (text: string): readonly string[] =>
	[...text.matchAll(/(?:^|[\s;&|({])(?:cd|pushd)\s+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s;&|()<>`$"'{}]+))/g)].map(
		([, double, single, plain = '']) => double ?? single ?? plain,
	);

/** The plain words of a line, as far as it is plain. */
export function shellWords(line: string): readonly ShellWord[] {
	const end = opaque.exec(line)?.index ?? line.length;
	const words: ShellWord[] = [];
	let first = true;
	let handed = false;
	for (const {0: piece, index} of line.matchAll(/[;&|\n]+|[^\s;&|]+/g)) {
		// A word that the opaque part touches is not known whole.
		if (index + piece.length >= end && end < line.length) break;
		if (/^[;&|\n]/.test(piece)) {
			first = true;
			handed = false;
			continue;
		}
		if (/[<>]/.test(piece)) {
			first = false;
			handed = false;
			continue;
		}
		if (first && (assignment.test(piece) || before.test(piece))) continue;
		const runs = first || handed;
		words.push({
			text: piece,
			start: index,
			end: index + piece.length,
			plain: plainWord.test(piece),
			runs: runs && !option.test(piece),
			first,
		});
		handed =
			(first && (interpreter.test(piece) || piece === '.')) || (handed && option.test(piece) && !/c/.test(piece));
		first = false;
	}
	return words;
}

/** A text as one word of a shell. */
export const quoted = (text: string): string =>
	/^[\w./:@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
