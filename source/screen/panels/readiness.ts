/*
Whether a rollback could begin now, as far as it is known: what the runbook names and what was approved. Whether the
script works is known only once it ran, so nothing here is said to be ready.
*/
import type {RollbackPath} from '../../cutover/runbook.ts';
import type {State} from '../../cutover/state.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import type {Mark, Theme} from '../theme.ts';

export type Readiness = {readonly mark: Mark; readonly text: SafeText};

const scriptOf = (path: RollbackPath | null): string | null => (path?.kind === 'script' ? path.script : null);

export const readiness = ({runbook, approved}: State, theme: Theme): Readiness => {
	const rollback = runbook?.rollback ?? null;
	if (rollback === null) return {mark: theme.unknown, text: safe('rollback: the runbook names no path')};
	const script = scriptOf(rollback.preferred) ?? scriptOf(rollback.fallback);
	if (script === null) return {mark: theme.warning, text: safe('rollback by hand only, no workflow set up')};
	if (approved[script] === null) return {mark: theme.no, text: safe('rollback script is missing')};
	if (approved[script] === undefined) return {mark: theme.unknown, text: safe('rollback script not looked at')};
	return {mark: theme.yes, text: safe('rollback script approved')};
};
