/* The change window as screens show it: until when it is safe to go on. */

/** As the settings say it, RFC 3339. `rollbackSeconds`: how long a rollback takes; null where only earlier ones tell. */
export type ChangeWindow = {
	readonly start: string | null;
	readonly end: string | null;
	readonly rollbackSeconds: number | null;
};

/** Times in ms. */
export type SafeMoments = {
	readonly start: number | null;
	readonly end: number | null;
	/** How long a rollback takes at most, and who says so: the settings, or earlier rollbacks and rehearsals. Null: nobody. */
	readonly rollback: {readonly seconds: number; readonly from: 'settings' | 'earlier'} | null;
	/** Null where the window has no end, or nobody knows how long a rollback takes. */
	readonly latestGo: number | null;
	readonly latestRollback: number | null;
};

/** The clock that counts now: the latest go until T0 is begun, then the latest rollback until the decision. */
export type LastSafe = {
	readonly what: 'go' | 'rollback';
	readonly at: number;
	readonly state: 'ahead' | 'near' | 'past';
};
