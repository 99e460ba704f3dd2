/* What every part of the reader is given. */
import type {Path} from '../cutover/model/runbook.ts';
import type {MoreColumns} from './columns.ts';
import type {Document} from './document.ts';
import type {Complain} from './problems/complain.ts';
import type {Roles} from './roles.ts';

export type Reading = {
	readonly document: Document;
	readonly complain: Complain;
	/** One sentence about something that was assumed, and why. */
	readonly note: (sentence: string) => void;
	readonly roles: Roles;
	/** Of the runbook, relative to the workspace; empty where it is at its top. */
	readonly folder: Path;
	readonly columns: MoreColumns;
	/** From the settings, RFC 3339, else the time of day alone of `T0 = 22:00`; null where nothing says it. */
	readonly t0: string | null;
};
