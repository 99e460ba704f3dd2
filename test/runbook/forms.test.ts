import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {read} from './sample.ts';

const page = readFileSync(new URL('../../docs/runbook-format.md', import.meta.url), 'utf8');
const [, part = ''] = page.split('## Forms, by example');
const pairs = [...(part.split('## Settings')[0] ?? '').matchAll(/```markdown\n(.*?)```\s*```text\n(.*?)```/gs)];

test('the forms that the docs show are read as they say', () => {
	assert.equal(pairs.length, 4);
	for (const [, text = '', said = ''] of pairs) {
		const {runbook, problems} = read(`# Move\n\n${text}`);
		const stages = (runbook?.stages ?? []).map(
			({id, kind, owners, action}) => `${id} ${kind} [${owners.join(' + ')}] ${action}`,
		);
		assert.deepEqual(stages, said.trim().split('\n'), problems[0]?.message ?? '');
	}
});
