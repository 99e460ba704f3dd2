/* Acts by personal links over real HTTP: the door, the form of an act, its record, and everything that must leave none. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {mostTries} from '../../source/cutover/decide/links.ts';
import {shownPath} from '../../source/cutover/model/person.ts';
import {digestOf} from '../../source/disk/digest.ts';
import {note, says} from '../cutover/commands.ts';
import {calm} from '../given.ts';
import {alice, ben, bob, lena, omar} from '../scenarios/people.ts';
import {type Answered, browserOf, opened, problem, type Site, site, withMail} from './site.ts';

const types = ({journal}: Site) => journal.entries().map(({type}) => type);
const last = ({journal}: Site) => journal.entries().at(-1);

const g5 = '/act?do=acknowledge&target=G5';

test('an act is recorded with who invited, how the link was sent, and what was shown', async t => {
	const {place, browser, me} = await opened(t);
	assert.match(me.text, /href="\/act\?do&#61;acknowledge&amp;target&#61;G5"/);
	const answer = await browser.act(g5, {'group:project-owner': 'yes', word: 'answer'});
	assert.equal(answer.status, 303);
	const entry = place.journal.entries().find(({type}) => type === 'acknowledged');
	assert.deepEqual(
		[entry?.by.name, entry?.by.role, entry?.by.strength, entry?.by.web?.issuer, entry?.by.web?.sent],
		['bob', 'project-owner', 'link', 'alice', 'print'],
	);
	const sha256 = entry?.by.shown?.sha256 ?? '';
	const text = readFileSync(join(place.folder, shownPath(sha256)), 'utf8');
	assert.equal(digestOf(text), `sha256:${sha256}`);
	assert.match(text, /^To bob: Is this so: /);
	assert.match(text, /Runbook sha256:/);
	assert.equal(entry?.by.shown?.entry, (entry?.seq ?? 0) - 1);
	const done = await browser.get(String(answer.headers.location));
	assert.match(done.text, /bob says yes on G5 for project-owner · by link I1, passed on by alice/);
});

test('a form that is sent twice, and the back button, are one act', async t => {
	const {place, browser} = await opened(t);
	const hidden = browser.hidden((await browser.get(g5)).text);
	const fields = {...hidden, 'group:project-owner': 'yes', word: 'ANSWER'};
	const answers = await Promise.all([browser.post('/act', fields), browser.post('/act', fields)]);
	answers.push(await browser.post('/act', fields));
	assert.deepEqual(
		answers.map(({status, headers}) => [status, headers.location]),
		answers.map(() => [303, `/done?id=${hidden['nonce']}`]),
	);
	assert.equal(types(place).filter(type => type === 'acknowledged').length, 1);
});

test('an act by the wrong word, without a choice, or with a junk field leaves no entry', async t => {
	const {place, browser} = await opened(t);
	const before = place.lines.length;
	const wrong = await browser.act(g5, {'group:project-owner': 'yes', word: 'YES'});
	assert.deepEqual([wrong.status, problem(wrong)], [422, 'Type ANSWER to confirm. Nothing was recorded.']);
	const none = await browser.act(g5, {word: 'ANSWER'});
	assert.equal(none.status, 422);
	const denial = await browser.act(g5, {'group:project-owner': 'no', word: 'ANSWER'});
	assert.match(problem(denial), /reason/);
	const hidden = browser.hidden((await browser.get(g5)).text);
	const junk = await browser.post('/act', {...hidden, do: 'rollback', word: 'ROLLBACK'});
	assert.equal(junk.status, 400);
	assert.equal(place.lines.length, before);
});

test('a post from another page, or without saying where from, is refused', async t => {
	const {place, browser} = await opened(t);
	const before = place.lines.length;
	const fields = {...browser.hidden((await browser.get(g5)).text), 'group:project-owner': 'yes', word: 'ANSWER'};
	assert.equal((await browser.post('/act', fields, {'sec-fetch-site': 'cross-site'})).status, 403);
	assert.equal((await browser.post('/act', fields, {'sec-fetch-site': 'same-site'})).status, 403);
	const body = new URLSearchParams(fields).toString();
	const headers = {'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example'};
	assert.equal((await place.ask('/act', {method: 'POST', headers}, body)).status, 403);
	assert.equal(place.lines.length, before);
});

test('no act without a session', async t => {
	const {place, browser} = await opened(t);
	const fields = {...browser.hidden((await browser.get(g5)).text), 'group:project-owner': 'yes', word: 'ANSWER'};
	const stranger = browserOf(place);
	assert.equal((await stranger.get(g5)).status, 403);
	assert.equal((await stranger.post('/act', fields)).status, 403);
	assert.equal((await stranger.get('/me')).status, 403);
});

test('what was typed is shown again where the link is not open any more', async t => {
	const {place, browser} = await opened(t);
	const page = await browser.get('/act?do=hold&target=');
	const fields = {...browser.hidden(page.text), reason: 'payments are <degraded>', word: 'HOLD'};
	await place.restart();
	const lost = await browser.post('/act', fields);
	assert.equal(lost.status, 403);
	assert.match(lost.text, /is not open in this browser.*payments are &lt;degraded&gt;/s);
});

test('what changed while it was read is said, and nothing is recorded on the old text', async t => {
	const {place, browser} = await opened(t);
	const page = await browser.get('/act?do=hold&target=');
	const fields = {...browser.hidden(page.text), reason: 'payments are degraded', word: 'HOLD'};
	await place.does(alice, {type: 'schedule', data: {t0: '2031-01-14T21:30:00Z', reason: 'vendor is late'}});
	const before = place.lines.length;
	const answer = await browser.post('/act', fields);
	assert.equal(answer.status, 409);
	assert.match(problem(answer), /It changed while you read/);
	assert.match(answer.text, /class="gone">T0 2031-01-14 /);
	assert.match(answer.text, />payments are degraded</);
	assert.equal(place.lines.length, before);
	const again = await browser.post('/act', {...fields, ...browser.hidden(answer.text)});
	assert.equal(again.status, 303);
	assert.equal(place.journal.state().status, 'hold');
});

test('an entry that changes nothing of what was read does not send the reader back', async t => {
	const {place, browser} = await opened(t);
	const fields = {...browser.hidden((await browser.get(g5)).text), 'group:project-owner': 'yes', word: 'ANSWER'};
	await place.does(alice, note('the vendor is on the bridge'));
	assert.equal((await browser.post('/act', fields)).status, 303);
});

test('an act beside others who record follows on what was shown all the same', async t => {
	const {place, browser} = await opened(t);
	const fields = {...browser.hidden((await browser.get(g5)).text), 'group:project-owner': 'yes', word: 'ANSWER'};
	const others = Array.from({length: 30}, (_, index) => place.does(alice, note(`note ${index}`)));
	const [answer] = await Promise.all([browser.post('/act', fields), ...others]);
	assert.equal(answer.status, 303);
	const entries = place.journal.entries();
	const entry = entries.find(({type}) => type === 'acknowledged');
	const before = entries[(entry?.seq ?? 0) - 2];
	assert.deepEqual([entry?.by.shown?.entry, entry?.by.shown?.head], [before?.seq, before?.hash]);
	assert.equal(types(place).filter(type => type === 'acknowledged').length, 1);
});

/** Every gate passes but the words of bob. */
async function toVote(place: Site): Promise<void> {
	place.time('21:52');
	for (const [by, draft] of [
		[ben, says('G4', 'L1')],
		[lena, says('G4', 'L2')],
		[omar, says('G4', 'L3')],
		[bob, says('G5', 'project-owner')],
	] as const)
		await place.does(by, draft);
}

test('a no-go takes a reason, its word and the spoken code', async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	const browser = browserOf(place);
	await browser.open(link.secret);
	await toVote(place);
	const path = '/act?do=vote&target=';
	const page = await browser.get(path);
	assert.match(page.text, /Go or no-go for T0/);
	assert.match(page.text, /The six digits that alice gave you/);
	const go = {vote: 'no-go', word: 'NO-GO', role: 'ops-lead', code: link.code ?? ''};
	assert.match(problem(await browser.act(path, go)), /reason/);
	const answer = await browser.act(path, {...go, reason: 'database lag'});
	assert.equal(answer.status, 303);
	const voted = place.journal.entries().find(({type}) => type === 'voted');
	assert.deepEqual([voted?.by.strength, voted?.by.role], ['link+code', 'ops-lead']);
	assert.equal(place.journal.state().status, 'hold');
});

test('a vote that the rules refuse is refused in their words, and costs no try of the code', async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	const browser = browserOf(place);
	await browser.open(link.secret);
	place.time('21:52');
	const answer = await browser.act('/act?do=vote&target=', {vote: 'go', word: 'GO', role: 'ops-lead', code: '000000'});
	assert.equal(answer.status, 409);
	assert.match(problem(answer), /G1 is pending/);
	assert.deepEqual(
		readdirSync(join(place.folder, 'links')).filter(name => name.includes('try')),
		[],
	);
});

test('five wrong codes lock the link, across a server that is started anew, and the board says so', async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	const wrong = String((Number(link.code) + 1) % 1_000_000).padStart(6, '0');
	place.time('21:52');
	let answer: Answered | null = null;
	for (let tried = 0; tried < mostTries; tried++) {
		if (tried === 3) await place.restart();
		const browser = browserOf(place);
		await browser.open(link.secret);
		answer = await browser.act('/act?do=vote&target=', {
			vote: 'no-go',
			word: 'NO-GO',
			reason: 'no',
			role: 'ops-lead',
			code: wrong,
		});
		assert.equal(answer.status, 403);
	}
	assert.match(answer === null ? '' : answer.text, /locked/);
	assert.equal(last(place)?.type, 'linkLocked');
	const browser = browserOf(place);
	assert.match(problem(await browser.open(link.secret)), /locked after 5 wrong codes/);
	assert.equal(types(place).includes('voted'), false);
});

test('the right code gives the tries back', async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	const browser = browserOf(place);
	await browser.open(link.secret);
	place.time('21:52');
	const fields = {vote: 'no-go', word: 'NO-GO', reason: 'no', role: 'ops-lead'};
	for (let tried = 0; tried < mostTries - 1; tried++)
		await browser.act('/act?do=vote&target=', {...fields, code: 'junk'});
	const code = `${link.code?.slice(0, 3)} ${link.code?.slice(3)}`;
	assert.equal((await browser.act('/act?do=vote&target=', {...fields, code})).status, 303);
	assert.deepEqual(readdirSync(join(place.folder, 'links')), ['I1.json']);
});

test('a person is offered what is theirs, and no command beside', async t => {
	const {place, browser, me} = await opened(t);
	const offered = [...me.text.matchAll(/do&#61;(\w+)/g)].map(([, name]) => name);
	assert.deepEqual([...new Set(offered)].sort(), ['acknowledge', 'hold', 'note']);
	for (const path of ['/act?do=run&target=T-60', '/act?do=rollback&target=', '/act?do=acknowledge&target=G4'])
		assert.equal((await browser.get(path)).status, 404);
	assert.equal(place.journal.state().status, 'preparing');
});

test('a decision that needs a signature is not offered to a link, which cannot sign', async t => {
	const place = await site(t, {...withMail, signatures: 'required'});
	const {secret} = await place.invite('carol');
	const browser = browserOf(place);
	place.time('21:52');
	const me = await browser.open(secret);
	assert.doesNotMatch(me.text, /do&#61;vote/);
	assert.match(me.text, /do&#61;note/);
});

test('what is observed counts: a file that changed is among what a vote rests on', async t => {
	const place = await site(t);
	const link = await place.invite('carol');
	const browser = browserOf(place);
	await browser.open(link.secret);
	place.time('21:52');
	const page = await browser.get('/act?do=vote&target=');
	const [path = ''] = Object.keys(calm.approved);
	place.see({...calm, approved: {...calm.approved, [path]: 'sha256:other'}});
	const fields = {vote: 'no-go', word: 'NO-GO', reason: 'no', role: 'ops-lead', code: link.code ?? ''};
	const answer = await browser.post('/act', {...browser.hidden(page.text), ...fields});
	assert.equal(answer.status, 409);
	assert.equal(types(place).includes('voted'), false);
});
