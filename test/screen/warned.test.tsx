/* What the board warns of beside the cutover itself: what the reader found when it opens, a clock that is behind. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reduceIn} from '../../source/screen/state/model.ts';
import {type Act, at, begins} from '../given.ts';
import {keptNight} from '../scenarios/night.ts';
import {readable} from '../scenarios/opening.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {clockAt, cutoverOf, Stage} from './stage.tsx';

const begun = (warnings?: number): readonly Act[] => [
	begins('20:50:00', alice, '22:00:00', warnings === undefined ? runbook : {...runbook, warnings}),
];

test('a screen that opens on a cutover says how many warnings its runbook had, and where to see them', async () => {
	const stage = await Stage.open({acts: begun(3), now: '20:51:00', you: alice});
	assert.match(stage.text(), /The runbook has 3 warnings\. See them with: cutover-tui check\s+\/srv\/orders/);
	assert.doesNotMatch(await stage.press('down'), /warnings/);
});

test('one warning is one, and none is not spoken of', async () => {
	const one = await Stage.open({acts: begun(1), now: '20:51:00', you: alice});
	assert.match(one.text(), /1 warning\. See it with/);
	const none = await Stage.open({acts: begun(), now: '20:51:00', you: alice});
	assert.equal(none.view.message, null);
});

test('the board that the first opening turns into says it after the begin', async () => {
	const stage = await Stage.open({acts: [], now: '20:51:00', you: alice, opening: readable});
	const cutover = await cutoverOf({acts: begun(2), now: '20:51:00'}, clockAt('20:51:00'), []);
	stage.model = reduceIn(stage.world)(stage.model, {kind: 'opened', cutover});
	assert.match(stage.text(), /The cutover is begun\. The runbook has 2 warnings\. See them with/);
});

test('after T0 warnings of the reader are no longer shown', async () => {
	const [, ...others] = keptNight;
	const stage = await Stage.open({acts: [...begun(2), ...others], now: '23:59:00', you: alice});
	assert.equal(stage.view.message, null);
});

test('a clock that is behind the newest entry is said, with how long time stands still', async () => {
	const stage = await Stage.open({acts: begun(), now: '20:50:00', you: alice});
	const shown = (time: string): string => {
		stage.model = reduceIn(stage.world)(stage.model, {kind: 'ticked', now: at(time)});
		return stage.text();
	};
	assert.match(
		shown('20:35:28'),
		/T-01:10:00 {3}now 20:50:00[\s\S]* CLOCK 14:32 BEHIND, time stands still until 20:50:00/,
	);
	assert.doesNotMatch(shown('20:49:58'), /CLOCK/);
});
