/*
The shapes of what the settings say of rows and the rollback.
*/
import * as z from 'zod/mini';
import {anyPath, count, duration, instant, isOfHere, isPattern, path, text, url, variable, whole} from './schemas.ts';
import {optional, required} from './setting.ts';

const repository = z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/, {error: 'settings-type:owner/name'}));
const percent = z.string().check(z.regex(/^(?:100|[1-9]?\d)%$/, {error: 'settings-type:a percentage such as 50%'}));
const pattern = text.check(z.refine(isPattern, {error: 'settings-type:a regular expression'}));
const exitCode = whole('an exit code', 0, 255);
/** What a command must show; `exit` is 0 unless it says otherwise. */
export const expect = z.strictObject({
	exit: optional(
		z.union([z.enum(['nonzero']), exitCode, z.array(exitCode)]),
		'exit code that the last command must end with, a list of them, or `nonzero`; 0 unless set',
	),
	stdout: optional(pattern, 'regular expression that its output must match'),
	stderr: optional(pattern, 'regular expression that its errors must match'),
	empty: optional(z.literal(true), '`true`: it must print nothing on stdout'),
	json: optional(text, 'path in the JSON that it prints, `data.0.lag`; the value there is compared'),
	is: optional(
		z.union([z.string(), z.number(), z.boolean()]),
		'what is printed, or the value of the JSON, must be this',
	),
	below: optional(z.number(), 'the only number printed must be below this'),
	atMost: optional(z.number(), 'at most this'),
	above: optional(z.number(), 'above this'),
	atLeast: optional(z.number(), 'at least this'),
	unit: optional(text, 'unit of that number; another one in the output makes the gate UNKNOWN'),
});
export const gate = z.strictObject({
	expect: z.optional(expect),
	playbook: optional(path, 'runs in the place of the check that was inferred'),
	timeout: optional(duration, 'a check that runs longer fails; 15m unless set'),
	maxAge: optional(duration, 'a pass older than this is stale; 90m unless set'),
	paths: optional(
		z.array(path),
		'only commits that change these paths make the pass stale; else every commit does. What is not committed does not',
	),
	need: optional(z.enum(['all', 'any']), 'of the groups that the gate names: `all` or `any`'),
	host: optional(text, 'the host that judges it, where a cutover has [several](several-hosts.md)'),
});
export const log = z.strictObject({
	file: required(anyPath, 'a log that a verification reads'),
	errors: optional(pattern, 'what counts as an error in it, a regular expression'),
	max: optional(whole('a whole number', 0), 'more errors than this fail the stage'),
});
export const stage = z.strictObject({
	playbook: optional(path, "runs in the place of the stage's own playbook"),
	timeout: optional(duration, 'a playbook that runs longer fails; else OVERDUE is shown and nothing is ended'),
	gates: optional(
		z.array(z.union([z.string(), z.number()])),
		'the gates that the stage runs, in the place of those inferred',
	),
	start: optional(z.enum(['person', 'auto']), '`auto`: begins by itself at its time; `person` unless set'),
	host: optional(text, 'the host that runs it, where a cutover has [several](several-hosts.md)'),
	logs: z.optional(z.array(log)),
});
export const trigger = z.strictObject({
	threshold: optional(duration, 'the duration of an outage; takes precedence over the runbook'),
	warn: optional(z.array(percent), 'at which shares of the threshold it warns; `[50%, 80%]` unless set'),
	of: optional(
		z.union([z.enum(['any', 'all']), count]),
		'how many endpoints must each be down too long: `any`, `all` or a number',
	),
	restore: optional(count, 'good samples in a row that end an outage; 1 unless set'),
	confirm: optional(count, 'failed samples in a row before it may fire; 3 unless set'),
	automatic: optional(
		z.boolean(),
		'a fired trigger begins the rollback by itself a minute later, unless somebody stands it down',
	),
	need: optional(z.enum(['any', 'all']), 'of the roles that confirm it: `any` or `all`'),
	answer: optional(duration, 'how long the asked roles have before the release manager decides alone; 5m unless set'),
});

/** Asked with a secret, or opened by people: http on this machine only. */
export const secureUrl = url.check(
	z.refine(value => value.startsWith('https:') || isOfHere(value), {
		error: 'settings-url:is http, which is for a loopback address only',
	}),
);

export const rollback = z.strictObject({
	repository: optional(repository, 'repository of the rollback workflow, `owner/name`'),
	ref: optional(text, 'branch or tag that the workflow runs from'),
	token: optional(variable, 'name of the environment variable that holds the token'),
	api: optional(secureUrl, 'address of the API; http only on this machine'),
	settle: optional(duration, 'how long every critical endpoint must be up after the end of a path; 2m unless set'),
	prove: optional(duration, 'time for the proof, from the end of a path; 10m unless set'),
});

export const changeWindow = z.strictObject({
	start: optional(instant, 'begin of the change window; T0 before it takes a reason and a typed word'),
	end: optional(
		instant,
		'end of the change window; the latest go and the latest rollback follow from it (operating.md)',
	),
	rollback: optional(
		duration,
		'how long a rollback takes, with its proof; else as long as the slowest one before, in cutovers and rehearsals of this runbook',
	),
});
