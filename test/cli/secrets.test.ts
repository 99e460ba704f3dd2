/** Twenty secrets, in every spelling, through every text that a person or a command gives: none in any file of the state folder, none in an answer. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {textsBelow} from '../harness/files.ts';
import {secretEnvironment, secretNames, secrets, spelt, telling} from '../secrets.ts';
import {desk} from './desk.ts';

const all = secrets.flatMap(spelt);

test('twenty secrets leave no trace in the state folder, whatever text they are in', async t => {
	const night = desk(t, secretEnvironment);
	const {must, as, write, state} = night;
	write(
		'runbook.cutover.yaml',
		`cutover: 1\nsecrets: [${secretNames.join(', ')}]\nnotify: [{on: [hold, go], command: "ops/lint.sh && env && cat said.txt"}]\n`,
	);
	write('said.txt', all.join('\n'));
	write('ops/preflight.sh', `cat said.txt\ncat said.txt >&2\nexit 1\n`);
	write('ops/verify.sh', 'while IFS= read -r -n1 c; do printf %s "$c"; done <said.txt\n');
	const answers: string[] = [];
	const tell = async (...argv: readonly string[]): Promise<void> => {
		const {stdout, stderr} = await as('rita', ...argv);
		answers.push(stdout, stderr);
	};
	const text = all.join(' ');
	await must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--ticket', text, '--environment', text);
	await tell('run', 'G1');
	await tell('run', 'G2');
	await tell('note', text);
	await tell('hold', '--reason', text);
	await tell('run', 'G1', '--reason', text);
	await tell('set', 'Environment', text);
	await tell('acknowledge', 'G5', '--no', '--reason', text);
	await tell('attach', 'G5', 'said.txt');
	for (const [index, secret] of secrets.entries()) {
		const name = `${secret.replaceAll('/', '')}-${index}.txt`;
		write(name, `in a file named ${secret}`);
		await tell('attach', 'G5', name);
	}
	write('ops/lint.sh', `# ${all.join('\n# ')}\n`);
	await tell('approve');
	await tell('status');
	await tell('log');
	await tell('export', '--format', 'md');
	const files = textsBelow(state);
	const shown = (pattern: RegExp): string =>
		files.flatMap(([path, text]) => (pattern.test(path) ? [text] : [])).join('\n');
	for (const [of, least] of [
		[/journal\.ndjson$/, 5 * secrets.length],
		[/attempts\/G1-1\/log$/, 2 * all.length],
		[/attempts\/G2-1\/log$/, all.length],
		[/evidence\//, all.length],
	] as const)
		assert.ok(shown(of).split('[redacted]').length > least, `${of} holds ${shown(of).length} characters`);
	for (const [where, said] of [
		...files.map(([path, text]) => [path, `${path}\n${text}`] as const),
		...answers.map((answer, index) => [`answer ${index}`, answer] as const),
	])
		for (const secret of secrets)
			for (const trace of telling(secret)) assert.ok(!said.includes(trace), `${where} shows ${trace} of ${secret}`);
});
