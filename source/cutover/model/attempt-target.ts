/** What an attempt is of: a gate, a stage or a path of the rollback. */

export type PathName = 'preferred' | 'fallback';

export const pathNames: readonly PathName[] = ['preferred', 'fallback'];

export type AttemptTarget = {readonly gate: string} | {readonly stage: string} | {readonly path: PathName};

/** An attempt by number. */
export type AttemptRef = {readonly target: AttemptTarget; readonly attempt: number};

/** The id of the gate or stage; null for a path of the rollback. */
export const rowIn = (target: AttemptTarget): string | null => {
	if ('gate' in target) return target.gate;
	return 'stage' in target ? target.stage : null;
};

export const pathIn = (target: AttemptTarget): PathName | null => ('path' in target ? target.path : null);

export const isGate = (target: AttemptTarget, id: string): boolean => 'gate' in target && target.gate === id;

export const isStage = (target: AttemptTarget, id: string): boolean => 'stage' in target && target.stage === id;

export const isPath = (target: AttemptTarget, name: PathName): boolean => 'path' in target && target.path === name;

/** For file names: `G1`, `T-30`, `rollback+preferred`. No id of a gate or a stage contains `rollback+`. */
export const targetName = (target: AttemptTarget): string =>
	'path' in target ? `rollback+${target.path}` : 'gate' in target ? target.gate : target.stage;

/** In a sentence: `G1`, `T-30`, `the preferred path`. */
export const targetText = (target: AttemptTarget): string =>
	'path' in target ? `the ${target.path} path` : targetName(target);

/** Key of an attempt in `State.attempts`, and the name of its folder: `T-30-2`. */
export const attemptKey = ({target, attempt}: AttemptRef): string => `${targetName(target)}-${attempt}`;

/** In a sentence: `T-30-2`, `fallback-1`. */
export const attemptText = ({target, attempt}: AttemptRef): string =>
	`${'path' in target ? target.path : targetName(target)}-${attempt}`;
