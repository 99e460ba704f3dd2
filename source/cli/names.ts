/*
Words of the runbook as an operator types them, found without regard to case; what is not there is answered with what is.
*/
import type {Acting} from './act.ts';
import {known} from './usage-error.ts';

export const gate = ({runbook}: Acting, id: string): string =>
	known(
		'gate',
		id,
		runbook.gates.map(each => each.id),
	);

export const stage = ({runbook}: Acting, id: string): string =>
	known(
		'stage',
		id,
		runbook.stages.map(each => each.id),
	);

/** A gate or a stage. */
export const target = ({runbook}: Acting, id: string): string =>
	known(
		'gate or stage',
		id,
		[...runbook.gates, ...runbook.stages].map(each => each.id),
	);

export const trigger = ({runbook}: Acting, id: string): string =>
	known(
		'trigger',
		id,
		runbook.triggers.map(each => each.id),
	);

export const signOff = ({runbook}: Acting, id: string): string =>
	known(
		'sign-off',
		id,
		runbook.signOffs.map(each => each.id),
	);

const fieldsOf = ({runbook}: Acting): readonly string[] =>
	runbook.evidence.flatMap(({field}) => (field === null ? [] : [field]));

export const field = (acting: Acting, name: string): string =>
	known('evidence field', name.replace(/:\s*$/, ''), fieldsOf(acting));

/** What may stay without a value: a field or a sign-off. */
export const fieldOrSignOff = (acting: Acting, name: string): string =>
	known('evidence field or sign-off', name.replace(/:\s*$/, ''), [
		...fieldsOf(acting),
		...acting.runbook.signOffs.map(each => each.id),
	]);

export const role = ({runbook}: Acting, name: string): string =>
	known('role', name.trim().replaceAll(/\s+/g, '-'), runbook.roles);
