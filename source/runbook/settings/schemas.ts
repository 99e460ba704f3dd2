/*
The values that settings are made of. A check that fails names its code of the table of complaints as its message.
*/
import * as z from 'zod/mini';
import {isZone, parseDuration, parseInstant} from '../../text/time.ts';
import {pathFault, secretLike, urlFault} from './values.ts';

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
export const count = z
	.number()
	.check(z.refine(value => Number.isInteger(value) && value > 0, {error: 'settings-type:a whole number above zero'}));
export const people = z.array(text);

/** What a group of keys lacks: `lack` says which key must be what. */
export const lacking = <T>(find: (value: T, lack: (key: string, wanted: string) => void) => void) =>
	z.superRefine<T>((value, context) =>
		find(value, (key, wanted) =>
			context.addIssue({code: 'custom', path: [key], message: `settings-type:${wanted}`, input: value}),
		),
	);
