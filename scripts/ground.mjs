/**
 * What stands behind every npm script: a fresh clone has Node 20 and npm at best, so this file is plain JavaScript
 * without dependencies. It installs what is missing, builds what is stale, and hands over to Node 26.
 * Two of them at once take turns, so that neither sees half an installation or half a build.
 */
import {constants} from 'node:os';
import process from 'node:process';
import {build, isBuilt} from './ground/build.mjs';
import {install, isInstalled} from './ground/install.mjs';
import {locked} from './ground/lock.mjs';
import {root, run} from './ground/run.mjs';

const own = file => [`${root}scripts/${file}`];
const loaded = file => ['--import', `${root}test/harness/loader.ts`, `${root}scripts/${file}`];
const program = `${root}bin/cutover-tui.cjs`;
const endToEnd = file => /(^|[\\/])e2e([\\/]|$)/.test(file);
const always = () => true;
const never = () => false;

/** What each script runs (arguments of Node), and whether it needs the built program first. */
const scripts = {
	start: {runs: rest => [program, ...(rest.length === 0 ? ['rehearse'] : rest)], built: always, where: process.env.INIT_CWD},
	build: {runs: () => own('build.ts'), built: never},
	test: {runs: rest => [...loaded('test.ts'), ...rest], built: rest => rest.length === 0 || rest.some(endToEnd)},
	look: {runs: rest => [...loaded('look.ts'), ...rest], built: never},
	golden: {runs: rest => [...loaded('golden.ts'), ...rest], built: never},
	docs: {runs: rest => [...loaded('docs.ts'), ...rest], built: never},
	lint: {runs: rest => [...own('lint.ts'), ...rest], built: never},
	check: {runs: () => loaded('check.ts'), built: always},
	bench: {runs: rest => [...loaded('bench.ts'), ...rest], built: always},
};

async function prepare(needsBuild) {
	if (isInstalled() && (!needsBuild || isBuilt())) return;
	await locked(async () => {
		if (!isInstalled()) await install();
		if (needsBuild && !isBuilt()) await build();
	});
}

async function main([name, ...rest]) {
	const script = scripts[name];
	if (!script) throw new Error(`ground: no script "${name}"; there are ${Object.keys(scripts).join(', ')}.`);
	await prepare(script.built(rest));
	return run(script.runs(rest), {cwd: script.where ?? root});
}

try {
	const {code, signal} = await main(process.argv.slice(2));
	process.exitCode = signal ? 128 + constants.signals[signal] : code;
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 2;
}
