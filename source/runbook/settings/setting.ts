/*
What a setting is: a key of the settings with its schema, its documentation and what it changes of a runbook that was read.
*/
import type * as z from 'zod/mini';
import type {Runbook} from '../../cutover/model/runbook.ts';

type Parts = 'gates' | 'stages' | 'triggers' | 'rollback';

/** A runbook while the settings come into force: its parts as they were read, and what the settings before said. */
export type Draft = Pick<Runbook, Parts> & Partial<Omit<Runbook, Parts>>;

export type Setting<S extends z.ZodMiniType = z.ZodMiniType> = {
	readonly schema: S;
	/** What it does, by the keys below it (`*` for any, '' for its own value): lines of docs/runbook-format.md. */
	readonly docs: Readonly<Record<string, string>>;
	/** It is read and checked, but has no effect yet: `check` refuses it. */
	readonly later?: true;
	/** The runbook with it in force. Absent where the reader asks for the value itself. */
	apply?(draft: Draft, value: z.infer<S>): Draft;
};

/** Gives `apply` the type of the schema. */
export const setting = <const S extends z.ZodMiniType>(spec: Setting<S>): Setting<S> => spec;
