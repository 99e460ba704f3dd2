/*
Where the writer runs: folders in memory, each fresh, empty or as an earlier night left them. Looks at what is found there.
*/
import {hash} from 'node:crypto';
import {appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Subject} from './bundle.ts';
import type {Call} from './calls.ts';
import {Disk, type Tree} from './disk.ts';
import {cutover} from './night.ts';
import type {Tally} from './tally.ts';
import {tell} from './told.ts';

/** What a run begins with: a folder to copy, or none; and what was acknowledged before. */
export type Seed = {readonly folder: string | null; readonly acknowledged: readonly string[]};

/** How thinly a usual run tries its points: every fifth, and every fifth of the points that follow from one. */
export const share = 5;

export const fromNothing: Seed = {folder: null, acknowledged: []};

/** In memory where there is such a place: thousands of synced files. */
export const crashPlace = (): string =>
	mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cutover-crash-'));

/** Names of temporary files differ from run to run and say nothing. */
const plain = (path: string): string => path.replace(/(\.json)\.\d+(-[0-9a-f]{16})?$/, '$1.aside');

const keyOf = (tree: Tree, acknowledged: readonly string[]): string =>
	hash(
		'sha256',
		JSON.stringify([
			acknowledged,
			[...tree].map(([path, bytes]) => [plain(path), bytes?.toString('latin1') ?? null]).sort(),
		]),
	);

export class Scene {
	readonly subject: Subject;
	readonly seed: Seed;
	readonly #place: string;
	readonly #every: number;
	readonly #looked = new Set<string>();
	#count = 0;

	/** `every`: how thinly its points are tried, 1 for all of them. */
	constructor(place: string, subject: Subject, seed: Seed, every: number) {
		this.#every = every;
		this.#place = mkdtempSync(join(place, 'scene-'));
		this.subject = subject;
		this.seed = seed;
	}

	/** A root of cutovers of its own, gone afterwards. */
	async within<T>(work: (root: string) => Promise<T>): Promise<T> {
		const root = join(this.#place, `root-${++this.#count}`);
		mkdirSync(root, {mode: 0o700});
		if (this.seed.folder !== null) cpSync(this.seed.folder, root, {recursive: true});
		try {
			return await work(root);
		} finally {
			rmSync(root, {recursive: true, force: true});
		}
	}

	/** Works through every `every`th of a list, `width` at a time. Stops early where `enough` says so. */
	async each<T>(
		list: Iterable<T>,
		width: number,
		work: (item: T) => Promise<void>,
		enough = (): boolean => false,
	): Promise<void> {
		const chosen = Iterator.from(list).filter((_, index) => index % this.#every === 0);
		const lane = async (): Promise<void> => {
			for (let next = chosen.next(); !next.done && !enough(); next = chosen.next()) await work(next.value);
		};
		await Promise.all(Array.from({length: width}, lane));
	}

	async look(root: string, acknowledged: readonly string[], tally: Tally, where: string): Promise<void> {
		tally.add(await this.subject.wrong(root, [...this.seed.acknowledged, ...acknowledged]), where);
	}

	/** Every state in which the power may leave the disk along these calls, each looked at once. */
	async power(calls: readonly Call[], root: string, tally: Tally, enough?: () => boolean): Promise<void> {
		const found = this.#found(calls, root);
		await this.each(
			found,
			4,
			async ({tree, acknowledged, where}) =>
				this.within(async fresh => {
					rmSync(fresh, {recursive: true});
					mkdirSync(fresh, {mode: 0o700});
					for (const [path, bytes] of tree) {
						if (bytes === null) mkdirSync(join(fresh, path), {mode: 0o700});
						else writeFileSync(join(fresh, path), bytes, {mode: 0o600});
					}
					await this.look(fresh, acknowledged, tally, where);
				}),
			enough,
		);
	}

	*#found(
		calls: readonly Call[],
		root: string,
	): Generator<{tree: Tree; acknowledged: readonly string[]; where: string}> {
		const before = `${root}.before`;
		mkdirSync(before);
		if (this.seed.folder !== null) cpSync(this.seed.folder, before, {recursive: true});
		const disk = new Disk(before, root);
		rmSync(before, {recursive: true});
		const acknowledged: string[] = [];
		for (const call of calls) {
			disk.apply(call);
			if (call.call === 'acknowledge') acknowledged.push(call.what);
			for (const tree of disk.states()) {
				const key = keyOf(tree, acknowledged);
				if (this.#looked.has(key)) continue;
				this.#looked.add(key);
				yield {tree, acknowledged: [...acknowledged], where: JSON.stringify(call)};
			}
		}
	}
}

/** How a night that went well may be hurt; `journal`: its text. */
const hurts = {
	'a torn line, progress behind, temporary files of the dead': (inside, journal) => {
		appendFileSync(join(inside, 'journal.ndjson'), journal.slice(0, 150));
		const progress = join(inside, 'progress.json');
		writeFileSync(progress, readFileSync(progress, 'utf8').replace(/"seq": \d+/, '"seq": 1'));
		writeFileSync(join(inside, '.progress.json.4194999-0123456789abcdef'), '{');
		writeFileSync(join(inside, 'attempts/T-60-1/result.json.4194999'), '\n');
	},
	'zeros where a line should be, progress gone': inside => {
		appendFileSync(join(inside, 'journal.ndjson'), Buffer.alloc(600));
		rmSync(join(inside, 'progress.json'));
		rmSync(join(inside, 'lock.db'));
	},
} satisfies Record<string, (inside: string, journal: string) => void>;

/** Nights to go on with, each hurt in its way; by what was done to it. */
export async function hurtSeeds(place: string, {told}: Subject): Promise<Readonly<Record<string, Seed>>> {
	const seeds: Record<string, Seed> = {};
	for (const [how, hurt] of Object.entries(hurts)) {
		const folder = mkdtempSync(join(place, 'seed-'));
		const {acknowledged, code, said} = await tell(told, folder);
		if (code !== 0) throw new Error(`The writer does not reach its end: ${said}`);
		const inside = join(folder, cutover);
		hurt(inside, readFileSync(join(inside, 'journal.ndjson'), 'utf8'));
		seeds[how] = {folder, acknowledged};
	}
	return seeds;
}
