/* What a code span is: a command line, a path, inputs of a workflow, or only a word. */
import {letter} from './letters.ts';

/** A file, relative to the workspace. */
type Path = string;

const assignment = /^[A-Za-z_][A-Za-z0-9_]*=\S*$/;
const program = /^(?:~?\.{0,2}\/)?[A-Za-z0-9_][A-Za-z0-9_.+@/-]*$/;
const shell = /^(?:\[{1,2}|!|\(|\{|\$\(|if|for|while|test|sudo|env|time|timeout)$/;
const notPrograms = new Set(
	'no none all any the a an and or not is are was be exit code ready ok on in of to for with without step see yes'.split(
		' ',
	),
);
const operator = /[|&;<>]/;
const loop = /^(?:for|select)\s+[A-Za-z_]\w*(?:\s+in\b[^;]*)?;\s*do\s/;
const documents =
	'md mdx txt rst adoc pdf html htm yml yaml json json5 xml csv tsv log lock toml ini conf cfg properties docx xlsx pptx png jpg svg zip tar gz tgz pem crt key service timer tfvars';
const scripts = 'sh bash zsh ts mts js mjs cjs py rb pl ps1 go sql tf hcl jar war';
const document = new RegExp(`\\.(?:${documents.replaceAll(' ', '|')})$`, 'i');
const anyFile = new RegExp(
	`\\.(?:${documents.replaceAll(' ', '|')}|${scripts.replaceAll(' ', '|')}|env|service)$`,
	'i',
);
const roots = /^\/(?:etc|var|opt|srv|usr|home|root|tmp|mnt|data|run)\//;

/** Words of a command, behind the variables that it sets. */
function words(code: string): readonly string[] {
	const all = code.trim().split(/\s+/);
	const first = all.findIndex(word => !assignment.test(word));
	return first === -1 ? [] : all.slice(first);
}

/** Ordinary words that are programs where an option or a shell's operator follows: `step --help`, `yes | head`, `yes y | head`. */
const isUsed = ([, next = '', ...others]: readonly string[]): boolean =>
	/^(?:[|&;<>]|--?[a-z])/i.test(next) || others.some(word => /^(?:\||\|\||&&)$/.test(word));

const startsProgram = (first: string): boolean =>
	shell.test(first) ||
	(program.test(first) &&
		!notPrograms.has(first.toLowerCase()) &&
		!/^[A-Z]{2,}[A-Z0-9]*$/.test(first) &&
		!/^\d/.test(first));

/** A command line: its first word a program, with arguments or an operator. */
export function isCommand(code: string): boolean {
	const all = words(code);
	const [first, ...others] = all;
	if (/^(?:[=!<>]=|=|≥|≤)$/.test(others[0] ?? '')) return false;
	if (loop.test(code.trim())) return true;
	if (first !== undefined && notPrograms.has(first.toLowerCase()) && first === first.toLowerCase()) return isUsed(all);
	return (
		first !== undefined &&
		startsProgram(first.replace(/^[({]+/, '').replace(/[;|&].*$/, '') || first) &&
		(others.length > 0 || operator.test(first) || assignment.test(code.trim().split(/\s/)[0] ?? '')) &&
		!/[:,]$/.test(first)
	);
}

/** One word that may be a program, where the context says that it is to be run. */
export const isBareCommand = (code: string): boolean => {
	const text = code.trim();
	return (
		!/\s/.test(text) && startsProgram(text) && !document.test(text) && !assignment.test(text) && !/:\/\//.test(text)
	);
};

/** A path as it is kept: no `./`, no anchor. */
export const pathOf = (code: string): Path =>
	code
		.trim()
		.replace(/^(?:\.\/)+/, '')
		.replace(/#.*$/, '')
		.replace(/:\d+$/, '');

/** A path of a file: not a route, an address, a pattern or a pair. */
export function isPath(code: string): boolean {
	const text = pathOf(code);
	if (text === '' || /[\s=*?{}<>|&;$"'`\\,()]|:\/\/|^-|\/$/.test(text)) return false;
	if (text.startsWith('/')) return anyFile.test(text) || roots.test(text);
	if (/^\d+(?:\/\d+)*$/.test(text) || /^[^/]+\.(?:com|org|net|io|dev|local|internal|example)(?:\/|$)/i.test(text))
		return false;
	return text.includes('/') || anyFile.test(text) || /^(?:Makefile|Dockerfile|Jenkinsfile|Procfile)$/.test(text);
}

export const isScript = (code: string): boolean =>
	isPath(code) && /\.(?:sh|bash|zsh|ts|mts|js|mjs|cjs|py|rb|pl)$/i.test(pathOf(code));

export const isWorkflow = (code: string): boolean =>
	isPath(code) && (/(?:^|\/)\.github\/workflows\//.test(code) || /(?:^|\/)[\w.-]*workflow[\w.-]*\.ya?ml$/i.test(code));

const interpreter = /^(?:bash|sh|zsh|node|bun|deno|tsx|python3?|ruby|perl|source|\.)$/;

/** Files that a command runs: an interpreter's script, or a program named by its path. */
export function filesOfCommand(code: string): readonly Path[] {
	return code.split(/&&|\|\||[|;\n]/).flatMap(part => {
		const [first = '', ...others] = words(part);
		const script = interpreter.test(first)
			? others.find(word => !word.startsWith('-'))
			: first.includes('/')
				? first
				: undefined;
		return script !== undefined && isPath(script) && (script.includes('/') || isScript(script)) ? [pathOf(script)] : [];
	});
}

/** A word that a shell would hand on as it stands. */
const asItStands = new RegExp(`^[${letter}@%+=:,./_-]+$`);

export type ScriptRun = {readonly script: Path; readonly args: readonly string[]};

/** A file that is run by its path: a script, or a program in a folder. */
const isProgramFile = (path: string): boolean =>
	isScript(path) || (isPath(path) && path.includes('/') && !document.test(pathOf(path)));

/** A script with its arguments, each a word by itself; null where a shell would have to read them, or nothing is known to run. */
export function scriptRun(code: string): ScriptRun | null {
	const [first = '', ...others] = code.trim().split(/\s+/);
	const interpreted = /^(?:bash|sh)$/.test(first);
	const [script = '', ...args] = interpreted ? others : [first, ...others];
	const isRun = interpreted ? isPath(script) : isProgramFile(script) && (args.length > 0 || script.startsWith('./'));
	return isRun && args.every(arg => asItStands.test(arg)) ? {script: pathOf(script), args} : null;
}

/** The workflow that `gh workflow run` names: a file of its own name where workflows are. */
export function dispatched(code: string): Path | null {
	const found = /^gh\s+workflow\s+run\s+(\S+\.ya?ml)(?=\s|$)/.exec(code.trim())?.[1];
	if (found === undefined || !isPath(found)) return null;
	return found.includes('/') ? pathOf(found) : `.github/workflows/${found}`;
}

/** Lines that only mean something together. */
const together =
	/<<|(?:^|[;&|]\s*)(?:if|then|else|fi|for|while|until|do|done|case|esac|function)\b|[{(]\s*$|^[})]|&\s*$/;

/** `$ `, `[root@db ~]$ `; the `#` of root behind a host alone, for it begins a comment as well. */
const prompt =
	/^\s*(?:(?:\[[^\]\n]{1,40}\])?[\w.@~:/-]{0,40}[$❯➜]|(?:\[[^\]\n]{1,40}\]|[\w.-]{1,40}@[\w.~:/-]{1,40})#)\s+(?=\S)/;
/** Kinds of fences that show what a terminal printed. */
const showsOutput = /^(?:console|shell-session|sh-session|session|terminal|term|text|txt|plain\w*|output|log|none)\b/i;

/** A line of a fence without its prompt; `at`: its index. */
export type CommandLine = {readonly text: string; readonly at: number};

/** The lines of a fence that are commands: behind prompts where it has any; none where it shows output. */
export function commandLines(lines: readonly string[], info = ''): readonly CommandLine[] {
	if (!lines.some(line => prompt.test(line)))
		return showsOutput.test(info.trim()) ? [] : lines.map((text, at) => ({text, at}));
	const found: CommandLine[] = [];
	let goesOn = false;
	for (const [at, line] of lines.entries()) {
		if (prompt.test(line) || goesOn) found.push({text: line.replace(prompt, '').replace(/^\s*>\s/, ''), at});
		goesOn = /\\$/.test(line) && (goesOn || prompt.test(line));
	}
	return found;
}

/** Whether lines only mean something together: a loop, a here-document, a block. */
export const areTogether = (lines: readonly string[]): boolean => lines.some(line => together.test(line));

/** The lines of a block of code as one command, which ends well only where each of them does. */
export function fencedCommand(given: readonly string[], info = ''): string {
	const text = commandLines(given, info)
		.map(line => line.text)
		.join('\n')
		.replace(/^(?:[ \t]*\n)+|\s+$/g, '');
	const lines = text
		.replace(/[ \t]?\\\n[ \t]*/g, ' ')
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('#'));
	if (lines.length < 2) return lines[0] ?? '';
	return areTogether(lines) ? `set -e\n${text}` : lines.join(' && ');
}

/** `name=value` pairs of a span, of which every word is one. */
export function inputsOf(code: string): readonly (readonly [string, string])[] {
	const pairs = code
		.trim()
		.split(/\s+/)
		.filter(word => !/^(?:-f|-F|--field|--raw-field)$/.test(word))
		.map(word => /^([A-Za-z_][\w-]*)=(.*)$/s.exec(word));
	return pairs.every(pair => pair !== null)
		? pairs.map(pair => [pair?.[1] ?? '', (pair?.[2] ?? '').replace(/^(["'])(.*)\1$/s, '$2')] as const)
		: [];
}

const looks =
	/(?:^|[^a-z])(?:check|checks|checking|verify|verified|validate|status|state|test|tests|lint|preflight|pre-flight|precheck|health|healthz|ping|diff|compare|dry-?run|plan|list|ls|get|describe|show|info|inspect|count|query|select|stat|head|tail|cat|grep|find|which|version|help|audit|scan|doctor|smoke|totals?|lag|report|probe|curl|dig|nslookup|wait|is-active|explain|history|has|complete|assert|ready|exists?)(?:[^a-z]|$)/i;
const changes =
	/(?:^|[^a-z])(?:migrate|migrations?|seed|deploy|apply|restart|start|stop|delete|destroy|drop|truncate|create|insert|update|upgrade|install|uninstall|remove|rm|mv|push|publish|promote|scale|enable|disable|load|import|restore|rotate|flush|purge|reset|drain|cordon|switch|failover|rollout|patch|set|kill|reload|sync|write|send|tag|merge|commit|vacuum|reindex)(?:[^a-z]|$)/i;

/** Whether a command only looks, by the words in it. */
export const onlyLooks = (code: string): boolean => looks.test(code);
/** `> copy.sql`, and not `2>&1` or `> /dev/null`. */
const writes = /(?:^|[^0-9&>-])>{1,2}\s*(?!&|\/dev\/null)[\w./~$"']/;
/** Whether a command changes something, by the words in it or by the file that it writes. */
export const changesSomething = (code: string): boolean =>
	!looks.test(code) && (writes.test(code) || changes.test(code));

/** Words of bash, as `compgen -b` and `compgen -k` list them: no program of these names need be there. */
const ofBash = new Set(
	`! . : [ [[ { } alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare
	dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help
	history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift
	shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while`.split(
		/\s+/,
	),
);
const hereDocument = /(<<-?\s*(["']?)(\w+)\2[^\n]*)\n(?:[\s\S]*?\n)?\s*\3(?=\n|$)/g;
const quotedText = /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"/g;
const comment = /(^|\s)#.*/gm;
const partEnd = /&&|\|[|&]?|;|\n|\$\((?!\()|(?<![<>])&(?!>)/;
/** What is before a command, and the variables that are set for it. */
const beforeProgram = /^(?:(?:!|\{|do|elif|else|exec|if|then|time|until|while|[A-Za-z_]\w*=[^\s(]*)(?:\s+|$))+/;

/** Programs that a command line starts, as far as its words show: the first word of each part. */
export const programsIn = (line: string): readonly string[] =>
	line
		.replace(hereDocument, '$1')
		.replace(quotedText, "''")
		.replace(comment, '$1')
		.split(partEnd)
		.map(part => part.trim().replace(beforeProgram, '').split(/\s+/)[0] ?? '')
		.filter(word => /^[\w./+][\w./+-]*$/.test(word) && !ofBash.has(word));
