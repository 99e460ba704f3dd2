/*
A screen on a stage: the app's own reducer, effects and panels over a journal in memory, with the time of day and the
pauses between keys in the hands of the test. What it shows is read as text after each key.
*/
import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {systemClock} from '../../source/cli/clock.ts';
import {processIo} from '../../source/cli/io.ts';
import {replayed} from '../../source/cli/replay/replayed.ts';
import type {Command, Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Acts, Clock, Cutover, Journal, Opening, Tail} from '../../source/cutover/ports.ts';
import {format} from '../../source/journal/entry.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {Shown} from '../../source/screen/app.tsx';
import {perform, startDesiredWork} from '../../source/screen/state/effects.ts';
import {type Model, nextEffect, openModel, reduceIn} from '../../source/screen/state/model.ts';
import {lookAt, type Subject, type World} from '../../source/screen/state/screen-world.ts';
import {initialView, type ScreenName, type Size, type View} from '../../source/screen/state/view.ts';
import type {Press} from '../../source/screen/terminal/keys-in.ts';
import {openTheme, type Theme} from '../../source/screen/theme.ts';
import type {Draft} from '../cutover/commands.ts';
import {type Act, at, calm, given} from '../given.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {documents} from '../scenarios/documents.ts';
import {runsIn} from '../scenarios/run-files.ts';
import {inZone, small, textOf} from './draw.tsx';

export type Staged = {
	readonly acts: readonly Act[];
	/** `21:47:19`. */
	readonly now: string;
	readonly you: Person;
	readonly size?: Size;
	/** Without colour unless given. */
	readonly theme?: Theme;
	readonly screen?: ScreenName;
	readonly opening?: Opening;
	/** Lines of every attempt's log. */
	readonly log?: readonly string[];
	/** What this runbook redacts. */
	readonly secret?: string;
	/** What the shell sees, as the state then is; the calm night without it. */
	readonly observed?: (state: State) => Observation;
	/** What differs from what was approved. */
	readonly changes?: readonly string[];
};

const quiet = () => {};

/** Stands until a test lets time pass; `real`: timers and the steady clock are the machine's. */
export const clockAt = (now: string, timers: 'held' | 'real' = 'held'): Clock & {pass(ms: number): void} => {
	let steady = 0;
	if (timers === 'real') return {...systemClock, now: () => at(now), pass: quiet};
	return {
		now: () => at(now) + Math.floor(steady / 1000) * 1000,
		every: () => quiet,
		after: () => quiet,
		steady: () => steady,
		pass: ms => {
			steady += ms;
		},
	};
};

const tailOf = (log: readonly string[]): Tail => ({
	watch: () => quiet,
	read: (_, from, count) => ({lines: log.slice(from, from + count), total: log.length}),
});

/** What the shell was asked to do, by name. */
const actsInto = (journal: Journal, done: string[], changes: readonly string[] | null): Acts => ({
	reconcile: async () => void done.push('reconcile'),
	formats: [{value: 'md', label: 'Markdown'}],
	invite: async ({data}) => {
		done.push(`invite ${JSON.stringify(data)}`);
		return {refused: false, text: 'Say to bob, once: 482 915'};
	},
	attach: async (of, file) => {
		done.push(`attach ${of} ${file}`);
		return {refused: true, why: `${file} does not exist.`};
	},
	toSign: async () => ({refused: true, why: 'No key is here.'}),
	sign: async () => ({refused: true, why: 'No key is here.'}),
	cancelSigning: () => void done.push('cancel signing'),
	evidence: () => 'Ticket: CHG-4821\nEnvironment: production\n',
	update: () => 'the ledger: OBSERVING\n',
	export: async (kind, file) => {
		done.push(`export ${kind} ${file}`);
		return file;
	},
	copy: text => void done.push(`copy ${text}`),
	changes: () => changes,
	approve: async () => {
		done.push('approve');
		return {refused: false, entries: []};
	},
	what: () => ['echo switch'],
	willRun: () => runsIn(journal.state()),
	document: path => documents[path] ?? {refused: true, why: `No such file or folder: ${path} (ENOENT).`},
});

/** A journal that holds what was done up to then. */
const journalOf = (
	{acts, now, observed}: Pick<Staged, 'acts' | 'now' | 'observed'>,
	clock: Clock,
): Promise<Journal> => {
	const shelf = emptyShelf();
	shelf.lines.push(...given(acts, now).entries.map(format));
	return openJournal({store: memoryStore(shelf), clock, look: observed ?? (() => calm)});
};

/** The cutover as a screen gets it; `done` hears what the shell was asked for. */
export const cutoverOf = async (
	staged: Pick<Staged, 'acts' | 'now' | 'observed' | 'log' | 'changes'>,
	clock: Clock,
	done: string[],
): Promise<Cutover> => {
	const journal = await journalOf(staged, clock);
	return {journal, tail: tailOf(staged.log ?? []), acts: actsInto(journal, done, staged.changes ?? null)};
};

export class Stage {
	/** What was asked of the world, in order: rings, acts of the shell, leaving. */
	readonly done: string[] = [];
	model: Model;
	readonly #clock: ReturnType<typeof clockAt>;
	readonly world: World;
	readonly #reduce: ReturnType<typeof reduceIn>;

	private constructor(
		{you, screen, size = small, now, theme = openTheme({ascii: false, colour: false}), secret}: Staged,
		subject: Subject,
		done: string[],
		clock: ReturnType<typeof clockAt>,
	) {
		this.done = done;
		this.#clock = clock;
		let ids = 0;
		this.world = {
			clock,
			theme,
			account: 'cutover@bastion-1',
			newId: () => `key-${++ids}`,
			redact: (_, text) => (secret === undefined ? text : text.replaceAll(secret, '[redacted]')),
			ring: () => void done.push('ring'),
			begun: () => void done.push('begun'),
			named: ({name}) => void done.push(`named ${name}`),
			leave: () => void done.push('leave'),
			suspend: async () => void done.push('suspend'),
		};
		this.#reduce = reduceIn(this.world);
		const opened = openModel(
			subject,
			initialView(screen ?? (subject.cutover ? 'board' : 'opening'), you, size),
			at(now),
		);
		this.model = inZone(() => this.#reduce(opened, {kind: 'changed', now: at(now)}));
	}

	/** As an operator opens it. */
	static async open(staged: Staged): Promise<Stage> {
		const done: string[] = [];
		const clock = clockAt(staged.now);
		const cutover = staged.opening ? null : await cutoverOf(staged, clock, done);
		return new Stage(staged, {opening: staged.opening ?? null, cutover}, done, clock);
	}

	/** All that was done, replayed: paused at its first entry. */
	static replay(staged: Staged): Stage {
		const done: string[] = [];
		const held = clockAt(staged.now);
		const io = {...processIo(), stdout: new PassThrough()};
		const record = {id: 'orders-2031-01-14', folder: '/nowhere', entries: given(staged.acts, staged.now).entries};
		const {cutover, clock} = replayed(io, record, held, 60);
		const stage = new Stage(staged, {opening: null, cutover}, done, {...clock, pass: held.pass});
		const changed = () => {
			stage.model = inZone(() => stage.#reduce(stage.model, {kind: 'changed', now: clock.now()}));
		};
		cutover.journal.watch(changed);
		changed();
		return stage;
	}

	get view(): View {
		return this.model.view;
	}

	get journal(): Journal {
		const {cutover} = this.model.subject;
		assert.ok(cutover, 'no cutover is open');
		return cutover.journal;
	}

	#at() {
		return lookAt(this.world, this.model.subject, this.model.view, this.model.now);
	}

	/** What its screen shows, as data. */
	snapshot() {
		return this.#at().snapshot;
	}

	/** The rows as text, in the zone of the night. */
	text(): string {
		return inZone(() => textOf(<Shown at={this.#at()} world={this.world} />, this.view.size));
	}

	/** One press, and everything that it sets going. */
	async send(press: Press): Promise<void> {
		this.model = inZone(() => this.#reduce(this.model, {kind: 'pressed', press, now: this.#clock.now()}));
		await this.#perform();
	}

	async #perform(): Promise<void> {
		for (let next = nextEffect(this.model); next; next = nextEffect(this.model)) {
			const {subject, view, now} = this.model;
			const doing = {world: this.world, subject, view, now};
			this.model = this.#reduce(this.model, {kind: 'taken', id: next.id});
			const outcome = await perform(next.effect, doing);
			this.model = inZone(() => this.#reduce(this.model, outcome));
			if (outcome.kind === 'reported' && !outcome.reported.refused && 'entries' in outcome.reported)
				await startDesiredWork(doing);
			this.model = this.#reduce(this.model, {kind: 'performed', id: next.id});
		}
	}

	/** Keys by name or character, each alone and a second after the one before; nothing is drawn. */
	async keys(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			this.#clock.pass(1000);
			await this.send({key, alone: true});
		}
	}

	/** The same, and what the screen shows then. */
	async press(...keys: readonly string[]): Promise<string> {
		await this.keys(...keys);
		return this.text();
	}

	/** Letters by hand, one after the other. */
	type(text: string): Promise<string> {
		return this.press(...text);
	}

	/** Letters and keys in one chunk, as `tmux send-keys` and fast links bring them. */
	async chunk(...keys: readonly string[]): Promise<string> {
		this.#clock.pass(1000);
		for (const key of keys) await this.send({key, alone: false});
		return this.text();
	}

	async paste(text: string): Promise<string> {
		this.#clock.pass(1000);
		await this.send({paste: text});
		return this.text();
	}

	/** Somebody acts on another screen, with the words that it takes. */
	async elsewhere({type, data}: Draft, by: Person): Promise<void> {
		const confirm = ['GO', 'ROLLBACK', 'T0'];
		const command = {id: `elsewhere-${this.journal.entries().length}`, type, data, confirm} as Command;
		const answer = await this.journal.decide(command, by);
		assert.ok(!('refused' in answer) || !answer.refused, JSON.stringify(answer));
		this.model = inZone(() => this.#reduce(this.model, {kind: 'changed', now: this.#clock.now()}));
	}

	/** Real ms that pass without a key. */
	wait(ms: number): void {
		this.#clock.pass(ms);
		this.model = inZone(() => this.#reduce(this.model, {kind: 'ticked', now: this.#clock.now()}));
	}

	/** A key right after the one before. */
	async atOnce(key: string): Promise<string> {
		await this.send({key, alone: true});
		return this.text();
	}
}
