/*
What the rules need to know of the world before they decide: where the workspace stands for each gate, and the digests
of what the runbook cites and of what was approved. A file is read again only when its size, times or place changed.
*/

import {resolve} from 'node:path';
import type {Observation} from '../cutover/model/command.ts';
import {nothingSeen} from '../cutover/model/initial.ts';
import type {Digest, Digests, Path, Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {digestOfOpen} from '../disk/digest.ts';
import {ifPossible} from '../disk/fault.ts';
import {readRegular, traceIn} from '../disk/file.ts';
import {headsOf} from './head.ts';

type Known = {readonly trace: string; readonly digest: Digest};

/** Digest of a regular file by its absolute path; null where there is none or it cannot be read. */
function digester(): (file: Path) => Digest | null {
	const known = new Map<Path, Known>();
	const look = (file: Path): Digest | null =>
		// A FIFO in its place must not hold up the decision.
		readRegular(file, (descriptor, stats) => {
			const trace = traceIn(stats);
			const before = known.get(file);
			if (before?.trace === trace) return before.digest;
			const digest = `sha256:${digestOfOpen(descriptor).sha256}`;
			known.set(file, {trace, digest});
			return digest;
		});
	return file => ifPossible(() => look(file));
}

/** Every file that a gate or a sign-off names. */
const cited = (runbook: Runbook): readonly Path[] => [
	...runbook.gates.flatMap(gate => gate.files),
	...runbook.signOffs.flatMap(item => item.requires.flatMap(needed => (needed.kind === 'file' ? [needed.of] : []))),
];

/** One that remembers what it has seen, to look again quickly. */
export function workspaceObserver(): (state: Pick<State, 'runbook' | 'workspace' | 'approved'>) => Observation {
	const heads = headsOf();
	const digest = digester();
	return ({runbook, workspace, approved}) => {
		if (runbook === null) return nothingSeen;
		const digests = (paths: Iterable<Path>): Digests =>
			Object.fromEntries([...new Set(paths)].map(path => [path, digest(resolve(workspace, path))]));
		return {
			heads: Object.fromEntries(runbook.gates.map(gate => [gate.id, heads(workspace, gate.paths)])),
			files: digests(cited(runbook)),
			approved: digests(Object.keys(approved)),
		};
	};
}

/** The one of this process. */
export const observeWorkspace = workspaceObserver();
