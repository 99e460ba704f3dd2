import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {bundle} from './bundle.ts';
import {mutants} from './mutants.ts';
import {ways} from './points.ts';
import {crashPlace, fromNothing, hurtSeeds, Scene, share} from './scene.ts';
import {straceMissing} from './strace.ts';
import {Tally} from './tally.ts';

const place = crashPlace();
after(() => rmSync(place, {recursive: true, force: true}));

const traced = straceMissing() === null;
const right = await bundle(join(place, 'right'));
const seeds = [fromNothing, ...Object.values(await hurtSeeds(place, right))];
/** What only shows where there is something to repair. */
const fromHurt = seeds.toReversed();

for (const [index, [mistake, {changes, seen, after: later}]] of Object.entries(mutants).entries())
	test(`a wrong writer is found out: ${mistake}`, async () => {
		const subject = await bundle(join(place, `mutant-${index}`), changes, later ? changes : {});
		const tally = new Tally();
		const enough = (): boolean => tally.failures > 0;
		for (const seed of seen[0] === 'overtaken' ? fromHurt : seeds)
			if (!enough()) await ways[traced ? seen[0] : seen[1]](new Scene(place, subject, seed, share), tally, enough);
		assert.ok(enough(), `${tally.points} points were tried, and nothing was seen`);
	});
