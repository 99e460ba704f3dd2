/* The drawings of the page, with nothing, with one and with many, and the form of a vote for each least. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {situationIn} from '../../source/commands/situation-in.ts';
import {linkStrengths, type Person} from '../../source/cutover/model/person.ts';
import {takesCode} from '../../source/page/acts.ts';
import {sectionsOf} from '../../source/page/document.ts';
import {style} from '../../source/page/style.ts';
import {type Bar, gantt, tall} from '../../source/page/timeline.ts';
import {site, withMail} from '../serve/site.ts';
import {boardAt, moments} from './shown.ts';

const minute = 60_000;

const barsOf = (count: number, stepMs: number): readonly Bar[] =>
	Array.from({length: count}, (_, index) => ({
		id: `T+${index}`,
		state: index % 2 === 0 ? 'done' : 'not reached',
		planned: index * stepMs,
		started: index % 3 === 0 ? index * stepMs + minute : null,
		ended: index % 6 === 0 ? index * stepMs + 2 * minute : null,
	}));

const numbers = (svg: string): readonly number[] =>
	[...svg.matchAll(/ (?:x|x1|x2|y|y1|y2|cx|cy|width|height)="([^"]*)"/g)].map(([, value]) => Number(value));

test('a timeline of no, one or 200 stages, at one instant or over months, is within its frame', () => {
	assert.match(gantt([], 0).toString(), /no stages/);
	for (const [count, step] of [
		[1, 0],
		[2, 0],
		[200, minute],
		[200, 24 * 60 * minute],
	] as const)
		for (const draw of [gantt, tall]) {
			const svg = draw(barsOf(count, step), 3 * minute).toString();
			const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
			assert.ok(
				numbers(svg).every(value => Number.isFinite(value) && value >= 0 && value <= Math.max(height, 1000)),
				`${draw.name} ${count} ${step}`,
			);
			assert.equal(svg.match(/<text/g)?.length ? svg.includes('NaN') : true, false);
		}
});

test('answers of an endpoint are drawn of none, of one, of 200, and where all failed', () => {
	const board = boardAt(moments['outage'] ?? assert.fail());
	const [endpoint] = board.status.endpoints;
	assert.ok(endpoint);
	const drawn = (samples: (typeof board.samples)[string]): string =>
		sectionsOf({...board, samples: {[endpoint.name]: samples}}).health;
	assert.match(drawn([]), /No samples yet/);
	const many = Array.from({length: 200}, (_, index) => ({
		at: index * 5000,
		ms: index % 7 === 0 ? ('fail' as const) : index,
	}));
	for (const samples of [
		[{at: 1000, ms: 12}],
		[{at: 1000, ms: 'unknown' as const}],
		many,
		many.map(({at}) => ({at, ms: 'fail' as const})),
		many.map(() => ({at: 1000, ms: 0})),
	]) {
		const text = drawn(samples);
		assert.doesNotMatch(text, /NaN|Infinity|undefined/);
		assert.match(text, new RegExp(`newest ${samples.length} samples`));
	}
});

test('the form of a vote asks for the digits exactly where link and code are the least and nobody is signed in', async t => {
	for (const least of linkStrengths) {
		const place = await site(t, {...withMail, least: {go: least}});
		await place.invite('carol');
		const of = (strength: Person['strength']): boolean => {
			const person = {
				name: 'carol',
				login: null,
				role: null,
				tty: null,
				ssh: null,
				strength,
				web: {link: 'I1', from: '', agent: ''},
			};
			return takesCode('vote', situationIn(place.journal, place.journal.state().at, person), '');
		};
		assert.deepEqual(
			linkStrengths.map(of),
			linkStrengths.map(own => least === 'link+code' && !['proxy', 'oidc'].includes(own)),
			least,
		);
	}
});

test('whatever is drawn has a colour in every scheme', () => {
	for (const [name, moment] of Object.entries(moments)) {
		const {timeline, health} = sectionsOf(boardAt(moment));
		for (const [, kind] of `${timeline}${health}`.matchAll(/<(?:rect|circle|line|path) class="([^"]*)"/g))
			assert.match(style, new RegExp(`svg \\.${kind}[,{]`), `${name}: ${kind}`);
	}
});
