/*
The shape of the settings.
*/
import * as z from 'zod/mini';
import {linkActs} from '../../cutover/model/link.ts';
import {columns as known} from '../words/synonyms.ts';
import {notifyTarget} from './notify-shape.ts';
import {
	address,
	anyPath,
	count,
	duration,
	id,
	instant,
	mail,
	path,
	people,
	text,
	url,
	variable,
	zone,
} from './schemas.ts';
import {isLoopback, isPattern} from './values.ts';

/** YAML reads `771` as a number and drops a zero before it, so a pin may be either. */
const pin = z.union([
	z.string().check(z.regex(/^[0-9 #*]{1,32}$/, {error: 'settings-type:digits'})),
	z.number().check(z.refine(value => Number.isSafeInteger(value) && value >= 0, {error: 'settings-type:digits'})),
]);
const repository = z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/, {error: 'settings-type:owner/name'}));
const percent = z.string().check(z.regex(/^(?:100|[1-9]?\d)%$/, {error: 'settings-type:a percentage such as 50%'}));
const pattern = text.check(z.refine(isPattern, {error: 'settings-type:a regular expression'}));
const exitCode = z
	.number()
	.check(
		z.refine(value => Number.isInteger(value) && value >= 0 && value <= 255, {error: 'settings-type:an exit code'}),
	);
/** What a command must show; `exit` is 0 unless it says otherwise. */
const expect = z.strictObject({
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
const gate = z.strictObject({
	expect: z.optional(expect),
	playbook: z.optional(path),
	timeout: z.optional(duration),
	maxAge: z.optional(duration),
	paths: z.optional(z.array(path)),
	need: z.optional(z.enum(['all', 'any'])),
	host: z.optional(text),
});
const log = z.strictObject({
	file: anyPath,
	errors: z.optional(pattern),
	max: z.optional(
		z.number().check(z.refine(value => Number.isInteger(value) && value >= 0, {error: 'settings-type:a whole number'})),
	),
});
const stage = z.strictObject({
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
const endpoint = endpointShape.check(
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
const trigger = z.strictObject({
	threshold: z.optional(duration),
	warn: z.optional(z.array(percent)),
	of: z.optional(z.union([z.enum(['any', 'all']), count])),
	restore: z.optional(count),
	confirm: z.optional(count),
	automatic: z.optional(z.boolean()),
	need: z.optional(z.enum(['any', 'all'])),
	answer: z.optional(duration),
});

const words = z.string().check(z.refine(value => value.trim() !== '', {error: 'settings-type:words of the runbook'}));
const names = z.union([text, z.array(text)]);
const anchor = {from: words, under: z.optional(words)};
/** Which place of the runbook is taken as what (docs/adopting.md). */
const reading = z.strictObject({
	owner: z.optional(names),
	zero: z.optional(id),
	decision: z.optional(id),
	closing: z.optional(id),
	stages: z.array(
		z.strictObject({
			...anchor,
			id: z.optional(id),
			at: z.optional(text),
			takes: z.optional(duration),
			with: z.optional(id),
			after: z.optional(z.union([id, z.array(id)])),
			owner: z.optional(names),
			asks: z.optional(z.array(text)),
			says: z.optional(words),
			run: z.optional(z.enum(['fence', 'code'])),
		}),
	),
	gates: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				id: z.optional(id),
				run: z.optional(z.union([text, z.array(text)])),
				files: z.optional(z.literal('code')),
				acknowledge: z.optional(names),
				need: z.optional(z.enum(['all', 'any'])),
				cites: z.optional(z.array(path)),
				expect: z.optional(expect),
				before: z.optional(id),
				owner: z.optional(names),
				says: z.optional(words),
			}),
		),
	),
	triggers: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				outage: z.optional(duration),
				ask: z.optional(names),
				says: z.optional(words),
				atLimit: z.optional(z.boolean()),
			}),
		),
	),
	rollback: z.optional(
		z.array(
			z.strictObject({
				...anchor,
				path: z.optional(z.enum(['preferred', 'fallback'])),
				by: z.optional(z.literal('hand')),
				run: z.optional(text),
				workflow: z.optional(path),
				with: z.optional(z.record(z.string(), z.string())),
				reference: z.optional(path),
			}),
		),
	),
	signOffs: z.optional(z.array(z.strictObject({...anchor, role: text}))),
	ignore: z.optional(z.array(z.union([words, z.strictObject(anchor)]))),
	reviewed: z.optional(
		z.strictObject({by: z.optional(text), on: z.optional(text), parts: z.optional(z.record(z.string(), z.string()))}),
	),
});

export const shape = z.strictObject({
	cutover: z.optional(z.unknown()),
	id: z.optional(id),
	title: z.optional(text),
	environment: z.optional(text),
	ticket: z.optional(text),
	t0: z.optional(instant),
	zone: z.optional(zone),
	window: z.optional(
		z.strictObject({start: z.optional(instant), end: z.optional(instant), rollback: z.optional(duration)}),
	),
	reading: z.optional(reading),
	columns: z.optional(
		z.partialRecord(z.enum(Object.keys(known) as [keyof typeof known, ...(keyof typeof known)[]]), z.array(text)),
	),
	roles: z.optional(z.record(z.string(), people)),
	deputies: z.optional(z.record(z.string(), people)),
	serve: z.optional(
		z.strictObject({
			url: url.check(
				z.refine(value => value.startsWith('https:') || isLoopback(value), {
					error: 'settings-url:is http, which is for a loopback address only',
				}),
			),
		}),
	),
	least: z.optional(z.partialRecord(z.enum(linkActs), z.enum(['link', 'link+code']))),
	people: z.optional(
		z.record(
			z.string(),
			z.strictObject({
				login: z.optional(text),
				keys: z.optional(z.array(text)),
				mail: z.optional(mail),
				contact: z.optional(text),
				zone: z.optional(zone),
			}),
		),
	),
	bridge: z.optional(z.strictObject({url: z.optional(url), phone: z.optional(text), pin: z.optional(pin)})),
	gates: z.optional(z.record(z.string(), gate)),
	stages: z.optional(z.record(z.string(), stage)),
	endpoints: z.optional(z.array(endpoint)),
	control: z.optional(address),
	quorum: z.optional(
		z
			.number()
			.check(z.refine(value => Number.isInteger(value) && value >= 1, {error: 'settings-type:a whole number from 1'})),
	),
	ca: z.optional(z.union([anyPath, z.array(anyPath)])),
	triggers: z.optional(z.record(z.string(), trigger)),
	rollback: z.optional(
		z.strictObject({
			repository: z.optional(repository),
			ref: z.optional(text),
			token: z.optional(variable),
			api: z.optional(
				url.check(
					z.refine(value => value.startsWith('https:') || isLoopback(value), {
						error: 'settings-url:is http, which is for a loopback address only',
					}),
				),
			),
			settle: z.optional(duration),
			prove: z.optional(duration),
		}),
	),
	freeze: z.optional(z.strictObject({check: path})),
	'four-eyes': z.optional(z.enum(['required', 'remarked'])),
	'allowed-signers': z.optional(path),
	signatures: z.optional(z.enum(['required', 'optional', 'off'])),
	witness: z.optional(z.strictObject({command: path, every: z.optional(duration)})),
	user: z.optional(text),
	secrets: z.optional(z.array(variable)),
	pass: z.optional(z.array(variable)),
	notify: z.optional(z.array(notifyTarget)),
});

export type Settings = z.infer<typeof shape>;

/** What is read and checked, but has no effect yet: paths of keys, `*` for any. */
export const later: readonly string[] = ['freeze', 'witness', 'user'];
