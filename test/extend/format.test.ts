/** A format of evidence is one file and one line: command line, screen and docs see it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formats, writerOf} from '../../source/evidence/formats.ts';
import type {Package} from '../../source/evidence/package.ts';

Object.assign(formats, {
	csv: {
		title: 'CSV',
		load: async () => (evidence: Package) =>
			evidence.fields.map(({field, value}) => `${field},${value ?? ''}\n`).join(''),
	},
});

// What reads the tables when it is loaded follows the lines above.
const {evidenceOf} = await import('../../source/cli/evidence.ts');
const {cli} = await import('../../scripts/docs-cli.ts');
const {readingActs} = await import('../../source/cli/acts.ts');
const {acts} = await import('../../source/screen/acts/acts.ts');
const {desk} = await import('../cli/desk.ts');
const {calm, given} = await import('../given.ts');
const {keptNight} = await import('../scenarios/night.ts');

test('export writes in it, and names it where another name is given', async t => {
	const at = desk(t);
	const {state, entries, now} = given(keptNight, '23:30');
	const journal = {state: () => state, entries: () => entries, observed: () => calm};
	const write = await writerOf('csv');
	assert.ok(write);
	const csv = evidenceOf({journal, clock: {now: () => now}}, write);
	assert.match(csv, /^Ticket,CHG-4821$/m);
	const {code, stderr} = await at.startHere('export', '--format', 'xls').ended;
	assert.deepEqual([code, /csv/.test(stderr)], [2, true], stderr);
});

test('the screen offers it, and the documentation lists it', async () => {
	const [format] = acts.export.fields;
	const {formats: offered} = readingActs({env: {}} as never, {} as never);
	const choices = format?.choices?.({formats: offered} as never, '') ?? [];
	assert.ok(choices.some(({value, label}) => value === 'csv' && label === 'CSV'));
	const effect = acts.export.effect({format: 'csv', file: 'a.csv'}, '', {} as never);
	assert.deepEqual(effect, {kind: 'export', format: 'csv', file: 'a.csv'});
	assert.match(await cli(), /--format FORMAT.*html, csv\)/);
});
