/*
The drivers of rollback paths, in the order in which code is offered to them. To add one: a file with its RollbackDriver, and a
line in this table. Reading, `check`, the approval, the preview, the screen and docs/runbook-format.md follow from its paths.
*/
import type {Path, RollbackPath} from '../cutover/model/runbook.ts';
import type {RollbackDriver} from './driver.ts';
import {script} from './script.ts';
import {workflow} from './workflow.ts';

export const drivers = {workflow, script} satisfies Readonly<Record<string, RollbackDriver>>;

const all = (): readonly (readonly [string, RollbackDriver])[] => Object.entries<RollbackDriver>(drivers);

/** The driver of a path. Throws where the program that read it knew one more. */
export function driverOf({kind}: RollbackPath): RollbackDriver {
	const found = all().find(([name]) => name === kind)?.[1];
	if (found === undefined) throw new Error(`Nothing here runs a rollback path of kind ${kind}.`);
	return found;
}

/** The path that a span of code names by itself, by the first driver that takes it. */
export function pathNamed(code: string): RollbackPath | null {
	for (const [kind, driver] of all()) {
		const path = driver.takes(code);
		if (path !== null) return {kind, ...path};
	}
	return null;
}

/** Whether the path is all that its steps run. */
export const isWhole = (path: RollbackPath): boolean => driverOf(path).whole;

/** The kind of a path whose workflow the settings name. */
export const byWorkflow = 'workflow' satisfies keyof typeof drivers;

/** The path of a script that a step names by its file alone. */
export const scriptPath = (file: Path): RollbackPath => ({
	kind: 'script' satisfies keyof typeof drivers,
	script: file,
	reference: null,
});

/** A word by which the place is found that names the path: the name of its file, or its first command line. */
export const hallmark = ({workflow: file, script: called, commands = []}: RollbackPath): string =>
	(file ?? called)?.split('/').at(-1) ?? commands[0] ?? '';
