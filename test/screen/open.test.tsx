/* The screen on a terminal: taken at once, drawn by Ink through the painter, given back whatever ends it. */
import assert from 'node:assert/strict';
import {performance} from 'node:perf_hooks';
import {PassThrough} from 'node:stream';
import {getTestContext, test} from 'node:test';
import {StoreFault} from '../../source/cutover/ports.ts';
import {openScreen} from '../../source/screen/open.tsx';
import type {EndSignal, Left, Loaded} from '../../source/screen/screen-options.ts';
import type {Taken} from '../../source/screen/terminal/take-terminal.ts';
import {patience} from '../harness/observed.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {readable} from '../scenarios/opening.ts';
import {alice} from '../scenarios/people.ts';
import {clockAt, cutoverOf} from './stage.tsx';
import {TestTerminal} from './terminal/terminal.ts';

const turn = () => new Promise(resolve => setImmediate(resolve));

type Opened = {
	readonly terminal: TestTerminal;
	readonly input: PassThrough;
	readonly over: Promise<Left>;
	shows(sign: string | RegExp): Promise<string>;
	signal(name: EndSignal): void;
	readonly modes: readonly boolean[];
	/** Signals that ended the process. */
	readonly ended: readonly EndSignal[];
};

const opened = (load: () => Promise<Loaded>, columns = 80, rows = 24, taken: Taken | null = null): Opened => {
	const modes: boolean[] = [];
	const ended: EndSignal[] = [];
	const input = Object.assign(new PassThrough(), {setRawMode: (on: boolean) => modes.push(on)});
	const terminal = new TestTerminal(columns, rows);
	let heard: (signal: EndSignal) => void = () => {};
	const over = openScreen({
		terminal: {input, output: terminal},
		clock: clockAt('21:47:19', 'real'),
		person: alice,
		account: 'cutover@bastion-1',
		ascii: false,
		colour: true,
		comeBack: id => `cutover-tui ${id === null ? 'docs/switch.md' : `--cutover ${id}`}`,
		newId: () => 'id-1',
		redact: (_, text) => text,
		stop: resumed => resumed(),
		end: signal => void ended.push(signal),
		taken,
		shown: () => {},
		onSignal: listener => {
			heard = listener;
			return () => {};
		},
		load,
	});
	over.catch(() => {});
	const context = getTestContext();
	if (context && 'after' in context) context.after(() => input.end());
	const shows = async (sign: string | RegExp): Promise<string> => {
		for (const begun = performance.now(); performance.now() - begun < patience; ) {
			const text = (await terminal.lines()).join('\n');
			if (typeof sign === 'string' ? text.includes(sign) : sign.test(text)) return text;
			await turn();
		}
		return assert.fail(`no ${sign} on:\n${(await terminal.lines()).join('\n')}`);
	};
	return {terminal, input, over, shows, signal: name => heard(name), modes, ended};
};

const board = async (): Promise<Loaded> => ({
	cutover: await cutoverOf({acts: backNight, now: '21:47:19'}, clockAt('21:47:19'), []),
});

test('the terminal is taken before anything is loaded, and says so', async () => {
	const {promise, resolve} = Promise.withResolvers<Loaded>();
	const screen = opened(() => promise);
	assert.ok(screen.terminal.bytes.includes('\u001b[?1049h'));
	assert.match(await screen.shows('opening'), /opening/);
	resolve(await board());
	await screen.shows('HOLD  G5 failed');
	screen.input.write('q');
	assert.equal(await screen.over, 'left');
});

test('leaving a closed cutover prints how to open it again', async () => {
	const clock = clockAt('23:30:00');
	const screen = opened(async () => ({cutover: await cutoverOf({acts: keptNight, now: '23:30:00'}, clock, [])}));
	await screen.shows('CLOSED  kept');
	screen.input.write('q');
	assert.equal(await screen.over, 'left');
	const said = (await screen.terminal.lines()).join('');
	assert.match(said, /is closed\. Read it again with: cutover-tui --cutover orders-2031-01-14/);
});

test('q gives the terminal back and says how to come back', async () => {
	const screen = opened(board);
	await screen.shows('HOLD  G5 failed');
	screen.input.write('q');
	assert.equal(await screen.over, 'left');
	assert.equal(await screen.terminal.buffer(), 'normal');
	assert.match(
		(await screen.terminal.lines()).join('\n'),
		/orders-2031-01-14 continues without this screen\. Come back with:/,
	);
	assert.deepEqual(screen.modes, [true, false]);
	assert.ok(screen.terminal.bytes.trimEnd().endsWith('cutover-tui docs/switch.md'));
});

test('where somebody else begins the cutover meanwhile, the screen is left for its board', async () => {
	const screen = opened(async () => ({opening: {...readable, isBegun: async () => true}}));
	await screen.shows('NOT BEGUN');
	assert.equal(await screen.over, 'begun');
});

test('keys reach the screen through the painter, and a form is drawn', async () => {
	const screen = opened(board);
	await screen.shows('HOLD  G5 failed');
	screen.input.write('n');
	await screen.shows('note  _');
	screen.input.write('seen');
	await screen.shows('seen_');
	screen.input.write('\u001b[200~ and pasted\u001b[201~');
	await screen.shows('seen and pasted_');
	screen.input.write('\u0003');
	assert.equal(await screen.over, 'left');
});

test('another size is drawn whole, down to one line', async () => {
	const screen = opened(board);
	await screen.shows('HOLD  G5 failed');
	screen.terminal.resize(120, 40);
	await screen.shows('S1');
	screen.terminal.resize(60, 18);
	await screen.shows(/HOLD {2}G5 failed/);
	screen.terminal.resize(20, 5);
	await screen.shows('HOLD');
	screen.terminal.resize(80, 24);
	await screen.shows('GATES  4 of 5 pass');
	screen.input.write('q');
	await screen.over;
});

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const)
	test(`${signal} gives the terminal back`, async () => {
		const screen = opened(board);
		await screen.shows('HOLD  G5 failed');
		screen.signal(signal);
		assert.equal(await screen.over, signal);
		assert.equal(await screen.terminal.buffer(), 'normal');
	});

test('a signal while it loads gives the terminal back and ends the process', async () => {
	const screen = opened(() => new Promise(() => {}));
	await screen.shows('opening');
	screen.signal('SIGINT');
	assert.equal(await screen.terminal.buffer(), 'normal');
	assert.deepEqual(screen.ended, ['SIGINT']);
});

test('a terminal that was taken before is not taken again, and given back all the same', async () => {
	let handedOver = 0;
	const screen = opened(board, 80, 24, {
		giveBack: () => assert.fail('it is the screen that gives it back'),
		handOver: () => ++handedOver === 1,
	});
	await screen.shows('HOLD  G5 failed');
	assert.equal(handedOver, 1);
	assert.doesNotMatch(screen.terminal.bytes, /\u001b\[\?1049h/);
	screen.input.write('q');
	await screen.over;
	assert.match(screen.terminal.bytes, /\u001b\[\?1049l/);
});

test('a terminal that was taken and given back meanwhile is taken again', async () => {
	const screen = opened(board, 80, 24, {giveBack: () => {}, handOver: () => false});
	await screen.shows('HOLD  G5 failed');
	assert.equal(await screen.terminal.buffer(), 'alternate');
	screen.input.write('q');
	await screen.over;
});

test('the end of the input is a terminal that is gone', async () => {
	const screen = opened(board);
	await screen.shows('HOLD  G5 failed');
	screen.input.end();
	assert.equal(await screen.over, 'gone');
	assert.equal(await screen.terminal.buffer(), 'normal');
});

test('what cannot be opened is thrown once the terminal is back', async () => {
	const screen = opened(async () => {
		throw new StoreFault('denied', 'The state folder belongs to another user.', 'Use --state DIR.');
	});
	await assert.rejects(screen.over, /belongs to another user/);
	assert.equal(await screen.terminal.buffer(), 'normal');
});

test('a screen that breaks gives the terminal back and says what broke', async () => {
	const screen = opened(async () => {
		const loaded = await board();
		assert.ok(loaded.cutover);
		const {journal} = loaded.cutover;
		const broken = {...journal, entries: () => assert.fail('a torn entry')};
		return {cutover: {...loaded.cutover, journal: broken}};
	});
	await assert.rejects(screen.over, /a torn entry/);
	assert.equal(await screen.terminal.buffer(), 'normal');
});

test('what is loud rings once, also after the screen was drawn again', async () => {
	const screen = opened(board);
	await screen.shows('HOLD  G5 failed');
	screen.input.write('l');
	await screen.shows('JOURNAL');
	screen.input.write('q');
	await screen.over;
	assert.equal(screen.terminal.bytes.split('\u0007').length - 1, 2, 'one for the title, one for the hold');
});

test('a store that fails stays on row 1 until it works again', async () => {
	let fault: StoreFault | null = null;
	let full = true;
	let changed = () => {};
	const screen = opened(async () => {
		const loaded = await board();
		assert.ok(loaded.cutover);
		const {journal} = loaded.cutover;
		const failing = {
			...journal,
			fault: () => fault,
			watch: (listener: () => void) => {
				changed = listener;
				return () => {};
			},
			decide: async (...asked: Parameters<typeof journal.decide>) => {
				if (!full) return journal.decide(...asked);
				fault = new StoreFault('full', 'The disk is full.', 'Free some space; nothing was recorded.');
				throw fault;
			},
		};
		return {cutover: {...loaded.cutover, journal: failing}};
	});
	await screen.shows('HOLD  G5 failed');
	screen.input.write('n');
	await screen.shows('note  _');
	for (const key of ['x', '\t']) screen.input.write(key);
	await screen.shows('x');
	let shown = '';
	while (!shown.includes('NOT RECORDED')) {
		screen.input.write('\r');
		shown = await screen.shows(/press Enter again|NOT RECORDED {2}The disk is full\./);
	}
	assert.match(shown, /Free some space/);
	assert.match(shown, /note +x/, 'what was typed is still there');
	full = false;
	fault = null;
	changed();
	await screen.shows('HOLD  G5 failed');
	screen.input.write('\u0003');
	await screen.over;
});
