/* What the settings say of gates, stages and triggers by their ids. */
import * as z from 'zod/mini';
import {gatesInForce, stagesInForce, triggersInForce} from './apply.ts';
import {checkGates, checkStages, checkTriggers} from './check.ts';
import {fileAt, setting} from './setting.ts';
import {gate, stage, trigger} from './shape.ts';

export const rows = {
	gates: setting({
		schema: z.record(z.string(), gate),
		docs: {
			'*.expect.exit': 'exit code that the last command must end with, a list of them, or `nonzero`; 0 unless set',
			'*.expect.stdout': 'regular expression that its output must match',
			'*.expect.stderr': 'regular expression that its errors must match',
			'*.expect.empty': '`true`: it must print nothing on stdout',
			'*.expect.json': 'path in the JSON that it prints, `data.0.lag`; the value there is compared',
			'*.expect.is': 'what is printed, or the value of the JSON, must be this',
			'*.expect.below': 'the only number printed must be below this',
			'*.expect.atMost': 'at most this',
			'*.expect.above': 'above this',
			'*.expect.atLeast': 'at least this',
			'*.expect.unit': 'unit of that number; another one in the output makes the gate UNKNOWN',
			'*.playbook': 'runs in the place of the check that was inferred',
			'*.timeout': 'a check that runs longer fails; 15m unless set',
			'*.maxAge': 'a pass older than this is stale; 90m unless set',
			'*.paths':
				'only commits that change these paths make the pass stale; else every commit does. What is not committed does not',
			'*.host': 'the host that judges it, where a cutover has [several](several-hosts.md)',
			'*.need': 'of the groups that the gate names: `all` or `any`',
		},
		apply: (draft, set) => ({...draft, gates: gatesInForce(draft.gates, set)}),
		check: checkGates,
		paths: set =>
			Object.entries(set).flatMap(([id, {playbook, paths = []}]) => [
				...fileAt(playbook, id, 'playbook'),
				...paths.map((path, index) => ({below: [id, 'paths', index], path, kind: 'any'}) as const),
			]),
	}),
	stages: setting({
		schema: z.record(z.string(), stage),
		docs: {
			'*.playbook': "runs in the place of the stage's own playbook",
			'*.timeout': 'a playbook that runs longer fails; else OVERDUE is shown and nothing is ended',
			'*.gates': 'the gates that the stage runs, in the place of those inferred',
			'*.host': 'the host that runs it, where a cutover has [several](several-hosts.md)',
			'*.start': '`auto`: begins by itself at its time; `person` unless set',
			'*.logs.file': 'a log that a verification reads',
			'*.logs.errors': 'what counts as an error in it, a regular expression',
			'*.logs.max': 'more errors than this fail the stage',
		},
		apply: (draft, set) => ({...draft, stages: stagesInForce(draft.stages, draft.gates, set)}),
		check: checkStages,
		paths: set => Object.entries(set).flatMap(([id, {playbook}]) => fileAt(playbook, id, 'playbook')),
	}),
	triggers: setting({
		schema: z.record(z.string(), trigger),
		docs: {
			'*.threshold': 'the duration of an outage; takes precedence over the runbook',
			'*.warn': 'at which shares of the threshold it warns; `[50%, 80%]` unless set',
			'*.of': 'how many endpoints must each be down too long: `any`, `all` or a number',
			'*.restore': 'good samples in a row that end an outage; 1 unless set',
			'*.confirm': 'failed samples in a row before it may fire; 3 unless set',
			'*.automatic': 'a fired trigger begins the rollback by itself a minute later, unless somebody stands it down',
			'*.need': 'of the roles that confirm it: `any` or `all`',
			'*.answer': 'how long the asked roles have before the release manager decides alone; 5m unless set',
		},
		apply: (draft, set) => ({...draft, triggers: triggersInForce(draft.triggers, set)}),
		check: checkTriggers,
	}),
};
