/* The evidence as a page in a real browser, and printed. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {asHtml} from '../../source/evidence/formats/html.ts';
import type {Package} from '../../source/evidence/package.ts';
import {overflow, schemes, violations, visit, withoutBrowser} from '../page/browser.ts';
import {closedNight} from '../scenarios/measured-night.ts';
import {keptNight} from '../scenarios/night.ts';
import {evidenceAt} from './evidence-at.ts';

const kept = evidenceAt(keptNight, '23:30');

function written(t: TestContext, evidence: Package): string {
	const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	const file = join(folder, 'evidence.html');
	writeFileSync(file, asHtml(evidence));
	return pathToFileURL(file).href;
}

test('the evidence opens from a file in a browser without a request or a complaint', {
	skip: withoutBrowser,
}, async t => {
	const url = written(t, kept);
	for (const {name, options} of schemes) {
		const {errors, outside, close} = await visit(url, options);
		assert.deepEqual({errors, outside}, {errors: [], outside: []}, name);
		await close();
	}
	for (const width of [320, 360, 1280]) {
		const {page, close} = await visit(url, {viewport: {width, height: 740}});
		assert.equal(await overflow(page), 0, `${width} px`);
		await close();
	}
});

test('axe finds no violation in the evidence: light, dark, forced colours', {skip: withoutBrowser}, async t => {
	const url = written(t, kept);
	for (const {name, options} of schemes) {
		const {page, close} = await visit(url, {...options, bypassCSP: true});
		assert.deepEqual(await violations(page), [], name);
		await close();
	}
});

test('no table of the printed evidence is cut, and no word in it is broken', {
	skip: withoutBrowser,
}, async t => {
	// The width between the margins of A4.
	const {page, close} = await visit(written(t, evidenceAt(closedNight, '23:59')), {
		viewport: {width: 703, height: 990},
	});
	t.after(close);
	await page.emulateMedia({media: 'print'});
	const cut: unknown = await page.evaluate(
		`[...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > 703).map(e => e.textContent.slice(0, 80))`,
	);
	assert.deepEqual(cut, []);
	const broken: unknown = await page.evaluate(`[...document.querySelectorAll('td')].flatMap(cell => {
		const nodes = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
		const found = [];
		for (let node = nodes.nextNode(); node; node = nodes.nextNode())
			for (const {0: word, index} of node.data.matchAll(/\\w{2,24}(?!\\w)/g)) {
				const range = document.createRange();
				range.setStart(node, index);
				range.setEnd(node, index + word.length);
				if (range.getClientRects().length > 1 && !cell.querySelector('.long')) found.push(word);
			}
		return found;
	})`);
	assert.deepEqual(broken, []);
});

test('each printed page of the evidence has the head of the journal in its foot', {skip: withoutBrowser}, async t => {
	const {page, close} = await visit(written(t, kept));
	const pdf = await page.pdf({format: 'A4', preferCSSPageSize: true});
	assert.ok(pdf.length > 20_000);
	assert.match(asHtml(kept), new RegExp(`@bottom-left\\{content:"journal head ${kept.head.hash}`));
	await close();
});
