/** Where a rehearsal is tried: a home of its own. */
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {nameOf} from '../../source/processes/process.ts';
import {clear, startedWith} from '../harness/ending.ts';
import {observed} from '../harness/observed.ts';

export type Night = {readonly home: string; readonly root: string; readonly env: Record<string, string>};

/** A home of its own, in which git knows nobody; what a failed test leaves running is ended with it. */
export function night(t: TestContext): Night {
	const home = mkdtempSync(join(tmpdir(), 'night-'));
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state')};
	t.after(() => clear(home, `HOME=${home}`));
	return {home, root: join(home, 'state/cutover-tui-rehearsals'), env};
}

/** Pids of everything that was started with this home. */
export const runningIn = (home: string): readonly number[] => startedWith(`HOME=${home}`);

/** What was told to end may still be at it. */
export const nothingRuns = (home: string): Promise<unknown> =>
	observed(
		'that nothing of it runs',
		() => runningIn(home).length === 0,
		() => runningIn(home).map(nameOf).join('\n'),
	);

/** The address that it says its service answers at. */
export const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? 'no address';
