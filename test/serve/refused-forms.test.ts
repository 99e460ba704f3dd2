/* Every act by a personal link, and every rule that may refuse it: the form comes back with the sentence, and nothing typed is lost. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import {refuse} from '../../source/cutover/decide/refusal.ts';
import type {Command} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {type RefusalCode, rules} from '../../source/cutover/model/refusal.ts';
import {type FaultCode, type Journal, StoreFault} from '../../source/cutover/ports.ts';
import type {WebAct} from '../../source/page/acts.ts';
import {Acts} from '../../source/serve/acting.ts';
import type {Asked, Page} from '../../source/serve/route.ts';
import {type Act, begins, does, given} from '../given.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';

/** Without digits: each try of them takes its time. */
const book = {
	...runbook,
	people: {...runbook.people, 'release-manager': ['alice', 'carol']},
	least: {go: 'link', keep: 'link', answer: 'link', 'impact-over': 'link'},
} as const;

type Row = {
	readonly act: WebAct;
	readonly on: string;
	readonly who: string;
	readonly acts: readonly Act[];
	readonly now: string;
};

const call = does('20:55:00', {...alice, role: null}, 'acknowledge', {
	gate: 'G5',
	group: 'project-owner',
	yes: true,
	reason: null,
});
const relayed: Act = {
	...call,
	command: {...call.command, relayed: {speaker: 'bob', channel: 'phone', words: 'yes, no blocker is left'}},
};

const rows: readonly Row[] = [
	{act: 'vote', on: '', who: 'carol', acts: backNight, now: '22:16:48'},
	{act: 'keep', on: '', who: 'bob', acts: keptNight, now: '22:55:50'},
	{act: 'acknowledge', on: 'G5', who: 'bob', acts: backNight, now: '21:47:19'},
	{act: 'acknowledge', on: 'G4', who: 'omar', acts: backNight, now: '21:32:00'},
	{act: 'answer', on: '2', who: 'ben', acts: backNight, now: '22:33:00'},
	{act: 'sign', on: 'S3', who: 'carol', acts: keptNight, now: '23:02:00'},
	{act: 'confirmRelay', on: '3', who: 'bob', acts: [call, relayed], now: '21:00'},
	{act: 'prove', on: '', who: 'ben', acts: backNight, now: '22:40:00'},
	{act: 'note', on: '', who: 'bob', acts: backNight, now: '21:00'},
	{act: 'hold', on: '', who: 'bob', acts: backNight, now: '21:00'},
];

/** Where the rules refuse with this code, what is asked and what is recorded; null: what they say themselves. */
type Refusing = {would: RefusalCode | null; decide: RefusalCode | null; fault: FaultCode | null};

const said = (code: RefusalCode) => refuse(code, `${code} forbids it.`, `Do what ${code} wants.`);

function acting(t: TestContext, {acts, now, who}: Row) {
	const folder = mkdtempSync(join(tmpdir(), 'refused-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const [, ...others] = acts;
	const invited = does('20:50:00', alice, 'invite', {name: who, roles: [], sent: 'print', code: true, until: null});
	const {
		state,
		entries,
		observed,
		now: at,
	} = given([begins('20:50:00', alice, '22:00:00', book), invited, ...others], now);
	const refusing: Refusing = {would: null, decide: null, fault: null};
	const isOfForm = ({id}: Command) => id.startsWith('link/');
	const rule = (command: Command, by: Person) => {
		const answer = decide(state, command, {at, by, observed});
		return isRefusal(answer) ? answer : null;
	};
	const journal = {
		state: () => state,
		entries: () => entries,
		observed: () => observed,
		settle: async () => [],
		would: (command: Command, by: Person) =>
			isOfForm(command) ? refusing.would && said(refusing.would) : rule(command, by),
		decide: async () => {
			if (refusing.fault !== null) throw new StoreFault(refusing.fault, 'connect 192.0.2.1:5432', '');
			return refusing.decide === null ? {refused: false, entries: []} : said(refusing.decide);
		},
	} as unknown as Journal;
	const [link] = state.invitations;
	assert.ok(link);
	const session = {id: 'session', link: link.link, from: '192.0.2.7', agent: 'Firefox'};
	const web = new Acts({journal, clock: {...systemClock, now: () => at}, folder});
	const asked = (query: Record<string, string>, form: Record<string, string> = {}): Asked => ({
		path: '/act',
		query: new URLSearchParams(query),
		header: () => null,
		cookie: () => null,
		form: new URLSearchParams(form),
		from: '192.0.2.7',
		account: null,
	});
	return {
		refusing,
		form: (act: WebAct, on: string) => web.form(asked({do: act, target: on}), session, link),
		send: async (form: Record<string, string>): Promise<Page> => {
			const answer = await web.record(asked({}, form), session, link);
			assert.ok('body' in answer, 'a page comes back');
			return answer;
		},
	};
}

const plain = (text: string): string =>
	text
		.replaceAll('&#39;', "'")
		.replaceAll('&quot;', '"')
		.replaceAll('&#61;', '=')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');

const all = (text: string, pattern: RegExp): readonly (readonly [string, string])[] =>
	[...text.matchAll(pattern)].map(([, name = '', value = '']) => [plain(name), plain(value)]);

/** What a browser would send of a page if nobody touched it. */
const filledIn = (text: string): Record<string, string> =>
	Object.fromEntries([
		...all(text, /<input type="hidden" name="([^"]*)" value="([^"]*)">/g),
		...all(text, /<input type="text" id="[^"]*" name="([^"]*)"[^>]*? value="([^"]*)"/g),
		...all(text, /<input type="radio" name="([^"]*)" value="([^"]*)" checked/g),
		...all(text, /<textarea id="[^"]*" name="([^"]*)"[^>]*>([^<]*)</g),
		...all(text, /<select id="[^"]*" name="([^"]*)">.*?<option value="([^"]*)" selected>/g),
	]);

/** Every field given: the last of each choice, and a text that has to be escaped. */
function typedInto(text: string): Record<string, string> {
	return {
		...filledIn(text),
		...Object.fromEntries(all(text, /<input type="radio" name="([^"]*)" value="([^"]*)"/g)),
		...Object.fromEntries(
			all(text, /<textarea id="[^"]*" name="([^"]*)"/g).map(([name]) => [name, `"5 < 6" & 'so' = it`]),
		),
	};
}

for (const row of rows)
	test(`${row.act} ${row.on}: whatever the rules refuse, the form comes back with what was typed`, async t => {
		const {refusing, form, send} = acting(t, row);
		const first = form(row.act, row.on);
		assert.equal(first.status, 200, 'it is offered');
		const text = first.body.toString();
		const words = /Type ([A-Z-]+)(?: or ([A-Z-]+))? to confirm/.exec(plain(text)) ?? [];
		const typed: Record<string, string> = {...typedInto(text)};
		typed['word'] = (typed['vote'] === 'no-go' ? words[2] : words[1]) ?? '';
		for (const code of Object.keys(rules) as RefusalCode[])
			for (const phase of ['would', 'decide'] as const) {
				if (phase === 'decide' && code === 'overtaken') continue;
				Object.assign(refusing, {would: null, decide: null, [phase]: code});
				const answer = await send(typed);
				const page = answer.body.toString();
				assert.equal(answer.status, code === 'word-needed' && phase === 'would' ? 422 : 409, `${code}: ${page}`);
				assert.ok(page.includes(`role="alert"><p>${code} forbids it. Do what ${code} wants.</p>`), code);
				assert.deepEqual(filledIn(page), typed, code);
			}
		Object.assign(refusing, {would: null, decide: null});
		for (const [code, sentence] of [
			['unreachable', /Nothing was recorded: the journal cannot be written now/],
			['uncertain', /it is not known whether this was recorded/],
		] as const) {
			refusing.fault = code;
			const page = await send(typed);
			assert.deepEqual([page.status, filledIn(page.body.toString())], [503, typed]);
			assert.match(page.body.toString(), sentence);
			assert.doesNotMatch(page.body.toString(), /192\.0\.2\.1/, 'no address of the store is told outside');
		}
		const overtaken = await send({...typed, shown: '0'.repeat(64)});
		assert.equal(overtaken.status, 409);
		assert.deepEqual(
			filledIn(overtaken.body.toString()),
			{...typed, word: ''},
			'what is decided anew takes its word anew',
		);
		Object.assign(refusing, {would: 'closed', fault: null});
		const junk = await send({...typed, target: 'G99'});
		assert.equal(junk.status, 409, 'a target that there is not is refused as well');
	});
