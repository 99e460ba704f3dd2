/** Command lines, read without running them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {foldersEntered, pathWords, quoted, shellWords} from '../../source/text/shell.ts';

const run = (line: string): readonly string[] =>
	shellWords(line).flatMap(({text, plain, runs}) => (plain && runs ? [text] : []));

test('the programs of a line are its first words and what an interpreter is handed', () => {
	assert.deepEqual(run('bash ops/a.sh --fast && ./ops/b.sh | tee out.txt; LANG=C ops/c.sh'), [
		'bash',
		'ops/a.sh',
		'./ops/b.sh',
		'tee',
		'ops/c.sh',
	]);
	assert.deepEqual(run('bash -e ops/a.sh'), ['bash', 'ops/a.sh']);
	assert.deepEqual(run('. ops/env.sh'), ['.', 'ops/env.sh']);
});

test('operands, redirections and re-read text are not programs', () => {
	assert.deepEqual(run('cat ops/a.sh > ops/b.sh'), ['cat']);
	assert.deepEqual(run('bash -c "ops/a.sh"'), ['bash']);
	assert.deepEqual(run('echo "$(ops/a.sh)" && ops/b.sh'), ['echo']);
	assert.deepEqual(run('bash -c ops/a.sh'), ['bash']);
});

test('every word that may be a path is found, however it is quoted', () => {
	const words = pathWords('bash -c "ops/a.sh" && $(\'ops/b.sh\') `ops/c.sh` --file=ops/d.sh <ops/e.sh');
	for (const name of ['a', 'b', 'c', 'e']) assert.ok(words.includes(`ops/${name}.sh`), name);
	for (const line of ['bash "ops dir/a b.sh" x', "bash 'ops dir/a b.sh'", 'bash ops\\ dir/a\\ b.sh'])
		assert.ok(pathWords(line).includes('ops dir/a b.sh'), line);
});

test('folders that a line enters are known', () => {
	assert.deepEqual(foldersEntered('cd ops && ./a.sh; (cd "lib" && ./b.sh)'), ['ops', 'lib']);
	assert.deepEqual(foldersEntered('cd "ops dir"; ./a.sh; cd prüfung && ./b.sh'), ['ops dir', 'prüfung']);
});

test('a quoted text is one word of a shell', () => {
	assert.equal(quoted("/tmp/a b/it's.sh"), `'/tmp/a b/it'\\''s.sh'`);
	assert.equal(quoted('/tmp/a.sh'), '/tmp/a.sh');
});
