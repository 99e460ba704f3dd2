/*
The shapes of what the settings say of rows, endpoints and the rollback.
*/
import * as z from 'zod/mini';
import {address, anyPath, count, duration, instant, path, text, url, variable} from './schemas.ts';
import {isOfHere, isPattern} from './values.ts';

const repository = z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/, {error: 'settings-type:owner/name'}));
const percent = z.string().check(z.regex(/^(?:100|[1-9]?\d)%$/, {error: 'settings-type:a percentage such as 50%'}));
const pattern = text.check(z.refine(isPattern, {error: 'settings-type:a regular expression'}));
const exitCode = z
	.number()
	.check(
		z.refine(value => Number.isInteger(value) && value >= 0 && value <= 255, {error: 'settings-type:an exit code'}),
	);
/** What a command must show; `exit` is 0 unless it says otherwise. */
export const expect = z.strictObject({
	exit: z.optional(z.union([z.enum(['nonzero']), exitCode, z.array(exitCode)])),
	stdout: z.optional(pattern),
	stderr: z.optional(pattern),
	empty: z.optional(z.literal(true)),
	json: z.optional(text),
	is: z.optional(z.union([z.string(), z.number(), z.boolean()])),
	below: z.optional(z.number()),
	atMost: z.optional(z.number()),
	above: z.optional(z.number()),
	atLeast: z.optional(z.number()),
	unit: z.optional(text),
});
export const gate = z.strictObject({
	expect: z.optional(expect),
	playbook: z.optional(path),
	timeout: z.optional(duration),
	maxAge: z.optional(duration),
	paths: z.optional(z.array(path)),
	need: z.optional(z.enum(['all', 'any'])),
	host: z.optional(text),
});
export const log = z.strictObject({
	file: anyPath,
	errors: z.optional(pattern),
	max: z.optional(
		z.number().check(z.refine(value => Number.isInteger(value) && value >= 0, {error: 'settings-type:a whole number'})),
	),
});
export const stage = z.strictObject({
	playbook: z.optional(path),
	timeout: z.optional(duration),
	gates: z.optional(z.array(z.union([z.string(), z.number()]))),
	start: z.optional(z.enum(['person', 'auto'])),
	host: z.optional(text),
	logs: z.optional(z.array(log)),
});
/** What each kind of endpoint must say to be asked at all. */
const asked = {http: 'url', tcp: 'address', script: 'run'} as const;

const status = z
	.number()
	.check(
		z.refine(value => Number.isInteger(value) && value >= 100 && value <= 599, {error: 'settings-type:an HTTP status'}),
	);
const headerText = text.check(z.regex(/^[\x20-\x7e]+$/, {error: 'settings-type:a text in one line of ASCII'}));

const endpointShape = z.strictObject({
	name: text,
	kind: z.optional(z.enum(['http', 'tcp', 'script'])),
	url: z.optional(url),
	address: z.optional(address),
	run: z.optional(path),
	every: z.optional(duration),
	timeout: z.optional(duration),
	expect: z.optional(z.strictObject({status: z.optional(z.union([status, z.array(status)])), body: z.optional(text)})),
	headers: z.optional(
		z.record(
			z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, {error: 'settings-type:the name of a header'})),
			z.union([headerText, z.strictObject({secret: variable})]),
		),
	),
	auth: z.optional(
		z.union([z.strictObject({bearer: variable}), z.strictObject({user: headerText, password: variable})]),
	),
	proxy: z.optional(z.enum(['none'])),
	insecure: z.optional(z.boolean()),
	follow: z.optional(z.boolean()),
	critical: z.optional(z.boolean()),
	version: z.optional(url),
	threshold: z.optional(duration),
});
export const endpoint = endpointShape.check(
	z.superRefine((value, context) => {
		const key = asked[value.kind ?? 'http'];
		if (value[key] === undefined)
			context.addIssue({
				code: 'custom',
				path: [key],
				message: `settings-type:what an endpoint of kind ${value.kind ?? 'http'} asks`,
				input: value,
			});
	}),
);
export const trigger = z.strictObject({
	threshold: z.optional(duration),
	warn: z.optional(z.array(percent)),
	of: z.optional(z.union([z.enum(['any', 'all']), count])),
	restore: z.optional(count),
	confirm: z.optional(count),
	automatic: z.optional(z.boolean()),
	need: z.optional(z.enum(['any', 'all'])),
	answer: z.optional(duration),
});

/** Asked with a secret, or opened by people: http on this machine only. */
export const secureUrl = url.check(
	z.refine(value => value.startsWith('https:') || isOfHere(value), {
		error: 'settings-url:is http, which is for a loopback address only',
	}),
);

export const rollback = z.strictObject({
	repository: z.optional(repository),
	ref: z.optional(text),
	token: z.optional(variable),
	api: z.optional(secureUrl),
	settle: z.optional(duration),
	prove: z.optional(duration),
});

export const changeWindow = z.strictObject({
	start: z.optional(instant),
	end: z.optional(instant),
	rollback: z.optional(duration),
});
