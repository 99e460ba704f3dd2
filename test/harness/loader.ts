/**
 * Node strips types from .ts but does not know JSX, and a playbook's 'cutover-tui/playbook' should be the source
 * rather than yesterday's build. Used with --import; product code never sees it.
 */
import {globSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';

const playbook = new URL('../../source/attempts/playbook-api/playbook.ts', import.meta.url).href;

const root = fileURLToPath(new URL('../..', import.meta.url));

let transformed: ReadonlyMap<string, string> | undefined;

/** All of them at once, by their names: each call of esbuild starts a process. */
function transformAll(): ReadonlyMap<string, string> {
	const {outputFiles} = buildSync({
		absWorkingDir: root,
		entryPoints: globSync(['cli.tsx', '{source,test}/**/*.tsx'], {cwd: root}),
		outdir: root,
		outbase: root,
		outExtension: {'.js': '.tsx'},
		bundle: false,
		write: false,
		format: 'esm',
		jsx: 'automatic',
		sourcemap: 'inline',
		target: 'node26',
	});
	return new Map(outputFiles.map(({path, text}) => [path, text]));
}

registerHooks({
	resolve(specifier, context, next) {
		return specifier === 'cutover-tui/playbook' ? {url: playbook, shortCircuit: true} : next(specifier, context);
	},
	load(url, context, next) {
		if (!url.endsWith('.tsx')) return next(url, context);
		transformed ??= transformAll();
		const code = transformed.get(fileURLToPath(url));
		if (code === undefined) return next(url, context);
		return {format: 'module', source: code, shortCircuit: true};
	},
});
