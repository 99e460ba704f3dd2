/** A playbook's author gets types for `cutover-tui/playbook`; nothing else of the program is an interface. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';

const compiler = 'node_modules/typescript/bin/tsc';

/** Writes the declarations of the playbook interface into `outdir`. Throws where the compiler finds an error. */
export function declarations(outdir: string): void {
	const args = [compiler, '--project', 'scripts/build/declarations.json', '--outDir', outdir];
	const {status, stdout} = spawnSync(process.execPath, args, {encoding: 'utf8'});
	if (status !== 0) throw new Error(`The declarations could not be written.\n${stdout}`);
}
