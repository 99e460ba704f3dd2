import assert from 'node:assert/strict';
import test from 'node:test';
import {Acknowledgement} from '../../../source/screen/terminal/flow-control.ts';
import {testClock} from './clock.ts';

const question = '\u001b[5n';

function asked() {
	const clock = testClock();
	const sent: string[] = [];
	let ready = 0;
	const acknowledgement = new Acknowledgement({clock, send: bytes => sent.push(bytes), ready: () => ready++});
	acknowledgement.probe();
	return {clock, sent, acknowledgement, readied: () => ready};
}

/** A terminal that has replied to the first question after `latency` ms. */
function replying(latency: number) {
	const line = asked();
	line.clock.pass(latency);
	line.acknowledgement.replied();
	const frame = (bytes: number, ms: number) => {
		line.acknowledgement.after(bytes);
		line.clock.pass(latency + ms);
		line.acknowledgement.replied();
	};
	return {...line, frame};
}

test('a terminal that never replies is asked once and holds no frame back', () => {
	const {clock, sent, acknowledgement} = asked();
	for (let frame = 0; frame < 20; frame++) {
		assert.equal(acknowledgement.waiting, false);
		assert.equal(acknowledgement.after(4000), '');
		clock.pass(1000);
	}
	assert.deepEqual(sent, [question]);
});

test('once it has replied, a frame waits for the reply to the one before', () => {
	const {acknowledgement, readied} = replying(20);
	assert.equal(acknowledgement.after(300), question);
	assert.equal(acknowledgement.waiting, true);
	const before = readied();
	acknowledgement.replied();
	assert.equal(acknowledgement.waiting, false);
	assert.equal(readied(), before + 1);
});

test('a reply that was lost holds the screen for five seconds, not for ever', () => {
	const {clock, acknowledgement, readied} = replying(20);
	const before = readied();
	acknowledgement.after(3000);
	clock.pass(4999);
	assert.equal(acknowledgement.waiting, true);
	clock.pass(1);
	assert.equal(acknowledgement.waiting, false);
	assert.equal(readied(), before + 1);
	assert.equal(acknowledgement.budget, 200);
});

test('a reply to nothing changes nothing', () => {
	const {acknowledgement} = replying(20);
	acknowledgement.replied();
	acknowledgement.replied();
	assert.equal(acknowledgement.waiting, false);
	assert.equal(acknowledgement.budget, Number.POSITIVE_INFINITY);
});

test('on a line of 2 KB a second frames become a quarter of a second long', () => {
	const {acknowledgement, frame} = replying(100);
	frame(4000, 2000);
	assert.equal(acknowledgement.budget, 500);
	frame(500, 250);
	assert.equal(acknowledgement.budget, 500);
});

test('a line that is far away, but not slow, is not limited', () => {
	const {acknowledgement, frame} = replying(400);
	for (const bytes of [5000, 100, 5000]) frame(bytes, 20);
	assert.equal(acknowledgement.budget, Number.POSITIVE_INFINITY);
});

test('a line that recovers is trusted again, step by step', () => {
	const {acknowledgement, frame} = replying(20);
	frame(4000, 4900);
	assert.equal(acknowledgement.budget, 204);
	for (let count = 0; count < 10; count++) frame(acknowledgement.budget, 0);
	assert.equal(acknowledgement.budget, Number.POSITIVE_INFINITY);
});

test('small frames that were late limit nothing', () => {
	const {acknowledgement, frame} = replying(20);
	frame(60, 400);
	assert.equal(acknowledgement.budget, Number.POSITIVE_INFINITY);
});

test('on a limited line its distance is measured again now and then', () => {
	const {acknowledgement, frame, sent, clock} = replying(20);
	frame(4000, 2000);
	for (let count = 0; count < 15; count++) frame(450, 225);
	assert.equal(sent.length, 2);
	assert.equal(acknowledgement.waiting, true);
	clock.pass(500);
	acknowledgement.replied();
	frame(acknowledgement.budget, 500);
	assert.ok(acknowledgement.budget > 250);
});

test('closing waits for the last reply, but not long', async () => {
	const {clock, acknowledgement} = replying(20);
	await acknowledgement.settled(300);
	acknowledgement.after(300);
	const replied = acknowledgement.settled(300);
	acknowledgement.replied();
	await replied;
	acknowledgement.after(300);
	const lost = acknowledgement.settled(300);
	clock.pass(300);
	await lost;
});
