/*
What an administrator does with the database, and what anybody may know of it: is it ready, and how safe is what is recorded there.
*/
import {type Clock, StoreFault} from '../../cutover/ports.ts';
import {addressOf, type Environment} from './address.ts';
import {connection, isAnswer} from './connection.ts';
import {databaseFault} from './fault.ts';
import {replicationIn} from './hosts.ts';
import {schemaVersion} from './schema.ts';
import type {PassedOver} from './servers.ts';
import {type Timelines, timelineNow} from './timelines.ts';

/** `missing`: cutovers cannot be recorded. `beware`: they can, with what `text` says. */
export type Finding = {
	readonly name: string;
	readonly state: 'ok' | 'beware' | 'missing';
	readonly text: string;
	readonly fix: string | null;
};

const found = (name: string, state: Finding['state'], text: string, fix: string | null = null): Finding => ({
	name,
	state,
	text,
	fix,
});

/** PostgreSQL 14, which reports while connecting whether it takes writes. */
const oldest = 140_000;
const slowMs = 50;

type Ask = (sql: string) => Promise<Readonly<Record<string, unknown>>>;

async function server(ask: Ask, clock: Clock, at: string): Promise<readonly Finding[]> {
	const {number, version, encoding} = await ask(
		`select current_setting('server_version_num')::int as number, current_setting('server_version') as version, current_setting('server_encoding') as encoding`,
	);
	const from = clock.steady();
	const {now} = await ask('select extract(epoch from clock_timestamp()) * 1000 as now');
	const tookMs = clock.steady() - from;
	const offMs = Math.abs(Number(now) - clock.now());
	return [
		Number(number) >= oldest
			? found('server', 'ok', `PostgreSQL ${version} at ${at}`)
			: found('server', 'missing', `PostgreSQL ${version} is too old.`, 'Use PostgreSQL 14 or later.'),
		encoding === 'UTF8'
			? found('encoding', 'ok', 'UTF8')
			: found('encoding', 'missing', `The database is in ${encoding}.`, "Create it with encoding 'UTF8'."),
		found('round trip', tookMs > slowMs ? 'beware' : 'ok', `${tookMs.toFixed(1)} ms; each act waits for two.`),
		offMs > 1000 + tookMs
			? found(
					'clock',
					'beware',
					`The server's clock is ${Math.round(offMs / 1000)} s away from this host's.`,
					'Check NTP.',
				)
			: found('clock', 'ok', 'agrees with this host'),
	];
}

async function schemaFinding(ask: Ask): Promise<Finding> {
	try {
		const {version} = await ask('select version from cutover.format');
		return version === schemaVersion
			? found('schema', 'ok', `version ${version}`)
			: found(
					'schema',
					'missing',
					`It is of version ${version}, this program knows ${schemaVersion}.`,
					'Use a version that fits.',
				);
	} catch (error) {
		const {message, fix} = databaseFault(error);
		return found('schema', 'missing', message, fix);
	}
}

async function rights(ask: Ask): Promise<Finding> {
	const {app, writes} = await ask(
		`select has_schema_privilege('cutover', 'usage') and has_function_privilege('cutover.append(text, bigint, text, text[], bigint)', 'execute') as app,
			has_table_privilege('cutover.entries', 'insert, update, delete, truncate') as writes`,
	);
	if (app !== true)
		return found('rights', 'missing', 'This login may not record.', 'Ask an administrator for: store grants LOGIN.');
	return writes === true
		? found(
				'rights',
				'beware',
				'This login may change entries directly.',
				'Use one that has the role cutover_app alone.',
			)
		: found('rights', 'ok', 'this login may append, and change nothing');
}

/** What may be lost when the server is. */
async function replication(ask: Ask, attested: boolean): Promise<Finding> {
	const {standbys, names} = await ask(
		`select cutover.standbys() as standbys, current_setting('synchronous_standby_names') as names`,
	);
	const set = "Set synchronous_standby_names, such as 'ANY 1 (b, c)'.";
	const kind = replicationIn(standbys);
	if (attested && (kind === 'behind' || kind === 'single'))
		return found('replication', 'ok', 'none is seen from here; the settings of the runbook attest it');
	return {
		synchronous: found('replication', 'ok', `synchronous: ${names}. Writes wait for it, and stop where none answers.`),
		blocked: found(
			'replication',
			'beware',
			`Writes wait for a standby (${names}), and none confirms: acts will hang.`,
			'Start the standby, or name one that is there. A promoted standby waits for itself where it was copied with that setting.',
		),
		behind: found(
			'replication',
			'beware',
			'There is a standby, and writes do not wait for it: a failover may lose acknowledged entries.',
			`${set} Where the service keeps them by other means, say so in the settings: durability: attested.`,
		),
		single: found(
			'replication',
			'beware',
			'There is one copy, as far as can be seen from here: it is as safe as its disk.',
		),
	}[kind ?? 'single'];
}

/** Each promotion begins a new one; a server with an older one is refused. */
async function timeline(ask: Ask, passedOver: readonly PassedOver[]): Promise<Finding> {
	const {timeline: now} = await ask(timelineNow);
	const old = passedOver.flatMap(({at, why, old: isOld}) => (isOld ? `${at}: ${why}` : []));
	return old.length === 0
		? found('timeline', 'ok', `${now}`)
		: found(
				'timeline',
				'beware',
				`${now}; ${old.join('; ')}. It is not used.`,
				'Stop it, or make it a standby of the server that is used.',
			);
}

/** A pooler that hands out another backend for each transaction loses notifications without a sign. */
async function notifications(ask: Ask, listen: (heard: () => void) => () => void, clock: Clock): Promise<Finding> {
	const heard = new Promise<boolean>(done => {
		const stop = listen(() => done(true));
		clock.after(1000, () => {
			stop();
			done(false);
		});
	});
	await ask('select 1');
	await ask(`select pg_notify('cutover_check', '')`);
	return (await heard)
		? found('notifications', 'ok', 'arrive')
		: found(
				'notifications',
				'beware',
				'Notifications do not arrive: other screens see an act after up to 1 s.',
				'Connect without a pooler, or with one in session mode.',
			);
}

export type Administrator = {
	run(sql: string): Promise<void>;
	/**
	 * What is ready and what is missing, in the order in which it has to be put right. `attested`: somebody says that the database keeps
	 * what it acknowledged, although it shows no synchronous standby.
	 */
	check(attested?: boolean): Promise<readonly Finding[]>;
	close(): Promise<void>;
};

const undefinedObject = '42704';

const adminFix = (code: string): string =>
	code === undefinedObject
		? 'Create what is missing first: the login with createuser LOGIN, the schema with cutover-tui store init.'
		: 'Name an administrator of the database in the address, or have its DBA run what --print shows.';

/** Throws a sentence where `text` is no address. `timelines`: those that this host has seen. */
export function administrator(
	text: string,
	env: Environment,
	clock: Clock,
	timelines: Timelines | null = null,
): Administrator {
	const link = connection(addressOf(text, env), env, clock, timelines);
	const ask: Ask = async sql => (await link.query(sql)).rows[0] ?? {};
	return {
		async run(sql) {
			try {
				await link.query(sql);
			} catch (error) {
				// An administrator needs the server's own words.
				throw isAnswer(error)
					? new StoreFault(
							'denied',
							`The database refused this: ${error.message} (${error.code}).`,
							adminFix(error.code),
						)
					: databaseFault(error);
			}
		},
		async check(attested = false) {
			try {
				await ask('select 1');
			} catch (error) {
				const {message, fix} = databaseFault(error);
				return [found('server', 'missing', message, fix)];
			}
			const base = [...(await server(ask, clock, link.at() ?? '')), await schemaFinding(ask)];
			if (base.some(({state}) => state === 'missing')) return base;
			const listening = (heard: () => void): (() => void) => link.listen('cutover_check', heard);
			return [
				...base,
				await timeline(ask, link.passedOver()),
				await rights(ask),
				await replication(ask, attested),
				await notifications(ask, listening, clock),
			];
		},
		close: () => link.close(),
	};
}
