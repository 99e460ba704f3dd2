/**
 * `npm run build -- --binary [x64] [arm64]`: the program and its Node in one file for Linux, in dist-binary/, with
 * SHA256SUMS, the man page and the completions of the shells beside it. Without a name it is for this machine; another's
 * Node comes from npm, by the version and the sum of the lockfile.
 */
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {contentsOf, sha256} from './binary/contents.ts';
import {nodeFor} from './binary/node-for.ts';
import {writeBinary} from './binary/sea.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const out = 'dist-binary';
const known = ['x64', 'arm64'];
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));

const named = process.argv.slice(2).filter(word => word !== '--binary');
const strange = named.find(word => !known.includes(word));
if (strange !== undefined || !known.includes(process.arch) || process.platform !== 'linux') {
	const what = strange === undefined ? `${process.platform} ${process.arch}` : JSON.stringify(strange);
	process.stderr.write(`Binaries are made on Linux, for ${known.join(' and ')}; this is ${what}.\n`);
	process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'cutover-binary-'));
try {
	rmSync(out, {recursive: true, force: true});
	mkdirSync(out);
	let licence = '';
	for (const arch of named.length > 0 ? named : [process.arch]) {
		const output = join(out, `cutover-tui-${version}-linux-${arch}`);
		const node = nodeFor(arch, folder);
		await writeBinary({output, node, contents: contentsOf(arch), folder});
		licence = readFileSync(join(dirname(node), '../LICENSE'), 'utf8');
	}
	copyFileSync('docs/cutover-tui.1', join(out, 'cutover-tui.1'));
	for (const shell of ['bash', 'zsh', 'fish']) {
		const completion = execFileSync(process.execPath, ['bin/cutover-tui.cjs', 'complete', shell]);
		writeFileSync(join(out, `cutover-tui.${shell}`), completion);
	}
	const notices = readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8');
	writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), `${notices}\n${'-'.repeat(80)}\n\n${licence}`);
	const files = readdirSync(out).toSorted();
	const sums = files.map(file => `${sha256(readFileSync(join(out, file)))}  ${file}\n`);
	writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
	process.stdout.write(`${[...files, 'SHA256SUMS'].map(file => join(out, file)).join('\n')}\n`);
} finally {
	rmSync(folder, {recursive: true, force: true});
}
