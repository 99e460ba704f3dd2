/* How to roll back, and by what second way where the first is unavailable. */

import {neverSet} from '../../../cutover/model/never-set.ts';
import {type Rollback, type RollbackPath, usualProof} from '../../../cutover/model/runbook.ts';
import {rollbackScripts} from '../../../cutover/model/script.ts';
import {placeOfPart} from '../../document.ts';
import type {Reading} from '../../reading.ts';
import {inputsIn, pathOfWay} from './rollback-path.ts';
import {handSteps, saidOfRollback, waysIn} from './rollback-steps.ts';

const variableOf = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9_]/g, '_');

/** What a rollback script gets of the inputs; `leftOut` is called for what decides what a script runs, where there is one. */
export function environmentOf(
	inputs: Readonly<Record<string, string>>,
	ways: readonly (RollbackPath | null)[],
	leftOut: (name: string, variable: string) => void,
): Readonly<Record<string, string>> {
	const named = Object.entries(inputs).map(([name, value]) => ({name, variable: variableOf(name), value}));
	const isScripted = ways.some(way => way?.script !== undefined);
	for (const {name, variable} of named) if (isScripted && neverSet.test(variable)) leftOut(name, variable);
	return Object.fromEntries(
		named.filter(({variable}) => !neverSet.test(variable)).map(({variable, value}) => [variable, value]),
	);
}

type ReadRollback = {
	readonly rollback: Rollback | null;
	/** What people do, beside a path or where none can be run. */
	readonly byHand: readonly string[];
};

/** Bullets beside numbered steps may say when, under a heading or label that the reader does not know, where no other says that. */
function complainOfBullets(said: ReturnType<typeof saidOfRollback>, {document: {sections}, complain}: Reading): void {
	if (sections.some(({topics}) => topics.has('triggers'))) return;
	const lists = said.flatMap(({placed: {block, section, lead}, stated}) =>
		block.kind === 'list' && section.topics.has('rollback') && stated.length > 0 ? [{block, section, lead}] : [],
	);
	if (!lists.some(({block}) => block.ordered)) return;
	for (const {block, section, lead} of lists) {
		const heading = /[:：]$/.test(lead) ? lead : section.own.size === 0 ? section.heading : '';
		const [first] = block.items;
		if (!block.ordered && first && heading !== '') complain('rollback-unclear', first, {heading});
	}
}

export function readRollback(reading: Reading): ReadRollback {
	const said = saidOfRollback(reading);
	complainOfBullets(said, reading);
	const [first, second] = waysIn(said);
	const [step = second[0]] = first;
	if (!step) {
		const byHand = handSteps(said, false);
		if (byHand.length === 0)
			reading.complain('rollback-missing', placeOfPart(reading.document, ['path', 'rollback']), {});
		return {rollback: null, byHand};
	}
	const inputs = inputsIn([...first, ...second], reading);
	const preferred = pathOfWay(first, inputs, 'The preferred way', reading);
	const fallback = pathOfWay(second, inputs, 'The fallback', reading);
	const isRun = preferred !== null || fallback !== null;
	const known = environmentOf(inputs, [preferred, fallback], (name, variable) =>
		reading.complain('rollback-input-never', {line: step.line, column: 1}, {name, variable}),
	);
	const environment = isRun ? known : {};
	return {
		rollback: {preferred, fallback, environment, ...usualProof, line: step.line},
		byHand: handSteps(said, isRun),
	};
}

export function noteEnvironment(rollback: Rollback | null, {note}: Reading): void {
	const isScripted = rollbackScripts({rollback}).length > 0;
	if (rollback && isScripted && Object.keys(rollback.environment).length > 0)
		note('A rollback script gets every input of the workflow as an upper-case environment variable.');
}
