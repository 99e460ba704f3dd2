/* A file that somebody reads inside the program. */
import type {Digest, Path} from './runbook.ts';

/** `cites`: paths that a line names, by its index. `differs`: the workspace has other bytes than were approved, or none. */
export type Document = {
	readonly path: Path;
	readonly lines: readonly string[];
	readonly cites: Readonly<Record<number, readonly Path[]>>;
	readonly version: 'approved' | 'workspace';
	/** Null of a file of the workspace that is too long. */
	readonly digest: Digest | null;
	readonly differs: boolean;
	/** It is longer than what is shown. */
	readonly isCut: boolean;
};
