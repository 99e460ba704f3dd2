/*
The values that settings are made of, and what must not be in one: a path that leaves the workspace, an address that holds a password, a
secret. A check that fails names its code of the table of complaints as its message.
*/
import * as z from 'zod/mini';
import {bare, isLoopback} from '../../net/host.ts';
import {parseDuration, parseInstant} from '../../text/time.ts';
import {isZone} from '../../text/zone-offset.ts';

/** Why a path is none inside the workspace; null where it is one. */
export function pathFault(path: string): string | null {
	if (path.trim() === '' || path.includes('\0')) return 'is not a path';
	if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return 'is absolute';
	if (path.startsWith('~')) return 'names a home folder';
	if (path.startsWith('-')) return 'begins with a dash and would be taken for an option';
	let depth = 0;
	for (const part of path.split('/')) {
		if (part === '..') depth--;
		else if (part !== '' && part !== '.') depth++;
		if (depth < 0) return 'leaves the workspace';
	}
	return /[\n\r]/.test(path) ? 'holds a line break' : null;
}

const linkLocal = /^(?:169\.254\.|\[?fe[89ab][0-9a-f]:|\[::ffff:a9fe:)/i;

/** The address once every way of writing a number is the same; null where it is none. */
function hostOf(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

/** Why an address is not taken; null where it is. */
export function urlFault(text: string): string | null {
	if (/\$\{|\$\(|\$[A-Za-z_]|\{\{|`|<[^>]*>/.test(text)) return 'holds an expansion';
	const url = /^https?:\/\/[^\s\\]+$/i.test(text) ? hostOf(text) : null;
	if (!url) return 'is not an http or https address';
	if (url.username !== '' || url.password !== '') return 'holds a user or password';
	if (linkLocal.test(url.hostname) || /^(?:metadata\.google\.internal|instance-data)$/i.test(url.hostname))
		return 'is a link-local address';
	if (/[?&](?:token|password|passwd|secret|api_?key|access_?key|auth|signature|sig)=/i.test(url.search))
		return 'holds a secret';
	return null;
}

const tokens =
	/(?:^|[^A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|AKIA[0-9A-Z]{12,}|ASIA[0-9A-Z]{12,}|xox[abprs]-[\w-]{8,}|sk-[A-Za-z0-9_-]{16,}|sk_live_\w{8,}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.|ya29\.[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----|(?:password|passwd|secret|token|api[_-]?key)\s*[=:]\s*\S{4,}|\/\/[^/\s:@]+:[^/\s@]+@/i;

function entropy(text: string): number {
	const counts = new Map<string, number>();
	for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
	return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Whether a value looks like a secret: the form of a known token, or long and as good as random. A public key is none. */
const secretLike = (text: string): boolean =>
	tokens.test(text) ||
	(!/^(?:ssh-|ecdsa-|sk-ssh|sk-ecdsa)/.test(text) &&
		/^[A-Za-z0-9+/=_-]{32,}$/.test(text) &&
		/\d/.test(text) &&
		/[A-Z]/.test(text) &&
		/[a-z]/.test(text) &&
		entropy(text) > 4.2);

/** Whether an address is of this machine itself. */
export const isOfHere = (text: string): boolean => isLoopback(bare(hostOf(text)?.hostname ?? ''));

/** Whether a text is a regular expression. */
export function isPattern(text: string): boolean {
	try {
		new RegExp(text);
		return true;
	} catch {
		return false;
	}
}

export const text = z.string().check(
	z.refine(value => value.trim() !== '', {error: 'settings-type:a text'}),
	z.refine(value => !secretLike(value), {error: 'settings-secret'}),
);
// A number without a unit is no duration, rather than no text.
export const duration = z.custom<string>(value => typeof value === 'string' && (parseDuration(value) ?? 0) > 0, {
	error: 'settings-duration',
});
export const instant = z.custom<string>(value => typeof value === 'string' && parseInstant(value) !== null, {
	error: 'settings-time',
});
export const zone = z.string().check(z.refine(isZone, {error: 'settings-type:a time zone such as Europe/Berlin'}));
export const path = z.string().check(z.refine(value => pathFault(value) === null, {error: 'settings-path'}));
export const anyPath = z
	.string()
	.check(z.refine(value => pathFault(value.replace(/^\/(?=[^/])/, '')) === null, {error: 'settings-path'}));
export const url = z.string().check(z.refine(value => urlFault(value) === null, {error: 'settings-url'}));
export const variable = z.string().check(
	z.refine(value => !secretLike(value), {error: 'settings-secret'}),
	z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {error: 'settings-type:the name of an environment variable'}),
);
export const address = z.string().check(
	z.regex(/^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, {error: 'settings-type:host:port', abort: true}),
	z.refine(value => urlFault(`http://${value}`) === null, {error: 'settings-url'}),
);
/** One address without a name, a comment or anything that a mail header would read as more. */
export const mail = z.string().check(
	z.regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, {
		error: 'settings-type:a mail address',
	}),
);
export const id = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, {error: 'settings-id'}));
export const whole = (wanted: string, least: number, most = Number.MAX_SAFE_INTEGER) =>
	z
		.number()
		.check(
			z.refine(value => Number.isInteger(value) && value >= least && value <= most, {error: `settings-type:${wanted}`}),
		);
export const count = whole('a whole number above zero', 1);
export const people = z.array(text);

/** What a group of keys lacks: `lack` says which key must be what. */
export const lacking = <T>(find: (value: T, lack: (key: string, wanted: string) => void) => void) =>
	z.superRefine<T>((value, context) =>
		find(value, (key, wanted) =>
			context.addIssue({code: 'custom', path: [key], message: `settings-type:${wanted}`, input: value}),
		),
	);
