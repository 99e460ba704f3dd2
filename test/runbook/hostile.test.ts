import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {endsInTime} from './hostile.ts';
import {codes, read, sample} from './sample.ts';

endsInTime(1 / 8);

const word = fc.constantFrom(
	'|',
	'|---|---|',
	'-',
	'- [ ] ',
	'- [x] ',
	'# ',
	'## Gates',
	'## Timeline',
	'## Rollback',
	'## Sign-off',
	'```',
	'<!--',
	'-->',
	'`',
	'**',
	'<role>',
	'<b>',
	'T-10',
	'T0',
	'T+1d',
	'G1',
	'owner',
	'\n',
	'\n\n',
	' ',
	'\t',
	'\\|',
	'10 min',
	'down',
	'if',
	'---\n',
	'cutover: 1\n',
	'\u202e',
	'\u0000',
	'\r',
	'回滚',
	'💥',
	'\ud800',
);

test('no text makes the reader fall over, and what is accepted has a moment zero', () => {
	fc.assert(
		fc.property(fc.array(word, {maxLength: 60}), words => {
			const {runbook, problems} = read(words.join(''));
			assert.equal(
				runbook === null,
				problems.some(({severity}) => severity === 'error'),
			);
			assert.ok(runbook === null || runbook.stages.some(({offsetSeconds}) => offsetSeconds === 0));
		}),
		{numRuns: 300},
	);
});

test('a good runbook with a line lost, doubled or cut is read or refused with a place', () => {
	const lines = sample.split('\n');
	fc.assert(
		fc.property(
			fc.nat(lines.length - 1),
			fc.constantFrom('lose', 'double', 'cut', 'indent', 'swap'),
			fc.nat(80),
			(at, how, column) => {
				const line = lines[at] ?? '';
				const put = {
					lose: [],
					double: [line, line],
					cut: [line.slice(0, column)],
					indent: [`    ${line}`],
					swap: [lines[at + 1] ?? '', line],
				}[how];
				const {runbook, problems} = read(
					[...lines.slice(0, at), ...put, ...lines.slice(at + (how === 'swap' ? 2 : 1))].join('\n'),
				);
				assert.equal(
					runbook === null,
					problems.some(({severity}) => severity === 'error'),
				);
				for (const problem of problems) {
					assert.ok(
						problem.line >= 1 && problem.line <= lines.length + 1 && problem.column >= 1,
						JSON.stringify(problem),
					);
					assert.doesNotMatch(`${problem.message}${problem.fix}`, /\{\w+\}|undefined|null/);
				}
			},
		),
		{numRuns: 300},
	);
});

test('no bytes make the reader fall over', () => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 400}), bytes => read(bytes).source.length >= 0),
		{numRuns: 200},
	);
});

test('no settings make the reader fall over', () => {
	const line = fc.constantFrom(
		'cutover: 1',
		'roles:',
		'  a: [b]',
		'gates: {G1: {',
		'}}',
		'triggers:',
		'  "1":',
		'    threshold: 10m',
		'title: &a x',
		'<<: *a',
		'? - a',
		'- b',
		'"',
		"'",
		'{[',
		'!!binary aa',
		'__proto__: {a: 1}',
		'constructor: 1',
		'%YAML 1.1',
		'---',
		'\t',
		'stages: {T0: {gates: [G1]}}',
		'columns: {owner: [x]}',
		'null: null',
	);
	fc.assert(
		fc.property(fc.array(line, {maxLength: 12}), lines => {
			const {runbook, problems} = read(sample, {settings: lines.join('\n')});
			assert.equal(
				runbook === null,
				problems.some(({severity}) => severity === 'error'),
			);
		}),
		{numRuns: 300},
	);
});

test('names of every object are names like any other', () => {
	const text = sample
		.replaceAll('<operator>', '<constructor>')
		.replace('| G1 |', '| constructor |')
		.replace('Ticket:', '__proto__:');
	const {problems, runbook} = read(text, {settings: 'cutover: 1\ngates: {constructor: {timeout: 1m}}\n'});
	assert.deepEqual(codes(problems), ['stage-gate']);
	assert.equal(runbook?.gates[0]?.timeoutSeconds, 60);
});
