/**
 * What is behind every npm script: a fresh clone has Node 20 and npm at best, so this file is plain JavaScript
 * without dependencies. It installs what is missing, builds what is stale, and hands over to Node 26.
 * Two of them at once take turns, so that neither sees half an installation or half a build.
 */
import {constants} from 'node:os';
import process from 'node:process';
import {isApart} from './bootstrap/apart.mjs';
import {build, isBuilt} from './bootstrap/build.mjs';
import {install, isInstalled} from './bootstrap/install.mjs';
import {locked} from './bootstrap/lock.mjs';
import {root, run} from './bootstrap/run.mjs';

const script = file => `${root}scripts/${file}`;
const loaded = ['--import', `${root}test/harness/loader.ts`];
const biome = `${root}node_modules/@biomejs/biome/bin/biome`;
const program = `${root}bin/cutover-tui.cjs`;
const drivesProgram = files => files.length === 0 || files.some(isApart);

/** What each script runs (arguments of Node), and whether it needs the built program first; building is all that build does. */
const scripts = {
	start: {
		runs: rest => [program, ...(rest.length === 0 ? ['rehearse'] : rest)],
		needsProgram: () => true,
		from: process.env.INIT_CWD,
	},
	build: {},
	test: {runs: rest => [...loaded, script('test.ts'), ...rest], needsProgram: drivesProgram},
	look: {runs: rest => [...loaded, script('look.ts'), ...rest]},
	golden: {runs: rest => [...loaded, script('test.ts'), '--unit', ...rest], env: {GOLDEN: 'renew'}},
	docs: {runs: () => [...loaded, script('docs.ts')]},
	lint: {runs: rest => [biome, 'check', '--error-on-warnings', ...rest]},
	check: {
		runs: rest => [script('check.ts'), ...rest],
		needsProgram: checks => checks.length === 0 || checks.includes('tests') || checks.includes('deep'),
	},
	bench: {runs: rest => [...loaded, script('bench.ts'), ...rest], needsProgram: () => true},
};

async function prepare(needsProgram) {
	if (isInstalled() && (!needsProgram || isBuilt())) return;
	await locked(async () => {
		if (!isInstalled()) await install();
		if (needsProgram && !isBuilt()) await build();
	});
}

async function main([name, ...rest]) {
	const chosen = scripts[name];
	if (!chosen) throw new Error(`There is no script "${name}"; there are ${Object.keys(scripts).join(', ')}.`);
	await prepare(chosen.needsProgram?.(rest) ?? false);
	if (name === 'build') {
		await locked(() => build('--fresh'));
		if (!rest.includes('--binary')) return {code: 0, signal: null};
		return run([script('binary.ts'), ...rest], {cwd: root, env: process.env});
	}
	return run(chosen.runs(rest), {cwd: chosen.from ?? root, env: {...process.env, ...chosen.env}});
}

try {
	const {code, signal} = await main(process.argv.slice(2));
	process.exitCode = signal ? 128 + constants.signals[signal] : code;
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 2;
}
