/*
What every part of the reader is given: the document, where to complain, where to say what was assumed, and the roles met so far.
*/
import type {MoreColumns} from './columns.ts';
import type {Complain} from './complain.ts';
import type {Document} from './document.ts';
import type {Roles} from './roles.ts';

export type Reading = {
	readonly document: Document;
	readonly complain: Complain;
	/** One sentence about something that was assumed, and why. */
	readonly note: (sentence: string) => void;
	readonly roles: Roles;
	readonly columns: MoreColumns;
};
