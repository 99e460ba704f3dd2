/*
What a rehearsal has in place of the world, as a process of its own: the service that is cut over, or one that stands in for
the operator's own, and a GitHub. It hangs on the pipe to this process: whatever ends the rehearsal ends it.
*/

import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';
import type {RehearsalTargets} from '../cutover/model/event.ts';
import {endpointsOf, type RollbackPath, type Runbook} from '../cutover/model/runbook.ts';
import {rollbackPaths} from '../cutover/model/script.ts';
import {programs} from '../processes/programs.ts';
import {lastLine} from '../text/error-text.ts';

/** `script`: what a run really does, by its path in the workspace; null where a run does nothing. */
export type Hub = {
	readonly repository: string;
	readonly ref: string;
	/** Text by file name. */
	readonly workflows: Readonly<Record<string, string>>;
	readonly token: string;
	readonly script: string | null;
};

/**
What may be ordered while it runs; scripts/sandbox/orders.ts takes it. `service`: a release cuts every connection, or is slow; or all are
well. `of`: the one from before T0, or any other. `dispatch`: how GitHub takes one from now on.
*/
export type Order =
	| {readonly hub: Hub}
	| {readonly service: 'out' | 'slow' | 'well'; readonly of: 'old' | 'new'}
	| {readonly dispatch: 'as asked' | '404' | 'silence after'};

export type Sandbox = {
	readonly rehearsalTargets: RehearsalTargets;
	order(order: Order): void;
	stop(): Promise<void>;
};

export type Place = {
	readonly workspace: string;
	readonly runbook: Runbook;
	/** The sample is really cut over, and really rolled back; a runbook of one's own is not. */
	readonly isSample: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** One that is not in the workspace takes what it is given. */
function textOf(workspace: string, workflow: string, {inputs = {}}: RollbackPath): string {
	const file = join(workspace, workflow);
	if (existsSync(file)) return readFileSync(file, 'utf8');
	const declared = Object.keys(inputs).map(name => `      ${JSON.stringify(name)}: {type: string}`);
	return ['on:', '  workflow_dispatch:', '    inputs:', ...declared, 'jobs: {}', ''].join('\n');
}

/** Null where no workflow is configured. */
function hubOf({workspace, runbook, isSample}: Place, token: string): Hub | null {
	const {remote = null, fallback = null} = runbook.rollback ?? {};
	if (remote === null) return null;
	const workflows = rollbackPaths(runbook).flatMap(path =>
		path.workflow === undefined ? [] : [[basename(path.workflow), textOf(workspace, path.workflow, path)]],
	);
	return {
		repository: remote.repository,
		ref: remote.ref,
		workflows: Object.fromEntries(workflows),
		token,
		script: isSample ? (fallback?.script ?? null) : null,
	};
}

/** Whether anything of it has to be replaced. */
export const needsSandbox = ({runbook, isSample}: Place): boolean =>
	isSample || endpointsOf(runbook).length > 0 || runbook.rollback?.remote != null;

/** On free ports of the loopback. Throws with what it complained of. */
export async function startSandbox(place: Place): Promise<Sandbox> {
	const {workspace, isSample, env} = place;
	const child = spawn(process.execPath, [programs.sandbox, ...(isSample ? [] : ['--target']), workspace], {
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
		env: {PATH: env['PATH']},
	});
	const complaints = text(child.stderr);
	const ended = once(child, 'close');
	const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
	const say = (order: Order): void => void child.stdin.write(`${JSON.stringify(order)}\n`);
	const address = async (): Promise<string> => {
		const said = await Promise.race([lines.next(), ended.then(() => null)]);
		if (typeof said?.value === 'string') return said.value;
		throw new Error(`the service of the rehearsal did not start: ${lastLine(await complaints)}`);
	};
	const service = await address();
	const token = randomBytes(16).toString('hex');
	const hub = hubOf(place, token);
	if (hub !== null) say({hub});
	const api = hub === null ? null : await address();
	// An order to one that is gone is nobody's matter: the rehearsal ends for that reason already.
	child.stdin.on('error', () => {});
	return {
		rehearsalTargets: {service, api, token: api === null ? null : token},
		order: say,
		async stop() {
			child.stdin.end();
			await ended;
		},
	};
}
