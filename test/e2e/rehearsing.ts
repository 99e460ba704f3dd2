/** Where a rehearsal is tried: a home of its own. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {allRunning, wasGiven} from '../../source/processes/process.ts';

export type Night = {readonly home: string; readonly root: string; readonly env: Record<string, string>};

/** A home of its own, in which git knows nobody; what a failed test leaves running is ended with it. */
export function night(t: TestContext): Night {
	const home = mkdtempSync(join(tmpdir(), 'night-'));
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state')};
	t.after(() => {
		for (const pid of runningIn(home)) process.kill(pid, 'SIGKILL');
		rmSync(home, {recursive: true, force: true});
	});
	return {home, root: join(home, 'state/cutover-tui-rehearsals'), env};
}

/** Everything that was started with this home. */
export const runningIn = (home: string): readonly number[] =>
	allRunning().flatMap(one => (one.pid !== process.pid && wasGiven(one, `HOME=${home}`) ? [one.pid] : []));
