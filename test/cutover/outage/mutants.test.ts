/*
Whether the cases would notice: every mutant is loaded in the place of the outage clock, and must fail at least one.
*/
import assert from 'node:assert/strict';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type * as folding from '../../../source/cutover/health/outage/fold.ts';
import {type Mutant, mutants} from './mutants.ts';
import {type Clocks, casesIn, checkClocks, checkEdge, checkFires} from './recorded.ts';
import {checkRow, rows} from './rows.ts';
import type {Case} from './series.ts';

type Fold = typeof folding.fold;

const original = fileURLToPath(new URL('../../../source/cutover/health/outage/', import.meta.url));

const recorded = [...casesIn<Case>('one-endpoint.json'), ...casesIn<Case>('several-endpoints.json')];
const edges = casesIn<Case>('edges.json');
const clocks = casesIn<Clocks>('clocks.json');

/** Every case, in the order in which they cost little. */
const cases: ReadonlyArray<(fold: Fold) => void> = [
	...rows.map(row => (fold: Fold) => checkRow(row, fold)),
	...edges.map(given => (fold: Fold) => checkEdge(given, fold)),
	...clocks.map(given => (fold: Fold) => checkClocks(given, fold)),
	...recorded.map(given => (fold: Fold) => checkFires(given, fold)),
];

/** What the first case says that fails; null where all hold. */
function complaint(fold: Fold): string | null {
	for (const holds of cases) {
		try {
			holds(fold);
		} catch (error) {
			return String(error);
		}
	}
	return null;
}

async function load(folder: string, {file, from, to}: Mutant): Promise<Fold> {
	cpSync(original, folder, {recursive: true});
	const text = readFileSync(join(folder, file), 'utf8');
	assert.equal(text.split(from).length, 2, `${file} holds "${from}" once`);
	writeFileSync(
		join(folder, file),
		text.replace(from, () => to),
	);
	const {fold}: typeof folding = await import(pathToFileURL(join(folder, 'fold.ts')).href);
	return fold;
}

test('the clock itself fails no case', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'outage-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const same = {file: 'fold.ts', from: 'export function fold(', to: 'export function fold('};
	assert.equal(complaint(await load(folder, same)), null);
});

test(`each of ${mutants.length} faults in the outage clock fails a case`, async context => {
	const folder = mkdtempSync(join(tmpdir(), 'outage-'));
	context.after(() => rmSync(folder, {recursive: true}));
	assert.ok(mutants.length >= 24);
	const missed: string[] = [];
	for (const [index, mutant] of mutants.entries()) {
		const fold = await load(join(folder, String(index)), mutant);
		if (complaint(fold) === null) missed.push(`${mutant.file}: ${mutant.from} -> ${mutant.to}`);
	}
	assert.deepEqual(missed, []);
});
