/*
A verification stage: measures what can be measured (endpoints, logs, the answers against those before T0) and records it for
those items of the checklist. People are asked for the rest, and may overrule what was measured.
*/
import type {EndpointReport, LogReport, Playbook} from 'cutover-tui/playbook';

const ms = (value: number | null): string => (value === null ? '–' : `${Math.round(value)} ms`);
const clock = (value: number): string =>
	new Date(Math.max(0, value)).toISOString().slice(value < 3_600_000 ? 14 : 11, 19);

const healthText = ({name, critical, state, forMs, latencyMs, reason}: EndpointReport): string =>
	`${name} ${state.toUpperCase()}${forMs === null ? '' : ` for ${clock(forMs)}`}${latencyMs === null ? '' : `, ${ms(latencyMs)}`}${reason ? `, ${reason}` : ''}${critical ? '' : ' (not critical)'}`;

/** `3 of 3 up for 09:41, 0 outages since T0`, or the endpoints that are not. */
const healthSum = (endpoints: readonly EndpointReport[]): string => {
	const up = endpoints.filter(({state}) => state === 'up');
	const other = endpoints.filter(({state}) => state !== 'up').map(healthText);
	const least = Math.min(...up.map(({forMs}) => forMs ?? 0));
	const outages = endpoints.reduce((sum, endpoint) => sum + endpoint.outages, 0);
	const count = `${up.length} of ${endpoints.length} up${other.length === 0 ? ` for ${clock(least)}` : ''}`;
	return [count, ...other, `${outages} ${outages === 1 ? 'outage' : 'outages'} since T0`].join(', ');
};

type Compared = EndpointReport & {readonly baseline: NonNullable<EndpointReport['baseline']>};

const decisions = {same: 'same', watch: 'slower, watch it', worse: 'worse', inconclusive: 'too few samples to compare'};

const baselineText = ({name, baseline: {decision, samples, medians, failed}}: Compared): string =>
	`${name} p50 ${ms(medians[1])}, before T0 ${ms(medians[0])} (n ${samples[1]} and ${samples[0]}), failed ${failed[1]} and ${failed[0]}: ${decisions[decision]}`;

/** Null where a person has to judge the numbers. */
const baselineResult = (compared: readonly Compared[]): 'pass' | 'fail' | null => {
	const found = compared.map(({baseline}) => baseline.decision);
	if (found.includes('worse')) return 'fail';
	return found.every(decision => decision === 'same') ? 'pass' : null;
};

const logText = ({file, errors, max, lines, since, fault}: LogReport): string => {
	if (fault !== null) return `${file}: UNKNOWN, ${fault}`;
	const read = `${lines} ${lines === 1 ? 'line' : 'lines'} ${since === null ? 'in all, because the place of T0 was not kept' : 'since T0'}`;
	return `${file}: ${errors} ${errors === 1 ? 'error' : 'errors'} in ${read}, at most ${max}`;
};

const playbook: Playbook = async ({step, items, measures, health, logs, measured, attach, say, values}) => {
	const record = async (by: string, result: 'pass' | 'fail' | null, found: string, lines: readonly string[] = []) => {
		const own = items.filter(item => measures[item] === by);
		if (own.length === 0) return say(found);
		await measured(Object.fromEntries(own.map(item => [item, result])), found, lines);
	};
	const noted = (lines: readonly string[]) => {
		for (const line of lines) say(line);
	};

	await step(
		'health endpoints',
		async () => {
			const found = await health();
			if (found.length === 0) return say('no endpoint is bound: a person looks');
			noted(found.map(healthText));
			const critical = found.filter(endpoint => endpoint.critical);
			const isKnown = critical.length > 0 && critical.every(({state}) => state !== 'unknown');
			const result = critical.every(({state}) => state === 'up') ? 'pass' : 'fail';
			await record('health', isKnown ? result : null, healthSum(found), found.map(healthText));
		},
		{again: true},
	);

	await step(
		'logs since T0',
		async () => {
			const found = await logs();
			if (found.length === 0) return say('the settings name no log: a person looks');
			const shown = found.flatMap(({shown: lines}) => lines);
			noted(shown);
			const isKnown = found.every(({fault}) => fault === null);
			const result = found.every(({errors, max}) => errors <= max) ? 'pass' : 'fail';
			await record('logs', isKnown ? result : null, found.map(logText).join('; '), shown);
		},
		{again: true},
	);

	await step(
		'baseline from before T0',
		async () => {
			const compared = (await health()).flatMap(endpoint =>
				endpoint.baseline === null ? [] : [{...endpoint, baseline: endpoint.baseline}],
			);
			if (compared.length === 0) return;
			const lines = compared.map(baselineText);
			await record('baseline', baselineResult(compared), lines.join('; '), lines);
			await attach(`baseline-${values.attempt}.txt`, `${lines.join('\n')}\n`);
		},
		{again: true},
	);

	await step(
		'checklist',
		() => {
			say(values.action);
			if (items.length === 0) say('the runbook names no single items: the outcome is answered as a whole');
			say('A person answers what was not measured, and the whole.');
		},
		{again: true},
	);
};

export default playbook;
