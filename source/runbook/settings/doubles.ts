/*
A gate or stage that the settings name twice in two ways of writing it: only one of the two would be in force, and which one is
nothing to guess.
*/
import type {Gate, Stage} from '../../cutover/model/runbook.ts';
import {findGate, findStage} from './apply.ts';
import type {Read} from './read.ts';

export function checkDoubles(
	{values, parsed, complain}: Read,
	{gates, stages}: {readonly gates: readonly Gate[]; readonly stages: readonly Stage[]},
): void {
	const look = (group: 'gates' | 'stages', find: (id: string) => {readonly id: string} | null) => {
		const observed = new Set<string>();
		for (const id of Object.keys(values[group] ?? {})) {
			const meant = find(id)?.id;
			if (meant === undefined) continue;
			if (observed.has(meant)) complain('settings-double', parsed.keyAt([group, id]), {key: `${group}.${meant}`});
			observed.add(meant);
		}
	};
	look('gates', id => findGate(gates, id));
	look('stages', id => findStage(stages, id));
}
