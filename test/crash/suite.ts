/*
The promise of the product, at every call of a cutover: what was acknowledged is there afterwards, whatever ends the
writer. Where processes may not be traced, only the model of the disk runs, on calls that the writer tells itself, and
says so.
*/
import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {after, test} from 'node:test';
import {bundle} from './bundle.ts';
import {type Way, ways} from './points.ts';
import {crashPlace, fromNothing, hurtSeeds, Scene} from './scene.ts';
import {straceMissing} from './strace.ts';
import {Tally} from './tally.ts';

const names = {
	kills: 'a writer that is killed at any call',
	power: 'a power cut at any call',
	faults: 'a full or failing disk at any call, and a power cut after it,',
	short: 'a write that ends in the middle, and a power cut after it,',
	overtaken: 'a writer that stands still at any call while another one acts',
	told: 'a fault or a power cut at any call that the writer tells of',
} satisfies {[K in Way]: string};

/** Ways that start a process for each point need not begin from everywhere. */
const isCheap = (way: Way): boolean => way === 'power';

/**
 * Tests every `every`th interruption point, in each list of them; `least`: how many that must be in all.
 */
export async function crashSuite(every: number, least: number): Promise<void> {
	const place = crashPlace();
	after(() => rmSync(place, {recursive: true, force: true}));

	const missing = straceMissing();
	if (missing !== null)
		process.stdout.write(`The crash test runs its model alone, without kills by strace: ${missing}.\n`);
	const here: readonly Way[] =
		missing === null ? ['kills', 'power', 'faults', 'short', 'overtaken'] : ['told', 'overtaken'];

	const subject = await bundle(join(place, 'right'));
	const seeds = {nothing: fromNothing, ...(await hurtSeeds(place, subject))};

	let points = 0;

	for (const way of here)
		for (const [start, seed] of Object.entries(seeds).slice(0, isCheap(way) ? 3 : 2))
			test(`${names[way]} loses nothing acknowledged, from ${start}`, async () => {
				const tally = new Tally();
				await ways[way](new Scene(place, subject, seed, every), tally);
				points += tally.points;
				assert.equal(tally.failures, 0, String(tally));
				assert.ok(tally.points > 0, String(tally));
			});

	test('no kind of interruption was left out', () => {
		process.stdout.write(`crash test: ${points} interruption points, no acknowledged event lost\n`);
		assert.ok(points >= (missing === null ? least : least / 3), `only ${points}`);
	});
}
