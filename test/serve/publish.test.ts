import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {Board} from '../../source/page/board.ts';
import {publish} from '../../source/serve/publish.ts';
import {boardAt, moments} from '../page/shown.ts';

const board = boardAt(moments['preparing'] ?? assert.fail());

const turn = (): Promise<void> => new Promise(done => setImmediate(done));

/** A page that is published on a clock that the test moves. */
function publishing(t: TestContext, write: (page: string) => Promise<void>) {
	let now = 0;
	let shown = board;
	const ticks = new Set<() => void>();
	const complaints: string[] = [];
	const noted = (run: () => void): (() => void) => {
		ticks.add(run);
		return () => void ticks.delete(run);
	};
	const published = publish({
		source: {board: () => shown, watch: noted},
		clock: {steady: () => now, every: (_, run) => noted(run), after: (_, run) => noted(run), now: () => now},
		write,
		leastMs: 1000,
		complain: text => void complaints.push(text),
	});
	t.after(published.stop);
	return {
		complaints,
		published,
		show(next: Board) {
			shown = next;
		},
		/** Ms go by, and whatever waits for time or a change looks. */
		async pass(ms: number) {
			now += ms;
			for (const tick of ticks) tick();
			await turn();
		},
	};
}

const changed = (word: string): Board => ({
	...board,
	status: {...board.status, headline: {...board.status.headline, word}},
});

test('a page is written at once, when it changes, and at least each minute', async t => {
	const pages: string[] = [];
	const {pass, show, published} = publishing(t, async page => void pages.push(page));
	await published.first;
	assert.equal(pages.length, 1);
	await pass(30_000);
	assert.equal(pages.length, 1);
	show(changed('CHANGED'));
	await pass(1000);
	assert.match(pages[1] ?? '', /CHANGED/);
	await pass(59_000);
	assert.equal(pages.length, 2);
	await pass(1000);
	assert.equal(pages.length, 3);
});

test('changes in quick succession are one page', async t => {
	const pages: string[] = [];
	const {pass, show, published} = publishing(t, async page => void pages.push(page));
	await published.first;
	for (const word of ['ONE', 'TWO', 'THREE']) {
		show(changed(word));
		await pass(300);
	}
	assert.equal(pages.length, 1);
	await pass(100);
	assert.equal(pages.length, 2);
	assert.match(pages[1] ?? '', /THREE/);
});

test('one page is written at a time, and the last one is the newest', async t => {
	const pages: string[] = [];
	let release = (): void => {};
	const {pass, show, published} = publishing(t, page => {
		pages.push(page);
		return new Promise(done => {
			release = done;
		});
	});
	show(changed('LATER'));
	await pass(5000);
	assert.equal(pages.length, 1);
	release();
	await published.first;
	const stopped = published.stop();
	await turn();
	assert.equal(pages.length, 2);
	assert.match(pages[1] ?? '', /LATER/);
	release();
	await stopped;
});

test('a page that could not be written is said, and tried again', async t => {
	const pages: string[] = [];
	const {pass, complaints, published} = publishing(t, async page => {
		pages.push(page);
		if (pages.length === 1) throw new Error('no room');
	});
	await published.first;
	assert.match(complaints[0] ?? '', /no room/);
	await pass(1000);
	assert.equal(pages.length, 2);
	assert.equal(complaints.length, 1);
});

test('each outage is said once, also one with the same words as the one before', async t => {
	let isDown = true;
	const {pass, show, complaints, published} = publishing(t, async () => {
		if (isDown) throw new Error('no room');
	});
	await published.first;
	await pass(1000);
	assert.equal(complaints.length, 1);
	assert.match(published.failure() ?? '', /no room/);
	isDown = false;
	await pass(1000);
	assert.equal(published.failure(), null);
	isDown = true;
	show(changed('LATER'));
	await pass(1000);
	assert.equal(complaints.length, 2);
});

test('a published page needs nothing else, and has no address of a server', async t => {
	const pages: string[] = [];
	const {published} = publishing(t, async page => void pages.push(page));
	await published.first;
	const [page = ''] = pages;
	assert.match(
		page,
		/<meta http-equiv="content-security-policy" content="default-src &#39;none&#39;|<meta http-equiv="content-security-policy" content="default-src 'none'/,
	);
	assert.match(page, /data-stream=""/);
	assert.doesNotMatch(page.replace(/<script>[\s\S]*<\/script>/, ''), /https?:|\/journal/);
});
