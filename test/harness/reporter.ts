/**
 * Says only what a reader must act on: each failure with its place and reason, then the closing count. Counted are
 * leaves; a suite, or a test that only holds others, passes or fails by what it holds.
 */
import {relative} from 'node:path';
import {inspect} from 'node:util';

/** What node:test says of one finished test, as far as it is read here. */
interface Finished {
	name: string;
	nesting: number;
	file?: string;
	line?: number;
	skip?: string | boolean;
	details: {type?: string; error?: Error & {failureType?: string; cause?: unknown}};
}

const indented = (text: string) => text.replace(/^/gm, '    ');

/** The error as it was thrown, without the runner's own wrapping and stack lines. */
function reason(error: Finished['details']['error']): string {
	const cause = error?.cause ?? error;
	const text =
		cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : inspect(cause);
	const reported = text.split('\n').filter(line => !/^\s+at .*(node:internal|node:async_hooks|node:events)/.test(line));
	const diff = cause instanceof Error && 'diff' in cause && !text.includes(cause.message) ? `\n${cause.message}` : '';
	return reported.join('\n') + diff;
}

export class Tally {
	passed = 0;
	failed = 0;
	skipped = 0;
	/** Files of the tests that failed, and the names of these. */
	readonly failures = new Map<string, string[]>();
	readonly passes = new Set<string>();
	/** Those that hold others, and are not counted. */
	readonly holders = new Set<string>();
	readonly #children = new Map<string, number[]>();

	/** Tells whether the test held others, and forgets them. */
	#held({file = '', nesting}: Finished): boolean {
		const counts = this.#children.get(file) ?? [];
		this.#children.set(file, counts);
		const held = (counts[nesting + 1] ?? 0) > 0;
		counts[nesting + 1] = 0;
		counts[nesting] = (counts[nesting] ?? 0) + 1;
		return held;
	}

	/** Counts one finished test; answers what is to be printed of it, or nothing. */
	pass(test: Finished): void {
		const holder = this.#held(test) || test.details.type === 'suite' || test.name === test.file;
		if (test.skip !== undefined) this.skipped++;
		else if (holder) this.holders.add(test.name);
		else {
			this.passed++;
			this.passes.add(test.name);
		}
	}

	fail(test: Finished): string {
		const holder = this.#held(test) || test.details.type === 'suite';
		if (holder && test.details.error?.failureType === 'subtestsFailed') return '';
		this.failed++;
		const file = test.file ?? '';
		this.failures.set(file, [...(this.failures.get(file) ?? []), test.name]);
		const place = test.file ? `${relative('', test.file)}:${test.line ?? 1}` : '';
		return `✖ ${test.name}  ${place}\n${indented(reason(test.details.error))}\n\n`;
	}

	/** Counts as passed what failed here and passed in `alone`, a run of the same file by itself; answers with its names. */
	unsteady(file: string, alone: Tally): readonly string[] {
		const failed = this.failures.get(file) ?? [];
		const names = failed.filter(name => alone.passes.has(name) || alone.holders.has(name));
		this.failed -= names.length;
		this.passed += names.filter(name => alone.passes.has(name)).length;
		return names;
	}

	/** Counts what another run printed; answers with that but for its closing line, or null, and one failure, where it has none. */
	add(said: string): string | null {
		const found = [...said.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
		this.passed += Number(found?.[1] ?? 0);
		this.failed += Number(found?.[2] ?? 1);
		this.skipped += Number(found?.[3] ?? 0);
		return found ? said.slice(0, found.index) : null;
	}

	/** The closing line: `N passed, N failed`, and the skipped where there are any. */
	toString(): string {
		return `${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ''}`;
	}
}

export type {Finished};
