/**
How surely a name is known (RULES P1), the strongest first. `signature`: the act was signed with a key that the settings allow.
`system login`: the kernel's login uid, or the account that called sudo, where they agree. `claimed key`: the environment says
which key the connection used, which anyone of the account can forge. `stated`: somebody says so. `process`: the program itself.
*/
export type Strength = 'signature' | 'system login' | 'claimed key' | 'stated' | 'process';

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
	/** `SHA256:…` of the key that signed, or that the environment names. */
	readonly key?: string;
	/** The statement that was signed, as one line of JSON, and its signature as ssh-keygen writes it. */
	readonly signed?: {readonly statement: string; readonly signature: string};
	readonly relay?: Relay;
};

/** What a person did or said, with the reason they gave; `at` in ms. */
export type Word = {readonly by: Person; readonly at: number; readonly reason: string | null};

/** `confirmed`: the speaker's own confirmation of what was relayed. */
export type RelayedWord = {
	readonly speaker: string;
	readonly relay: Relay;
	readonly at: number;
	readonly confirmed: Word | null;
};

/** What proves who acts; null where the name is only said. */
const proofOf = ({strength, login, key}: Person): string | null => {
	if (strength === 'signature') return `key ${key ?? ''}`;
	return strength === 'system login' ? `login ${login ?? ''}` : null;
};

/** Why several acts do not prove as many people; null where they do, or where there is one at most. */
export function notProvenApart(people: readonly Person[]): string | null {
	if (people.length < 2) return null;
	const proofs = people.map(proofOf);
	const known = proofs.filter(proof => proof !== null);
	if (known.length === people.length && new Set(known).size === people.length) return null;
	const names = people.map(({name}) => name);
	const who = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
	const logins = new Set(people.map(({login}) => login));
	return logins.size === 1
		? `not proven to be ${people.length} people: one login stands behind ${who}`
		: `not proven to be ${people.length} people: ${who} are not all proven by login or signature`;
}

/** `stated (unverified)` and the like, as people read it. */
export const identityText = ({strength}: Pick<Person, 'strength'>): string =>
	strength === 'stated' || strength === 'claimed key' ? `${strength} (unverified)` : strength;
