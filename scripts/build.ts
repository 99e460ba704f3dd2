/**
 * Bundles the program into dist: the user's Node runs it with nothing else installed. Everything is built aside and
 * moved into place file by file, entries last, so that no moment exists without a whole program, and one that was
 * started from a build of the last day still finds the chunks it has yet to load; --fresh leaves only this build.
 */
import {cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {stripTypeScriptTypes} from 'node:module';
import {basename, join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {bundle} from './build/bundle.ts';
import {keepCompiled} from './build/compiled.ts';
import {declarations} from './build/declarations.ts';
import {licenses} from './build/licenses.ts';
import {moveInto} from './build/move.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const aside = '.build';
const day = 24 * 60 * 60 * 1000;

/** Playbooks keep their comments and their lines: operators read them before they approve them. */
function playbooks(): void {
	mkdirSync(join(aside, 'playbooks'));
	for (const file of globSync('playbooks/*.ts')) {
		const name = `${basename(file, '.ts')}.js`;
		writeFileSync(join(aside, 'playbooks', name), stripTypeScriptTypes(readFileSync(file, 'utf8')));
	}
}

rmSync(aside, {recursive: true, force: true});
mkdirSync(aside);
// esbuild has said what is wrong, and where.
const inputs = await bundle(aside).catch(() => process.exit(1));
playbooks();
cpSync('samples', join(aside, 'samples'), {recursive: true});
writeFileSync(join(aside, 'THIRD-PARTY-LICENSES.txt'), licenses(inputs));
declarations(join(aside, 'types'));
moveInto('dist', aside, process.argv.includes('--fresh') ? 0 : day);
await keepCompiled();
