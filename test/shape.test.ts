/**
 * What docs/architecture.md says of the shape of the source, held. Where the design changes, it changes here as well.
 */
import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
import {join, normalize} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {outdated} from '../scripts/docs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const everywhere = '{cli.tsx,{source,test,scripts,playbooks}/**/*.{ts,tsx,mjs}}';
const files = globSync(everywhere, {cwd: root}).map(path => ({path, text: readFileSync(join(root, path), 'utf8')}));
const source = files.filter(({path}) => path === 'cli.tsx' || path.startsWith('source/'));

/** What any folder may import. */
const leaves = ['text', 'disk', 'net'];
const shared = [...leaves, 'cutover', 'commands'];
/** What whoever runs something on this host may import besides. */
const onHost = [...shared, 'workspace', 'processes'];

/** What each folder of source may import of the others. cli/ and cli.tsx compose: they may import everything. */
const star: Record<string, readonly string[]> = {
	text: [],
	disk: ['text'],
	net: ['text'],
	cutover: ['text'],
	commands: ['cutover', 'text'],
	runbook: [...shared, 'notifications', 'rollback', 'gates', 'probes'],
	journal: shared,
	notifications: ['cutover', 'text', 'net'],
	workspace: shared,
	processes: [...shared, 'workspace'],
	rollback: onHost,
	gates: [...onHost, 'rollback'],
	attempts: [...onHost, 'rollback', 'gates'],
	probes: onHost,
	watch: [...onHost, 'notifications', 'probes'],
	page: shared,
	serve: [...shared, 'page'],
	evidence: [...shared, 'page'],
	screen: shared,
	rehearsal: [...onHost, 'attempts', 'journal', 'cli'],
};

const folderOf = (path: string) => (path.startsWith('source/') ? (path.split('/')[1] ?? '') : '');

/** The specifiers a file imports, re-exports or loads later. */
function imports(text: string): string[] {
	return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '');
}

/** `path: found` for every file in which something is found that should not be there. */
function offenders(among: typeof files, find: (file: {path: string; text: string}) => readonly string[]): string[] {
	return among.flatMap(file => find(file).map(found => `${file.path}: ${found}`));
}

const matches = (pattern: RegExp) => (file: {text: string}) => file.text.match(pattern) ?? [];

test('folders import only what the star allows', () => {
	const crossing = offenders(source, ({path, text}) => {
		const allowed = star[folderOf(path)];
		if (!allowed) return [];
		return imports(text).filter(specifier => {
			if (!specifier.startsWith('.')) return false;
			const target = normalize(join(path, '..', specifier));
			const to = folderOf(target);
			return !target.startsWith('source/') || (to !== folderOf(path) && !allowed.includes(to));
		});
	});
	assert.deepEqual(crossing, []);
});

test('no two folders import each other, by whatever way around', () => {
	const below = (folder: string, way: readonly string[] = []): readonly string[] =>
		way.includes(folder)
			? [[...way.slice(way.indexOf(folder)), folder].join(' -> ')]
			: (star[folder] ?? []).flatMap(other => below(other, [...way, folder]));
	assert.deepEqual(
		Object.keys(star).flatMap(folder => below(folder)),
		[],
	);
});

test('there is no import cycle, types included', () => {
	const known = new Map(source.map(({path, text}) => [path, imports(text)]));
	const next = (path: string): readonly string[] =>
		(known.get(path) ?? []).filter(name => name.startsWith('.')).map(name => normalize(join(path, '..', name)));
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (path: string, way: readonly string[]): void => {
		if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' -> '));
		if (way.includes(path) || done.has(path)) return;
		for (const other of next(path)) visit(other, [...way, path]);
		done.add(path);
	};
	for (const path of known.keys()) visit(path, []);
	assert.deepEqual(circles, []);
});

/** What loads with a file: its imports of values, and theirs; not what is loaded later. */
function loadedWith(start: string): readonly string[] {
	const values = (path: string): readonly string[] =>
		[
			...(source.find(file => file.path === path)?.text ?? '').matchAll(
				/^(?:import|export) (?!type\b)[^;=(]*?'([^']+)'/gm,
			),
		]
			.map(match => match[1] ?? '')
			.map(name => (name.startsWith('.') ? normalize(join(path, '..', name)) : name));
	const found = new Set([start]);
	for (const path of found) for (const name of values(path)) found.add(name);
	return [...found];
}

test('check of a runbook without settings loads no settings reader, journal, runner or screen', () => {
	const heavy =
		/^(?:js-yaml|zod|ink|react|pg)\b|^source\/(?:journal\/journal|attempts\/reconcile|cutover\/evolve|screen)/;
	const loaded = loadedWith('source/cli/verbs/check.ts');
	assert.ok(loaded.includes('source/runbook/read.ts'));
	assert.deepEqual(
		loaded.filter(name => heavy.test(name)),
		[],
	);
});

test('every folder of source has its place in the star', () => {
	const known = new Set([...Object.keys(star), 'cli', '']);
	assert.deepEqual(
		source.map(({path}) => path).filter(path => !known.has(folderOf(path))),
		[],
	);
});

test('the core names no option of the command line and no key of the screen', () => {
	const core = source.filter(({path}) => folderOf(path) === 'cutover');
	const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
	assert.deepEqual(
		offenders(core, ({text}) => code(text).match(/\s--[a-z][\w-]*|\(--[a-z]| \[[A-Za-z!:⏎]\]/g) ?? []),
		[],
	);
});

test('the screen touches no files', () => {
	const screen = source.filter(({path}) => folderOf(path) === 'screen');
	assert.deepEqual(
		offenders(screen, ({text}) => imports(text).filter(name => /^(node:)?fs(\/|$)/.test(name))),
		[],
	);
});

test('date-fns is imported by sub-path, and in source/text/time.ts only', () => {
	const wrong = offenders(source, ({path, text}) =>
		imports(text).filter(
			name => name === 'date-fns' || (name.startsWith('date-fns/') && path !== 'source/text/time.ts'),
		),
	);
	assert.deepEqual(wrong, []);
});

test('only source/cli/clock.ts, source/text/time.ts and its zones use Date', () => {
	// The page's script runs in a browser.
	const users = new Set([
		'source/page/script.ts',
		'source/cli/clock.ts',
		'source/text/time.ts',
		'source/text/posix-zone.ts',
		'source/text/zone-offset.ts',
	]);
	const others = source.filter(({path}) => !users.has(path));
	assert.deepEqual(offenders(others, matches(/\bnew Date\b|\bDate(?:\.\w+)?\(/g)), []);
});

test('the screen has one state: useState is nowhere', () => {
	assert.deepEqual(offenders(source, matches(/\buseState\b/g)), []);
});

test('no file is longer than 300 lines', () => {
	const long = offenders(files, ({text}) => {
		const lines = text.split('\n').length - 1;
		return lines > 300 ? [`${lines} lines`] : [];
	});
	assert.deepEqual(long, []);
});

test('no file is a heap without a subject', () => {
	const heaps = files
		.map(({path}) => path)
		.filter(path => /(^|\/)(utils?|helpers?|types|index|misc|common)\.\w+$/.test(path));
	assert.deepEqual(heaps, []);
});

test('nothing is left for later', () => {
	assert.deepEqual(offenders(files, matches(/\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/g)), []);
});

test('there are nine scripts', () => {
	const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const nine = ['start', 'build', 'test', 'look', 'golden', 'docs', 'lint', 'check', 'bench'];
	assert.deepEqual(Object.keys(scripts), nine);
});

test('every file that the documentation names or links to is there', () => {
	const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', {cwd: root})];
	const missing = pages.flatMap(page => {
		const text = readFileSync(join(root, page), 'utf8');
		const named = [...text.matchAll(/\b(?:source|test|scripts)\/[\w/.-]+\.(?:tsx?|mjs)\b/g)].map(([path]) => path);
		const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path = '']) =>
			join(page, '..', path),
		);
		return [...named, ...linked].filter(path => !existsSync(join(root, path))).map(path => `${page}: ${path}`);
	});
	assert.deepEqual(missing, []);
});

test('generated pages say what their sources say', async () => {
	assert.deepEqual(await outdated(), [], 'npm run docs renews them');
});
