import assert from 'node:assert/strict';
import {test} from 'node:test';
import {boardOf} from '../../source/page/board.ts';
import {documentOf, sectionsOf} from '../../source/page/document.ts';
import {outsideReader} from '../../source/page/outside.ts';
import {type Act, at, begins, calm, does, given} from '../given.ts';
import {goldenAt} from '../harness/golden.ts';
import {alice} from '../scenarios/people.ts';
import type {Scenario} from '../scenarios/scenarios.ts';
import {inZone} from '../screen/draw.tsx';
import {boardAt, documentAt, here, moments} from './shown.ts';

/** What must not be read outside, marked wherever a journal may hold it. */
const mark = 'TOPSECRET';
const markedKeys = /^(?:login|tty|ssh|url|address|api|why|proxy|keptIn|commands|still|found|lines)$/;

function marked(value: unknown, key: string, isProcess: boolean): unknown {
	const isMarked = markedKeys.test(key) || (key === 'reason' && isProcess);
	if (typeof value === 'string')
		return isMarked ? (key === 'url' ? `https://${mark}.example.org/health` : `${mark} ${value}`) : value;
	if (Array.isArray(value)) return value.map(each => marked(each, key, isProcess));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each, name, isProcess)]));
}

const markedAct = (act: Act): Act => ({
	...act,
	by: marked(act.by, 'by', false) as Act['by'],
	command: marked(act.command, 'command', act.by.strength === 'process') as Act['command'],
	observed: marked(act.observed, 'observed', true) as Act['observed'],
});

const markedMoment = (scenario: Scenario): Scenario => ({
	...scenario,
	acts: scenario.acts.map(markedAct),
	...(scenario.observed && {observed: marked(scenario.observed, 'observed', true) as Act['observed']}),
});

test('the page of every moment is whole', () => {
	for (const [name, moment] of Object.entries(moments)) {
		const text = documentAt(moment);
		assert.doesNotMatch(text, /NaN|undefined|Infinity|\[object/, name);
		assert.equal(text.match(/<section/g)?.length, 11, name);
		const {word} = boardAt(moment).status.headline;
		assert.ok(text.includes(`<b>${word}</b>`), name);
	}
});

/** What a reader is told, a line each element that holds text. */
const told = (html: string): string =>
	html
		.replace(/<(script|style|head|noscript)\b[\s\S]*?<\/\1>/g, '')
		.replace(/<\/?(?:section|h\d|p|tr|li|dt|dd|summary|text|header|footer|div)\b[^>]*>/g, '\n')
		.replace(/<\/t[dh]>/g, ' | ')
		.replace(/<small>/g, ' / ')
		.replace(/<[^>]+>/g, '')
		.replace(/^[ \t|]+|[ \t|]+$/gm, '')
		.replace(/\n{2,}/g, '\n')
		.trim();

for (const name of ['gate-failed', 'roll-call', 't0-late', 'trigger-fired', 'proof-awaited', 'sign-offs'] as const)
	test(`the page tells of ${name} what its golden does`, () => {
		const moment = moments[name];
		assert.ok(moment);
		goldenAt(
			`pages/${name}.txt`,
			inZone(() => told(documentAt(moment))),
		);
	});

test('output of attempts, commands, addresses of endpoints and logins are not on the page', () => {
	for (const [name, moment] of Object.entries(moments)) {
		const text = documentAt(markedMoment(moment));
		const at = text.indexOf(mark);
		assert.equal(at, -1, `${name}: ${text.slice(Math.max(0, at - 200), at + 80)}`);
	}
});

test('what is marked is on the board that the team sees', () => {
	const acts = moments['gate-failed']?.acts.map(markedAct) ?? [];
	assert.ok(JSON.stringify(acts).includes(mark));
});

test('the page loads nothing and leads nowhere else', () => {
	for (const moment of Object.values(moments)) {
		const text = documentAt(moment).replace(/<script>[\s\S]*<\/script>/, '');
		assert.doesNotMatch(text, /<(?:img|iframe|object|embed|link)\b|\s(?:src|on\w+|style)=|url\(|@import/i);
		assert.doesNotMatch(text, /href="(?!#|\?still|\.\/|\/journal\?)/);
	}
});

test('the cutover of a rehearsal is not taken for the real one', () => {
	const [moment] = Object.values(moments);
	assert.ok(moment);
	const acts = moment.acts.map(act =>
		act.command.type === 'begin'
			? {...act, command: {...act.command, data: {...act.command.data, rehearsal: {speed: 10}}} as Act['command']}
			: act,
	);
	const text = documentAt({...moment, acts});
	assert.match(text, /<title>REHEARSAL: /);
	assert.match(text, /REHEARSAL: this is not the real cutover/);
	assert.match(text, /data-speed="10"/);
});

test('a page whose record cannot be read says since when, and is as of then', () => {
	const {entries} = given([begins('20:50', alice, '22:00')], '20:52');
	const shown = (away: number | null): string => {
		const board = boardOf(outsideReader()(entries), at('20:52'), calm, {...here, away});
		return inZone(() => documentOf(board, sectionsOf(board), {stream: '/stream', reload: 30}).toString());
	};
	const {away, current} = {away: shown(at('20:51')), current: shown(null)};
	assert.match(away, /<b>NOT CURRENT<\/b> The record cannot be read since 20:51:00: /);
	assert.match(away, /as of <span id="as-of">20:51:00 /);
	assert.doesNotMatch(current, /NOT CURRENT/);
	assert.match(current, /as of <span id="as-of">20:52:00 /);
});

test('the page has the newest 200 entries, and older ones by their number', () => {
	const texts = Array.from({length: 230}, (_, index) =>
		does('20:51', alice, 'note', {text: `note ${index}`, on: null}),
	);
	const {entries} = given([begins('20:50', alice, '22:00'), ...texts], '20:52');
	const read = outsideReader()(entries);
	const numbers = (before?: number) => boardOf(read, at('20:52'), calm, here, before).journal.map(({entry}) => entry);
	assert.equal(numbers().length, 200);
	assert.equal(numbers()[0], entries.length);
	assert.deepEqual(numbers(4), [3, 2, 1]);
	assert.deepEqual(numbers(1), []);
	const board = boardOf(read, at('20:52'), calm, here);
	const text = documentOf(board, sectionsOf(board), {stream: '/stream', reload: 30}).toString();
	const oldest = entries.length - 199;
	assert.ok(text.includes(`href="/journal?before&#61;${oldest}">${oldest - 1} older entries<`), 'it leads to them');
	const file = documentOf(board, sectionsOf(board, true), {stream: null, reload: 30}).toString();
	assert.ok(!file.includes('/journal?') && !file.includes('/journal&#'), 'a file has no server to lead to');
	assert.ok(file.includes(`${oldest - 1} older entries are not in this file`));
});

test('entries are read on, and anew where they were taken back', () => {
	const all = given(moments['kept']?.acts ?? [], '23:02:00').entries;
	const other = given(moments['rolled-back']?.acts ?? [], '22:45:00').entries;
	const read = outsideReader();
	assert.deepEqual(read(all.slice(0, 9)).state, outsideReader()(all.slice(0, 9)).state);
	assert.deepEqual(read(all).state, outsideReader()(all).state);
	assert.deepEqual(read(other).state, outsideReader()(other).state);
	assert.deepEqual(read(other.slice(0, 5)).entries, outsideReader()(other.slice(0, 5)).entries);
});
