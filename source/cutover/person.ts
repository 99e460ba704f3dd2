/** How surely a name is known: RULES P1, weakest last; `process` is the runner or the watcher itself. */
export type Strength = 'login' | 'sudo' | 'key' | 'environment' | 'declared' | 'disputed' | 'process';

/** Who acts. `role` is the one they act in, null until an act needs one. */
export type Person = {
	readonly name: string;
	readonly login: string | null;
	readonly role: string | null;
	readonly tty: string | null;
	/** Address and port of the SSH client. */
	readonly ssh: string | null;
	readonly strength: Strength;
};
