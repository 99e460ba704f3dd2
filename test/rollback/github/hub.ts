/** A fake GitHub on the loopback, an access to it, and a clock on which every wait is over at once. */
import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import type {Repository} from '../../../scripts/sandbox/github/repository.ts';
import {type FakeGitHub, type GitHubOptions, startGitHub} from '../../../scripts/sandbox/github.ts';
import type {Clock} from '../../../source/cutover/ports.ts';
import type {Access} from '../../../source/rollback/github/request.ts';

export const token = 'github_pat_11SECRETsecret22';

export const workflow = '.github/workflows/back.yml';

export const inputs = {action: 'rollback', volumes: '0'};

export const text = `on:
  workflow_dispatch:
    inputs:
      action: {type: choice, options: [deploy, rollback]}
      volumes: {required: true}
jobs:
  rollback:
    runs-on: ubuntu-latest
    environment: production
`;

export const shop: Repository = {
	name: 'orders/shop',
	branches: ['main'],
	workflows: {'back.yml': {text}},
	environments: {
		production: {
			reviewers: [
				{type: 'User', name: 'omar'},
				{type: 'User', name: 'petra'},
				{type: 'Team', name: 'release'},
			],
			waitMinutes: 5,
		},
	},
};

/**
 * Everything that is waited for is over at once, but time-outs of requests: each is over once as many requests are under way
 * as were met with silence, and in real time where nobody counts those (`silences`). A busy machine is then no silence.
 */
export type TestClock = Clock & {readonly waits: readonly number[]; advance(ms: number): void};

export function instantClock(timeoutMs: number, start = 1_930_000_000_000, silences?: () => number): TestClock {
	const waits: number[] = [];
	const open = new Set<() => void>();
	let ended = 0;
	const untilSilent = (run: () => void): (() => void) => {
		const look = setInterval(() => {
			if ((silences?.() ?? 0) - ended < open.size) return;
			ended += 1;
			stop();
			run();
		}, 5);
		const stop = (): void => {
			clearInterval(look);
			open.delete(stop);
		};
		open.add(stop);
		return stop;
	};
	let passed = 0;
	const real = [timeoutMs, 3 * timeoutMs];
	return {
		waits,
		now: () => start + passed,
		steady: () => passed,
		advance: ms => {
			passed += ms;
		},
		every: () => () => {},
		after: (ms, run) => {
			if (ms === timeoutMs && silences !== undefined) return untilSilent(run);
			if (real.includes(ms)) {
				const timer = setTimeout(run, ms);
				return () => clearTimeout(timer);
			}
			waits.push(ms);
			passed += ms;
			const soon = setImmediate(run);
			return () => clearImmediate(soon);
		},
	};
}

export type Hub = {
	readonly github: FakeGitHub;
	readonly access: Access;
	readonly clock: TestClock;
	/** Keeps what the client said: at the end of the test the token must be nowhere in it. */
	hear<T>(said: T): T;
};

/** Long enough that only an answer that never comes takes it. */
export const usual = 9999;

/** `inRealTime`: time-outs take the time that they say, where silence is not that of a request. */
export async function hub(
	t: TestContext,
	options: Partial<GitHubOptions> & {
		readonly timeoutMs?: number;
		readonly startClockAt?: number;
		readonly inRealTime?: boolean;
	} = {},
): Promise<Hub> {
	const {timeoutMs = usual, startClockAt, inRealTime = false, ...rest} = options;
	const github = await startGitHub({repositories: [shop], token, ...rest});
	t.after(() => github.close());
	const silences = (): number => github.requests.filter(({status}) => status === 'silence').length;
	const clock = instantClock(timeoutMs, startClockAt, inRealTime ? undefined : silences);
	const remote = {repository: 'orders/shop', ref: 'main', token: 'GITHUB_TOKEN', api: github.url};
	const heard: unknown[] = [];
	t.after(() => {
		assert.ok(!JSON.stringify(heard).includes(token), 'the token stands in what was said');
		assert.ok(!JSON.stringify(github.requests).includes(token), 'the token was sent elsewhere than in its header');
	});
	return {
		github,
		clock,
		access: {remote, token, clock, timeoutMs, longestWaitMs: 600_000, env: {}, ca: []},
		hear: said => {
			heard.push(said instanceof Error ? [said.message, said.stack] : said);
			return said;
		},
	};
}
