/*
A verification stage: looks at what can be measured (endpoints, logs, the answers before T0) and answers those items of the
checklist; the baseline is advice with its numbers, and whatever nothing measures is a person's to answer.
*/
import type {EndpointSight, LogSight, Playbook} from 'cutover-tui/playbook';

const rounded = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 100) / 100));

const healthText = ({name, critical, state, since, latencyMs, reason}: EndpointSight): string =>
	`${name} ${state.toUpperCase()}${since === null ? '' : ` since ${since}`}${latencyMs === null ? '' : `, ${rounded(latencyMs)} ms`}${reason ? `, ${reason}` : ''}${critical ? '' : ' (not critical)'}`;

const baselineText = ({name, baseline}: EndpointSight): string => {
	if (baseline === null) return `${name}: nothing to compare`;
	const {decision, samples, medians, ratio, p, failed} = baseline;
	return `${name} ${decision.toUpperCase()}: median ${rounded(medians[1])} ms against ${rounded(medians[0])} before T0, ratio ${rounded(ratio)}, p ${p === null ? '–' : p.toPrecision(2)}, n ${samples[1]} against ${samples[0]}, failed ${failed[1]} against ${failed[0]}`;
};

const logText = ({file, errors, max, lines, since, fault}: LogSight): string =>
	fault === null
		? `${file}: ${errors} errors in ${lines} lines ${since === null ? 'of all that is there, for nobody kept the place of T0' : `since ${since}`}, at most ${max}`
		: `${file}: UNKNOWN, ${fault}`;

const playbook: Playbook = async ({step, items, measures, health, logs, answer, attach, say, values}) => {
	const itemsOf = (by: string) => items.filter(item => measures[item] === by);
	const tell = (lines: readonly string[]) => {
		for (const line of lines) say(line);
	};

	await step(
		'health endpoints',
		async () => {
			const found = await health();
			tell(found.length === 0 ? ['no endpoint is bound: a person looks'] : found.map(healthText));
			const critical = found.filter(endpoint => endpoint.critical);
			const result = critical.every(({state}) => state === 'up') ? 'pass' : 'fail';
			// What nobody can see is neither a pass nor a fail.
			const known = critical.length > 0 && critical.every(({state}) => state !== 'unknown');
			const answers = Object.fromEntries(itemsOf('health').map(item => [item, result] as const));
			if (known && itemsOf('health').length > 0) await answer(answers, found.map(healthText).join('; '));
			return null;
		},
		{again: true},
	);

	await step(
		'logs since T0',
		async () => {
			const found = await logs();
			tell(found.length === 0 ? ['the settings name no log: a person looks'] : found.map(logText));
			for (const {shown} of found) tell(shown);
			const result = found.every(({errors, max}) => errors <= max) ? 'pass' : 'fail';
			const known = found.length > 0 && found.every(({fault}) => fault === null);
			const answers = Object.fromEntries(itemsOf('logs').map(item => [item, result] as const));
			if (known && itemsOf('logs').length > 0) await answer(answers, found.map(logText).join('; '));
			return null;
		},
		{again: true},
	);

	await step(
		'against the baseline from before T0',
		async () => {
			const found = await health();
			if (found.length === 0) return null;
			tell(found.map(baselineText));
			say('this is advice: a person decides');
			await attach(`baseline-${values.attempt}.txt`, `${found.map(baselineText).join('\n')}\n`);
			return null;
		},
		{again: true},
	);

	await step(
		'the checklist',
		() => {
			say(values.action);
			for (const item of items) say(`[ ] ${item}${measures[item] === null ? '' : `, measured by ${measures[item]}`}`);
			if (items.length === 0) say('the runbook names no single items: the outcome is answered as a whole');
			say(
				`answer what is left with: cutover-tui run ${values.of} --result pass${items.map(item => ` --item "${item}=pass"`).join('')}`,
			);
			return [...items];
		},
		{again: true},
	);
};

export default playbook;
