/* The npm package, installed into an empty folder: nothing else comes with it, and it works there. */
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const npm = (cwd: string, ...args: readonly string[]): string =>
	execFileSync('npm', [...args], {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trim();

test('the package installs into an empty folder, brings nothing else, and runs there', {timeout: 300_000}, t => {
	const folder = mkdtempSync(join(tmpdir(), 'package-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const archive = npm(root, 'pack', '--silent', '--pack-destination', folder).split('\n').at(-1) ?? '';
	writeFileSync(join(folder, 'package.json'), '{"private": true}');
	npm(folder, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, archive));
	const modules = readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'));
	assert.deepEqual(modules, ['cutover-tui']);

	const place = join(folder, 'node_modules/cutover-tui');
	const described = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
	const named = [...Object.values(described.bin), ...Object.values(described.exports['./playbook'])].map(String);
	assert.deepEqual(
		named.filter(file => !existsSync(join(place, file))),
		[],
		'every file that the package names is in it',
	);

	const run = (...args: readonly string[]) =>
		spawnSync(process.execPath, [join(place, described.bin['cutover-tui']), ...args], {
			cwd: folder,
			encoding: 'utf8',
			env: {PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: join(folder, 'state')},
		});
	const version = run('--version');
	assert.equal(version.stdout.trim(), `cutover-tui ${described.version}, Node ${process.versions.node}, npm package`);
	assert.equal(version.stderr, '');
	const made = run('init', 'own.md');
	assert.equal(made.status, 0, made.stderr);
	const checked = run('check', 'own.md');
	assert.equal(checked.status, 0, checked.stdout + checked.stderr);
	assert.match(checked.stdout, /^Gates/m);
});
