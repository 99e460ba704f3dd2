/** A rollback by workflow under test: dispatched at 22:10, told and ended by its runner. */
import type {Observation} from '../../source/cutover/model/command.ts';
import type {RemoteRun} from '../../source/cutover/model/event.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {calm} from '../given.ts';
import {endpoint, measured, type Story, sees} from '../scenarios/health.ts';
import {alice, runner} from '../scenarios/people.ts';
import {type Draft, end, rollback} from './commands.ts';
import {type Night, observing} from './night.ts';

const remote = {repository: 'example/orders', ref: 'main', token: 'GITHUB_TOKEN', api: 'https://api.github.com'};

export const configured = (book: Runbook = measured([endpoint('api'), endpoint('web')])): Runbook => ({
	...book,
	rollback: book.rollback && {...book.rollback, remote},
});

export const holding: Observation = {...calm, token: true};
export const without: Observation = {...calm, token: false};

export const observed = (
	night: Night,
	time: string,
	stories: Readonly<Record<string, Story>> = {},
	base: Observation = holding,
): Observation => sees(night.state(), time, stories, base);

export const preferred = {target: {path: 'preferred'}, attempt: 1} as const;

export const beginsDispatch = (attempt = 1): Draft => ({
	type: 'beginDispatch',
	data: {
		...preferred,
		attempt,
		workflow: '.github/workflows/rollback.yml',
		repository: 'example/orders',
		ref: 'main',
		inputs: {action: 'back'},
		after: 41,
		date: null,
		login: 'rollback-bot',
	},
});

export const tells = (state: RemoteRun['state'], more: Partial<RemoteRun> = {}, attempt = 1): Draft => ({
	type: 'recordRun',
	data: {
		...preferred,
		attempt,
		run: 42,
		url: 'https://github.example.org/orders/runs/42',
		state,
		conclusion: null,
		approvals: [],
		declined: null,
		jobs: [],
		...more,
	},
});

export const rollsBack = (
	night: Night,
	time: string,
	path: 'preferred' | 'fallback' | null = null,
	base: Observation = holding,
) => night.does(time, alice, rollback(path), observed(night, time, {}, base));

/** 22:11, sent. */
export const sent = (): Night => {
	const night = observing(configured());
	rollsBack(night, '22:10');
	night.does('22:10:02', runner, beginsDispatch(), observed(night, '22:10:02'));
	return night;
};

export const ended = (night: Night, time: string, outcome: Parameters<typeof end>[2], attempt = 1, base = holding) =>
	night.does(time, runner, end(preferred.target, attempt, outcome), observed(night, time, {}, base));

export const snapshot = (night: Night, time: string, stories: Readonly<Record<string, Story>> = {}) =>
	night.stands(time, null, observed(night, time, stories));
