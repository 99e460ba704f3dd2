import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pageOf} from '../../source/cli/evidence.ts';
import {checksOf} from '../../source/evidence/checks.ts';
import {exceptionsOf} from '../../source/evidence/exceptions.ts';
import {asHtml} from '../../source/evidence/formats/html.ts';
import {journalIn} from '../../source/evidence/journal-block.ts';
import type {Package} from '../../source/evidence/package.ts';
import {verifyDocument} from '../../source/evidence/verify-document.ts';
import {follows, origin, read} from '../../source/journal/entry.ts';
import {instant, showDaysBeside, showTimesIn} from '../../source/text/time.ts';
import {type Act, begins, does} from '../given.ts';
import {closedNight} from '../scenarios/measured-night.ts';
import {failedNight, keptNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {approved} from '../scenarios/runbook.ts';
import {closedCutover, linesOf} from './closed-cutover.ts';
import {evidenceAt} from './evidence-at.ts';

const kept = evidenceAt(keptNight, '23:30');
const chain = {origin, read, follows};
const demands = {closed: false, head: null};

const answerTo = (evidence: Package, question: string) =>
	checksOf(evidence).find(check => check.question === question)?.answer;

test('the checks on top of the evidence are computed from the journal', () => {
	assert.equal(answerTo(kept, 'Approved before T0'), 'yes');
	assert.equal(answerTo(kept, 'Approver is not the implementer'), 'yes');
	const separate = checksOf(kept).find(({question}) => question === 'Approver is not the implementer');
	assert.equal(separate?.why, 'T0 begun by alice, approved by carol, and by alice as well');
	assert.equal(answerTo(kept, 'Two people are proven'), 'yes');
	assert.equal(answerTo(kept, 'Every gate passed before T0'), 'yes');
	const before = evidenceAt(keptNight, '21:00');
	assert.equal(answerTo(before, 'Approved before T0'), 'none');
	assert.equal(answerTo(before, 'The cutover is closed'), 'none');
});

test('two names behind one login do not prove that the approver is not the implementer', () => {
	const stated = ({by}: Act): Act['by'] =>
		by.strength === 'process' ? by : {...by, strength: 'stated', login: 'release'};
	const acts = keptNight.map(act => ({...act, by: stated(act)}));
	const check = checksOf(evidenceAt(acts, '23:30')).find(
		({question}) => question === 'Approver is not the implementer',
	);
	assert.equal(check?.answer, 'none');
	assert.match(check?.why ?? '', /not proven to be 2 people: one login is behind/);
});

/** A vote as its person gave it by a link. */
const byLink = (act: Act): Act => ({
	...act,
	by: {
		...act.by,
		login: null,
		tty: null,
		ssh: null,
		strength: 'link+code',
		web: {link: 'I1', from: '192.0.2.7', agent: 'Firefox'},
		shown: {entry: 1, head: 'a'.repeat(64), sha256: 'b'.repeat(64)},
	},
});

/** The rows of the table under a heading, without markup. */
const tableUnder = (document: string, title: string): readonly string[] =>
	[...(document.split(`<h2>${title}</h2>`)[1]?.split('</section>')[0] ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(
		([, row = '']) =>
			row
				.replaceAll(/<\/t[dh]>/g, ' | ')
				.replaceAll(/<[^>]+>/g, '')
				.replaceAll('&#61;', '='),
	);

test('who, what exactly and when is read from the evidence alone: the approved version file by file, and what was shown', () => {
	const document = asHtml(kept);
	const [, first, ...files] = tableUnder(document, 'Approved versions');
	assert.match(
		first ?? '',
		/^1 \| 2031-01-14T\d\d:50:00[+-]\d\d:\d\d \| alice \(release-manager\) \[system login\] \| .*switch\.md \| sha256:/,
	);
	assert.deepEqual(
		files.map(row => row.split(' | ').slice(3, 5)),
		Object.entries(approved).map(([path, digest]) => [path, digest]),
	);
	const [begin, ...others] = keptNight;
	assert.ok(begin);
	const invite = does('20:50:00', alice, 'invite', {name: 'bob', roles: [], sent: 'print', code: true, until: null});
	const acts = others.map(act => (act.by.name === 'bob' && act.command.type === 'vote' ? byLink(act) : act));
	const shown = tableUnder(asHtml(evidenceAt([begin, invite, ...acts], '23:30')), 'Acts by personal link');
	assert.equal(shown.length, 2);
	assert.match(
		shown[1] ?? '',
		/KEEP bob \(project-owner\).* \| link I1 and the spoken code, passed on by alice \| 192\.0\.2\.7 \| b{64} \| /,
	);
});

test('what did not go as planned is one list, in its order', () => {
	const {entries} = evidenceAt(failedNight, '23:30');
	const found = exceptionsOf(entries, []);
	assert.ok(found.some(({kind}) => kind === 'failed'));
	assert.deepEqual(
		found.map(({seq}) => seq),
		found.map(({seq}) => seq).toSorted((a, b) => a - b),
	);
});

test('the journal in the evidence is the journal byte for byte, and verifies from that file alone', async () => {
	const hostile = ['</script><script>alert(1)</script>', '<!--', '\\u003c', '\\\\u003c', ']]>', '"<b>"'];
	const notes = hostile.map((text, index) => does(`20:5${index + 1}`, alice, 'note', {text, on: null}));
	const evidence = evidenceAt([begins('20:50', alice, '22:00'), ...notes], '20:59');
	const document = asHtml(evidence);
	const journal = journalIn(document) ?? '';
	assert.equal(
		journal,
		evidence
			.lines()
			.map(line => `${line}\n`)
			.join(''),
	);
	const verified = await verifyDocument(document, chain, demands, () => assert.fail());
	assert.deepEqual([verified?.valid, verified?.page], [true, 'open']);
	assert.equal(document.match(/<script/g)?.length, 1, 'the block is the only one, and nothing closes it early');
	const changed = await verifyDocument(document.replaceAll('alert(1)', 'alert(2)'), chain, demands, () => '');
	assert.equal(changed?.valid, false);
	assert.equal(journalIn('<p>nothing</p>'), null);
});

const entriesOf = (folder: string) => linesOf(folder).flatMap(line => read(line) ?? []);

test('the evidence of a closed cutover is the same page on whichever day it is exported', async t => {
	const entries = entriesOf(await closedCutover(t));
	t.after(() => showTimesIn(null, null));
	t.after(() => showDaysBeside(null));
	const asVerified = pageOf({TZ: 'Europe/Berlin'}, entries);
	const closed = instant(entries.at(-1)?.at ?? '');
	for (const days of [0, 1, 400]) {
		showDaysBeside(() => closed + days * 86_400_000);
		assert.ok(pageOf({TZ: 'Europe/Berlin'}, entries) === asVerified, `${days} days after its close`);
	}
});

test('a page that was changed above its whole journal does not hold, and the section is named', async t => {
	const entries = entriesOf(await closedCutover(t));
	t.after(() => showTimesIn(null, null));
	const document = pageOf({TZ: 'Europe/Berlin'}, entries);
	const verified = (text: string, anew = document) =>
		verifyDocument(text, chain, {closed: true, head: null}, () => anew);
	assert.deepEqual([(await verified(document))?.valid, (await verified(document))?.page], [true, 'same']);
	const cut = document.lastIndexOf('<h2>Notes</h2>');
	const changed = await verified(document.slice(0, cut) + document.slice(cut).replace('note 1', 'note 7'));
	assert.deepEqual([changed?.valid, changed?.page], [false, 'differs']);
	assert.match(changed?.text ?? '', /not what its journal says, at or after "Notes"/);
	const added = await verified(document.replace('</body>', '<p>all is well</p></body>'));
	assert.equal(added?.valid, false);
	const other = await verified(document, document.replace(/generator" content="[^"]*/, 'generator" content="other'));
	assert.deepEqual([other?.valid, other?.page], [true, 'other program'], 'what another version wrote is not compared');
});

test('the evidence holds no script that runs and no address of elsewhere', () => {
	const document = asHtml(evidenceAt(closedNight, '23:59'));
	const [page = ''] = document.split('<script type="application/x-ndjson"');
	assert.doesNotMatch(page, /<script|<link|<img|<iframe|<object|\son\w+=|\ssrc=|url\(/i);
	assert.match(page, /content="default-src 'none'; style-src 'sha256-/);
});
