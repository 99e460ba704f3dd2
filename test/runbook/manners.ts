/*
What matters of a reading, short enough to be written down for each manner of writing a runbook.
*/
import {requirementText} from '../../source/runbook/as-json.ts';
import {codes, read} from './sample.ts';

/** One line a row: gates, stages, triggers, ways back, sign-offs, and the codes of the problems. */
export function reading(text: string, options: Parameters<typeof read>[1] = {}) {
	const {runbook, problems} = read(text, options);
	if (!runbook) return {problems: problems.map(({code, line, column}) => `${line}:${column} ${code}`)};
	return {
		gates: runbook.gates.map(
			({id, kind, commands, files, groups, owners}) =>
				`${id} ${kind} [${commands.join(' | ')}] [${files.join(' ')}] [${groups.join(' ')}] ${owners.join('+') || 'anyone'}`,
		),
		stages: runbook.stages.map(
			({id, offsetSeconds, kind, owners, gates}) =>
				`${id} ${offsetSeconds} ${kind} ${owners.join('+') || 'anyone'} [${gates.join(' ')}]`,
		),
		triggers: runbook.triggers.map(trigger =>
			trigger.kind === 'outage'
				? `outage ${trigger.strict ? '>' : '>='} ${trigger.thresholdSeconds}`
				: `${trigger.roles.join('|')}: ${trigger.facts.join(' & ')}`,
		),
		rollback: [runbook.rollback?.preferred, runbook.rollback?.fallback].map(way =>
			!way
				? '-'
				: way.kind === 'workflow'
					? `${way.workflow} ${JSON.stringify(way.inputs)}`
					: `${way.script} (${way.reference ?? '-'})`,
		),
		signOffs: runbook.signOffs.map(({role, requires}) => `${role}: ${requires.map(requirementText).join(', ') || '-'}`),
		problems: codes(problems),
	};
}
