/**
 * Runs the tests: `npm test` all of them but the long suites (`*.deep.ts`: what needs browsers, servers, other shells or
 * hosts, a rehearsal of each fault, and rounds by the thousand), which `--deep` runs instead, and `npm test -- FILE…` those
 * named. Unit tests share two processes, one for each core, because a process each would cost more than most of them. Those
 * that wait for processes of their own (commands, runners, the built program in test/e2e, killed writers in test/crash) have
 * one each, some at a time: they wait beside each other, and the longest of them beside the unit tests. So do those in
 * test/extend, which add a member to a table of the program.
 */
import {spawn} from 'node:child_process';
import {globSync, mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {run} from 'node:test';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {type Finished, Tally} from '../test/harness/reporter.ts';
import {isApart} from './bootstrap/apart.mjs';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {
		unit: {type: 'boolean', default: false},
		deep: {type: 'boolean', default: false},
		'test-name-pattern': {type: 'string', short: 't'},
	},
});

function chosen(): string[] {
	const named = positionals.length > 0 ? positionals : ['test'];
	const kind = values.deep ? 'deep' : 'test';
	const patterns = named.map(name => (/\.tsx?$/.test(name) ? name : `${name}/**/*.${kind}.{ts,tsx}`));
	return [...new Set(globSync(patterns).map(file => resolve(file)))].sort();
}

const isWhole = positionals.length === 0 && values['test-name-pattern'] === undefined;
const tally = new Tally();

/** What looks for rare faults: one that is found once counts. */
const looksForRare = (file: string) =>
	/(?:host-cut-off|crash|verify|kills|fence|living|swaps|hurt|failover|random-keys|verbs)\.deep\.tsx?$/.test(file);

/** They begin first: one of them that runs alone at the end keeps one core waiting. */
const isLong = (file: string) => looksForRare(file) || /rehearse-faults\.deep\.ts$/.test(file);

/** They wait most of their time, and long: for a grace, a limit, a clock of a service. */
const waitsLong = (file: string) =>
	/(?:rollback\/rollback|cli\/(?:page-process|signing)|e2e\/(?:choose|health|lost|rehearse-own|steps)|attempts\/(?:attempt|left-behind)|watch\/(?:health|lacking|watcher))\.test\.ts$/.test(
		file,
	);

/** React as it is shipped; and the zone that most scenarios are in, because Node forgets all dates at each change of it. */
const ofUnits = {NODE_ENV: 'production', TZ: 'Europe/Amsterdam'};

const zone = process.env['TZ'];

const built = fileURLToPath(new URL('../test/harness/built.ts', import.meta.url));

const cores = availableParallelism();

/** `atOnce`: how many processes, where each file has one. */
async function runAll(
	files: string[],
	isolation: 'none' | 'process',
	atOnce = cores + 2,
	counted = tally,
): Promise<void> {
	if (files.length === 0) return;
	if (isolation === 'none') Object.assign(process.env, ofUnits);
	const pattern = values['test-name-pattern'];
	const events = run({
		files,
		isolation,
		timeout: isolation === 'none' ? 300_000 : values.deep ? 1_200_000 : 480_000,
		...(isolation === 'process' ? {concurrency: atOnce, execArgv: [...process.execArgv, `--import=${built}`]} : {}),
		...(pattern === undefined ? {} : {testNamePatterns: [pattern]}),
	});
	for await (const {type, data} of events) {
		if (type === 'test:pass') counted.pass(data as Finished);
		else if (type === 'test:fail') process.stdout.write(counted.fail(data as Finished));
		else if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
	}
}

/** What failed beside others, once more alone. */
async function runAlone(): Promise<void> {
	if (!(isWhole || values.unit) || tally.failures.size > 3) return;
	for (const file of tally.failures.keys()) {
		if (looksForRare(file)) continue;
		const alone = new Tally();
		await runAll([file], 'process', 1, alone);
		for (const name of tally.unsteady(file, alone))
			process.stdout.write(`Unsteady: "${name}" failed beside other tests and passed alone.\n`);
	}
}

/** Unit tests in a process of their own, beside this one. */
async function runBeside(files: string[]): Promise<void> {
	if (files.length === 0) return;
	const words = [...process.execArgv, ...process.argv.slice(1, 2), '--unit', ...files];
	const child = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit']});
	let said = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	const code = await new Promise(done => child.on('close', done));
	process.stdout.write(tally.add(said) ?? `${said}Its tests ended without a count, with code ${code}.\n`);
}

// What this account's shells, git and npm are set to is none of the tests' affair: bash with a socket as its stdin runs ~/.bashrc.
const home = mkdtempSync(join(tmpdir(), 'home-'));
process.env['HOME'] = home;

const files = chosen();
if (files.length === 0) process.stdout.write(`No test file matches ${positionals.join(' ')}.\n`);
const unit = files.filter(file => !isApart(file));
const apart = values.unit ? [] : files.filter(isApart).sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
const waiting = isWhole ? apart.filter(waitsLong) : [];
const others = apart.filter(file => !waiting.includes(file));
const beside = runAll(waiting, 'process', 2);
const halves = isWhole
	? [0, 1].map(rest => runBeside(unit.filter((_, at) => at % 2 === rest)))
	: [runAll(unit, 'none')];
await Promise.race(halves);
// The painter's tests paint in colours; what the others start prints plainly, in the machine's zone.
for (const name of ['FORCE_COLOR', 'NODE_ENV']) delete process.env[name];
if (zone === undefined) delete process.env['TZ'];
else process.env['TZ'] = zone;
await Promise.all([beside, ...halves, runAll(others, 'process')]);
await runAlone();
rmSync(home, {recursive: true, force: true, maxRetries: 5});
process.stdout.write(`${tally}\n`);
// Ink's helpers show the cursor again at the end, terminal or not: the count stays the last line.
process.stderr.write = () => true;
process.exit(tally.failed > 0 || files.length === 0 ? 1 : 0);
