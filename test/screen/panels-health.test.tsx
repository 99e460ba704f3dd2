/** What no drawing of health and of a rollback may do, held over nights in which samples decide. */

import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import {isPath} from '../../source/cutover/model/attempt-target.ts';
import {endpointLine, widthsOf} from '../../source/screen/panels/health/endpoint-row.ts';
import {measuredLines} from '../../source/screen/panels/health/outage.ts';
import type {Line} from '../../source/screen/panels/line.ts';
import {readiness} from '../../source/screen/panels/rollback/readiness.ts';
import {Screen} from '../../source/screen/panels/screen.tsx';
import {initialView, type ScreenName, type Size} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {stamp} from '../../source/text/time.ts';
import {type Act, at, does, type Given, given, standsAt} from '../given.ts';
import type {Stories} from '../scenarios/health.ts';
import {measuredScenarios} from '../scenarios/measured.ts';
import {
	blindNight,
	measuredNight,
	readyAt,
	reported,
	seenAt,
	unseen,
	workflowNight,
} from '../scenarios/measured-night.ts';
import {alice, runner} from '../scenarios/people.ts';
import {drawn, inZone, propsAt, textOf, wide} from './draw.tsx';
import {measuredHistories} from './histories.ts';

const colours = openTheme({ascii: false, colour: true});
const plain = openTheme({ascii: false, colour: false});
const tall: Size = {columns: 100, rows: 60};

const textIn = (line: Line | undefined): string => (line ?? []).map(({text}) => text).join('');

const stands = (acts: readonly Act[], now: string, stories: Stories): Given =>
	given(acts, now, seenAt(acts, now, stories));

const panelOf = (history: Given, screen: ScreenName, theme = plain) => ({
	...propsAt(history, initialView(screen, alice, tall), theme),
	size: {columns: 100, rows: 50},
});

const shown = (history: Given, screen: ScreenName): string => {
	const view = initialView(screen, alice, tall);
	return inZone(() => textOf(<Screen {...propsAt(history, view)} />, tall));
};

test('only an endpoint that is seen to be up is green and reads UP', () =>
	fc.assert(
		fc.property(measuredHistories, history => {
			const props = panelOf(history, 'board', colours);
			for (const endpoint of props.snapshot.endpoints) {
				const line = inZone(() => endpointLine(props, endpoint, widthsOf(props)));
				const status = line.slice(0, 7);
				const isUp = endpoint.state === 'up';
				assert.equal(
					status.some(({look}) => look.colour === 'green'),
					isUp,
				);
				assert.equal(/^ [✔✖?] +[^ ]+ +UP /.test(textIn(status)), isUp, textIn(line));
			}
		}),
		{numRuns: 40},
	));

test('what another host sees otherwise is first of what is said of an endpoint, and is not cut', () => {
	const props = panelOf(given(measuredNight, '22:20:00'), 'board', colours);
	const [endpoint] = props.snapshot.endpoints;
	assert.ok(endpoint);
	const said = (verdict: 'ok' | 'fail') => {
		const elsewhere = [{host: 'bastion-2', verdict}];
		const up = {...endpoint, state: 'up', lastLatencyMs: 84, elsewhere} as const;
		return textIn(inZone(() => endpointLine(props, up, widthsOf(props))));
	};
	assert.match(said('fail'), / seen from bastion-2: DOWN/);
	assert.match(said('ok'), / 84 ms, seen from /);
});

test('at most one path of a rollback runs, and while the first is not over the other reads LOCKED', () =>
	fc.assert(
		fc.property(measuredHistories, history => {
			if (history.state.rollback === null) return;
			const text = shown(history, 'rollback');
			const open = Object.values(history.state.attempts).filter(
				({target, ended}) => 'path' in target && ended === null,
			);
			assert.ok(open.length <= 1);
			const isPreferred = open[0] !== undefined && isPath(open[0].target, 'preferred');
			const tried = history.state.rollback.tried.some(({target}) => isPath(target, 'fallback'));
			if (isPreferred && !tried) assert.match(text, /2 FALLBACK {2}script · LOCKED/);
			if (open[0] && isPath(open[0].target, 'fallback')) assert.doesNotMatch(text, /LOCKED/);
		}),
		{numRuns: 60},
	));

test('what is not proved never reads PROVED or ROLLED BACK, on any screen', () =>
	fc.assert(
		fc.property(measuredHistories, history => {
			const {rollback, status} = history.state;
			if (rollback === null || rollback.proved !== null || status === 'closed') return;
			assert.doesNotMatch(shown(history, 'rollback'), /✔ PROVED|^ ROLLED BACK/m);
		}),
		{numRuns: 60},
	));

test('where the board says that keep is impossible, the rules refuse it', () =>
	fc.assert(
		fc.property(measuredHistories, history => {
			if (!/no keep while/.test(shown(history, 'board'))) return;
			const {state, observed, now} = history;
			for (const by of [alice, {...alice, name: 'bob', role: 'project-owner'}]) {
				const command = {
					id: 'keep',
					type: 'vote',
					data: {vote: 'keep', early: true, reason: 'because'},
					confirm: ['KEEP'],
				} as const;
				assert.ok(isRefusal(decide(state, command, {at: now, by, observed})));
			}
		}),
		{numRuns: 60},
	));

test('a rollback is READY only after a recent check with the present token', () => {
	const history = stands(measuredNight, '22:30:20', reported);
	const readyWith = (change: Partial<Parameters<typeof standsAt>[2]>): string => {
		const observed = {...seenAt(measuredNight, '22:30:20', reported), ...change};
		const props = {...panelOf(history, 'board'), snapshot: standsAt(history, history.now, observed).snapshot(alice)};
		return inZone(() => readiness(props).points.map(({mark, text}) => `${mark.shape} ${text}`)).join('\n');
	};
	const path = (change: NonNullable<Parameters<typeof readyAt>[1]>) => readyAt(history.now, change).path ?? null;
	const looked = (change: NonNullable<Parameters<typeof readyAt>[1]>) => {
		const found = path(change);
		return found === null ? {} : {path: found};
	};
	assert.match(readyWith({}), /^✔ rollback READY/);
	assert.match(
		readyWith({token: false}),
		/^! rollback NOT from this screen: no GITHUB_TOKEN here\n✔ fallback approved/,
	);
	assert.match(
		readyWith(looked({ready: 'unknown', why: 'no answer within 10 s'})),
		/^\? rollback UNKNOWN {2}no answer/,
	);
	assert.match(readyWith(looked({ready: false, why: 'the workflow is disabled'})), /^✖ rollback NOT READY/);
	assert.match(readyWith(looked({at: history.now - 600_000})), /^~ rollback STALE {3}nobody looked .* 10:00/);
	const {path: _, ...unlooked} = seenAt(measuredNight, '22:30:20', reported);
	const props = {...panelOf(history, 'board'), snapshot: standsAt(history, history.now, unlooked).snapshot(alice)};
	assert.match(readiness(props).points[0]?.text ?? '', /not looked at/);
});

test('the selection starts on the first trigger that samples decide', () => {
	for (const {acts, now, observed, view, you} of Object.values(measuredScenarios)) {
		if (view?.pane !== 'triggers') continue;
		const text = drawn({acts, now, observed, you, screen: 'board', view});
		assert.equal(text.split('\n').filter(row => row.startsWith('>')).length, 1, text);
	}
});

test('passing endpoints share a row where there is little room, and what is down never does', () => {
	const history = stands(measuredNight, '22:38:40', reported);
	const props = panelOf(history, 'board');
	const [trigger] = props.snapshot.triggers;
	assert.ok(trigger);
	const rows = (folded: boolean) => inZone(() => measuredLines(props, trigger, false, folded).map(textIn));
	assert.equal(rows(false).filter(row => /^ ✔ /.test(row)).length, 2);
	assert.deepEqual(
		rows(true)
			.filter(row => /^ [✔✖] [^F]/.test(row))
			.map(row => row.trim().slice(0, 22).trim()),
		['✖ api  DOWN  since 22:', '✔ 2 of 3 up: web, auth'],
	);
});

test('an unreachable run is shown in its last known state with the time since', () => {
	const miss = does('22:41:40', runner, 'recordRunUnreachable', {
		target: {path: 'preferred'},
		attempt: 1,
		why: 'no answer within 10 s',
		since: stamp(at('22:41:20')),
	});
	const night = [...workflowNight.filter(act => act.at < at('22:42')), miss];
	const text = shown(stands(night, '22:42:10', reported), 'rollback');
	assert.match(text, /^ ROLLING BACK {2}its run is not seen since 22:41:20/);
	assert.match(text, /\? UNSEEN {5}22:41:20 {2}the state of the run is unknown: no answer within 10 s +00:50/);
});

test('two who answer for a blind endpoint are named, and neither word makes it up', () => {
	const history = stands(blindNight, '22:33:00', unseen);
	assert.match(shown(history, 'board'), /\? auth UNKNOWN {2}since 22:27:50 {3}dave says up/);
	assert.match(shown(history, 'health'), /people {4}dave says up at 22:31:00/);
	assert.match(shown(history, 'board'), /no keep while auth unseen/);
});

test('no drawing shows a future time except planned ones', () => {
	const text = drawn(measuredScenarios.approval, wide);
	const times = [...text.matchAll(/\b(22:\d\d:\d\d)\b/g)].map(([, time = '']) => at(time));
	assert.ok(times.length > 5 && times.every(time => time <= at('22:42:10')), text);
});
