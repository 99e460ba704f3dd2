/*
Where the program's own processes, its shipped playbooks and what a rehearsal brings along are: beside this file's bundle, or in the source tree when
it runs from there.
*/
import {fileURLToPath} from 'node:url';
import type {Path} from '../cutover/model/runbook.ts';

/** Absolute paths; `playbook` of a shipped one by name. `dates`: address of the package date-fns, lent to playbooks. `sample`: a workspace with its runbook; `sandbox`: its service. */
export type Programs = {
	readonly runner: Path;
	readonly watcher: Path;
	readonly scribe: Path;
	readonly page: Path;
	readonly sandbox: Path;
	readonly sample: Path;
	playbook(name: string): Path;
	dates(): string;
};

const at = (base: URL, path: string): Path => fileURLToPath(new URL(path, base));

const ofSource = (root: URL): Programs => ({
	runner: at(root, 'source/cli/entries/runner.ts'),
	watcher: at(root, 'source/cli/entries/watcher.ts'),
	scribe: at(root, 'source/cli/entries/scribe.ts'),
	page: at(root, 'source/cli/entries/page.ts'),
	sandbox: at(root, 'scripts/sandbox.ts'),
	sample: at(root, 'samples/ferry'),
	playbook: name => at(root, `playbooks/${name}.ts`),
	dates: () => import.meta.resolve('date-fns'),
});

const ofBundle = (dist: URL): Programs => ({
	runner: at(dist, 'runner.js'),
	watcher: at(dist, 'watcher.js'),
	scribe: at(dist, 'scribe.js'),
	page: at(dist, 'page.js'),
	sandbox: at(dist, 'sandbox.js'),
	sample: at(dist, 'samples/ferry'),
	playbook: name => at(dist, `playbooks/${name}.js`),
	dates: () => new URL('date-fns.js', dist).href,
});

/** By the address of a module of this program; a bundle's shared parts lie one folder deeper than its entries. */
export const programsOf = (module: string): Programs =>
	module.endsWith('.ts')
		? ofSource(new URL('../..', module))
		: ofBundle(new URL(/\/chunks\/[^/]*$/.test(module) ? '../' : './', module));

export const programs: Programs = programsOf(import.meta.url);
