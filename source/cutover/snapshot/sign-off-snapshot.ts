/** A sign-off, as it is shown. */
import type {Strength} from '../model/person.ts';
import type {Requirement} from '../model/runbook.ts';

export type SignOffSnapshot = {
	readonly id: string;
	readonly role: string;
	readonly text: string;
	readonly signed: boolean;
	readonly by: string | null;
	readonly at: number | null;
	/** How surely the name is known. */
	readonly identity: Strength | null;
	/** What is missing, a sentence each. */
	readonly blockedBy: readonly string[];
	readonly requires: readonly Requirement[];
	/** What it confirms never came, and never will: it cannot be signed. */
	readonly notApplicable: boolean;
	/** Why it stays unsigned. */
	readonly notRecorded: string | null;
};
