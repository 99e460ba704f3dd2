/* What the settings say of gates, stages and triggers by their ids. */
import * as z from 'zod/mini';
import {gatesInForce, stagesInForce, triggersInForce} from './apply.ts';
import {checkGates, checkStages, checkTriggers} from './check.ts';
import {fileAt, setting} from './setting.ts';
import {gate, stage, trigger} from './shape.ts';

export const rows = {
	gates: setting({
		schema: z.record(z.string(), gate),
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
		apply: (draft, set) => ({...draft, stages: stagesInForce(draft.stages, draft.gates, set)}),
		check: checkStages,
		paths: set => Object.entries(set).flatMap(([id, {playbook}]) => fileAt(playbook, id, 'playbook')),
	}),
	triggers: setting({
		schema: z.record(z.string(), trigger),
		apply: (draft, set) => ({...draft, triggers: triggersInForce(draft.triggers, set)}),
		check: checkTriggers,
	}),
};
