/** When a message that did not arrive is sent again, on a clock that only the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Answer} from '../../source/notifications/channel.ts';
import {nothingReported, type Reported} from '../../source/watch/notified.ts';
import {type Queue, queue} from '../../source/watch/queue.ts';
import {type HandClock, handClock} from '../harness/hand-clock.ts';
import {message} from '../notifications/messages.ts';

const ok: Answer = {arrived: true, said: 'HTTP 200'};
const later = (afterMs?: number): Answer => ({
	arrived: false,
	reason: 'HTTP 503',
	again: true,
	...(afterMs === undefined ? {} : {afterMs}),
});
const no: Answer = {arrived: false, reason: 'HTTP 404', again: false};

type Desk = {
	readonly clock: HandClock;
	readonly queue: Queue;
	/** `0 entry 1`: seconds since the start, and what was tried. */
	readonly tries: readonly string[];
	/** What was recorded. */
	readonly said: readonly string[];
	/** When one was tried that says of when it is. */
	readonly late: readonly number[];
	reported(): Reported;
};

/** A target that answers as `answers` does, try by try, and has these messages to be told. */
function desk(answers: (tries: number, id: string) => Answer, names: readonly string[], first = nothingReported): Desk {
	const clock = handClock(1_000_000);
	const tries: string[] = [];
	const said: string[] = [];
	const late: number[] = [];
	let reported = first;
	const seconds = (): number => clock.steady() / 1000;
	const own = queue({
		clock,
		reported: () => reported,
		keep(next) {
			reported = next;
		},
		news() {
			const next = names.find(name => !reported.names.includes(name));
			return next === undefined ? null : {message: message({id: next}), seq: 0, names: [next]};
		},
		async deliver({id, text}) {
			tries.push(`${seconds()} ${id}`);
			if (text.endsWith('sent late)')) late.push(seconds());
			return answers(tries.length, id);
		},
		async missed({id}, reason, _, again) {
			said.push(`${seconds()} ${id} ${reason}${again ? ', again' : ''}`);
		},
		async restored() {
			said.push(`${seconds()} restored`);
		},
		tried() {},
	});
	return {clock, queue: own, tries, said, late, reported: () => reported};
}

const times = (tries: readonly string[]): readonly number[] => tries.map(each => Number(each.split(' ')[0]));

test('a message that does not arrive is sent again after 2, 8, 30, 60 and 120 seconds, and given up after 15 minutes', async () => {
	const {clock, queue, tries, said} = desk(() => later(), ['a']);
	queue.look();
	await clock.pass(3_600_000);
	assert.deepEqual(times(tries), [0, 2, 10, 40, 100, 220, 340, 460, 580, 700, 820]);
	assert.deepEqual(said, ['10 a HTTP 503, again', '820 a HTTP 503']);
});

test('a message that arrives at the second try is reported to nobody as missed', async () => {
	const {clock, queue, tries, said} = desk(count => (count === 1 ? later() : ok), ['a']);
	queue.look();
	await clock.pass(60_000);
	assert.deepEqual(times(tries), [0, 2]);
	assert.deepEqual(said, ['2 restored']);
});

test('a message that is sent late says of when it is, because what it tells may be over', async () => {
	const {clock, queue, tries, late} = desk(count => (count < 5 ? later() : ok), ['a']);
	queue.look();
	await clock.pass(120_000);
	assert.deepEqual(
		[times(tries), late],
		[
			[0, 2, 10, 40, 100],
			[40, 100],
		],
	);
});

test('the wait that a service asks for is kept, but no shorter one than the usual', async () => {
	const waits = [7000, 500, 120_000];
	const {clock, queue, tries} = desk(count => (count > 3 ? ok : later(waits[count - 1])), ['a']);
	queue.look();
	await clock.pass(600_000);
	assert.deepEqual(times(tries), [0, 7, 15, 135]);
});

test('a message that is refused is recorded at once, and the next one is tried', async () => {
	const {clock, queue, tries, said} = desk((_, id) => (id === 'a' ? no : ok), ['a', 'b']);
	queue.look();
	await clock.pass(1000);
	assert.deepEqual(tries, ['0 a', '0 b']);
	assert.deepEqual(said, ['0 a HTTP 404', '0 restored']);
});

test('a service that is gone is sent nothing more', async () => {
	const {clock, queue, tries, said} = desk(() => ({...no, reason: 'HTTP 410', gone: true}), ['a', 'b']);
	queue.look();
	await clock.pass(1000);
	queue.look();
	await clock.pass(1000);
	assert.deepEqual(tries, ['0 a']);
	assert.deepEqual(said, ['0 a HTTP 410']);
});

test('a message that was being sent when the watcher was lost is sent again, with the same id', async () => {
	const sending = {message: message({id: 'a'}), seq: 4, names: ['a'], since: 1_000_000 - 5000};
	const {clock, queue, tries, reported} = desk(() => ok, [], {seq: 0, names: [], sending});
	queue.look();
	await clock.pass(1000);
	assert.deepEqual(tries, ['0 a']);
	assert.deepEqual(reported(), {seq: 4, names: ['a'], sending: null});
});

test('what did not arrive is tried once more at the end, and then left', async () => {
	const {clock, queue, tries, reported} = desk(() => later(), ['a']);
	queue.look();
	await clock.pass(50_000);
	queue.hurry();
	await clock.pass(0);
	queue.end();
	await queue.settled();
	assert.deepEqual(times(tries), [0, 2, 10, 40, 50]);
	assert.equal(reported().sending?.message.id, 'a');
});
