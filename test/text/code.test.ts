/* What a line of code names, as far as its words show. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {programsIn} from '../../source/text/code.ts';

test('the programs of a command line are the first words of its commands', () => {
	assert.deepEqual(programsIn('CI=1 bun run build && bun test | tee log; cd x || ./deploy.sh'), [
		'bun',
		'bun',
		'tee',
		'./deploy.sh',
	]);
});

test('what is quoted, a word of the shell, or the text of a here-document is no program of a command line', () => {
	for (const [line, ...found] of [
		['bash -c "command -v git && command -v bash"', 'bash'],
		['grep -E \'a|b|c\' app.log | sed "s;x;y;"', 'grep', 'sed'],
		['command -v git; printf x; ulimit -n; wait', ...[]],
		['if ! curl -f x; then exit 1; else jq . y; fi', 'curl', 'jq'],
		['for host in a b; do ssh $host true; done', 'ssh'],
		['set -e\ncat <<EOF\nOrders are; open\nEOF\nmake # and; more', 'cat', 'make'],
		['n=$(curl -s x | jq .n) && [ "$n" -gt 3 ]', 'curl', 'jq'],
		['hosts=(a b c); sleep 1 & ls >&2', 'sleep', 'ls'],
	] as const)
		assert.deepEqual(programsIn(line), found, line);
});
