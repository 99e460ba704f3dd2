/* Signed in, in a real browser: the door without a code, and an act without digits. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {proxyWith, secretHeader} from '../../source/serve/front.ts';
import {overflow, schemes, violations, visit, withoutBrowser} from '../page/browser.ts';
import {signing} from './provider.ts';
import {site, withMail} from './site.ts';

const secret = 'only-the-proxy-knows-this';
const proxy = proxyWith('X-Forwarded-Email', secret);
/** As the proxy adds them to each request of carol's browser. */
const extraHTTPHeaders = {[secretHeader]: secret, 'x-forwarded-email': 'carol@example.org'};
const skip = withoutBrowser;

test('who is signed in types OPEN, votes by the typed word, and needs no digits', {skip}, async t => {
	const place = await site(t, withMail, proxy);
	await place.invite('carol');
	place.time('21:52');
	const {page, errors, outside, close} = await visit(`${place.url}/i`, {extraHTTPHeaders});
	t.after(close);
	await page.fill('#word', 'OPEN');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/me');
	assert.match((await page.textContent('main')) ?? '', /signed in as carol@example\.org/);
	await page.goto(`${place.url}/act?do=vote&target=`);
	assert.equal(await page.locator('input[name=code]').count(), 0);
	await page.check('input[name=vote][value=no-go]');
	await page.fill('textarea[name=reason]', 'database lag');
	await page.fill('input[name=word]', 'NO-GO');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/done?*');
	assert.match((await page.textContent('main')) ?? '', /NO-GO carol .* by link I1, signed in as c…@example\.org/);
	const vote = place.journal.entries().find(({type}) => type === 'voted') ?? assert.fail();
	assert.equal(vote.by.strength, 'proxy');
	assert.deepEqual([errors, outside], [[], []]);
});

test('the door of who is signed in reads well in every scheme, and fits a phone', {skip}, async t => {
	const place = await site(t, withMail, proxy);
	await place.invite('carol');
	const {url} = await signing(t);
	for (const {name, options} of schemes) {
		const phone = {width: 320, height: 640};
		const {page, close} = await visit(`${place.url}/i`, {
			extraHTTPHeaders,
			viewport: phone,
			bypassCSP: true,
			...options,
		});
		assert.match((await page.textContent('main')) ?? '', /your link needs no code/);
		assert.deepEqual(await violations(page), [], name);
		assert.equal(await overflow(page), 0, name);
		await page.goto(`${url}/signed-in`);
		assert.match((await page.textContent('h1')) ?? '', /Not signed in/);
		assert.deepEqual(await violations(page), [], name);
		assert.equal(await overflow(page), 0, name);
		await close();
	}
});

test('who comes back from the provider of another site has their link open still, and acts without digits', {
	skip,
}, async t => {
	const {url, place, link, at} = await signing(t, {host: 'localhost'});
	Object.assign(at.faults, {claims: {email: 'bob@example.org'}});
	const {page, errors, close} = await visit(`${url}/i#${link.secret}`);
	t.after(close);
	await page.fill('#word', 'OPEN');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/me');
	await page.click('text=Sign in');
	await page.waitForSelector('p:has-text("You are bob (project-owner), signed in as bob@example.org")');
	await page.goto(`${url}/act?do=acknowledge&target=G5`);
	await page.check('input[value=yes]');
	await page.fill('input[name=word]', 'ANSWER');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/done?*');
	assert.equal(place.journal.entries().find(({type}) => type === 'acknowledged')?.by.strength, 'oidc');
	assert.deepEqual(errors, []);
});
