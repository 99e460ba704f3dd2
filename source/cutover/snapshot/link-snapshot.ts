/** Who without a login was invited, and whether they are there: the newest link of each name. Times in ms. */
import type {Invitation} from '../model/link.ts';

export type LinkSnapshot = {
	/** `I3`. */
	readonly link: string;
	readonly name: string;
	readonly roles: readonly string[];
	/** `sent`: nobody has opened it yet. */
	readonly state: 'sent' | 'opened' | 'locked' | 'revoked' | 'expired';
	/** Since when it is so. */
	readonly since: number;
	readonly until: number;
	readonly sent: Invitation['sent'];
	readonly code: boolean;
	readonly by: string;
};
