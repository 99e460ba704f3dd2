/** What no drawing may do, whatever happened and whoever wrote what: held over cutovers and screens at random. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {gatesSection} from '../../source/screen/panels/board/gates.ts';
import {frameLines} from '../../source/screen/panels/frame.ts';
import type {Line} from '../../source/screen/panels/line.ts';
import {Screen} from '../../source/screen/panels/screen.tsx';
import {rowsOf} from '../../source/screen/state/rows.ts';
import {initialView, type ScreenName, sizeClass} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {cells} from '../../source/text/fit.ts';
import {standsAt} from '../given.ts';
import {alice} from '../scenarios/people.ts';
import {scenarios} from '../scenarios/scenarios.ts';
import {inZone, propsAt, propsOf, small, textOf} from './draw.tsx';
import {histories, views} from './histories.ts';

const textIn = (line: Line | undefined): string => (line ?? []).map(({text}) => text).join('');
const bare = (text: string): string => stripVTControlCharacters(text).replace(/ +$/gm, '').trimEnd();
const colours = openTheme({ascii: false, colour: true});

test('no content makes a row wider or a screen higher than the terminal', () =>
	fc.assert(
		fc.property(histories, views, (history, view) => {
			const rows = textOf(<Screen {...propsAt(history, view)} />, view.size).split('\n');
			assert.equal(rows.length, view.size.rows);
			for (const row of rows) assert.ok(cells(row) <= view.size.columns, `${cells(row)} cells: ${row}`);
		}),
		{numRuns: 70},
	));

test('nothing that people, runbooks or outputs wrote acts on the terminal', () =>
	fc.assert(
		fc.property(histories, views, (history, view) => {
			const text = textOf(<Screen {...propsAt(history, view)} />, view.size);
			assert.doesNotMatch(
				text.replaceAll('\n', ''),
				/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
			);
		}),
		{numRuns: 70},
	));

test('a terminal without UTF-8 gets ASCII alone, in the same cells', () =>
	fc.assert(
		fc.property(histories, views, (history, view) => {
			const theme = openTheme({ascii: true, colour: false});
			const text = textOf(<Screen {...propsAt(history, view, theme)} />, view.size);
			assert.match(text, /^[\n -~]*$/);
		}),
		{numRuns: 40},
	));

test('T+ is never shown before T0 starts, and a hold shows the clock as stopped', () =>
	fc.assert(
		fc.property(histories, history => {
			const view = initialView('board', alice, small);
			const props = propsAt(history, view);
			const frame = inZone(() => frameLines({...props, size: {columns: 80, rows: 6}}));
			const [problem, clocks] = [textIn(frame[0]), textIn(frame[1])];
			if (props.state.t0Started === null) assert.doesNotMatch(clocks, /T\+/);
			if (props.snapshot.status === 'hold') {
				assert.match(problem, /^ HOLD /);
				assert.match(clocks, /clock stopped/);
			}
		}),
		{numRuns: 100},
	));

test('only a gate that passes is green and reads PASS', () =>
	fc.assert(
		fc.property(histories, history => {
			const props = {...propsAt(history, initialView('board', alice, small), colours), size: small};
			const {rows} = inZone(() => gatesSection(props));
			for (const {ids, lines} of rows) {
				const gate = props.snapshot.gates.find(({id}) => id === ids[0]);
				const [first = []] = lines();
				const status = first.slice(0, 6);
				const passes = gate?.verdict === 'pass';
				assert.equal(
					status.some(({look}) => look.colour === 'green'),
					passes,
				);
				assert.equal(/ PASS /.test(textIn(status.concat(first.slice(6, 7)))), passes);
			}
		}),
		{numRuns: 60},
	));

test('what is unknown, stale, blind or not measured has no green of its own', () => {
	const marks = [
		colours.gate.unknown,
		colours.gate.stale,
		colours.gate.pending,
		colours.stage.lost,
		colours.stage.skipped,
		colours.trigger.blind,
		colours.trigger['not measured'],
		colours.status['rollback-failed'],
		colours.status['rolling-back'],
		colours.unknown,
	];
	for (const {colour, word} of marks) assert.notEqual(colour, 'green', word);
});

test('Next is never empty while the cutover is open, on any screen', () =>
	fc.assert(
		fc.property(histories, views, (history, view) => {
			const props = propsAt(history, {...view, fault: null});
			if (sizeClass(view.size) === 'line' || props.snapshot.status === 'closed') return;
			const frame = inZone(() => frameLines({...props, size: {columns: 80, rows: 6}}));
			assert.match(textIn(frame[4]), /^ NEXT {2}[^ ]/);
		}),
		{numRuns: 70},
	));

const lists: readonly ScreenName[] = ['board', 'poll', 'health', 'signOffs', 'evidence', 'journal'];

test('the selected row is marked and visible on every screen with a list', () =>
	fc.assert(
		fc.property(histories, views, fc.nat(), (history, view, place) => {
			if (!lists.includes(view.screen) || sizeClass(view.size) === 'line') return;
			const {snapshot, entries} = propsAt(history, view);
			const rows = rowsOf(view.pane, {snapshot, entries, view});
			if (rows.length === 0) return;
			const chosen = {[view.pane]: rows[place % rows.length]};
			const text = textOf(<Screen {...propsAt(history, {...view, chosen, message: null})} />, view.size);
			const marked = text.split('\n').filter(row => row.startsWith('>') || /^.{33}>· T/.test(row));
			assert.equal(marked.length, 1, `${view.screen} ${view.pane} ${rows[place % rows.length]}\n${text}`);
		}),
		{numRuns: 120},
	));

/** The terminal of ink-testing-library is as wide as this. */
const living = {columns: 100, rows: 34};

test('a screen that lives through a cutover shows what a fresh one would', () => {
	const observed = fc.sample(fc.tuple(histories, views), {numRuns: 8, seed: 7});
	const screen = render(<Text> </Text>);
	for (const [history, view] of observed)
		for (const seconds of [0, 1, 9, 100, 1000]) {
			const later = standsAt(history, history.now + seconds * 1000);
			const props = propsAt(later, {...view, size: living, scroll: seconds % 7});
			inZone(() => screen.rerender(<Screen {...props} />));
			const fresh = textOf(<Screen {...props} />, living);
			assert.equal(bare(screen.lastFrame() ?? ''), bare(fresh));
		}
	screen.unmount();
});

test('NEXT is whole at 80 columns and says what its key does, however many may do it', () => {
	const props = propsOf(scenarios['no-go']);
	const {next} = props.snapshot;
	assert.ok(next !== null);
	const row = (names: readonly string[]): string => {
		const who = names.map(name => `${name} (release-manager)`).join(' or ');
		const snapshot = {...props.snapshot, next: {...next, who, names}};
		return textIn(inZone(() => frameLines({...props, snapshot, size: {columns: 80, rows: 6}}))[4]);
	};
	assert.match(row(['alice, bob or carol']), / alice, bob or carol: release the hold once fixed +\[0\] set T0 $/);
	const many = ['release-manager, operations-lead or project-owner', 'release-manager or 2 others'];
	assert.match(row(many), / release-manager or 2 others: release the hold once fixed +\[0\] set T0 $/);
});

test('what is wrong is whole in the first row, where the cutover has neither ticket nor environment and a long id', () => {
	const props = propsOf(scenarios['trigger-fired']);
	const first = (columns: number): string => {
		const snapshot = {
			...props.snapshot,
			ticket: null,
			environment: null,
			id: `move-${'of-all-services-'.repeat(3)}2031`,
		};
		const [line = []] = inZone(() => frameLines({...props, snapshot, size: {columns, rows: 6}}));
		return textIn(line);
	};
	const {word, text} = props.snapshot.headline;
	assert.ok(first(80).startsWith(` ${word}  ${text} `), first(80));
	assert.match(first(160), /services-2031 ?$/);
});
