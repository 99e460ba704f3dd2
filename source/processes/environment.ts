/*
What a playbook and its commands may see of the environment: an allow-list, the names that the settings pass, and
nothing that would lend them a person's agent or change how Node and zx themselves run.
*/
import {existsSync} from 'node:fs';
import {isAbsolute} from 'node:path';
import {endpointSecrets} from '../cutover/model/endpoint.ts';
import {neverPassed, neverSet} from '../cutover/model/never-set.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {redactor, shortestSecret} from '../text/redact.ts';
import {keptAt} from '../workspace/approved.ts';

export type Environment = Readonly<Record<string, string>>;
type Given = Readonly<Record<string, string | undefined>>;

const allowed = /^(?:PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|USER|LOGNAME)$/;
/** How the network is reached: the proxy and the certificate authorities of the company. */
const network = /^(?:(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/;
/** How the store is reached, which our own processes do and playbooks do not. */
const store = /^(?:PG(?:USER|PASSFILE|SSLROOTCERT|SSLCERT|SSLKEY)|CUTOVER_HOST)$/;
const storeSecret = /^PGPASSWORD$/;
/** What every command gets, where it is set. */
export const alwaysPassed = 'PATH HOME USER LOGNAME LANG LANGUAGE LC_* TZ, proxy and certificate variables';

/** Name of the variable by which an attempt's processes are found. */
export const markName = 'CUTOVER_ATTEMPT';

/** Name of the variable by which an attempt's scribe is found: it is not ended with the attempt. */
export const scribeName = 'CUTOVER_SCRIBE';

const pick = (env: Given, wanted: (name: string) => boolean): Environment => {
	const picked: Record<string, string> = {};
	for (const [name, value] of Object.entries(env))
		if (value !== undefined && wanted(name) && !neverPassed.test(name)) picked[name] = value;
	return picked;
};

/** What commands get of `env`, before the attempt's own variables are added. */
export const passed = (env: Given, runbook: Pick<Runbook, 'pass'>): Environment =>
	pick(env, name => allowed.test(name) || network.test(name) || runbook.pass.includes(name));

type Secretive = Pick<Runbook, 'secrets' | 'rollback' | 'endpoints' | 'notify' | 'identity'>;

/** Those that the settings name, what endpoints are asked and channels are sent with, the token of the workflow path, and the secret of the proxy. */
export const secretNames = ({
	secrets,
	rollback,
	endpoints = [],
	notify = [],
	identity,
}: Secretive): readonly string[] => {
	const token = rollback?.remote?.token;
	const channels = notify.flatMap(({variables}) => variables);
	return [
		...secrets,
		...endpointSecrets(endpoints),
		...channels,
		...(token === undefined ? [] : [token]),
		...(identity === undefined ? [] : [identity.secret]),
	];
};

/** What a process of ours gets: `open` is its environment; `secret` comes over a pipe, where nothing that it starts can read it. */
export type ProcessEnvironment = {readonly open: Environment; readonly secret: Environment};

/** What a runner or a watcher gets: what commands get, and the secrets, which it must know to keep them out of the log. */
export const forProcesses = (env: Given, runbook: Secretive & Pick<Runbook, 'pass'>): ProcessEnvironment => {
	const secrets = secretNames(runbook);
	const open = pick(
		env,
		name =>
			!secrets.includes(name) &&
			(allowed.test(name) || network.test(name) || store.test(name) || runbook.pass.includes(name)),
	);
	return {open, secret: pick(env, name => secrets.includes(name) || storeSecret.test(name))};
};

/** Of that, what a process gets which answers to whoever asks: of the secrets the password of the store, and that of its proxy. */
export const forPage = (
	{open, secret}: ProcessEnvironment,
	runbook: Pick<Runbook, 'identity'> | null,
): ProcessEnvironment => ({
	open,
	secret: pick(secret, name => storeSecret.test(name) || name === runbook?.identity?.secret),
});

/** Files of certificate authorities that the environment names, absolute: whoever goes on with the work trusts them too. */
export const authoritiesIn = (env: Given): readonly Path[] =>
	[env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE']].flatMap(file => (file && isAbsolute(file) ? [file] : []));

/**
 * All that is trusted besides what the machine trusts: by the settings, as approved, and by the environment of begin. A file of the
 * settings that was not there when it was approved is named where nothing can read it: what is put there later is not trusted.
 */
export const authoritiesOf = (
	folder: Path,
	{runbook, begun, approved}: Pick<State, 'runbook' | 'begun' | 'approved'>,
): readonly Path[] => [
	...(runbook?.ca ?? []).map(file => keptAt(folder, approved[file] ?? file)),
	...(begun?.authorities ?? []).filter(file => existsSync(file)),
];

/** Names of what is set for the work of this runbook, and not on every machine: a successor must have them as well. */
export function provided(env: Given, runbook: Secretive & Pick<Runbook, 'pass'>): readonly string[] {
	const {open, secret} = forProcesses(env, runbook);
	return Object.keys({...open, ...secret}).filter(name => env[name] !== '' && !allowed.test(name));
}

/** Those of them that are not set here; a proxy counts in either case. */
export const lackingOf = (env: Given, names: readonly string[]): readonly string[] =>
	names.filter(name => !env[name] && !(network.test(name) && (env[name.toLowerCase()] || env[name.toUpperCase()])));

/** What a process says that lacks them. */
export const lackingText = (names: readonly string[]): string =>
	`${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} not set here, but ${names.length === 1 ? 'was' : 'were'} at begin`;

type Begun = Pick<State, 'begun' | 'rehearsal'>;

/** Those that whoever began the cutover had and this process has not. In a rehearsal nothing of the world is asked. */
export const lackingIn = (env: Given, {begun, rehearsal}: Begun): readonly string[] =>
	rehearsal === null ? lackingOf(env, begun?.provided ?? []) : [];

/** The same as a sentence, with what to do; null where nothing is lacking. */
export function lackText(env: Given, state: Begun): string | null {
	const lacking = lackingIn(env, state);
	return lacking.length === 0 ? null : `${lackingText(lacking)}: set it and give any command`;
}

/** What a variable that holds a secret says: without the line end that a file, or a secret made with echo, has. Empty where it is not set. */
export const secretIn = (env: Given, name: string): string => (env[name] ?? '').replace(/[\r\n]+$/, '');

/** Values that must never reach a log. */
export const secretsOf = (env: Given, runbook: Secretive): readonly string[] =>
	secretNames(runbook)
		.map(name => env[name] ?? '')
		.filter(value => value !== '');

/**
 * Names of secrets whose values are too short to be distinguished from other text. Not the token of the workflow path: it goes into
 * one header, and nothing that writes into a log is given it.
 */
export const shortSecrets = (env: Given, {secrets, endpoints = []}: Secretive): readonly string[] =>
	[...secrets, ...endpointSecrets(endpoints)].filter(
		name => (env[name] ?? '') !== '' && (env[name] ?? '').trim().length < shortestSecret,
	);

export const shortSecretText = (names: readonly string[]): string =>
	`${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} too short to be kept out of logs: a secret has at least ${shortestSecret} characters`;

/** Takes the secrets of an environment out of texts, for the runbook that is approved at the time. */
export function redaction(env: Given): (runbook: Runbook | null, text: string) => string {
	let known: {readonly runbook: Runbook; readonly redact: (text: string) => string} | null = null;
	return (runbook, text) => {
		if (runbook === null) return text;
		if (known?.runbook !== runbook) known = {runbook, redact: redactor(secretsOf(env, runbook))};
		return known.redact(text);
	};
}

/** What the commands of one attempt get: the mark, the words shown before it was begun, and whether it is a rehearsal. */
export const ofAttempt = (base: Environment, own: Environment, mark: string, rehearsal: boolean): Environment => ({
	...base,
	...pick(own, name => !neverSet.test(name)),
	[markName]: mark,
	...(rehearsal ? {CUTOVER_REHEARSAL: '1'} : {}),
});
