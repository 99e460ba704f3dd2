/** The morning after: times of the night before stand with their day, whole and in their columns. */
import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {showDaysBeside} from '../../source/text/time.ts';
import {at} from '../given.ts';
import {type ScenarioName, scenarios} from '../scenarios/scenarios.ts';
import {drawn, small, wide} from './draw.tsx';

afterEach(() => showDaysBeside(null));

const names = Object.keys(scenarios) as readonly ScenarioName[];

/** Every time of day on it, with what stands before it. */
const timesOn = (screen: string): readonly string[] =>
	[...screen.matchAll(/(?:\d\d-\d\d )?\b\d\d:\d\d(?::\d\d)?\b/g)].map(([text]) => text);

test('each screen that shows a time of the day before shows its day, and no column cuts it', () => {
	for (const name of names)
		for (const size of [small, wide]) {
			showDaysBeside(null);
			const before = drawn(scenarios[name], size);
			showDaysBeside(() => at('12:00:00') + 86_400_000);
			const screen = drawn(scenarios[name], size);
			assert.ok(!/(?<!\d)\d\d-\d\d (?:\d{0,2}:?)(?:\s|$)/m.test(screen), `${name}\n${screen}`);
			const dated = timesOn(screen).filter(text => text.length > 8);
			if (/\d\d:\d\d:\d\d (?:[A-Z]|started)/.test(before)) assert.ok(dated.length > 0, `${name}\n${screen}`);
		}
});
