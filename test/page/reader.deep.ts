import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {documentOf, sectionsOf} from '../../source/page/document.ts';
import {served} from '../serve/page-server.ts';
import {overflow, violations, visit, withoutBrowser} from './browser.ts';
import {boardAt, moments} from './shown.ts';

const moment = (name: string) => boardAt(moments[name] ?? assert.fail(name));

const outage = moment('outage');

const browser = {skip: withoutBrowser};

test('what a reader opened, selected or has the focus in stays while the page goes on', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url);
	t.after(close);
	const changed = (word: string) => ({
		...outage,
		status: {
			...outage.status,
			headline: {...outage.status.headline, word},
			stages: outage.status.stages.map(stage => ({...stage, remark: word})),
			gates: outage.status.gates.map(gate => ({...gate, by: word})),
		},
	});
	const shows = (id: string, word: string) => page.locator(`#${id}`, {hasText: word}).waitFor();
	await page.focus('#stages > summary');
	await page.keyboard.press('Enter');
	at.show(changed('FIRST'));
	await shows('now', 'FIRST');
	assert.equal(await page.evaluate(`document.activeElement.parentElement.id`), 'stages');
	assert.ok(!(await page.textContent('#timeline'))?.includes('FIRST'));
	await page.evaluate(`document.activeElement.blur()`);
	await shows('timeline', 'FIRST');
	assert.equal(await page.evaluate(`document.getElementById('stages').open`), true);
	await page.evaluate(`getSelection().selectAllChildren(document.querySelector('#gates td'))`);
	at.show(changed('SECOND'));
	await shows('now', 'SECOND');
	assert.ok(!(await page.textContent('#gates'))?.includes('SECOND'));
	await page.evaluate(`getSelection().removeAllRanges()`);
	await shows('gates', 'SECOND');
});

test('the page is walked through by the keyboard alone, and its first link leads past the head', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url);
	t.after(close);
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(`document.activeElement.getAttribute('href')`), '#now');
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(`document.activeElement.parentElement.id`), 'stages');
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate(`document.getElementById('stages').open`), true);
});

test(
	'a page that hears nothing for 20 seconds says NOT CONNECTED, and catches up when the server is back',
	browser,
	async t => {
		const at = await served(t, outage);
		const {page, close} = await visit('about:blank');
		t.after(close);
		await page.clock.install();
		await page.goto(at.url);
		await page.clock.fastForward(8000);
		assert.equal(await page.isVisible('#lost'), false);
		await page.clock.fastForward(22_000);
		assert.match((await page.textContent('#lost')) ?? '', /^NOT CONNECTED since \d\d:\d\d:\d\d/);
		assert.equal(await page.isVisible('#lost'), true);
		at.show(moment('rolled-back'));
		await page.locator('#now', {hasText: 'ROLLED BACK'}).waitFor();
		assert.equal(await page.isVisible('#lost'), false);
	},
);

test('targets of a finger are at least 24 pixels high, and text at twice its size fits', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url, {viewport: {width: 640, height: 900}});
	t.after(close);
	const low: unknown = await page.evaluate(
		`[...document.querySelectorAll('main a, summary, footer a')].filter(e => e.getBoundingClientRect().height < 24).length`,
	);
	assert.equal(low, 0);
	await page.evaluate(`document.documentElement.style.fontSize = '32px'`);
	assert.equal(await overflow(page), 0);
});

test('no page of another place shows it in a frame of its own', browser, async t => {
	const at = await served(t, outage);
	const folder = mkdtempSync(join(tmpdir(), 'framing-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'framing.html');
	writeFileSync(file, `<!doctype html><iframe src="${at.url}"></iframe>`);
	const {page, errors, close} = await visit(pathToFileURL(file).href);
	t.after(close);
	await page.waitForLoadState('load');
	assert.match(errors.join(), /frame-ancestors 'none'/);
	assert.doesNotMatch((await page.frames().at(1)?.content()) ?? '', /Orders moves/);
});

test('the page prints whole', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url);
	t.after(close);
	const paper = await page.pdf({format: 'A4'});
	assert.match(paper.subarray(0, 5).toString(), /^%PDF-/);
	await page.emulateMedia({media: 'print'});
	assert.equal(await page.isVisible('.skip'), false);
	assert.ok(await page.isVisible('#stages table'), 'what is folded on a screen is open on paper');
	for (const id of ['now', 'gates', 'journal', 'evidence']) assert.ok(await page.isVisible(`#${id}`));
});

test('a published file opens from a disk, asks for nothing, and says when it is old', browser, async t => {
	const folder = mkdtempSync(join(tmpdir(), 'published-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const file = join(folder, 'cutover.html');
	const old = {...outage, status: {...outage.status, now: '2026-01-14T21:00:00.000Z'}};
	writeFileSync(file, documentOf(old, sectionsOf(old), {stream: null, reload: 30}).toString());
	const {page, errors, outside, close} = await visit(pathToFileURL(file).href, {bypassCSP: true});
	t.after(close);
	assert.match((await page.textContent('#lost')) ?? '', /^NOT CONNECTED since/);
	assert.deepEqual(await violations(page), []);
	assert.deepEqual(errors, []);
	assert.deepEqual(outside, []);
	const over = moment('closed');
	writeFileSync(file, documentOf(over, sectionsOf(over), {stream: null, reload: null}).toString());
	await page.reload();
	assert.equal(await page.isVisible('#lost'), false);
	assert.match((await page.textContent('footer')) ?? '', /does not change any more/);
});
