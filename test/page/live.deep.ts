import assert from 'node:assert/strict';
import {test} from 'node:test';
import {served} from '../serve/page-server.ts';
import {schemes, violations, visit, withoutBrowser} from './browser.ts';
import {boardAt, documentAt, moments} from './shown.ts';

const moment = (name: string) => {
	const found = moments[name];
	assert.ok(found);
	return boardAt(found);
};

const outage = moment('outage');
const code = 'c0de'.padEnd(22, '_');

const mainOf = (text: string): string => /<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? assert.fail();

const browser = {skip: withoutBrowser};

test('the page loads without an error, without anything from elsewhere, and follows changes', browser, async t => {
	const at = await served(t, outage);
	const {page, errors, outside, close} = await visit(at.url);
	t.after(close);
	at.show(moment('rolled-back'));
	await page.locator('#now', {hasText: 'ROLLED BACK'}).waitFor();
	assert.match(await page.title(), /^ROLLED BACK: /);
	assert.match((await page.textContent('#said')) ?? '', /^ROLLED BACK/);
	assert.deepEqual(errors, []);
	assert.deepEqual(outside, []);
});

for (const {name, options} of schemes)
	test(`the page has no violation of WCAG A and AA: ${name}`, browser, async t => {
		const at = await served(t, outage);
		const {page, close} = await visit(at.url, {...options, bypassCSP: true});
		t.after(close);
		assert.deepEqual(await violations(page), []);
	});

test('nothing of any moment is wider than a window of 320 pixels', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url, {viewport: {width: 320, height: 640}});
	t.after(close);
	const mains = Object.entries(moments).map(([name, each]) => [name, mainOf(documentAt(each))] as const);
	const wide: unknown = await page.evaluate(
		`(${JSON.stringify(mains)}).flatMap(([name, text]) => {
			document.querySelector('main').innerHTML = text;
			const {scrollWidth, clientWidth} = document.documentElement;
			return scrollWidth > clientWidth ? [name] : [];
		})`,
	);
	assert.deepEqual(wide, []);
});

test('no time, offset or number of a ticket breaks at the end of a line on a phone', browser, async t => {
	const at = await served(t, outage);
	const mains = Object.entries(moments).map(([name, each]) => [name, mainOf(documentAt(each))] as const);
	for (const width of [320, 360]) {
		const {page, close} = await visit(at.url, {viewport: {width, height: 640}});
		t.after(close);
		const broken: unknown = await page.evaluate(
			`(${JSON.stringify(mains)}).flatMap(([name, text]) => {
				const main = document.querySelector('main');
				main.innerHTML = text;
				const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
				const found = [];
				for (let node = nodes.nextNode(); node; node = nodes.nextNode())
					for (const {0: token, index} of node.data.matchAll(/[A-Z]+\\d*[-+]\\d[\\d:]*|\\d{4}-\\d\\d-\\d\\d|\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d/g)) {
						const range = document.createRange();
						range.setStart(node, index);
						range.setEnd(node, index + token.length);
						if (range.getClientRects().length > 1) found.push(name + ': ' + token);
					}
				return found;
			})`,
		);
		assert.deepEqual(broken, [], `${width} px`);
	}
});

test('the link opens the page by itself, and its code is gone from the address', browser, async t => {
	const at = await served(t, outage, {code});
	const {page, outside, close} = await visit(`${at.url}/#${code}`);
	t.after(close);
	await page.waitForSelector('#now');
	assert.equal(page.url(), `${at.url}/`);
	assert.deepEqual(outside, []);
	await page.goBack();
	assert.ok(!page.url().includes(code));
	const bare = await visit(at.url, {bypassCSP: true});
	t.after(bare.close);
	assert.deepEqual(await violations(bare.page), []);
	await bare.page.fill('#code', code);
	await bare.page.keyboard.press('Enter');
	await bare.page.waitForSelector('#now');
});

test('without scripts the page reloads by itself, until that is stopped', browser, async t => {
	const at = await served(t, outage);
	const {page, close} = await visit(at.url, {javaScriptEnabled: false});
	t.after(close);
	assert.equal(await page.getAttribute('meta[http-equiv=refresh]', 'content'), '30');
	await page.click('a[href="?still"]');
	assert.equal(await page.$('meta[http-equiv=refresh]'), null);
	assert.match(page.url(), /\?still$/);
	await page.click('a[href="./"]');
	assert.notEqual(await page.$('meta[http-equiv=refresh]'), null);
});
