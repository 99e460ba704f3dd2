import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {parseDocument} from 'yaml';
import {plainYaml} from '../../source/runbook/settings/plain-yaml.ts';

const maps = globSync('docs/samples/*.cutover.yaml').map(file => readFileSync(file, 'utf8'));

/** By the library; null where it finds anything wrong. */
function byLibrary(text: string): unknown {
	const document = parseDocument(text, {version: '1.2', schema: 'core', logLevel: 'error', prettyErrors: false});
	return document.errors.length + document.warnings.length > 0 ? null : document.toJS();
}

const agrees = (text: string): boolean => {
	const read = plainYaml(text);
	if (read !== null) assert.deepEqual(read, byLibrary(text), text);
	return read !== null;
};

test('maps as they are written are read without the library, and as it reads them', () => {
	assert.deepEqual(
		maps.map(agrees),
		maps.map(() => true),
	);
});

test('whatever is done to a map, what is read of it without the library is what that reads', () => {
	const marks = [
		'',
		' ',
		'\n',
		'  ',
		':',
		': ',
		'#',
		' # ',
		'"',
		'\\',
		',',
		'{',
		'}',
		'[',
		']',
		'- ',
		'\t',
		'null',
		'1e3',
	];
	let read = 0;
	for (const [turn, map] of maps.entries())
		for (let step = 0; step < 40; step++) {
			const at = ((turn + 3) * 7919 + step * 104_729) % map.length;
			const mark = marks[step % marks.length] ?? '';
			read += Number(agrees(map.slice(0, at) + mark + map.slice(at + (step % 3))));
		}
	assert.ok(read > 20, `${read} were read without the library`);
});

const left = [
	'',
	'- a',
	'a: 1\na: 2',
	'a:\n  - b: c',
	'a: b\n  c',
	'a: "b\n  c"',
	'a: &x b',
	'a: *x',
	'a: !!str 1',
	'a: |\n  - b',
	'__proto__: 1',
	'"__proto__": 1',
	'a: null',
	'null: a',
	'a: 0x1f',
	'a: 1e3',
	'a: 2031-03-08',
	'a: b: c',
	'a: {b}',
	'a: [b, ]',
	'a:\n- b',
	'a: "\\x41"',
	'--- a: b',
	'a: 012',
	'a:\n    b: 1\n  c: 2',
];

test('what is written otherwise is left to the library', () => {
	for (const text of left) assert.ok(!agrees(text), text);
});
