/* `invite`, `links`, `revoke`, and `serve` for whoever has a link: by the command line, over real HTTP. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {forScreen} from '../../source/cli/acts.ts';
import {catalogOf, openCutover} from '../../source/cli/compose.ts';
import {processIo} from '../../source/cli/io.ts';
import {mailServer} from '../notifications/mail-server.ts';
import {alice} from '../scenarios/people.ts';
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

const journalOf = (night: Desk, id: string): string => readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8');

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
	const journal = journalOf(night, id);
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
	assert.match((await browser.get('/')).text, /<title>Open the page<\/title>/);
	assert.equal((await night.as('rita', 'revoke', 'paul', '--reason', 'again')).code, 2);
});

test('the same invitation again shows no second link', async context => {
	const night = desk(context);
	await begin(night);
	const words = ['invite', 'paul', '--roles', 'project-owner', '--role', 'release-manager', '--command-id', 'one'];
	assert.match((await night.as('rita', ...words)).stderr, /opens only while cutover-tui serve runs/);
	assert.doesNotMatch(
		await night.must('rita', 'invite', 'vera', '--roles', 'ops-lead', '--role', 'release-manager', '--no-code'),
		/digits/,
	);
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

test('all whom the settings bind are invited at once, and what is refused of one keeps no other from their link', async context => {
	const {port, mails} = await mailServer(context);
	const night = desk(context, {LEDGER_SMTP: `smtp://127.0.0.1:${port}`});
	const team = '[rita, paul]';
	night.write(
		'runbook.cutover.yaml',
		`${withMail}roles: {release-manager: [rita], project-owner: [paul], ops-lead: [olga], ${['release-operator', 'qa-owner', 'oncall-ops', 'L1', 'L2', 'L3'].map(role => `${role}: ${team}`).join(', ')}}\n`,
	);
	await begin(night);
	const mailed = await night.as('rita', 'invite', '--all', '--mail', '--role', 'release-manager');
	assert.equal(mailed.code, 2);
	assert.match(mailed.stdout, /The link of paul was mailed/);
	assert.match(mailed.stderr, /no mail address of olga/);
	assert.deepEqual(
		mails.map(({to}) => to),
		[['paul@example.org']],
	);
	const printed = await night.must('rita', 'invite', '--all', '--role', 'release-manager');
	assert.equal(printed.match(/The link of (\w+), shown once/)?.[1], 'olga');
	const none = await night.as('rita', 'invite', '--all', '--role', 'release-manager');
	assert.equal(none.code, 2);
	assert.match(none.stderr, /Everybody whom the settings bind to a role has a link/);
	assert.match((await night.as('rita', 'invite', 'paul', '--all')).stderr, /Name paul, or give --all/);
	assert.match(
		(await night.as('rita', 'invite', 'zoe')).stderr,
		/A link is for the roles of its person: zoe has no role in the settings\. Invite one of/,
	);
});

test('where nobody is bound to roles, an invitation asks for those of its person', async context => {
	const night = desk(context);
	await begin(night);
	const {code, stderr} = await night.as('rita', 'invite', 'paul', '--role', 'release-manager');
	assert.equal(code, 2);
	assert.match(
		stderr,
		/A link is for the roles of its person: The settings bind nobody to a role\. Say the roles of paul \(--roles ROLE\)\./,
	);
	assert.match((await night.as('rita', 'invite', '--all')).stderr, /invite each person by name/);
	assert.match((await night.as('rita', 'invite', '--role', 'release-manager')).stderr, /No name was given/);
});

const withMail = `cutover: 1
people: {paul: {mail: paul@example.org}}
notify: [{on: [], to: mail, server: LEDGER_SMTP, from: cutover@example.org, people: [paul]}]
`;

const mailing = ['invite', 'paul', '--mail', '--roles', 'project-owner', '--role', 'release-manager'];

test('a link that the program mails is shown nowhere, and its digits are not in the mail', async context => {
	const {port, mails} = await mailServer(context);
	const night = desk(context, {LEDGER_SMTP: `smtp://127.0.0.1:${port}`});
	night.write('runbook.cutover.yaml', withMail);
	await begin(night);
	const base = await serving(context, night);
	const shown = await night.must('rita', ...mailing);
	assert.match(shown, /The link of paul was mailed to p…@example\.org, and is shown nowhere/);
	assert.doesNotMatch(shown, /\/i#/);
	const [, first = '', last = ''] = /: (\d{3}) (\d{3})$/m.exec(shown) ?? [];
	assert.match(first, /\d{3}/);
	const text = mails[0]?.text.replaceAll('=\n', '').replaceAll('=3D', '=') ?? '';
	assert.deepEqual(mails[0]?.to, ['paul@example.org']);
	assert.equal(text.includes(`${first}${last}`) || text.includes(`${first} ${last}`), false);
	const browser = browserAt(base);
	assert.match((await browser.open(given(text).secret)).text, /You are <b>paul<\/b>/);
	await browser.act('/act?do=note&target=', {text: 'here', word: 'NOTE'});
	assert.match(await night.must('rita', 'log'), /paul: "here" · by link I1, mailed by the program to p…@example\.org/);
});

test('a link that the mail server does not take is revoked', async context => {
	const {port} = await mailServer(context, {answer: line => (line === '.' ? '554 5.7.1 no' : null)});
	const night = desk(context, {LEDGER_SMTP: `smtp://127.0.0.1:${port}`});
	night.write('runbook.cutover.yaml', withMail);
	await begin(night);
	const answer = await night.as('rita', ...mailing);
	assert.equal(answer.code, 1);
	assert.match(answer.stderr, /Link I1 is revoked, the mail could not be sent: .*554/);
	assert.match(await night.must('rita', 'links'), /I1 {2}paul .* REVOKED/);
});

test('nothing is recorded where no link could be mailed', async context => {
	const night = desk(context);
	const id = await begin(night);
	const before = journalOf(night, id);
	assert.match((await night.as('rita', ...mailing)).stderr, /The settings name no mail server/);
	assert.equal(journalOf(night, id), before);
});

test('the screen says where no page runs by the settings that the link opens only while one is served', async context => {
	const night = desk(context);
	const id = await begin(night);
	const io = {...processIo(), stdout: new PassThrough(), cwd: night.folder};
	const catalog = await catalogOf({text: name => (name === 'state' ? night.state : null), io});
	const opened = await openCutover(io, catalog, id);
	context.after(async () => {
		await opened.close();
		await catalog.close();
	});
	const data = {name: 'paul', roles: ['project-owner'], sent: 'print', code: true, until: null} as const;
	const command = {id: 'one', type: 'invite', data} as const;
	const answer = await forScreen(io, opened).acts.invite(command, {...alice, name: 'rita'});
	assert.match(JSON.stringify(answer), /It opens only while cutover-tui serve runs.* Say to paul, once: /);
});
