/* Personal links in a real browser: the door, the form by keyboard and without scripts, and a scanner that clicks on everything. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'playwright-core';
import {note} from '../cutover/commands.ts';
import {overflow, schemes, violations, visit, withoutBrowser} from '../page/browser.ts';
import {alice} from '../scenarios/people.ts';
import {type Site, site} from './site.ts';

const skip = withoutBrowser;

const entries = (place: Site, type: string): number =>
	place.journal.entries().filter(entry => entry.type === type).length;

/** Opens a link as it was sent, and types the word. */
async function openLink(page: Page): Promise<void> {
	await page.fill('#word', 'OPEN');
	await page.click('button');
	await page.waitForURL('**/me');
}

test('a link fills in its code, leaves the address and the history, and sends it in no address', {skip}, async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const {page, errors, outside, close} = await visit(`${place.url}/i#${secret}`);
	const asked: string[] = [];
	page.on('request', request => void asked.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
	assert.equal(await page.inputValue('#secret'), secret);
	assert.equal(page.url(), `${place.url}/i`);
	await openLink(page);
	assert.match((await page.textContent('main')) ?? '', /You are bob \(project-owner\)/);
	await page.goBack();
	assert.equal(page.url(), `${place.url}/i`);
	assert.equal(
		asked.some(line => line.includes(secret)),
		false,
	);
	assert.deepEqual([errors, outside], [[], []]);
	assert.equal(
		place.log.some(line => line.includes(secret)),
		false,
	);
	await close();
});

test('a link whose # a mail gateway wrote as %23 opens as well', {skip}, async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const {page, close} = await visit(`${place.url}/i%23${secret}`);
	assert.equal(await page.inputValue('#secret'), secret);
	await openLink(page);
	await close();
});

test('an act is done by keyboard alone', {skip}, async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	place.time('21:52');
	const {page, errors, close} = await visit(`${place.url}/i#${link.secret}`);
	await openLink(page);
	await page.goto(`${place.url}/act?do=vote&target=`);
	const {keyboard} = page;
	const isAt = (name: string) => page.evaluate(`document.activeElement?.name === ${JSON.stringify(name)}`);
	const tabTo = async (name: string): Promise<void> => {
		for (let pressed = 0; pressed < 20 && !(await isAt(name)); pressed++) await keyboard.press('Tab');
		assert.equal(await isAt(name), true, name);
	};
	await tabTo('vote');
	await keyboard.press('ArrowDown');
	assert.equal(await page.isChecked('input[name=vote][value=no-go]'), true);
	await tabTo('reason');
	await keyboard.type('database lag');
	await tabTo('word');
	await keyboard.type('NO-GO');
	await tabTo('code');
	await keyboard.type(link.code ?? '');
	await keyboard.press('Enter');
	await page.waitForURL('**/done?id=*');
	assert.match((await page.textContent('main')) ?? '', /NO-GO carol \(ops-lead\): database lag/);
	assert.equal(entries(place, 'voted'), 1);
	await page.goBack();
	assert.match((await page.textContent('main')) ?? '', /not asked of you now/);
	assert.equal(entries(place, 'voted'), 1);
	assert.deepEqual(
		errors.filter(text => !text.includes('404')),
		[],
	);
	await close();
});

test('a link is opened and an act recorded without scripts', {skip}, async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const {page, close} = await visit(`${place.url}/i`, {javaScriptEnabled: false});
	await page.fill('#secret', secret);
	await openLink(page);
	await page.click('a.act >> nth=0');
	await page.check('input[value=yes]');
	await page.fill('#word', 'ANSWER');
	await page.click('button');
	await page.waitForURL('**/done?id=*');
	assert.equal(entries(place, 'acknowledged'), 1);
	await close();
});

/** What a mail scanner with a browser does at most: it fills every field with junk, chooses, clicks and sends, on every page it finds. */
async function scan(page: Page, url: string): Promise<void> {
	const seen = new Set<string>();
	const left = [url];
	for (let next = left.shift(); next !== undefined && seen.size < 40; next = left.shift()) {
		if (seen.has(next)) continue;
		seen.add(next);
		await page.goto(next, {waitUntil: 'domcontentloaded'});
		left.push(
			...(await page.$$eval('a[href]', links => links.map(link => (link as unknown as {href: string}).href))).filter(
				href => href.startsWith(new URL(url).origin),
			),
		);
		const buttons = await page.locator('button').count();
		for (let index = 0; index < buttons; index++) {
			await page.goto(next, {waitUntil: 'domcontentloaded'});
			for (const field of await page.locator('input[type=text],textarea').all())
				if ((await field.inputValue()) === '') await field.fill('junk 123456');
			for (const choice of await page.locator('input[type=radio]').all()) await choice.check();
			await page.locator('button').nth(index).click();
			await page.waitForLoadState('domcontentloaded');
			left.push(page.url());
		}
	}
}

test('a scanner that follows the link, runs its scripts, clicks and sends everything twice records nothing', {
	skip,
}, async t => {
	const place = await site(t);
	const {secret} = await place.invite('bob');
	const before = place.lines.length;
	for (let times = 0; times < 2; times++) {
		for (const method of ['GET', 'HEAD']) await place.ask(`/i%23${secret}`, {method});
		const {page, close} = await visit('about:blank');
		await scan(page, `${place.url}/i#${secret}`);
		await close();
	}
	assert.equal(place.lines.length, before);
});

test('a scanner that is in somebody’s open session records nothing either', {skip}, async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	place.time('21:52');
	const {page, close} = await visit(`${place.url}/i#${link.secret}`);
	await openLink(page);
	const before = place.lines.length;
	for (let times = 0; times < 2; times++) await scan(page, `${place.url}/me`);
	assert.deepEqual(
		place.journal
			.entries()
			.slice(before)
			.map(({type}) => type),
		[],
	);
	await close();
});

test('the page of a person is accessible, and fits a narrow phone, in every scheme', {
	skip,
	timeout: 300_000,
}, async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	await place.does(alice, note('the vendor is on the bridge'));
	place.time('21:52');
	for (const {name, options} of schemes) {
		const {page, errors, outside, close} = await visit(`${place.url}/i#${link.secret}`, {
			...options,
			bypassCSP: true,
			viewport: {width: 320, height: 640},
		});
		const check = async (what: string): Promise<void> => {
			assert.deepEqual(await violations(page), [], `${what}, ${name}`);
			assert.equal(await overflow(page), 0, `${what}, ${name}`);
		};
		await check('door');
		await page.fill('#word', 'junk');
		await page.click('button');
		await check('refused door');
		await page.goto('about:blank');
		await page.goto(`${place.url}/i#${link.secret}`);
		await openLink(page);
		await check('me');
		await page.goto(`${place.url}/act?do=vote&target=`);
		await check('vote');
		await page.check('input[name=vote][value=go]');
		await page.fill('#word', 'GO');
		await page.fill('#code', '000000');
		await page.click('button');
		await page.waitForSelector('[role=alert]');
		await check('refused vote');
		await page.goto(`${place.url}/act?do=note&target=`);
		await check('note');
		await page.fill('#f-text', 'here');
		await page.fill('#word', 'NOTE');
		await page.click('button');
		await page.waitForURL('**/done?id=*');
		await check('done');
		assert.deepEqual([errors.filter(text => !/status of (?:403|404|409|422)/.test(text)), outside], [[], []], name);
		await close();
	}
});
