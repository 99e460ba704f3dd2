/*
A status is never shown by colour alone: each has a word and a shape, and a shape of plain ASCII for terminals without
UTF-8. Colours are of the 16 base ones, and none at all with NO_COLOR.
*/

import type {GateVerdict} from '../cutover/due/gate-verdict.ts';
import type {StageStateWord} from '../cutover/due/schedule.ts';
import type {Status} from '../cutover/model/state.ts';
import type {EndpointSnapshot} from '../cutover/snapshot/endpoints.ts';
import type {TriggerStateWord} from '../cutover/snapshot/triggers.ts';
import type {SafeText} from '../text/clean.ts';
import {safe} from '../text/clean.ts';

export type Colour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'gray';

/** One cell of shape, a word in capitals, and a colour where colours are allowed; `dim`: nothing has happened yet. */
export type Mark = {
	readonly shape: SafeText;
	readonly word: SafeText;
	readonly colour: Colour | undefined;
	readonly dim: boolean;
};

export type Theme = {
	readonly ascii: boolean;
	readonly colour: boolean;
	readonly gate: Readonly<Record<GateVerdict, Mark>>;
	readonly stage: Readonly<Record<StageStateWord, Mark>>;
	readonly trigger: Readonly<Record<TriggerStateWord, Mark>>;
	readonly endpoint: Readonly<Record<EndpointSnapshot['state'], Mark>>;
	readonly status: Readonly<Record<Status, Mark>>;
	/** Given and missing words, votes, signatures. */
	readonly yes: Mark;
	readonly no: Mark;
	readonly missing: Mark;
	readonly warning: Mark;
	readonly unknown: Mark;
	/** Single cells. `rule`: of a frame; `chosen`: the marked row; `full`, `empty`: of a bar; `cut`: the end of a cut text; `done`, `ahead`,
	`paused`: of the timeline; `fork`: where two panes begin; `first`, `middle`, `last`: of stages side by side; `critical`: decides the end. */
	readonly glyph: Readonly<Record<keyof typeof glyphs, SafeText>>;
	/** Single cells, from low to high. */
	readonly levels: readonly SafeText[];
};

/** Of a row whose host is silent nobody knows whether it still runs. */
type MaybeUnheard = {readonly unheard: boolean};

export const stageMark = (theme: Theme, {state, unheard}: MaybeUnheard & {readonly state: StageStateWord}): Mark =>
	unheard ? theme.unknown : theme.stage[state];

export const gateMark = (theme: Theme, {verdict, unheard}: MaybeUnheard & {readonly verdict: GateVerdict}): Mark =>
	unheard ? theme.unknown : theme.gate[verdict];

type Shape = readonly [utf8: string, ascii: string, colour: Colour | undefined];

const shapes = {
	good: ['✔', '+', 'green'],
	bad: ['✖', 'x', 'red'],
	running: ['▶', '>', 'cyan'],
	waiting: ['·', '.', undefined],
	late: ['!', '!', 'yellow'],
	alarm: ['!', '!', 'red'],
	unknown: ['?', '?', 'yellow'],
	old: ['~', '~', 'yellow'],
} satisfies Record<string, Shape>;

type Kind = keyof typeof shapes;

const gate = {
	pending: 'waiting',
	running: 'running',
	pass: 'good',
	fail: 'bad',
	unknown: 'unknown',
	stale: 'old',
} satisfies Record<GateVerdict, Kind>;
const stage = {
	waiting: 'waiting',
	due: 'late',
	overdue: 'late',
	running: 'running',
	open: 'late',
	done: 'good',
	failed: 'bad',
	lost: 'unknown',
	skipped: 'old',
	'not reached': 'waiting',
} satisfies Record<StageStateWord, Kind>;
const trigger = {
	disarmed: 'waiting',
	armed: 'good',
	warning: 'alarm',
	asked: 'late',
	'no answer': 'alarm',
	'partly confirmed': 'alarm',
	fired: 'bad',
	blind: 'unknown',
	'not measured': 'unknown',
} satisfies Record<TriggerStateWord, Kind>;
const endpoint = {up: 'good', down: 'bad', unknown: 'unknown'} satisfies Record<EndpointSnapshot['state'], Kind>;
const status = {
	preparing: 'waiting',
	hold: 'alarm',
	go: 'good',
	executing: 'running',
	observing: 'running',
	kept: 'good',
	'rolling-back': 'alarm',
	'rolled-back': 'old',
	'rollback-failed': 'bad',
	abandoned: 'old',
	closed: 'waiting',
} satisfies Record<Status, Kind>;

const glyphs = {
	rule: ['─', '-'],
	chosen: ['>', '>'],
	dash: ['–', '-'],
	full: ['█', '#'],
	empty: ['░', '-'],
	bar: ['│', '|'],
	cursor: ['_', '_'],
	cut: ['…', '~'],
	enter: ['⏎', 'Enter'],
	done: ['━', '='],
	ahead: ['╌', '-'],
	paused: ['‖', '|'],
	fork: ['┬', '+'],
	first: ['┌', '/'],
	middle: ['├', '|'],
	last: ['└', '\\'],
	critical: ['◆', '*'],
} satisfies Record<string, readonly [utf8: string, ascii: string]>;

const levels = ['▁▂▃▄▅▆▇█', '_.-=^'] as const;

/** `Object.fromEntries` that keeps the keys. */
const over = <K extends string, A, B>(
	table: Readonly<Record<K, A>>,
	change: (value: A, key: K) => B,
): Readonly<Record<K, B>> =>
	Object.fromEntries((Object.keys(table) as K[]).map(key => [key, change(table[key], key)])) as Record<K, B>;

/** `ascii`: the locale is not UTF-8. `colour`: false with NO_COLOR. */
export const openTheme = ({ascii, colour}: {readonly ascii: boolean; readonly colour: boolean}): Theme => {
	const mark = (kind: Kind, word: string): Mark => {
		const [utf8, plain, ink] = shapes[kind];
		return {
			shape: safe(ascii ? plain : utf8),
			word: safe(word.toUpperCase()),
			colour: colour ? ink : undefined,
			dim: kind === 'waiting',
		};
	};
	const table = <K extends string>(kinds: Readonly<Record<K, Kind>>) => over(kinds, (kind, word) => mark(kind, word));
	return {
		ascii,
		colour,
		gate: table(gate),
		stage: table(stage),
		trigger: table(trigger),
		endpoint: table(endpoint),
		status: table(status),
		yes: mark('good', 'yes'),
		no: mark('bad', 'no'),
		missing: mark('waiting', 'missing'),
		warning: mark('late', 'warning'),
		unknown: mark('unknown', 'unknown'),
		glyph: over(glyphs, ([utf8, plain]: readonly [string, string]) => safe(ascii ? plain : utf8)),
		levels: Array.from(levels[ascii ? 1 : 0], safe),
	};
};
