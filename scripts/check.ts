/**
 * All that a change must hold: lint and layout, types, tests (among them the generated pages). `npm run check -- lint
 * types` runs those named; the long suites (`*.deep.ts`) run only by their name, `npm run check -- deep`. Each runs although one before it failed, so that one look shows everything.
 */
import {spawnSync} from 'node:child_process';
import process from 'node:process';

const checks: Record<string, string[]> = {
	lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
	types: ['node_modules/typescript/bin/tsc', '--noEmit'],
	tests: ['--import', './test/harness/loader.ts', 'scripts/test.ts'],
	deep: ['--import', './test/harness/loader.ts', 'scripts/test.ts', '--deep'],
};
const usual = ['lint', 'types', 'tests'];

function holds(name: string): boolean {
	const args = checks[name];
	if (!args) throw new Error(`There is no check "${name}"; there are ${Object.keys(checks).join(', ')}.`);
	const {status} = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {stdio: 'inherit'});
	if (status !== 0) process.stderr.write(`The check of ${name} does not hold.\n`);
	return status === 0;
}

const named = process.argv.slice(2);
const results = (named.length > 0 ? named : usual).map(holds);
process.exitCode = results.every(Boolean) ? 0 : 1;
