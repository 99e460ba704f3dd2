/** A format of evidence is one file and a line each for its name and its writer: command line, screen and docs see it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {evidenceFormats} from '../../source/cutover/model/evidence-format.ts';
import {formats} from '../../source/evidence/formats.ts';
import type {Package} from '../../source/evidence/package.ts';

Object.assign(evidenceFormats, {csv: 'CSV'});
Object.assign(formats, {
	csv: ({fields}: Package) => fields.map(({field, value}) => `${field},${value ?? ''}\n`).join(''),
});

// What reads the tables when it is loaded follows the lines above.
const {evidenceOf} = await import('../../source/cli/evidence.ts');
const {cli} = await import('../../scripts/docs-cli.ts');
const {acts} = await import('../../source/screen/acts/acts.ts');
const {desk} = await import('../cli/desk.ts');
const {calm, given} = await import('../given.ts');
const {keptNight} = await import('../scenarios/night.ts');

test('export writes in it, and names it where another name is given', async t => {
	const at = desk(t);
	const {state, entries, now} = given(keptNight, '23:30');
	const journal = {state: () => state, entries: () => entries, observed: () => calm};
	const csv = evidenceOf({journal, clock: {now: () => now}}, 'csv' as keyof typeof evidenceFormats);
	assert.match(csv, /^Ticket,CHG-4821$/m);
	const {code, stderr} = await at.startHere('export', '--format', 'xls').ended;
	assert.deepEqual([code, /csv/.test(stderr)], [2, true], stderr);
});

test('the screen offers it, and the documentation lists it', async () => {
	const [format] = acts.export.fields;
	assert.ok(format?.choices?.({} as never, '').some(({value, label}) => value === 'csv' && label === 'CSV'));
	const effect = acts.export.effect({format: 'csv', file: 'a.csv'}, '', {} as never);
	assert.deepEqual(effect, {kind: 'export', format: 'csv', file: 'a.csv'});
	assert.match(await cli(), /--format FORMAT.*html, csv\)/);
});
