/** The newest answers of an endpoint in a row of cells. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sparkline} from '../../source/screen/panels/health/sparkline.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {cells} from '../../source/text/fit.ts';

const theme = openTheme({ascii: false, colour: false});
const ascii = openTheme({ascii: true, colour: false});

type Answer = number | 'fail' | 'unknown';

/** A sample each second from 0 on. */
const dots = (...answers: readonly Answer[]) => answers.map((ms, at) => ({at: at * 1000, ms}));
const many = (count: number, ms: Answer): readonly Answer[] => Array.from({length: count}, () => ms);

test('noise is flat, and what took many times as long is high', () => {
	assert.equal(sparkline(dots(80, 82, 79, 84, 81), null, 5, theme), '▁▁▁▁▁');
	assert.equal(sparkline(dots(1, 9, 3, 12, 2), null, 5, theme), '▁▄▁▅▁');
	assert.equal(sparkline(dots(80, 160, 240, 400), null, 4, theme), '▁▃▅█');
});

test('a failure and a missing answer have signs of their own', () =>
	assert.equal(sparkline(dots(80, 'fail', 'unknown', 80), null, 4, theme), '▁x?▁'));

test('few samples are right-aligned, and of many the newest are shown', () => {
	assert.equal(sparkline(dots(80, 80), null, 5, theme), '   ▁▁');
	assert.equal(sparkline(dots('fail', 'fail', 80, 80, 80, 80), null, 4, theme), '▁▁▁▁');
	assert.equal(sparkline([], null, 5, theme), '     ');
});

test('T0 is a bar between the answers before it and since', () => {
	assert.equal(sparkline(dots(80, 80, 80, 'fail', 'fail'), 3000, 8, theme), '  ▁▁▁│xx');
	assert.equal(sparkline(dots(80, 80, 80), 2500, 8, theme), '    ▁▁▁│', 'right after T0 nothing was asked yet');
	assert.equal(sparkline(dots(80, 80, 80), 0, 8, theme), '     ▁▁▁', 'what was before T0 is forgotten');
});

test('some answers from before T0 stay beside the newest, and the gap between them is marked', () => {
	const answers = dots(...many(12, 80), ...many(11, 85), ...many(9, 'fail'));
	assert.equal(sparkline(answers, 12_000, 18, theme), '▁▁▁▁▁▁│…▁xxxxxxxxx');
	assert.equal(sparkline(answers, 12_000, 33, theme), '▁▁▁▁▁▁▁▁▁▁▁▁│▁▁▁▁▁▁▁▁▁▁▁xxxxxxxxx');
});

test('it is as wide as it was asked to be, whatever happened, and ASCII where it must be', () => {
	for (let width = 0; width < 40; width++)
		for (const count of [0, 1, 3, 17, 32])
			for (const t0 of [null, 0, 1500, 9000, 31_500]) {
				const answers = dots(...many(count, 80)).map((dot, at) => (at % 4 === 0 ? {...dot, ms: 400} : dot));
				assert.equal(cells(sparkline(answers, t0, width, theme)), width);
				assert.match(sparkline(answers, t0, width, ascii), /^[ -~]*$/);
			}
});
