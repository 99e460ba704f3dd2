/** What headline and next are read from: the parts of a snapshot, the state and the instant. */

import type {Observation} from '../model/command.ts';
import type {Stage} from '../model/runbook.ts';
import type {LastSafe} from '../model/safe-moments.ts';
import type {State} from '../model/state.ts';
import type {Snapshot} from './snapshot.ts';

export type Whole = Pick<
	Snapshot,
	'gates' | 'stages' | 'triggers' | 'endpoints' | 'poll' | 'rollback' | 'signOffs' | 'fields' | 'changed' | 'window'
> & {
	readonly state: State;
	readonly at: number;
	readonly observed: Observation;
	/** Index of each stage by its id: a runbook may have hundreds, and each of them is an act that looks itself up. */
	readonly places: ReadonlyMap<string, number>;
	/** Stages that decide. */
	readonly decisions: Snapshot['stages'];
};

/** A stage as the runbook has it. */
export const rowOf = ({state: {runbook}}: Whole, id: string): Stage | undefined =>
	runbook?.stages.find(stage => stage.id === id);

/** The last safe moment that counts, once it is near or past. */
export const lastSafeNear = ({window}: Pick<Snapshot, 'window'>): LastSafe | null =>
	window?.next && window.next.state !== 'ahead' ? window.next : null;

/** The gate that made the hold passes by now. */
export const passesNow = ({state: {hold}, gates}: Whole): boolean =>
	hold?.cause === 'gate' && gates.some(({id, verdict}) => id === hold.on && verdict === 'pass');

/** What is left is to lift the hold: nothing else keeps it. */
export const isFixed = (whole: Whole): boolean =>
	passesNow(whole) && whole.changed.length === 0 && whole.gates.every(({verdict}) => verdict !== 'fail');
