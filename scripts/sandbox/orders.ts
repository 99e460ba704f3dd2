/**
 * What a rehearsal orders of its sandbox, a line of JSON each: a GitHub to roll back with, and the trouble of the moment.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import type {Hub, Order} from '../../source/rehearsal/sandbox.ts';
import type {Work} from './github/run.ts';
import {type FakeGitHub, startGitHub} from './github.ts';

type Trouble = {readonly cuts: boolean; readonly delayMs: number};

export type Orders = {
	/** Of that release. */
	trouble(release: string | null): Trouble;
	/** `tell` gets the address of GitHub's API. */
	take(line: string, tell: (reported: string) => void): Promise<void>;
	end(): void;
};

const troubles = {
	well: {cuts: false, delayMs: 0},
	out: {cuts: true, delayMs: 0},
	slow: {cuts: false, delayMs: 60},
} as const satisfies Readonly<Record<string, Trouble>>;

/** Runs the script with the inputs of the dispatch, as the workflow would. */
const work =
	(workspace: string, script: string): Work =>
	async ({inputs}, signal) => {
		const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name.toUpperCase(), value]));
		const child = spawn('bash', [script], {
			cwd: workspace,
			env: {PATH: process.env['PATH'] ?? '', ...given},
			signal,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const [out, err, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
		return {conclusion: exit === 0 ? 'success' : 'failure', log: `${out}${err}`};
	};

function startHub(workspace: string, {repository, ref, workflows, token, script}: Hub): Promise<FakeGitHub> {
	const files = Object.fromEntries(Object.entries(workflows).map(([file, reported]) => [file, {text: reported}]));
	return startGitHub({
		repositories: [{name: repository, branches: [ref], workflows: files}],
		token,
		...(script === null ? {} : {onRun: work(workspace, script)}),
	});
}

/** `old`: the release from before T0; null where there are none, and all is one. */
export function ordersFor(workspace: string, old: string | null): Orders {
	let service: Extract<Order, {service: string}> = {service: 'well', of: 'old'};
	let hub: FakeGitHub | null = null;
	return {
		trouble: release =>
			release === null || (release === old) === (service.of === 'old') ? troubles[service.service] : troubles.well,
		async take(line, tell) {
			const order: Order = JSON.parse(line);
			if ('hub' in order) {
				hub = await startHub(workspace, order.hub);
				tell(hub.url);
			} else if ('service' in order) service = order;
			else hub?.always('dispatch', order.dispatch);
		},
		end: () => void hub?.close(),
	};
}
