/*
Keeps the endpoints of a cutover sampled while it is watched: from begin to close, and anew where an approval changed what is
asked. A sample that cannot be written is reported once, and is a hole for everybody.
*/

import {closeSync, constants, fdatasync, fstatSync, openSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import type {Verdict} from '../cutover/model/hosts.ts';
import {endpointsAsked} from '../cutover/model/rehearsal-targets.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {failureText} from '../disk/fault.ts';
import {makeFolder} from '../disk/file.ts';
import {ask} from '../probes/ask.ts';
import type {ProbeContext} from '../probes/probe.ts';
import {authoritiesOf, lackingIn, lackText, passed, secretsOf} from '../processes/environment.ts';
import {samplesFile} from '../processes/folder.ts';
import {redactor} from '../text/redact.ts';
import {readyScript} from '../workspace/approved-run.ts';
import {sampleAll} from './sampler.ts';
import type {Working} from './working.ts';

export type SamplingWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly instant: () => Instant;
	/** Of the watcher; scripts get of it what playbooks do. */
	readonly env: Readonly<Record<string, string | undefined>>;
	complain(text: string): void;
	/** Of the host, where a cutover has several: only the one that leads records samples. */
	readonly work?: Pick<Working, 'leads' | 'saw' | 'seenElsewhere'>;
	/** Called where a sample may change something: it failed, or is another than the one before. */
	noticed(): void;
};

export type Sampling = {
	/** Samples what this state asks for. */
	renew(state: State): void;
	stop(): void;
};

/**
 * The sample that counts, of what this host and others (by their names; null where a cutover has one host) see. With a quorum of one
 * it is this host's. With more, an outage is one where that many hosts see it, this one or not: whoever leads, the same counts. Where
 * fewer see it and none sees the endpoint up, nobody can see it.
 */
export function together(own: Sample, others: Readonly<Record<string, Verdict>> | null, quorum: number): Sample {
	if (others === null || (Object.keys(others).length === 0 && quorum <= 1)) return own;
	const sample = {...own, others};
	if (quorum <= 1) return sample;
	const all = [own.verdict, ...Object.values(others)];
	const failed = all.filter(verdict => verdict === 'fail').length;
	const verdict =
		failed >= quorum ? 'fail' : own.verdict !== 'fail' ? own.verdict : all.includes('ok') ? 'ok' : 'unknown';
	if (verdict === own.verdict) return sample;
	const seen = `down from ${failed} of ${all.length} hosts, ${quorum} are needed`;
	return {...sample, verdict, reason: own.reason === '' ? seen : `${own.reason} (${seen})`};
}

type Recorder = {
	/** Throws what the system says. */
	add(sample: Sample): void;
	close(): void;
};

/**
 * Adds the samples of a cutover to their file, one line each. A line that a full disk cut short is passed over by whoever reads, and the
 * next one begins on a line of its own.
 */
export function recorder(folder: Path): Recorder {
	makeFolder(dirname(samplesFile(folder)));
	const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
	const descriptor = openSync(samplesFile(folder), flags, 0o600);
	// Whoever wrote before may have been cut short; an empty line harms nobody.
	let torn = fstatSync(descriptor).size > 0;
	let syncing = false;
	// Written at once and synced in the background: a crash of the machine costs the newest samples, which is a hole.
	const sync = (): void => {
		if (syncing) return;
		syncing = true;
		fdatasync(descriptor, () => {
			syncing = false;
		});
	};
	return {
		add(sample) {
			const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(sample)}\n`);
			torn = true;
			torn = writeSync(descriptor, line) !== line.length;
			sync();
		},
		close: () => closeSync(descriptor),
	};
}

/** A rehearsal's clock may go faster at any moment. */
const longest = {rehearsal: 10, real: 1000} as const;

const asked = (state: State): string =>
	JSON.stringify([
		state.workspace,
		endpointsAsked(state),
		state.runbook?.control ?? null,
		state.runbook?.ca ?? [],
		state.approved,
	]);

export function sampling({folder, clock, instant, env, complain, noticed, work}: SamplingWorld): Sampling {
	let known = '';
	let seen: State | null = null;
	let stopAll = (): void => {};
	let book: Recorder | null = null;
	const verdicts = new Map<string, Sample['verdict']>();

	const sampled = (own: Sample, quorum: number): void => {
		work?.saw(own);
		const sample = work === undefined ? own : together(own, work.seenElsewhere(own.endpoint), quorum);
		try {
			if (work?.leads() === false) {
				// Another host writes on where this one ended.
				book?.close();
				book = null;
			} else {
				book ??= recorder(folder);
				book.add(sample);
			}
		} catch (error) {
			complain(`A sample could not be kept: ${failureText(error)}.`);
		}
		const before = verdicts.get(sample.endpoint);
		verdicts.set(sample.endpoint, sample.verdict);
		if (before !== sample.verdict || sample.verdict === 'fail') noticed();
	};

	const begin = (state: State): (() => void) => {
		const {runbook, workspace, rehearsal} = state;
		const endpoints = endpointsAsked(state);
		const redact = redactor(runbook === null ? [] : secretsOf(env, runbook));
		const environment = runbook === null ? {} : passed(env, runbook);
		const ca = authoritiesOf(folder, state);
		const lacking = lackingIn(env, state);
		const lack = lackText(env, state);
		const control = rehearsal === null ? runbook?.control : undefined;
		return sampleAll({
			endpoints,
			clock,
			instant,
			longestMs: rehearsal === null ? longest.real : longest.rehearsal,
			async ask(endpoint, signal) {
				const others = endpoints.filter(other => other !== endpoint);
				const approvedScript: ProbeContext['approvedScript'] = call => readyScript(folder, state, call);
				const asking = {workspace, environment, env, ca, lacking, approvedScript, clock, signal, control, others};
				const found = await ask(endpoint, asking);
				// A script, or a service, may say what must not be kept.
				const {version} = found;
				// Without its proxy, authorities or secrets it is this process that fails, and not the service.
				const isOurs = lack !== null && found.verdict === 'fail';
				const reason = isOurs ? `${lack} (${found.reason})` : found.reason;
				return {
					...found,
					verdict: isOurs ? 'unknown' : found.verdict,
					reason: redact(reason),
					version: version === null ? null : redact(version),
				};
			},
			sampled: sample => sampled(sample, runbook?.quorum ?? 1),
		});
	};

	return {
		renew(state) {
			if (state === seen) return;
			seen = state;
			const now = asked(state);
			if (now === known) return;
			known = now;
			stopAll();
			stopAll = begin(state);
		},
		stop() {
			stopAll();
			book?.close();
		},
	};
}
