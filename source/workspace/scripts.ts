/*
Which files of the workspace a command line, a script or a playbook runs: those that it names, and what they name in turn.
All of them are approved by digest. A script that is alone runs from its approved copy; one that asks for its own
place, or for files beside it, runs in place and is compared with what was approved.
*/
import {globSync, statSync} from 'node:fs';
import {basename, dirname, extname, isAbsolute, join, normalize, relative, resolve} from 'node:path';
import type {RunFile} from '../cutover/due/will-run.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {ifPossible} from '../disk/fault.ts';
import {beginningOf, homeOf} from '../disk/file.ts';
import {fieldsOf, parsed} from '../text/fields.ts';
import {foldersEntered, pathWords, shellWords, wildWords} from '../text/shell.ts';

const shellName = /\.(?:sh|bash|ksh|zsh)$/;
const shellLine = /^#!.*\b(?:bash|sh|dash|ksh|zsh)\b/;
const scriptName = /\.(?:sh|bash|ksh|zsh|py|rb|pl|php|lua|awk|sql|[cm]?[jt]s)$/;
const handedName =
	/(?:^|[\s;&|(`"'/])(?:bash|sh|dash|ksh|zsh|python[\d.]*|node|bun|deno|perl|ruby|source|\.)\s+(?:(?:-\S+|run)\s+)*["']?([\w./@+-]+)/g;
const builds: Readonly<Record<string, readonly string[]>> = {
	make: ['Makefile', 'makefile', 'GNUmakefile'],
	npm: ['package.json'],
	pnpm: ['package.json'],
	yarn: ['package.json'],
	bun: ['package.json'],
	just: ['justfile', 'Justfile'],
	rake: ['Rakefile'],
	task: ['Taskfile.yml', 'Taskfile.yaml'],
};
const system = /^\/(?:usr|bin|sbin|lib|lib64|etc|dev|proc|sys|run|nix|snap)\//;
const most = 200;

/** A path as the runbook would name it: relative inside the workspace, absolute elsewhere. */
export const shortened = (workspace: Path, path: Path): Path => {
	const inside = relative(workspace, path);
	return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
};

/** A regular file that is a program: by its name, its first line, or what it is. */
function isScript(file: Path): boolean {
	const found = ifPossible(() => statSync(file, {throwIfNoEntry: false}));
	if (!found?.isFile()) return false;
	if (scriptName.test(file)) return true;
	const first = ifPossible(() => beginningOf(file, 256).toString('latin1')) ?? '';
	return first.startsWith('#!') || ((found.mode & 0o111) !== 0 && first.startsWith('\u007fELF'));
}

const isFile = (file: Path): boolean => statSync(file, {throwIfNoEntry: false})?.isFile() ?? false;

/** Where a word may be meant from: the workspace, and folders that the text enters. */
function placesOf(workspace: Path, word: string, folders: readonly Path[]): readonly Path[] {
	if (word.startsWith('~/')) {
		const home = homeOf();
		return home === null ? [] : [join(home, word.slice(2))];
	}
	// Behind a variable that holds a folder: $HERE/lib.sh, "$(dirname "$0")/lib.sh".
	const [, behind = ''] = /^[^/]*\/(.+)/.exec(word) ?? [];
	const from = (path: string): readonly Path[] =>
		path === '' ? [] : [workspace, ...folders].map(folder => resolve(folder, path));
	const whole = isAbsolute(word) ? (system.test(word) ? [] : [normalize(word)]) : from(word);
	return [...new Set([...whole, ...from(behind.replace(/^\/+/, ''))])];
}

/** Files that a word with wildcards means now, in shells whose `**` is a `*`. */
const expanded = (folder: Path, word: string): readonly Path[] =>
	globSync(word.replaceAll(/\*+/g, '*'), {cwd: folder})
		.slice(0, most)
		.map(found => join(folder, found));

type Known = (path: Path) => boolean;

/** Files that a text names, as paths of the workspace. `beside`: folder of the text itself. `known`: also counts. */
function namedIn(workspace: Path, text: string, beside: Path, known: Known): readonly Path[] {
	const entered = foldersEntered(text).map(folder => resolve(workspace, folder));
	const folders = [beside, ...entered];
	const handed = new Set([...text.matchAll(handedName)].map(([, word = '']) => word));
	const found = new Set<Path>();
	for (const word of pathWords(text)) {
		for (const file of placesOf(workspace, word, folders)) {
			const path = shortened(workspace, file);
			if (known(path) || isScript(file) || (handed.has(word) && isFile(file))) found.add(path);
		}
		for (const name of Object.hasOwn(builds, word) ? (builds[word] ?? []) : [])
			for (const folder of [workspace, ...entered])
				if (isFile(join(folder, name))) found.add(shortened(workspace, join(folder, name)));
	}
	for (const word of wildWords(text))
		for (const file of [workspace, ...folders].flatMap(folder => expanded(folder, word)))
			if (isScript(file)) found.add(shortened(workspace, file));
	// Named as a script and not there yet: that it comes is a change.
	if (found.size === 0)
		for (const word of pathWords(text))
			if (word.includes('/') && shellName.test(word) && !isAbsolute(word))
				found.add(shortened(workspace, resolve(workspace, word)));
	return [...found];
}

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)["'](\.{1,2}\/[^"']+)["']/g;
const pythonImport = /^\s*(?:from\s+\.?([\w.]+)\s+import|import\s+([\w., ]+))/gm;

const importsIn = (text: string): readonly string[] => [...text.matchAll(imported)].map(([, target = '']) => target);

const modulesIn = (text: string, folder: Path): readonly Path[] =>
	[...text.matchAll(pythonImport)]
		.flatMap(([, one, several = '']) => [one ?? '', ...several.split(/[\s,]+/)])
		.map(name => join(folder, `${name.split('.')[0]}.py`))
		.filter(isFile);

const isShell = (path: Path, text: string): boolean => shellName.test(path) || shellLine.test(text.slice(0, 256));
const isBuild = (path: Path): boolean => Object.values(builds).flat().includes(basename(path));

const scriptsOfPackage = (text: string): string =>
	Object.values(fieldsOf(fieldsOf(parsed(text))?.['scripts']) ?? {})
		.map(String)
		.join('\n');

/** What a file runs or brings in. `playbook`: it names scripts in its own text too. */
function usedBy(workspace: Path, path: Path, text: string, playbook: boolean, known: Known): readonly Path[] {
	const beside = dirname(resolve(workspace, path));
	if (basename(path) === 'package.json') return namedIn(workspace, scriptsOfPackage(text), beside, known);
	if (isShell(path, text) || isBuild(path) || extname(path) === '') return namedIn(workspace, text, beside, known);
	if (extname(path) === '.py') return modulesIn(text, beside).map(file => shortened(workspace, file));
	if (!/\.(?:[cm]?[jt]s|json)$/.test(path)) return [];
	const own = importsIn(text).map(target => shortened(workspace, resolve(beside, target)));
	return playbook ? [...own, ...namedIn(workspace, text, workspace, known)] : own;
}

/** `textOf`: a file's text; null where there is none. */
export type Looking = {
	readonly workspace: Path;
	readonly textOf: (path: Path) => string | null;
	readonly known?: Known;
};

const unknown: Known = () => false;

function closure(
	{textOf}: Looking,
	roots: readonly Path[],
	uses: (path: Path, text: string) => readonly Path[],
): readonly Path[] {
	const found = new Set<Path>();
	const waiting = [...roots];
	for (let path = waiting.shift(); path !== undefined && found.size < most; path = waiting.shift()) {
		if (found.has(path)) continue;
		found.add(path);
		const text = textOf(path);
		if (text !== null) waiting.push(...uses(path, text));
	}
	return [...found];
}

const scripts = (looking: Looking, roots: readonly Path[], playbook = false): readonly Path[] =>
	closure(looking, roots, (path, text) => usedBy(looking.workspace, path, text, playbook, looking.known ?? unknown));

/** A script and what it uses. */
export const scriptsOfScript = (looking: Looking, path: Path): readonly Path[] => scripts(looking, [path]);

/** A playbook, what it imports, and the scripts that these name; `imports`: those of them that are copied with it. */
export function scriptsOfPlaybook(
	looking: Looking,
	path: Path,
): {readonly imports: readonly Path[]; readonly named: readonly Path[]} {
	const {workspace} = looking;
	const imports = closure(looking, [path], (file, text) =>
		importsIn(text).map(target => shortened(workspace, resolve(dirname(resolve(workspace, file)), target))),
	);
	return {imports, named: scripts(looking, [path], true).filter(file => !imports.includes(file))};
}

const asksForItsPlace =
	/\$\{?0\b|\$\{?_\b|BASH_SOURCE|\b(?:dirname|readlink|realpath|caller)\b|__file__|sys\.(?:path|argv\[0\])/;

/** The script asks for nothing beside it: its bytes alone say what runs. */
function standsAlone(workspace: Path, path: Path, text: string): boolean {
	if (asksForItsPlace.test(text)) return false;
	if (isShell(path, text)) return true;
	return extname(path) === '.py' && modulesIn(text, dirname(resolve(workspace, path))).length === 0;
}

/** The words that run a script by itself, from its first line; bash where it has none. */
export function runners(text: string): readonly string[] {
	const [, words] = /^#!\s*(.+)/.exec(text.slice(0, 256)) ?? [];
	return words === undefined ? ['bash'] : words.trim().split(/\s+/);
}

export type Plan = {
	readonly files: readonly Pick<RunFile, 'path' | 'how'>[];
	/** Where the line calls a script so plainly that its copy can be called. `first`: by itself, not by an interpreter. */
	readonly calls: readonly {
		readonly path: Path;
		readonly start: number;
		readonly end: number;
		readonly first: boolean;
	}[];
};

function callsOf(workspace: Path, line: string, paths: readonly Path[]): Plan['calls'] {
	if (foldersEntered(line).length > 0) return [];
	return shellWords(line).flatMap(({text, start, end, plain, runs, first}) => {
		const path = shortened(workspace, resolve(workspace, text));
		return plain && runs && paths.includes(path) ? [{path, start, end, first}] : [];
	});
}

/** How a command line runs the files of the workspace that it names. */
export function planLine(looking: Looking, line: string): Plan {
	const {workspace, textOf, known = unknown} = looking;
	const namedBy = (text: string): readonly Path[] => scripts(looking, namedIn(workspace, text, workspace, known));
	const paths = namedBy(line);
	const single = paths.filter(path => {
		const text = textOf(path);
		return text !== null && standsAlone(workspace, path, text);
	});
	const calls = callsOf(workspace, line, single);
	const copied = [...new Set(calls.map(({path}) => path))];
	const rest = calls.reduceRight((text, {start, end}) => `${text.slice(0, start)} ${text.slice(end)}`, line);
	const inPlace = new Set([
		...namedBy(rest),
		...copied.flatMap(path => scriptsOfScript(looking, path).filter(used => used !== path)),
	]);
	return {
		files: paths.map(path => ({path, how: copied.includes(path) && !inPlace.has(path) ? 'copy' : 'in place'})),
		calls,
	};
}

/** How a script that the program calls by itself runs, and what it uses. */
export function planScript(looking: Looking, script: Path): Pick<Plan, 'files'> & {readonly copied: boolean} {
	const text = looking.textOf(script);
	const copied = text !== null && standsAlone(looking.workspace, script, text);
	const files = scriptsOfScript(looking, script);
	return {files: files.map(path => ({path, how: copied && path === script ? 'copy' : 'in place'})), copied};
}
