/* zx in a playbook is zx: same calls, same results; beside that, what is written is in the log. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {textOf} from '../harness/files.ts';
import {gate} from './rows.ts';
import {Site} from './site.ts';

const names = ['zx-cases.ts', 'zx-process-cases.ts', 'zx-more-cases.ts'];
const [file = ''] = names.map(name => fileURLToPath(new URL(name, import.meta.url)));
const caseFiles = Object.fromEntries(names.map(name => [name, readFileSync(new URL(name, import.meta.url), 'utf8')]));

function inPlainZx(t: TestContext): Readonly<Record<string, unknown>> {
	const folder = mkdtempSync(join(tmpdir(), 'zx-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const text = `
const {results} = await import(${JSON.stringify(file)});
const {writeFileSync} = await import('node:fs');
writeFileSync('results.json', JSON.stringify(await results()));
process.exit(0);`;
	execFileSync(process.execPath, ['--input-type=module', '-e', text], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'ignore'],
		timeout: 120_000,
	});
	return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
}

/** A gate whose playbook has this text, run once. */
async function run(
	t: TestContext,
	text: string,
	files: Readonly<Record<string, string>> = {},
	env: Readonly<Record<string, string>> = {},
	seconds = 20,
) {
	const site = await Site.begin(t, {
		runbook: {gates: [gate('G1', {kind: 'playbook', playbook: 'g.ts', timeoutSeconds: seconds})]},
		files: {'g.ts': text, ...files},
		approved: ['g.ts', ...Object.keys(files)],
		env,
	});
	const ref = await site.runs('G1');
	const ended = await site.ended(ref, (seconds + 10) * 1000);
	return {site, ended, log: site.log(ref)};
}

test('every documented call of zx has the same result in a playbook as in plain zx', async t => {
	const text = `
import {results} from './zx-cases.ts';
import {attach} from 'cutover-tui/playbook';
export default async () => attach('results.json', JSON.stringify(await results()));
`;
	const {site, ended, log} = await run(t, text, caseFiles, {}, 120);
	assert.equal(ended.outcome, 'pass', `${ended.reason}\n${log}`);
	const [kept] = site.journal.state().attachments;
	const found: Readonly<Record<string, unknown>> = JSON.parse(
		readFileSync(join(site.folder, kept?.path ?? ''), 'utf8'),
	);
	const plain = inPlainZx(t);
	for (const [name, result] of Object.entries(plain)) assert.deepEqual([name, found[name]], [name, result]);
});

test('what is read of a command is in the log too, line by line', async t => {
	const text = `
import {$} from 'zx';
export default async () => {
	const text = (await $\`printf 'api Crash\\nweb Up'\`).stdout;
	await $\`echo next >&2\`.quiet();
	if (text.includes('Crash')) throw new Error('a pod crashes');
};
`;
	const {ended, log} = await run(t, text);
	assert.deepEqual([ended.outcome, ended.reason], ['fail', 'a pod crashes']);
	assert.match(log, /^api Crash\nweb Up\n\$ echo next >&2\nnext$/m);
});

test('output past the bound is logged, and reading it fails with an error', async t => {
	const text = `
import {$} from 'zx';
export default async ({say}) => {
	const big = await $\`head -c 20000000 /dev/zero | tr '\\\\0' x | fold -w 99\`;
	say('it ran, ' + big.exitCode);
	say(big.stdout.length);
};
`;
	const {ended, log} = await run(t, text);
	assert.match(log, /^it ran, 0$/m);
	assert.match(ended.reason ?? '', /^the command wrote more than 16 MiB, which is more than is kept in memory\./);
});

test('of what goes into a pipe the log has the beginning', async t => {
	const text = `
import {$} from 'zx';
export default async () => { await $\`seq 100000\`.pipe\`tail -n 1\`; };
`;
	const {log} = await run(t, text);
	assert.match(log, /^1\n2\n/m);
	assert.match(log, /^the rest of what `seq 100000` writes goes into its pipe and is not logged$/m);
	assert.match(log, /^100000$/m);
	assert.doesNotMatch(log, /^99999$/m);
});

const asks: Readonly<Record<string, readonly [string, RegExp]>> = {
	'question()': [
		"import {question} from 'zx'; export default async () => { await question('Really? '); };",
		/^the playbook asks "Really\?", but nobody can type an answer/,
	],
	'stdin()': [
		"import {stdin} from 'zx'; export default async () => { await stdin(); };",
		/^the playbook reads its standard input, but nobody can type an answer/,
	],
	readline: [
		`import {createInterface} from 'node:readline/promises';
import process from 'node:process';
export default async () => { await createInterface({input: process.stdin}).question('Really? '); };`,
		/^the playbook reads its standard input, but nobody can type an answer/,
	],
	'a command that asks': [
		"import {$} from 'zx'; export default async () => { await $`printf 'Really? '; read -r answer; echo $answer`; };",
		/^exit 1: Really\?; it seems to have asked for input/,
	],
	'a command that is fed too late': [
		"import {$, sleep} from 'zx'; export default async () => { const p = $`cat; sleep 1`; await sleep(50); p.stdin.write('late'); await p; };",
		/^The stdin of `cat; sleep 1` is closed/,
	],
};

for (const [what, [text, reason]] of Object.entries(asks)) {
	test(`${what}: a playbook that waits for a person ends at once, with a sentence`, async t => {
		const {ended, log} = await run(t, text);
		assert.equal(ended.outcome, 'fail', log);
		assert.match(ended.reason ?? '', reason);
	});
}

const unawaited: Readonly<Record<string, readonly [string, RegExp]>> = {
	'a command that fails later': ['() => { $`sleep 0.3; echo no; exit 3`; }', /^exit 3: no$/],
	'commands of a function that is not awaited': [
		'() => { const main = async () => { await $`sleep 0.2`; await $`exit 4`; }; main(); }',
		/^exit 4$/,
	],
	'an error of a promise': ["() => { Promise.reject(new Error('late')); }", /^late$/],
	'process.exitCode': ['() => { process.exitCode = 3; }', /^exit 3: the playbook set process\.exitCode$/],
};

for (const [what, [body, reason]] of Object.entries(unawaited)) {
	test(`${what}: a playbook does not pass by what it did not await`, async t => {
		const {ended, log} = await run(t, `import {$} from 'zx'; export default ${body};`);
		assert.equal(ended.outcome, 'fail', log);
		assert.match(ended.reason ?? '', reason);
	});
}

test('a playbook that handles what it does not await passes, and its log says what it waited for', async t => {
	const {ended, log} = await run(
		t,
		"import {$} from 'zx'; export default () => { $`sleep 0.3; exit 3`.catch(() => {}); };",
	);
	assert.equal(ended.outcome, 'pass', log);
	assert.match(log, /^waits for a command that it did not await: sleep 0\.3; exit 3$/m);
});

test('a background service of a playbook does not delay its end and keeps writing', async t => {
	const text = `
import {$} from 'zx';
export default async () => { await $\`(while :; do echo alive; date +%s%N > beat; sleep 0.1; done) & echo started\`; };
`;
	const {site, ended, log} = await run(t, text);
	assert.equal(ended.outcome, 'pass', log);
	assert.match(log, /^started$/m);
	const beat = (): string => textOf(join(site.workspace, 'beat'));
	const before = beat();
	await site.shows('that it is alive', () => beat() !== before && beat() !== '');
});

test('bash in a playbook runs no ~/.bashrc, as a command that a remote shell starts would', async t => {
	const text = "import {$} from 'zx'; export default async () => { await $`cd $HOME; pwd`; };";
	const home = mkdtempSync(join(tmpdir(), 'home-'));
	t.after(() => rmSync(home, {recursive: true}));
	writeFileSync(join(home, '.bashrc'), 'echo from bashrc\n');
	const {log} = await run(t, text, {}, {HOME: home});
	assert.match(log, new RegExp(`^${home}$`, 'm'));
	assert.doesNotMatch(log, /from bashrc/);
});

test('a command that opens /dev/stdin reads what it is fed', async t => {
	const text =
		"import {$} from 'zx'; export default async () => { const {stdout} = await $({input: 'fed'})`sleep 0.3; cat /dev/stdin`; console.log('got ' + stdout); };";
	const {log} = await run(t, text);
	assert.match(log, /got fed$/m);
});
