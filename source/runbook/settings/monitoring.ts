/*
What the settings say of the world outside: endpoints to probe, logs to scan, where a workflow is dispatched, whom to tell.
*/
import {createHash} from 'node:crypto';
import type {Endpoint, LogFile, Remote, Runbook} from '../../cutover/model/runbook.ts';
import {parseDuration} from '../../text/time.ts';
import {targetOf} from './notify.ts';
import type {Settings} from './shape.ts';

type Set = NonNullable<Settings['endpoints']>[number];

const usual = {every: 15, timeout: 5, errors: 'ERROR|FATAL', settle: 120} as const;

const seconds = (text: string | undefined): number | null =>
	text === undefined ? null : (parseDuration(text) ?? 0) / 1000;

/** A probe that may take longer than its interval would leave holes: it then has as long as the interval. */
export const timeoutOf = ({every, timeout}: Set): {readonly asked: number; readonly used: number} => {
	const most = seconds(every) ?? usual.every;
	const asked = seconds(timeout) ?? Math.min(usual.timeout, most);
	return {asked, used: Math.min(asked, most)};
};

const common = (set: Set) => ({
	name: set.name,
	everySeconds: seconds(set.every) ?? usual.every,
	timeoutSeconds: timeoutOf(set).used,
	critical: set.critical ?? true,
	...(set.threshold === undefined ? {} : {thresholdSeconds: seconds(set.threshold) ?? 0}),
});

const kinds = {
	http: set => ({
		...common(set),
		kind: 'http',
		url: set.url ?? '',
		status: set.expect?.status ?? null,
		body: set.expect?.body ?? null,
		follow: set.follow ?? false,
		version: set.version ?? null,
		...(set.headers === undefined ? {} : {headers: set.headers}),
		...(set.auth === undefined ? {} : {auth: set.auth}),
		...(set.proxy === undefined ? {} : {proxy: set.proxy}),
		...(set.insecure === true ? {insecure: true} : {}),
	}),
	tcp: set => ({...common(set), kind: 'tcp', address: set.address ?? ''}),
	script: set => ({...common(set), kind: 'script', run: set.run ?? ''}),
} satisfies {[K in Endpoint['kind']]: (set: Set) => Extract<Endpoint, {kind: K}>};

export const endpointsIn = ({endpoints}: Settings): readonly Endpoint[] =>
	(endpoints ?? []).map(set => kinds[set.kind ?? 'http'](set));

type Log = NonNullable<NonNullable<Settings['stages']>[string]['logs']>[number];

export const logsIn = (logs: readonly Log[]): readonly LogFile[] =>
	logs.map(({file, errors, max}) => ({file, errors: errors ?? usual.errors, max: max ?? 0}));

/** Null where the settings name no repository or no ref: a dispatch needs both. */
export function remoteIn({rollback}: Settings): Remote | null {
	const {repository, ref, token = 'GITHUB_TOKEN', api = 'https://api.github.com'} = rollback ?? {};
	return repository === undefined || ref === undefined ? null : {repository, ref, token, api: api.replace(/\/+$/, '')};
}

export const settleIn = ({rollback}: Settings): number => seconds(rollback?.settle) ?? usual.settle;

type Outside = Pick<
	Runbook,
	| 'window'
	| 'endpoints'
	| 'control'
	| 'quorum'
	| 'ca'
	| 'notify'
	| 'identities'
	| 'least'
	| 'serve'
	| 'mails'
	| 'contacts'
	| 'zones'
	| 'bridge'
	| 'fourEyes'
	| 'allowedSigners'
	| 'signatures'
>;

const fingerprint = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** A fingerprint, or that of a public key as `ssh-keygen` prints it. */
const fingerprintOf = (key: string): string => {
	if (fingerprint.test(key)) return key;
	const [, blob = ''] = /^(?:ssh|ecdsa|sk)-\S+ (\S+)/.exec(key.trim()) ?? [];
	return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
};

type People = NonNullable<Settings['people']>;

/** Names that may act only from a login or with a key; an address alone binds nobody. */
const identitiesIn = (people: People): Pick<Runbook, 'identities'> => {
	const bound = Object.entries(people).filter(([, {login, keys}]) => login !== undefined || keys !== undefined);
	if (bound.length === 0) return {};
	return {
		identities: Object.fromEntries(
			bound.map(([name, {login, keys = []}]) => [
				name,
				{...(login === undefined ? {} : {login}), keys: keys.map(fingerprintOf)},
			]),
		),
	};
};

/** One thing of each person who has it, by name; absent where nobody does. */
function ofEach<K extends string>(people: People, key: K, of: (person: People[string]) => string | undefined) {
	const found = Object.entries(people).flatMap(([name, person]) => {
		const value = of(person);
		return value === undefined ? [] : [[name, value] as const];
	});
	return found.length === 0 ? {} : {[key]: Object.fromEntries(found)};
}

const reachedAt = (people: People): Pick<Runbook, 'mails' | 'contacts' | 'zones'> => ({
	...ofEach(people, 'mails', ({mail}) => mail),
	...ofEach(people, 'contacts', ({contact}) => contact),
	...ofEach(people, 'zones', ({zone}) => zone),
});

const bridgeIn = ({url, phone, pin}: NonNullable<Settings['bridge']>): NonNullable<Runbook['bridge']> => ({
	...(url === undefined ? {} : {url}),
	...(phone === undefined ? {} : {phone}),
	...(pin === undefined ? {} : {pin: String(pin)}),
});

const windowIn = ({start, end, rollback}: NonNullable<Settings['window']>): NonNullable<Runbook['window']> => ({
	start: start ?? null,
	end: end ?? null,
	rollbackSeconds: seconds(rollback),
});

/** Absent where nothing is set, so that a runbook without settings is journaled as it stands. */
export const monitoringOf = (settings: Settings): Outside => ({
	...(settings.endpoints === undefined ? {} : {endpoints: endpointsIn(settings)}),
	...(settings.window === undefined ? {} : {window: windowIn(settings.window)}),
	...(settings.ca === undefined ? {} : {ca: [settings.ca].flat()}),
	...(settings.control === undefined ? {} : {control: settings.control}),
	...(settings.quorum === undefined ? {} : {quorum: settings.quorum}),
	...(settings.notify === undefined ? {} : {notify: settings.notify.map(targetOf)}),
	...(settings.serve === undefined ? {} : {serve: {url: settings.serve.url.replace(/\/+$/, '')}}),
	...(settings.least === undefined ? {} : {least: settings.least}),
	...identitiesIn(settings.people ?? {}),
	...reachedAt(settings.people ?? {}),
	...(settings.bridge === undefined ? {} : {bridge: bridgeIn(settings.bridge)}),
	...(settings['allowed-signers'] === undefined ? {} : {allowedSigners: settings['allowed-signers']}),
	...(settings.signatures === undefined || settings.signatures === 'off' ? {} : {signatures: settings.signatures}),
	...(settings['four-eyes'] === 'required' ? {fourEyes: 'required' as const} : {}),
});
