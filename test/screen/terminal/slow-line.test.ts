import assert from 'node:assert/strict';
import test from 'node:test';
import {Acknowledgement} from '../../../source/screen/terminal/flow-control.ts';
import {Painter} from '../../../source/screen/terminal/painter.ts';
import {testClock} from './clock.ts';
import {numbersFrom} from './random.ts';

/** A painter at one end of a line of so many bytes a second and so many ms, a terminal that replies at the other. */
function online(bytesPerSecond: number, latency: number) {
	const clock = testClock();
	let free = 0;
	let arrived = '';
	const write = (bytes: string): boolean => {
		free = Math.max(free, clock.steady()) + (bytes.length / bytesPerSecond) * 1000;
		clock.after(free + latency - clock.steady(), () => {
			arrived += bytes;
			if (bytes.includes('\u001b[5n')) clock.after(latency, () => acknowledgement.replied());
		});
		return true;
	};
	const acknowledgement = new Acknowledgement({clock, send: write, ready: () => painter.flush()});
	const painter = new Painter(80, 24, {write, acknowledgement, ascii: false});
	painter.last = {from: 10, to: 20};
	acknowledgement.probe();
	return {clock, painter, arrived: () => arrived};
}

/** How long a key takes to show, in ms, while ten rows of a log change thirty times a second. */
function keyToCell(bytesPerSecond: number, latency: number): number {
	const {clock, painter, arrived} = online(bytesPerSecond, latency);
	const next = numbersFrom(bytesPerSecond);
	const flood = () => Array.from({length: 10}, () => next().toString(36).repeat(8).slice(0, 79).toLowerCase());
	const draw = (head: string) => painter.write(`\u001b[H\u001b[J\n\n${head}\n\n\n\n\n\n\n\n${flood().join('\n')}`);
	for (let frame = 0; frame < 300; frame++) {
		draw('typed');
		clock.pass(33);
	}
	const pressed = clock.steady();
	painter.hurry();
	for (let frame = 0; frame < 600; frame++) {
		draw('typed KEY');
		clock.pass(33);
		if (arrived().includes('KEY')) return clock.steady() - pressed;
	}
	return Number.POSITIVE_INFINITY;
}

test('on a line of 2 KB a second that a log floods, a key shows within 300 ms and the way there', () => {
	for (const latency of [10, 100, 300]) {
		const ms = keyToCell(2000, latency);
		assert.ok(ms < 300 + 2 * latency, `${ms} ms at ${latency} ms`);
	}
});

test('on a good line a key shows with the next frame', () => {
	assert.ok(keyToCell(10_000_000, 5) <= 66);
});

test('on a line that is far away a whole screen still comes in a few frames', () => {
	const {clock, painter, arrived} = online(1_000_000, 400);
	for (const letter of 'abcdefghij') {
		painter.write(`\u001b[H\u001b[J${Array.from({length: 24}, () => letter.repeat(80)).join('\n')}`);
		clock.pass(2000);
	}
	assert.equal(arrived().match(/j/g)?.length, 24 * 80);
});
