/**
How surely a name is known (RULES P1), the strongest first. `signature`: the act was signed with a key that the settings allow.
`system login`: the kernel's login uid, or the account that called sudo, where they agree. `proxy`: a personal link, opened by who is
signed in at the proxy with the address that the settings have for the name. `oidc`: the same, where a provider of OpenID Connect signed
them in minutes before. `link+code`: a personal link, and the digits that were
given beside it. `link`: the link alone. `claimed key`: the environment says which key the connection used, which
anyone of the account can forge. `stated`: somebody says so. `process`: the program itself.
*/
export type Strength =
	| 'signature'
	| 'system login'
	| 'oidc'
	| 'proxy'
	| 'link+code'
	| 'link'
	| 'claimed key'
	| 'stated'
	| 'process';

/** Which strength an act by a personal link has, the weakest first. */
export const linkStrengths = ['link', 'link+code', 'proxy', 'oidc'] as const satisfies readonly Strength[];
export type LinkStrength = (typeof linkStrengths)[number];

/** What a provider of OpenID Connect said of who signed in: itself, their name there, how (`acr`), and when, in seconds since 1970. */
export type OidcWord = {
	readonly iss: string;
	readonly sub: string;
	readonly acr: string | null;
	readonly authTime: number;
};

/** Who is signed in: their mail address in lower case, and the provider's word where one signed them in; else a proxy did. */
export type Account = {readonly mail: string; readonly oidc: OidcWord | null};

/** `mail`: the program sent the link to an address of the settings, and nobody else saw it. `print`: whoever invited got it to pass on. */
export type Sent = 'mail' | 'print';

/**
An act by a personal link: `link` by its name (`I3`), the address and program of the browser; `account`: the mail address of who is
signed in, with the word of the provider where one signed them in. The rest is in the invitation and is
filled in by the rules: who invited, how the link was sent, and to which address.
*/
export type Web = {
	readonly link: string;
	readonly from: string;
	readonly agent: string;
	readonly account?: string;
	readonly oidc?: OidcWord;
	readonly issuer?: string;
	readonly sent?: Sent;
	readonly to?: string | null;
};

/** The text that a browser showed before the act: as it was at this entry, by its sha256. It is in evidence/shown. */
type Shown = {readonly entry: number; readonly head: string; readonly sha256: string};

/** Where that text is in the cutover's folder. */
export const shownPath = (sha256: string): string => `evidence/shown/${sha256}.txt`;

/**
Words that somebody else passed on (RULES D5): `by` relayed them over `channel`. `entry`: where they are in the journal,
there once they are folded; the speaker confirms that entry.
*/
type Relay = {readonly by: string; readonly channel: string; readonly words: string; readonly entry?: number};

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
	readonly web?: Web;
	readonly shown?: Shown;
};

/** One of our processes, as the journal names it. */
export const processNamed = (name: string): Person => ({
	name,
	login: null,
	role: null,
	tty: null,
	ssh: null,
	strength: 'process',
});

/** The program itself, where no person acts. */
export const itself = processNamed('cutover-tui');

/** The program in the place of who acts: for what time brings before an act. */
export const programOf = (by: Person): Person =>
	by.strength === 'process' ? by : {...by, name: itself.name, role: null, strength: 'process'};

/** What a person did or said, with the reason they gave; `at` in ms. */
export type Word = {readonly by: Person; readonly at: number; readonly reason: string | null};

/** `confirmed`: the speaker's own confirmation of what was relayed. */
export type RelayedWord = {
	readonly speaker: string;
	readonly relay: Relay;
	readonly at: number;
	readonly confirmed: Word | null;
};

/** Of who signed in, or where the link was sent. */
const addressOf = ({account, to}: Web): string => (account ?? to ?? '').toLowerCase();

/** What proves who acts; null where the name is only said. */
const proofOf = ({strength, login, key, web}: Person): string | null => {
	if (strength === 'signature') return `key ${key ?? ''}`;
	if (web !== undefined) return web.account !== undefined || web.sent === 'mail' ? `mail ${addressOf(web)}` : null;
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
	const printed = people.find(({web}) => web !== undefined && web.account === undefined && web.sent !== 'mail');
	if (printed !== undefined)
		return `not proven to be ${people.length} people: ${printed.web?.issuer ?? 'whoever invited'} had the link of ${printed.name}`;
	const logins = new Set(people.map(({login, web}) => (web === undefined ? login : `mail ${addressOf(web)}`)));
	return logins.size === 1
		? `not proven to be ${people.length} people: one ${people[0]?.web === undefined ? 'login' : 'mail address'} is behind ${who}`
		: `not proven to be ${people.length} people: ${who} are not all proven by login or signature`;
}

/** An address as it may be shown to everybody: `b…@example.org`. */
export const masked = (address: string): string => address.replace(/^(.)[^@]*/u, '$1…');

const sentText = ({sent, to, issuer}: Web): string =>
	sent === 'mail' ? `mailed by the program to ${masked(to ?? '')}` : `passed on by ${issuer ?? 'whoever invited'}`;

/**
How an act by a link came about: `link I3 and the spoken code, mailed by the program to b…@example.org`, or `link I3, signed in as
b…@example.org`, with the provider where there is one.
*/
export const webText = (strength: Strength, web: Web): string =>
	web.account !== undefined
		? `link ${web.link}, signed in as ${masked(web.account)}${web.oidc === undefined ? '' : ` by ${web.oidc.iss}`}`
		: `link ${web.link}${strength === 'link+code' ? ' and the spoken code' : ''}, ${sentText(web)}`;

/** `stated (unverified)` and the like, as people read it. */
export const identityText = ({strength, web}: Pick<Person, 'strength' | 'web'>): string => {
	if (web !== undefined) return webText(strength, web);
	return strength === 'stated' || strength === 'claimed key' ? `${strength} (unverified)` : strength;
};
