import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const words = (code: string) => code.replaceAll(/\s+/g, ' ').trim();

test("what the manual shows of the sample's playbook is in the sample", () => {
	const blocks = [...text('docs/playbooks.md').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
	const quoted = blocks.filter(code => /^(const after|await step|const runtime)/.test(code));
	const playbook = words(text('samples/ferry/playbooks/switch.ts'));
	assert.equal(quoted.length, 4);
	assert.deepEqual(
		quoted.filter(code => !playbook.includes(words(code))),
		[],
	);
});
