import assert from 'node:assert/strict';
import test from 'node:test';
import {pairOf, parsedYaml, YamlFault, yamlValue} from '../../source/text/yaml.ts';

/** Closed as people and formatters close it, which YAML itself wants one column further right. */
const written = 'on:\n  push: [\n    a, # ]\n    b\n  ]\nenv: {\n  X: {\n    y: 1\n  }\n}\nlast: z\n';
const said = {on: {push: ['a', 'b']}, env: {X: {y: 1}}, last: 'z'};

test('a bracket may close straight below its key, and every part is found where it was written', () => {
	assert.deepEqual(yamlValue(written), said);
	const root = parsedYaml(written);
	assert.deepEqual(root?.value, said);
	const last = root && pairOf(root, 'last')?.value;
	assert.equal(written.slice(last?.from, last?.to), 'z');
});

test('a slip behind such a bracket is named where it was written', () => {
	const slip = `${written}more: a: b\n`;
	assert.throws(
		() => parsedYaml(slip),
		error => error instanceof YamlFault && error.offset === slip.lastIndexOf(': b'),
	);
	assert.throws(() => yamlValue(slip), /^Error: line 12, column 8: /);
});

test('brackets that close below their keys without end are refused after a few', () => {
	assert.throws(() => parsedYaml('a: [\n]\n'.repeat(10_000)), YamlFault);
});
