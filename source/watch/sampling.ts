/*
Keeps the endpoints of a cutover sampled while it is watched: from begin to close, and anew where an approval changed what is
asked. A sample that cannot be written is reported once, and is a hole for everybody.
*/
import {readyScript} from '../attempts/approved-run.ts';
import {authoritiesOf, lackingIn, lackText, passed, secretsOf} from '../attempts/processes/environment.ts';
import type {Instant, Sample} from '../cutover/health/outage/sample.ts';
import {endpointsAsked} from '../cutover/model/rehearsal-targets.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {redactor} from '../text/redact.ts';
import {ask} from './probes/ask.ts';
import type {ProbeContext} from './probes/found.ts';
import {type Recorder, recorder} from './probes/record.ts';
import {sampleAll} from './probes/sampler.ts';

export type SamplingWorld = {
	readonly folder: Path;
	readonly clock: Clock;
	readonly instant: () => Instant;
	/** Of the watcher; scripts get of it what playbooks do. */
	readonly env: Readonly<Record<string, string | undefined>>;
	complain(text: string): void;
	/** Called where a sample may change something: it failed, or is another than the one before. */
	noticed(): void;
};

export type Sampling = {
	/** Samples what this state asks for. */
	renew(state: State): void;
	stop(): void;
};

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

export function sampling({folder, clock, instant, env, complain, noticed}: SamplingWorld): Sampling {
	let known = '';
	let stopAll = (): void => {};
	let book: Recorder | null = null;
	const verdicts = new Map<string, Sample['verdict']>();

	const sampled = (sample: Sample): void => {
		try {
			book ??= recorder(folder);
			book.add(sample);
		} catch (error) {
			complain(`A sample could not be kept: ${error instanceof Error ? error.message : String(error)}.`);
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
		const ca = authoritiesOf(state);
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
			sampled,
		});
	};

	return {
		renew(state) {
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
