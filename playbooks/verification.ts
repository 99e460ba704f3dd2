/*
A verification stage: looks at what can be measured (endpoints, logs, the answers before T0) and answers those items of the
checklist; the baseline is advice with its numbers, and whatever nothing measures is a person's to answer.
*/
import type {EndpointReport, LogReport, Playbook} from 'cutover-tui/playbook';

const rounded = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 100) / 100));

const healthText = ({name, critical, state, since, latencyMs, reason}: EndpointReport): string =>
	`${name} ${state.toUpperCase()}${since === null ? '' : ` since ${since}`}${latencyMs === null ? '' : `, ${rounded(latencyMs)} ms`}${reason ? `, ${reason}` : ''}${critical ? '' : ' (not critical)'}`;

const baselineText = ({name, baseline}: EndpointReport): string => {
	if (baseline === null) return `${name}: nothing to compare`;
	const {decision, samples, medians, ratio, p, failed} = baseline;
	return `${name} ${decision.toUpperCase()}: median ${rounded(medians[1])} ms against ${rounded(medians[0])} before T0, ratio ${rounded(ratio)}, p ${p === null ? '–' : p.toPrecision(2)}, n ${samples[1]} against ${samples[0]}, failed ${failed[1]} against ${failed[0]}`;
};

const logText = ({file, errors, max, lines, since, fault}: LogReport): string =>
	fault === null
		? `${file}: ${errors} errors in ${lines} lines ${since === null ? 'of all that is there, for nobody kept the place of T0' : `since ${since}`}, at most ${max}`
		: `${file}: UNKNOWN, ${fault}`;

/** Items with their results, once answered. */
type Answered = Record<string, 'pass' | 'fail'>;

const all = (items: readonly string[], result: 'pass' | 'fail'): Answered =>
	Object.fromEntries(items.map(item => [item, result]));

const playbook: Playbook = async ({step, items, measures, health, logs, answer, attach, say, values}) => {
	const itemsOf = (by: string) => items.filter(item => measures[item] === by);
	const tell = (lines: readonly string[]) => {
		for (const line of lines) say(line);
	};
	/** What nobody can see is neither a pass nor a fail: it stays with people. */
	const answerWhere = async (isKnown: boolean, answers: Answered, note: string): Promise<Answered> => {
		if (!isKnown || Object.keys(answers).length === 0) return {};
		await answer(answers, note);
		return answers;
	};

	const byHealth = await step(
		'health endpoints',
		async () => {
			const found = await health();
			tell(found.length === 0 ? ['no endpoint is bound: a person looks'] : found.map(healthText));
			const critical = found.filter(endpoint => endpoint.critical);
			const isKnown = critical.length > 0 && critical.every(({state}) => state !== 'unknown');
			const result = critical.every(({state}) => state === 'up') ? 'pass' : 'fail';
			return answerWhere(isKnown, all(itemsOf('health'), result), found.map(healthText).join('; '));
		},
		{again: true},
	);

	const byLogs = await step(
		'logs since T0',
		async () => {
			const found = await logs();
			tell(found.length === 0 ? ['the settings name no log: a person looks'] : found.map(logText));
			for (const {shown} of found) tell(shown);
			const isKnown = found.length > 0 && found.every(({fault}) => fault === null);
			const result = found.every(({errors, max}) => errors <= max) ? 'pass' : 'fail';
			return answerWhere(isKnown, all(itemsOf('logs'), result), found.map(logText).join('; '));
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
			const answered: Answered = {...byHealth, ...byLogs};
			const left = items.filter(item => answered[item] === undefined);
			say(values.action);
			for (const item of items)
				say(answered[item] === undefined ? `[ ] ${item}` : `[x] ${item}: ${answered[item]}, measured`);
			if (items.length === 0) say('the runbook names no single items: the outcome is answered as a whole');
			const result = Object.values(answered).includes('fail') ? 'fail' : 'pass';
			say(
				`a person answers what is left and the whole: cutover-tui run ${values.of} --result ${result}${left.map(item => ` --item "${item}=pass"`).join('')}`,
			);
			return [...left];
		},
		{again: true},
	);
};

export default playbook;
