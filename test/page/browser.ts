/*
Debian's Chromium for tests: one browser a file, what a page did wrong, and axe's opinion of it. Nothing is downloaded.
*/
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after} from 'node:test';
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core';
import {patience} from '../harness/observed.ts';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
	existsSync(path),
);

/** Why tests with a browser are skipped, where they are. */
export const withoutBrowser = program === undefined ? 'Chromium is not installed (apt install chromium).' : false;

let launched: Promise<Browser> | null = null;

after(async () => (await launched)?.close());

export type Opened = {
	readonly page: Page;
	/** What the browser complained of, the policy included. */
	readonly errors: string[];
	/** Addresses that were asked for, other than the page's own place. */
	readonly outside: string[];
	close(): Promise<void>;
};

/** Opens an address in a context of its own. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
	launched ??= chromium.launch({executablePath: program ?? '', args: ['--no-sandbox'], timeout: patience});
	const context = await (await launched).newContext(options);
	context.setDefaultTimeout(patience);
	const page = await context.newPage();
	const errors: string[] = [];
	const outside: string[] = [];
	const place = url.startsWith('file:') ? url : new URL(url).origin;
	page.on('console', message => void (['error', 'warning'].includes(message.type()) && errors.push(message.text())));
	page.on('pageerror', error => errors.push(String(error)));
	page.on('request', request => void (request.url().startsWith(place) || outside.push(request.url())));
	await page.goto(url, {waitUntil: 'domcontentloaded'});
	return {page, errors, outside, close: () => context.close()};
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Axe = {run(place: unknown, options: unknown): Promise<{violations: {id: string; nodes: {html: string}[]}[]}>};

/** A line each violation of WCAG A and AA and of good practice. The context must bypass the page's own policy. */
export async function violations(page: Page): Promise<readonly string[]> {
	await page.evaluate(axe);
	return page.evaluate(async tags => {
		const {axe: found, document: place} = globalThis as never as {axe: Axe; document: unknown};
		const {violations: all} = await found.run(place, {runOnly: tags});
		return all.map(({id, nodes}) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''}`);
	}, rules);
}

/** Pixels that the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
	page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`);

export const schemes = [
	{name: 'light', options: {colorScheme: 'light'}},
	{name: 'dark', options: {colorScheme: 'dark'}},
	{name: 'forced colours', options: {forcedColors: 'active'}},
] as const;
