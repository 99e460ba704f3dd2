/**
 * The program is one file, of which V8 keeps the compiled code. The processes that it starts are modules with shared chunks:
 * they live long, and each loads only what it needs.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {join} from 'node:path';
import process from 'node:process';
import {type BuildOptions, build, type Plugin} from 'esbuild';
import {lighter} from './lighter.ts';

const entries: Record<string, string> = {
	runner: 'source/cli/entries/runner.ts',
	watcher: 'source/cli/entries/watcher.ts',
	scribe: 'source/cli/entries/scribe.ts',
	page: 'source/cli/entries/page.ts',
	sandbox: 'scripts/sandbox.ts',
	// Loaded by the reader only where a runbook has settings.
	settings: 'source/runbook/settings/read.ts',
	// The thread that reads a large runbook.
	reader: 'source/runbook/reader.ts',
	playbook: 'source/attempts/playbook-api/playbook.ts',
	// Lent to playbooks, loaded only for one that names it.
	'date-fns': 'node_modules/date-fns/index.js',
};

/** CommonJS packages in an ESM bundle still ask for `require`. */
const requireBanner =
	"import {createRequire as createRequireOfBundle} from 'node:module';const require = createRequireOfBundle(import.meta.url);";

/** Takes 9 ms to load, and we use functions of it only: loaded when one of these is first called. */
const late = 'node:crypto';

/** A module of Node's, each name for itself, so that only those in use are looked up. */
function plainly(path: string): string {
	const plain = `process.getBuiltinModule(${JSON.stringify(path)})`;
	const names = Object.entries(process.getBuiltinModule(path) ?? {});
	const exported = names.map(([name, value]) =>
		path === late && typeof value === 'function' && !/^[A-Z]/.test(name)
			? `export const ${name} = (...given) => ${plain}.${name}(...given);`
			: `export const ${name} = /* @__PURE__ */ (() => plain.${name})();`,
	);
	return [`const plain = /* @__PURE__ */ ${plain};`, 'export default plain;', ...exported].join('\n');
}

/**
 * An import statement asks every property of a module of Node's for its value, those among them that load streams and
 * WebCrypto: 20 ms for every verb. Each importer looks up its own names, because one place for all would be a chunk more.
 * Commander starts programs only for verbs that are files of their own; ours are not.
 */
const plainBuiltins: Plugin = {
	name: 'plain-builtins',
	setup({onResolve, onLoad}) {
		onResolve({filter: /./}, ({path, kind, importer}) => {
			if (kind !== 'import-statement' || !isBuiltin(path)) return null;
			if (path === 'node:child_process' && importer.includes('/node_modules/commander/'))
				return {path, namespace: 'empty'};
			return {path: `${path} of ${importer}`, namespace: 'builtin', pluginData: path, sideEffects: false};
		});
		onLoad({filter: /./, namespace: 'empty'}, () => ({contents: 'export default {};'}));
		onLoad({filter: /./, namespace: 'builtin'}, ({pluginData}) => ({contents: plainly(pluginData)}));
	},
};

const common = {
	bundle: true,
	platform: 'node',
	target: 'node22.18',
	jsx: 'automatic',
	define: {
		'process.env.NODE_ENV': '"production"',
		builtOf: JSON.stringify(process.env['BUILT_OF'] ?? null),
	},
	plugins: [lighter, plainBuiltins],
	legalComments: 'none',
	minify: true,
	keepNames: true,
	metafile: true,
	logLevel: 'warning',
} as const satisfies BuildOptions;

/** What takes the terminal, for the program's first moment: CommonJS, which is there at once. */
const early = (outdir: string) =>
	build({...common, entryPoints: ['source/cli/early.ts'], outfile: join(outdir, 'early.cjs'), format: 'cjs'});

const address = 'addressOfBundle';
const unknown = '0'.repeat(64);

/** The reader of settings is another file of the program, and here a part of this one. */
const settingsInside: Plugin = {
	name: 'settings-inside',
	setup({onLoad}) {
		onLoad({filter: /\/source\/runbook\/settings\/load\.ts$/}, () => ({
			contents: "export const settingsReader = () => require('./read.ts');",
			loader: 'ts',
		}));
	},
};

/** What esbuild leaves as it is in patterns and templates: with one such character V8 keeps two bytes for each of two million. */
function ascii(text: string): string {
	if (/\\[^\0-\x7f]/.test(text)) throw new Error('A backslash is before a character that is to be escaped.');
	return text.replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * All commands and the screen as one CommonJS file: V8 keeps the compiled code of such a file, and of modules it does not. Its first line says its digest; then comes the function that Node puts around such a file.
 */
async function program(outdir: string): Promise<void> {
	const outfile = join(outdir, 'program.cjs');
	await build({
		...common,
		// Playbooks see names, so the modules keep theirs; nothing asks for one here, and keeping them is a fifteenth of a start.
		keepNames: false,
		entryPoints: ['cli.tsx'],
		outfile,
		format: 'cjs',
		define: {...common.define, 'import.meta.url': address, 'import.meta.resolve': 'undefined'},
		banner: {
			js: [
				`// ${unknown}`,
				'(function (exports, require, module, __filename, __dirname) {"use strict";',
				`const ${address} = require('node:url').pathToFileURL(__filename).href;`,
			].join('\n'),
		},
		footer: {js: '})'},
		external: ['pg-native'],
		plugins: [settingsInside, ...common.plugins],
		sourcemap: 'linked',
		sourcesContent: false,
	});
	const text = ascii(readFileSync(outfile, 'utf8'));
	const digest = createHash('sha256').update(text).digest('hex');
	writeFileSync(outfile, text.replace(unknown, digest));
}

/** Writes the bundle into `outdir`; answers the paths of all files that went into it. Throws where it fails. */
export async function bundle(outdir: string): Promise<string[]> {
	const {metafile} = await build({
		...common,
		entryPoints: entries,
		outdir,
		splitting: true,
		format: 'esm',
		chunkNames: 'chunks/[name]-[hash]',
		banner: {js: requireBanner},
		// Named by pg, for those who installed it.
		external: ['pg-native'],
		sourcemap: 'linked',
		sourcesContent: false,
	});
	await Promise.all([early(outdir), program(outdir)]);
	return Object.keys(metafile.inputs).filter(path => existsSync(path));
}
