import assert from 'node:assert/strict';
import {test} from 'node:test';
import {verbatimOf} from '../../source/cutover/model/script.ts';
import {asJson} from '../../source/runbook/as-json.ts';
import {linkedPath} from '../../source/runbook/linked-files.ts';
import {summary} from '../../source/runbook/summary.ts';
import {codes, read, runbookOf, sample} from './sample.ts';

const from = sample.indexOf('Preferred path:');
const to = sample.indexOf('## Sign-off');
const withPath = (text: string): string => `${sample.slice(0, from)}${text}\n\n${sample.slice(to)}`;

/** The ways of a runbook whose section about rollback ends with this text, and the codes of its problems. */
function ways(text: string) {
	const {runbook, problems} = read(withPath(text));
	const {preferred = null, fallback = null} = runbook?.rollback ?? {};
	return {preferred, fallback, codes: codes(problems)};
}

const script = (path: string, args: readonly string[] = [], reference: string | null = null) => ({
	kind: 'script',
	script: path,
	...(args.length > 0 ? {args} : {}),
	reference,
});

test('a script has its arguments as words, shown and run as they are', () => {
	for (const [code, path, args] of [
		['bash deploy/rollback.sh --to blue', 'deploy/rollback.sh', ['--to', 'blue']],
		['sh deploy/rollback.sh --to=blue -v', 'deploy/rollback.sh', ['--to=blue', '-v']],
		['./rollback.sh blue', 'rollback.sh', ['blue']],
		['deploy/rollback.py 10.0.0.1:8080 a,b', 'deploy/rollback.py', ['10.0.0.1:8080', 'a,b']],
		['bash deploy/rollback', 'deploy/rollback', []],
	] as const)
		assert.deepEqual(ways(`Preferred path:\n\n1. Run \`${code}\`.`), {
			preferred: script(path, args),
			fallback: null,
			codes: [],
		});
	const runbook = runbookOf(withPath('Preferred path:\n\n1. `bash ops/back.sh --to blue`'));
	const {preferred} = runbook.rollback ?? {};
	assert.ok(preferred);
	assert.deepEqual(verbatimOf(preferred), ['bash ops/back.sh --to blue']);
	assert.ok(summary(runbook).some(line => line.includes('ops/back.sh --to blue')));
	assert.deepEqual(asJson(runbook, []).runbook?.rollback.preferred, {
		kind: 'script',
		script: 'ops/back.sh',
		args: ['--to', 'blue'],
	});
});

test('what only a shell could read is for hands, with a warning', () => {
	for (const code of [
		'bash ops/back.sh "$OLD"',
		"bash ops/back.sh --to 'blue one'",
		'bash ops/back.sh $(cat old)',
		'bash ops/back.sh --to blue && redis-cli flushall',
		'./back.sh blue | tee log',
		'./back.sh blue > log',
		'./back.sh *',
		'./back.sh ~/old',
		'./back.sh {a,b}',
		'./back.sh <old-version>',
		'TARGET=blue ./back.sh all',
		'bash -x ops/back.sh',
		'sudo bash ops/back.sh blue',
		'python3 ops/back.py',
		'kubectl rollout undo deploy/orders',
	])
		assert.deepEqual(
			ways(`Preferred path:\n\n1. Run \`${code}\`.`),
			{preferred: null, fallback: null, codes: ['rollback-by-hand']},
			code,
		);
});

test('arguments of a script are no inputs of a workflow', () => {
	const {runbook} = read(withPath('Preferred path:\n\n1. `./back.sh target=blue`\n2. If that fails: `ops/hard.sh`'));
	assert.deepEqual(runbook?.rollback?.preferred, script('back.sh', ['target=blue']));
	assert.deepEqual(runbook?.rollback?.environment, {});
});

test('a script that is named before it is run is one, two different runs are for hands', () => {
	assert.deepEqual(
		ways('Preferred path:\n\n1. Open `ops/back.sh`.\n2. Run `bash ops/back.sh --to blue`.').preferred,
		script('ops/back.sh', ['--to', 'blue']),
	);
	assert.deepEqual(ways('Preferred path:\n\n1. `bash ops/back.sh --dry`\n2. `bash ops/back.sh --to blue`').codes, [
		'rollback-by-hand',
	]);
});

test('one step may hold both rollback paths, a sentence each', () => {
	const both = ways(
		'Preferred path:\n\n1. Run `.github/workflows/back.yml` with `to=a`. If it fails, use `ops/back.sh`.',
	);
	assert.deepEqual(both.preferred, {kind: 'workflow', workflow: '.github/workflows/back.yml', inputs: {to: 'a'}});
	assert.deepEqual(both.fallback, script('ops/back.sh'));
	const comma = ways('Preferred path:\n\n1. Run `ops/back.sh`, otherwise `ops/hard.sh`.');
	assert.deepEqual([comma.preferred, comma.fallback], [script('ops/back.sh'), script('ops/hard.sh')]);
});

test('gh workflow run names a workflow and its inputs', () => {
	for (const file of ['back.yml', '.github/workflows/back.yml'])
		assert.deepEqual(ways(`Preferred path:\n\n1. \`gh workflow run ${file} -f to=a -f keep=1\``).preferred, {
			kind: 'workflow',
			workflow: '.github/workflows/back.yml',
			inputs: {to: 'a', keep: '1'},
		});
});

test('prose, a table of steps and fenced code say how to roll back, too', () => {
	const base = sample.slice(0, sample.indexOf('## Rollback trigger'));
	const rest = sample.slice(to);
	const under = (heading: string, text: string) => {
		const {runbook} = read(`${base}## ${heading}\n\n${text}\n\n${rest}`);
		return [runbook?.rollback?.preferred ?? null, runbook?.rollback?.fallback ?? null];
	};
	assert.deepEqual(
		under(
			'Rollback',
			'Run `ops/back.sh` on the bastion. If that does not work, use `ops/hard.sh` as the fallback, see `docs/hard.md`.',
		),
		[script('ops/back.sh'), script('ops/hard.sh', [], 'docs/hard.md')],
	);
	assert.deepEqual(under('Rollback', 'If orders are unreachable for 5 minutes, roll back with `ops/back.sh`.'), [
		script('ops/back.sh'),
		null,
	]);
	assert.deepEqual(
		under(
			'Rollback steps',
			'| Step | Action | Owner |\n|---|---|---|\n| 1 | Stop the writers | ops |\n| 2 | Run `bash ops/back.sh blue` | ops |',
		),
		[script('ops/back.sh', ['blue']), null],
	);
	assert.deepEqual(
		under('Rollback procedure', 'On the bastion:\n\n```bash\n# as deploy\n$ bash ops/back.sh blue\n```'),
		[script('ops/back.sh', ['blue']), null],
	);
	assert.deepEqual(under('Rollback', '### Preferred\n\n1. `ops/back.sh`\n\n### Fallback\n\n1. `ops/hard.sh`'), [
		script('ops/back.sh'),
		script('ops/hard.sh'),
	]);
	assert.deepEqual(under('Fallback procedure', '1. `ops/back.sh`'), [script('ops/back.sh'), null]);
});

test('a link names a file as code does, relative to the runbook', () => {
	assert.deepEqual(
		ways('Preferred path:\n\n1. Run [the script](ops/back.sh), see [how](docs/back.md#steps).').preferred,
		{
			kind: 'script',
			script: 'ops/back.sh',
			reference: 'docs/back.md',
		},
	);
	for (const [target, folder, path] of [
		['manual.md', 'docs', 'docs/manual.md'],
		['./manual.md#top', '', 'manual.md'],
		['../ops/back.sh?raw=1', 'docs', 'ops/back.sh'],
		['../../elsewhere.md', 'docs', null],
		['/docs/manual.md', '', null],
		['https://example.org/a.md', '', null],
		['mailto:a@example.org', '', null],
		['#gates', '', null],
		['docs/', '', null],
	] as const)
		assert.equal(linkedPath(target, folder), path, target);
});

test('under a heading about rollback alone what names something to run is a step, and an outage a trigger as well', () => {
	const base = `${sample.slice(0, sample.indexOf('## Rollback trigger'))}## Rollback\n\n`;
	const {runbook} = read(
		`${base}1. Roll back if the shops call.\n2. Run \`ops/back.sh\`.\n3. If the script fails, roll back with \`ops/hard.sh\`.\n\n${sample.slice(to)}`,
	);
	assert.deepEqual(
		runbook?.triggers.map(({text}) => text),
		['Roll back if the shops call.'],
	);
	assert.deepEqual(runbook?.rollback?.preferred, script('ops/back.sh'));
	assert.deepEqual(runbook?.rollback?.fallback, script('ops/hard.sh'));
});

test('an unclosed backtick in a rollback step is an error, not a manual step', () => {
	for (const [text, line, column] of [
		['Preferred path:\n\n1. Run `bash ops/back.sh --to old-dc.', 3, 8],
		['Preferred path:\n\n1. Look around.\n2. Run it\n   with `bash ops/back.sh. Then wait.', 5, 9],
		['Preferred path:\n\n1. Open `.github/workflows/back.yml` and run it with `action=back.', 3, 54],
		['Roll back by\nrunning `bash ops/back.sh.', 2, 9],
	] as const) {
		const {problems} = read(withPath(text));
		const start = sample.slice(0, from).split('\n').length - 1;
		assert.deepEqual(
			problems.map(problem => [problem.code, problem.line - start, problem.column]),
			[['code-open', line, column]],
			text,
		);
	}
});

test('what is beside a path is done by hand, and so is all of it where nothing can be run', () => {
	const steps = (text: string) => runbookOf(withPath(text)).rollbackSteps;
	assert.deepEqual(steps('Preferred path:\n\n1. Stop the writes.\n2. Run `ops/back.sh`.\n3. Tell support.'), [
		'Stop the writes. (before the path)',
		'Tell support.',
	]);
	assert.deepEqual(steps('| Step | Who |\n|---|---|\n| `ops/back.sh` | ops |\n| Tell support | lead |'), [
		'Tell support, lead',
	]);
	assert.deepEqual(steps('Run `ops/back.sh`. Then tell support.'), ['Then tell support.']);
	const byHand =
		'Steps:\n\n1. Go back\n   - first the pages\n     ```bash\n     make pages\n     ```\n\n```bash\n# all of it\nkubectl rollout undo\n```';
	assert.deepEqual(steps(byHand), ['Go back; first the pages; make pages', 'kubectl rollout undo']);
	assert.deepEqual(steps('Run `ops/back.sh` or run `ops/hard.sh`.'), ['Run ops/back.sh or run ops/hard.sh.']);
	const script = `Steps:\n\n\`\`\`bash\n${'kubectl x\n'.repeat(11)}\`\`\``;
	assert.match(steps(script)?.join() ?? '', /^the commands on lines \d+-\d+$/);
	assert.equal(runbookOf(sample).rollbackSteps, undefined);
});
