import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {gate, stage} from './rows.ts';
import {Site} from './site.ts';

/** A cutover whose stage T-20 runs the playbook `p.ts`. */
const withPlaybook = (
	t: TestContext,
	text: string,
	rest: Partial<Parameters<typeof Site.begin>[1]> = {},
): Promise<Site> => {
	const stages = [
		stage('T-20', -20, {playbook: 'p.ts', action: 'move the data'}),
		stage('T-10', -10, {kind: 'decision'}),
		stage('T0', 0, {kind: 'act'}),
		stage('T+10', 10, {kind: 'closing'}),
	];
	const runbook = {stages, ...rest.runbook};
	return Site.begin(t, {approved: ['p.ts'], ...rest, runbook, files: {...rest.files, 'p.ts': text}});
};

const steps = (site: Site, key: string) =>
	site.journal.state().attempts[key]?.steps.map(({name, outcome, result}) => ({name, outcome, result}));
const runs = (site: Site): string => readFileSync(join(site.workspace, 'runs'), 'utf8');

test('a playbook imports cutover-tui/playbook, zx and date-fns from a folder without node_modules, by name or as its argument', async t => {
	const text = `
import {addDays} from 'date-fns/addDays';
import {format} from 'date-fns';
import {step, say} from 'cutover-tui/playbook';
import {$} from 'zx';
export default async ({values}) => {
	await step('says', async () => {
		say(format(addDays(new Date(2031, 0, 31), 1), 'yyyy-MM-dd'));
		await $\`echo \${values.ticket} in \${values.environment}\`;
		return {read: (await $\`echo back\`.text()).trim()};
	});
	console.log('printed');
};
`;
	const site = await withPlaybook(t, text);
	const ref = await site.runs('T-20');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass', `${ended.reason}\n${site.log(ref)}`);
	assert.match(site.log(ref), /^2031-02-01$/m);
	assert.match(site.log(ref), /^\$ echo CHG-1 in test\nCHG-1 in test$/m);
	assert.match(site.log(ref), /^printed$/m);
	assert.deepEqual(steps(site, 'T-20-1'), [{name: 'says', outcome: 'done', result: {read: 'back'}}]);
	assert.equal(site.journal.state().stages['T-20']?.outcome, 'done');
});

test('a resumed stage continues at its first unfinished step with the results of finished ones', async t => {
	const text = `
import {$} from 'zx';
export default async ({step}) => {
	const {id} = await step('first', async () => { await $\`echo first >> runs\`; return {id: 41}; });
	await step('second', () => $\`echo second >> runs; test -e mended\`);
	await step('third', async () => { await $\`echo \${'third ' + (id + 1)} >> runs\`; });
};
`;
	const site = await withPlaybook(t, text);
	const failed = await site.ended(await site.runs('T-20'));
	assert.equal(failed.outcome, 'fail');
	assert.equal(failed.reason, 'exit 1');
	assert.deepEqual(steps(site, 'T-20-1'), [
		{name: 'first', outcome: 'done', result: {id: 41}},
		{name: 'second', outcome: 'failed', result: null},
	]);
	writeFileSync(join(site.workspace, 'mended'), '');
	const ref = await site.runs('T-20', true);
	assert.equal((await site.ended(ref)).outcome, 'pass', site.log(ref));
	assert.equal(runs(site), 'first\nsecond\nsecond\nthird 42\n');
	assert.match(site.log(ref), /step "first" was done in attempt 1: not run again/);
});

const unrecordable: Readonly<Record<string, string>> = {
	'is a BigInt': 'return 1n;',
	'is circular': 'const a = {}; a.a = a; return a;',
	'is larger than 64 KiB': "return 'x'.repeat(70000);",
	'is a function': 'return () => 1;',
};

for (const [what, body] of Object.entries(unrecordable)) {
	test(`a step whose result ${what} took effect: it is done, and a resumed attempt does not run it again`, async t => {
		const text = `
import {$} from 'zx';
export default async ({step}) => { await step('switch', async () => { await $\`echo switched >> runs\`; ${body} }); };
`;
		const site = await withPlaybook(t, text);
		const first = await site.ended(await site.runs('T-20'));
		assert.equal(first.outcome, 'fail');
		assert.deepEqual(steps(site, 'T-20-1'), [{name: 'switch', outcome: 'done', result: null}]);
		const ref = await site.runs('T-20', true);
		assert.equal((await site.ended(ref)).outcome, 'pass', site.log(ref));
		assert.equal(runs(site), 'switched\n');
	});
}

test('a step with an unknown end is not rerun automatically unless it declares that it may be', async t => {
	const text = `
import {$} from 'zx';
export default async ({step}) => {
	await step('careful', () => $\`echo careful >> runs; test -e careful || { touch careful; sleep 1000; }\`);
};
`;
	const site = await withPlaybook(t, text);
	const ref = await site.runs('T-20');
	await site.shows('the step', () => readFileSync(join(site.workspace, 'runs'), {encoding: 'utf8', flag: 'a+'}) !== '');
	process.kill(await site.runner(ref), 'SIGKILL');
	assert.equal((await site.ended(ref)).outcome, 'lost');
	assert.equal(site.journal.state().stages['T-20']?.outcome, 'lost');
	const again = await site.ended(await site.runs('T-20', true));
	assert.equal(again.outcome, 'fail');
	assert.match(again.reason ?? '', /Step "careful" was begun in attempt 1 and nobody knows how it ended/);
	assert.equal(runs(site), 'careful\n');
});

test('a step with a check of its own counts as done where that says so', async t => {
	const text = `
import {$, fs} from 'zx';
export default async ({step, values}) => {
	const done = () => fs.existsSync(values.workspace + '/done');
	await step('checked', () => $\`echo checked >> runs; sleep 1000\`, {done});
};
`;
	const site = await withPlaybook(t, text);
	const ref = await site.runs('T-20');
	await site.shows('the step', () => readFileSync(join(site.workspace, 'runs'), {encoding: 'utf8', flag: 'a+'}) !== '');
	process.kill(await site.runner(ref), 'SIGKILL');
	await site.ended(ref);
	writeFileSync(join(site.workspace, 'done'), '');
	assert.equal((await site.ended(await site.runs('T-20', true))).outcome, 'pass');
	assert.equal(runs(site), 'checked\n');
});

test('the approved bytes run, also after the file has changed in the workspace', async t => {
	const site = await withPlaybook(t, "export default ({say}) => say('as approved');\n");
	writeFileSync(join(site.workspace, 'p.ts'), "export default ({say}) => say('changed later');\n");
	const ref = await site.runs('T-20').catch(() => null);
	assert.ok(ref);
	assert.equal((await site.ended(ref)).outcome, 'pass');
	assert.match(site.log(ref), /^as approved$/m);
	assert.equal(
		readFileSync(site.file(ref, 'playbook/p.ts'), 'utf8'),
		"export default ({say}) => say('as approved');\n",
	);
});

test('a playbook that was never approved does not run', async t => {
	const site = await withPlaybook(t, "export default ({say}) => say('ran');\n", {approved: []});
	const ref = await site.runs('T-20');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'fail');
	assert.match(ended.reason ?? '', /^p\.ts was not approved with the runbook/);
	assert.doesNotMatch(site.log(ref), /^ran$/m);
});

test('a playbook imports what was approved beside it, and nothing else', async t => {
	const files = {
		'lib/words.ts': "export const word: string = 'from beside';\n",
		'lib/other.ts': 'export const other = 1;\n',
	};
	const text =
		"import {word} from './lib/words.ts';\nexport default async ({say}) => { say(word); await import('./lib/other.ts'); };\n";
	const site = await withPlaybook(t, text, {files, approved: ['p.ts', 'lib/words.ts']});
	const ref = await site.runs('T-20');
	const ended = await site.ended(ref);
	assert.match(site.log(ref), /^from beside$/m);
	assert.equal(ended.outcome, 'fail');
	assert.match(ended.reason ?? '', /^The playbook imports "\.\/lib\/other\.ts", which was not approved with it\./);
});

const bad = {
	'throws outside its promise': [
		"export default () => new Promise(() => setTimeout(() => { throw new Error('late'); }, 10));",
		'fail',
		/^late$/,
	],
	'ends its own process': [
		"import process from 'node:process'; export default () => process.exit(3);",
		'fail',
		/^it ended its own process with exit 3$/,
	],
	'does nothing': ['export const x = 1;', 'fail', /^p\.ts does nothing: it has no default export\./],
	'cannot be parsed': ['export default (', 'fail', /./],
	'names two steps alike': [
		"export default async ({step}) => { await step('a', () => 1); await step('a', () => 2); };",
		'fail',
		/^Two steps of this attempt are named "a"\./,
	],
	'returns what is no JSON': [
		"export default async ({step}) => { await step('a', () => () => 1); };",
		'fail',
		/^The result of a step is JSON/,
	],
	'runs a program that is not there': [
		"import {$} from 'zx'; export default () => $`no-such-program`;",
		'unknown',
		/^command not found \(exit 127\): .*no-such-program/,
	],
	'imports a package': [
		"import 'left-pad'; export default () => {};",
		'fail',
		/^The playbook imports "left-pad", which was not approved/,
	],
} as const;

for (const [what, [text, outcome, reason]] of Object.entries(bad)) {
	test(`a playbook that ${what} ends its attempt with a sentence`, async t => {
		const site = await withPlaybook(t, text);
		const ended = await site.ended(await site.runs('T-20'));
		assert.equal(ended.outcome, outcome);
		assert.match(ended.reason ?? '', reason);
	});
}

test('a playbook without a default export runs by its own steps', async t => {
	const site = await withPlaybook(t, "import {step} from 'cutover-tui/playbook';\nawait step('top', () => 7);\n");
	const ended = await site.ended(await site.runs('T-20'));
	assert.equal(ended.outcome, 'pass', ended.reason ?? '');
	assert.deepEqual(steps(site, 'T-20-1'), [{name: 'top', outcome: 'done', result: 7}]);
});

test('an attachment is kept with its digest and without the secrets, and what is measured again counts anew', async t => {
	const text = `export default async ({attach, measured}) => {
	await attach('note.txt', 'with hunter22');
	await attach('note.txt', 'another');
	await attach('data/out.txt');
	await measured({'the copy': 'fail'}, 'not there yet');
	await measured({'the copy': 'pass'}, 'there');
};
`;
	const stages = [stage('T-20', -20, {playbook: 'p.ts', items: ['the copy']}), stage('T0', 0, {kind: 'act'})];
	const site = await withPlaybook(t, text, {
		files: {'data/out.txt': 'as it is\n'},
		runbook: {secrets: ['PASSWORD'], stages},
		env: {PASSWORD: 'hunter22'},
	});
	assert.equal((await site.ended(await site.runs('T-20'))).outcome, 'pass');
	const state = site.journal.state();
	const kept = state.attachments.map(({of, name, path}) => [of, name, readFileSync(join(site.folder, path), 'utf8')]);
	assert.deepEqual(kept, [
		['T-20', 'note.txt', 'with [redacted]'],
		['T-20', 'note.txt', 'another'],
		['T-20', 'out.txt', 'as it is\n'],
	]);
	assert.equal(state.stages['T-20']?.measured['the copy']?.found, 'there');
});

test('a gate with a playbook of its own is judged by it, inside a stage too', async t => {
	const text =
		"import {$} from 'zx';\nexport default async ({step}) => { await step('asks', () => $`test -e ready`); };\n";
	const gates = [gate('G1', {kind: 'playbook', playbook: 'g.ts'})];
	const stages = [
		stage('T-20', -20, {kind: 'checks', gates: ['G1']}),
		stage('T-10', -10, {kind: 'decision', gates: ['G1']}),
		stage('T0', 0, {kind: 'act'}),
		stage('T+10', 10, {kind: 'closing'}),
	];
	const site = await Site.begin(t, {runbook: {gates, stages}, files: {'g.ts': text}, approved: ['g.ts']});
	const alone = await site.ended(await site.runs('G1'));
	assert.equal(alone.outcome, 'fail');
	assert.equal(site.journal.state().gates['G1']?.judgement?.reason, 'exit 1');
	writeFileSync(join(site.workspace, 'ready'), '');
	const ref = await site.runs('T-20');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass', site.log(ref));
	assert.equal(site.journal.state().gates['G1']?.judgement?.verdict, 'pass');
	assert.deepEqual(
		site.journal.state().attempts['T-20-1']?.steps.map(step => step.name),
		['what the runbook needs', 'gate G1', 'G1: asks'],
	);
});

test('the result of a step reaches the journal, and comes back, without the secrets', async t => {
	const text = `
export default async ({step, say}) => {
	const result = await step('asks', () => ({token: 'a hunter22 b', list: ['hunter22']}));
	say(JSON.stringify(result));
};
`;
	const site = await withPlaybook(t, text, {runbook: {secrets: ['PASSWORD']}, env: {PASSWORD: 'hunter22'}});
	const ref = await site.runs('T-20');
	await site.ended(ref);
	const kept = {token: 'a [redacted] b', list: ['[redacted]']};
	assert.deepEqual(steps(site, 'T-20-1'), [{name: 'asks', outcome: 'done', result: kept}]);
	assert.ok(site.log(ref).includes(JSON.stringify(kept)));
});

test('a playbook runs in the workspace and finds its packages, also through a symlinked folder', async t => {
	const text =
		"import {readFileSync} from 'node:fs';\nimport {$} from 'zx';\nexport default async ({say}) => { say(readFileSync('p.ts', 'utf8').slice(0, 6)); await $`pwd`; };\n";
	const site = await withPlaybook(t, text, {linked: true});
	const ref = await site.runs('T-20');
	assert.equal((await site.ended(ref)).outcome, 'pass', site.log(ref));
	assert.match(site.log(ref), /^import$/m);
});
