/** How surely a name is known: RULES P1, weakest last; `process` is the runner or the watcher itself. */
export type Strength = 'login' | 'sudo' | 'key' | 'environment' | 'declared' | 'disputed' | 'process';

/**
Words that somebody else passed on (RULES D5): `by` relayed them over `channel`. `entry`: where they stand in the journal,
there once they are folded; the speaker confirms that entry.
*/
export type Relay = {readonly by: string; readonly channel: string; readonly words: string; readonly entry?: number};

/** Who acts; of relayed words the speaker, with the login, terminal and client of who relayed them. `role` is the one they act in, null until an act needs one. */
export type Person = {
	readonly name: string;
	readonly login: string | null;
	readonly role: string | null;
	readonly tty: string | null;
	/** Address and port of the SSH client. */
	readonly ssh: string | null;
	readonly strength: Strength;
	readonly relay?: Relay;
};
