/*
The kinds of gates, in the order in which a row is offered to them. To add one: a file with its GateKind, and a line in this
table. Reading, `check`, preview, runner, screen and docs/runbook-format.md follow from it.
*/
import type {Gate} from '../cutover/model/runbook.ts';
import {command} from './command.ts';
import {files} from './files.ts';
import type {GateKind} from './gate-kind.ts';
import {acknowledgement, statement} from './people.ts';
import {playbook} from './playbook.ts';

export const gateKinds = {command, acknowledgement, files, statement, playbook} satisfies Readonly<
	Record<string, GateKind>
>;

/** The kind of a row that no other takes. */
export const usualKind = 'statement' satisfies keyof typeof gateKinds;

export const allKinds = (): readonly (readonly [string, GateKind])[] => Object.entries<GateKind>(gateKinds);

/** A playbook of the settings replaces what was inferred. Throws where the program that read the gate knew one more. */
export function kindOf({id, kind, playbook: own}: Pick<Gate, 'id' | 'kind' | 'playbook'>): GateKind {
	const wanted = own === null ? kind : 'playbook';
	const found = allKinds().find(([name]) => name === wanted)?.[1];
	if (found === undefined) throw new Error(`Nothing here judges ${id}, a gate of kind ${kind}.`);
	return found;
}
