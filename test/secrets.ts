/* Twenty secrets with everything that a spelling can stumble over, and what gives one away. */

/** Stands in each of them, whatever the sign. */
const core = 'Kxqzwv';

/** With quotes, spaces, slashes, percent signs and letters beyond ASCII, each another one. */
const odd = ['"', "'", ' ', '/', '%', '&', '+', '=', '\\', '<', 'ä', '鍵', '?', '#', ':', '$x', '`', ';', '|', '~'];
export const secrets = odd.map((sign, index) => `tok${index}${sign}${core}${'qzwv'.repeat(index % 3)}${sign}9${index}`);
export const secretNames = secrets.map((_, index) => `SECRET_${index}`);
/** As an environment has them. */
export const secretEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
	secrets.map((secret, index) => [secretNames[index] ?? '', secret]),
);

/** Of base64, only the letters that the text alone decides when it begins `shift` bytes into a group of three. */
const base64At = (text: string, shift: number): string =>
	Buffer.from('u'.repeat(shift) + text)
		.toString('base64')
		.slice(shift === 0 ? 0 : 4, -4);

/** Every spelling in which it may be written. */
export const spelt = (secret: string): readonly string[] => [
	secret,
	...['', 'u', 'us'].map(before => Buffer.from(`${before}${secret}:x`).toString('base64')),
	encodeURIComponent(secret),
	JSON.stringify(secret).slice(1, -1),
	JSON.stringify(JSON.stringify(secret)).slice(3, -3),
	Buffer.from(secret).toString('hex'),
	Buffer.from(secret).toString('hex').toUpperCase(),
];

/** What gives it away: not the neighbours that share a group of base64 with it. */
export const telling = (secret: string): readonly string[] => [
	secret,
	...[0, 1, 2].map(shift => base64At(secret, shift)),
	encodeURIComponent(secret),
	JSON.stringify(secret).slice(1, -1),
	Buffer.from(secret).toString('hex'),
	Buffer.from(secret).toString('hex').toUpperCase(),
];

/** Pieces of every one of them: on a screen, a line may break anywhere else. */
export const pieces: readonly string[] = [
	core,
	...[0, 1, 2].map(shift => base64At(`${core}qz`, shift)),
	Buffer.from(core).toString('hex'),
	Buffer.from(core).toString('hex').toUpperCase(),
];
