/* `invite`, `links`, `revoke`, and `serve` for whoever has a link: by the command line, over real HTTP. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {browserOf} from '../serve/site.ts';
import {type Desk, desk} from './desk.ts';
import {begin} from './walks.ts';

type Fetched = {readonly base: string; readonly secret: string; readonly code: string};

const given = (shown: string): Fetched => {
	const [, base = '', secret = ''] = /(http:\S+)\/i#([\w-]{22})/.exec(shown) ?? [];
	const [, first = '', last = ''] = /(\d{3}) (\d{3})/.exec(shown) ?? [];
	return {base, secret, code: `${first}${last}`};
};

const invite = async (night: Desk, ...more: readonly string[]): Promise<Fetched> =>
	given(await night.must('rita', 'invite', 'paul', '--roles', 'project-owner', '--role', 'release-manager', ...more));

async function serving(context: TestContext, night: Desk): Promise<string> {
	const started = night.start('serve', '--listen', '127.0.0.1:0');
	context.after(() => started.signal('SIGTERM'));
	return new URL(/http:\S+/.exec(await started.shows('#'))?.[0] ?? '').origin;
}

const browserAt = (base: string) =>
	browserOf({
		async ask(path, {method = 'GET', headers = {}} = {}, body = '') {
			const answer = await fetch(`${base}${path}`, {
				method,
				headers: headers as Record<string, string>,
				redirect: 'manual',
				...(method === 'POST' ? {body} : {}),
			});
			const set = answer.headers.getSetCookie();
			return {
				status: answer.status,
				headers: {...Object.fromEntries(answer.headers), 'set-cookie': set},
				text: await answer.text(),
			};
		},
	});

test('an invitation shows its link and its digits once, for where the page is served', async context => {
	const night = desk(context);
	const id = await begin(night);
	const base = await serving(context, night);
	const link = await invite(night);
	assert.equal(link.base, base);
	assert.match(link.code, /^\d{6}$/);
	const journal = readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8');
	assert.equal(journal.includes(link.secret) || journal.includes(link.code), false);
	assert.match(
		await night.must('rita', 'links'),
		/^I1 {2}paul \(project-owner\) {2}SENT .*\n {4}passed on by rita, with a spoken code; never opened; 0 acts$/m,
	);
});

test('whoever has the link acts in a browser, and the log says how', async context => {
	const night = desk(context);
	await begin(night);
	const base = await serving(context, night);
	const {secret} = await invite(night);
	const browser = browserAt(base);
	const me = await browser.open(secret);
	assert.match(me.text, /You are <b>paul<\/b>/);
	assert.equal((await browser.get('/')).status, 200);
	const answer = await browser.act('/act?do=acknowledge&target=G5', {'group:project-owner': 'yes', word: 'ANSWER'});
	assert.equal(answer.status, 303, answer.text);
	assert.match(
		await night.must('rita', 'log'),
		/paul says yes on G5 for project-owner · by link I1, passed on by rita/,
	);
	assert.match(await night.must('rita', 'links'), /OPENED .*\n {4}.*opened once, from 127\.0\.0\.1, .*; 1 act$/m);
	assert.match(await night.must('rita', 'verify'), /HOLDS/);
});

test('a revoked link is closed at once', async context => {
	const night = desk(context);
	await begin(night);
	const base = await serving(context, night);
	const {secret} = await invite(night);
	const browser = browserAt(base);
	await browser.open(secret);
	await night.must('rita', 'revoke', 'paul', '--reason', 'wrong address');
	assert.match((await browser.get('/me')).text, /revoked: wrong address/);
	assert.equal((await browser.get('/')).status, 403);
	assert.equal((await night.as('rita', 'revoke', 'paul', '--reason', 'again')).code, 2);
});

test('the same invitation again shows no second link', async context => {
	const night = desk(context);
	await begin(night);
	const words = ['invite', 'paul', '--roles', 'project-owner', '--role', 'release-manager', '--command-id', 'one'];
	await night.must('rita', ...words);
	const again = await night.as('rita', ...words);
	assert.equal(again.code, 1);
	assert.match(again.stderr, /I1 was given before, and is not shown again/);
});

test('a changed text of what was shown does not verify', async context => {
	const night = desk(context);
	const id = await begin(night);
	const base = await serving(context, night);
	const {secret} = await invite(night);
	const browser = browserAt(base);
	await browser.open(secret);
	await browser.act('/act?do=note&target=', {text: 'here', word: 'NOTE'});
	const [entry] = readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8')
		.trim()
		.split('\n')
		.reverse();
	const {shown} = JSON.parse(entry ?? '').by;
	night.write(`../state/cutover-tui/${id}/evidence/shown/${shown.sha256}.txt`, 'something else');
	const answer = await night.cli('verify');
	assert.equal(answer.code, 1);
	assert.match(answer.stdout, /evidence\/shown\/.* is not what entry \d+ names/);
});
