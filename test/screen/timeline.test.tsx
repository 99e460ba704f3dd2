/** The timeline as a drawing in the title of its section: what is left out shows, and neither the current stage nor T0 is. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {timeline} from '../../source/screen/panels/board/timeline.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {safe} from '../../source/text/clean.ts';
import {cells} from '../../source/text/fit.ts';
import {scenarios} from '../scenarios/scenarios.ts';
import {propsOf, small} from './draw.tsx';

const offsets = [-300, -240, -180, -120, -60, 0, 60, 120, 180, 240];
const nameOf = (offset: number): string => (offset === 0 ? 'T0' : `T${offset < 0 ? '' : '+'}${offset}`);

/** Ten stages, of which `done` are over. */
const drawn = (done: number, width: number, ascii = false): string => {
	const props = propsOf(scenarios.preparing, small, openTheme({ascii, colour: false}));
	const [stage = assert.fail()] = props.snapshot.stages;
	const stages = offsets.map((offset, at) => ({
		...stage,
		id: nameOf(offset),
		kind: offset === 0 ? ('act' as const) : stage.kind,
		state: at < done ? ('done' as const) : ('waiting' as const),
		planned: props.snapshot.t0 + offset * 60_000,
	}));
	return timeline({...props, size: small, snapshot: {...props.snapshot, stages}}, width)
		.map(({text}) => text)
		.join('');
};

test('the timeline says where stages are left out', () => {
	assert.match(drawn(1, 40), /^T-300 ✔━* T-240 ╌+ T-180 … T0 …$/);
	assert.match(drawn(4, 40), /^… T-120 ✔━* T-60 ╌+ T0 ╌+ T\+60 …$/);
	assert.match(drawn(9, 40), /^… T0 ✔ … T\+120 ✔━+ T\+180 ✔╌+ T\+240$/);
	assert.match(drawn(1, 44, true), /^T-300 \+=* T-240 -+ T-180 \.\.\. T0 \.\.\.$/);
	assert.doesNotMatch(drawn(4, 200), /…/);
});

test('the current stage and T0 are on the timeline at every width, and nothing is cut', () => {
	for (let done = 0; done <= offsets.length; done++)
		for (let width = 0; width < 130; width++) {
			const line = drawn(done, width);
			assert.ok(cells(safe(line)) <= width);
			if (line === '') continue;
			const names = line.split(/[^-+T\d]+/);
			assert.ok(names.includes('T0') && names.includes(nameOf(offsets[Math.min(done, 9)] ?? 0)), line);
			assert.equal(
				line.includes('…'),
				offsets.some(offset => !names.includes(nameOf(offset))),
				line,
			);
		}
});
