/*
The shapes of what the settings say of rows and the rollback.
*/
import * as z from 'zod/mini';
import {anyPath, count, duration, instant, path, text, url, variable} from './schemas.ts';
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
