/** A setting is one entry in the table: reader, its problems, the runbook in force, `check` and docs see it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as z from 'zod/mini';
import {fileAt, setting} from '../../source/runbook/settings/setting.ts';
import {settings} from '../../source/runbook/settings/settings.ts';

const wave = setting({
	schema: z.strictObject({of: z.number(), name: z.optional(z.string()), list: z.optional(z.string())}),
	docs: {of: 'which wave of the migration it is', name: 'what the wave is called', list: 'file of what moves with it'},
	apply: (draft, {of, name = 'wave'}) => ({
		...draft,
		gates: draft.gates.map(gate => ({...gate, more: {...gate.more, [name]: `${of}`}})),
	}),
	check({of}, {runbook, complain, keyAt}) {
		if (of > runbook.gates.length) complain('settings-unfit', keyAt('of'), {key: 'wave.of', what: 'no gate is left'});
	},
	paths: ({list}) => fileAt(list, 'list'),
});
const tide = setting({schema: z.string(), docs: {'': 'when the water is low'}, later: true});
Object.assign(settings, {wave, tide});

// What reads the table when it is loaded follows the line above.
const {codes, read, sample, runbookOf} = await import('../runbook/sample.ts');
const {summary} = await import('../../source/runbook/summary.ts');
const {settingsRows} = await import('../../scripts/docs-settings.ts');

const wrong = (line: string) => read(sample, {settings: `cutover: 1\n${line}\n`, missing: ['nowhere.csv']}).problems;

test('it comes into force in the runbook, and check shows it', () => {
	const runbook = runbookOf(sample, {settings: 'cutover: 1\nwave: {of: 3}\n'});
	assert.deepEqual(runbook.gates[0]?.more, {wave: '3'});
	assert.ok(summary(runbook).some(line => line.includes('wave: 3')));
	assert.deepEqual(runbookOf(sample).gates[0]?.more, {});
});

test('what does not fit its schema is a problem in its place', () => {
	const [problem] = wrong('wave: {of: third}');
	assert.deepEqual([problem?.code, problem?.line], ['settings-type', 2]);
	assert.ok(codes(wrong('wave: {off: 3}')).includes('settings-key'));
});

test('what it says against the runbook and the workspace is checked in its place', () => {
	const [unfit] = wrong('wave: {of: 3000}');
	assert.deepEqual([unfit?.code, unfit?.line, unfit?.column], ['settings-unfit', 2, 8]);
	const [missing] = wrong('wave: {of: 3, list: nowhere.csv}');
	assert.deepEqual([missing?.code, missing?.line, missing?.column], ['settings-path-missing', 2, 21]);
});

test('one without effect yet is refused', () => {
	assert.ok(codes(wrong('tide: 04:10')).includes('settings-later'));
});

test('the documentation lists its keys', () => {
	const row = (key: string) => settingsRows().find(one => one.key === key);
	assert.deepEqual(row('wave.of'), {key: 'wave.of', effect: 'which wave of the migration it is', later: false});
	assert.deepEqual(row('tide'), {key: 'tide', effect: 'when the water is low', later: true});
});
