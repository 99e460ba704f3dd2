/** Two people, each once, may answer for a critical endpoint that nobody can see (RULES T4). */
import {sameName} from '../../../text/same-name.ts';
import {wall} from '../../../text/time.ts';
import {endpointAt, wordsWhileBlind} from '../../health/endpoint-state.ts';
import type {CommandData} from '../../model/command.ts';
import {criticalOf} from '../../model/runbook.ts';
import type {State} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {instead, refuse} from '../refusal.ts';
import {reasonFor} from './plan.ts';
import type {Decision, RuleContext} from './rule.ts';

export const answerFor = (
	state: State,
	data: CommandData['attestEndpoint'],
	{runbook, observed, at, by}: RuleContext,
): Decision => {
	const critical = criticalOf(runbook);
	if (critical.length === 0)
		return refuse(
			'not-endpoint-state',
			'No endpoint is bound: health is not measured here.',
			'Report it as down or up by hand.',
			instead('down', data.trigger),
		);
	const endpoint = critical.find(({name}) => sameName(name, data.endpoint));
	if (!endpoint)
		return unknown(
			'critical endpoint',
			data.endpoint,
			critical.map(({name}) => name),
		);
	const health = endpointAt(endpoint, observed, at);
	if (health !== 'unknown')
		return refuse(
			'not-endpoint-state',
			`${endpoint.name} is seen, and ${health}.`,
			'Nothing to do: the samples answer.',
		);
	const before = wordsWhileBlind(state, endpoint, observed).find(word => sameName(word.by.name, by.name));
	if (before && before.up === data.up)
		return refuse(
			'already-answered',
			`${by.name} said ${before.up ? 'up' : 'down'} at ${wall(before.at)}.`,
			'A second person answers.',
		);
	return (
		reasonFor(data.reason, 'answering for a blind endpoint') ?? [
			{type: 'endpointAttested', data: {...data, endpoint: endpoint.name}},
		]
	);
};
