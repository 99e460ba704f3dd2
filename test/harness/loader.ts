/**
 * Node strips types from .ts but does not know JSX, and a playbook's 'cutover-tui/playbook' should be the source
 * rather than yesterday's build. Used with --import; product code never sees it.
 */
import {readFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

const playbook = new URL('../../source/attempts/playbook-api/playbook.ts', import.meta.url).href;

registerHooks({
	resolve(specifier, context, next) {
		return specifier === 'cutover-tui/playbook' ? {url: playbook, shortCircuit: true} : next(specifier, context);
	},
	load(url, context, next) {
		if (!url.endsWith('.tsx')) return next(url, context);
		const sourcefile = fileURLToPath(url);
		const {code} = transformSync(readFileSync(sourcefile, 'utf8'), {
			loader: 'tsx',
			jsx: 'automatic',
			sourcefile,
			sourcemap: 'inline',
			target: 'node26',
		});
		return {format: 'module', source: code, shortCircuit: true};
	},
});
