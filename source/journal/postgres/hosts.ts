/*
The hosts that work for one cutover: their signs of life, what each has claimed, and the lease of the watcher that leads. Time is
the server's, except that this process counts its own lease from before it asked.
*/
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import type {HostReport, HostSeen, HostsObservation, Replication} from '../../cutover/model/hosts.ts';
import {readAgo, silentAfterSeconds} from '../../cutover/model/hosts.ts';
import type {Clock} from '../../cutover/ports.ts';
import type {Hosts} from '../../cutover/store.ts';
import {ifExists} from '../../disk/fault.ts';
import {fieldsOf, parsed} from '../../text/fields.ts';
import type {Connection, Result} from './connection.ts';
import {rowsOf} from './fault.ts';

export const leadMs = 6000;

/** What the readings of a journal tell of its hosts, and the lease that its writings act on. */
export type HostsLink = {
	/** Columns of the reading, for the cutover $1. */
	readonly columns: string;
	read(row: Result['rows'][number]): void;
	/**
	 * Of the last lease that this process held, also once it has run out: a process that was stopped in the middle of an act does not
	 * know that, and the server refuses it. 0 where it acts on none.
	 */
	token(): number;
	/** The store refused what acted on the lease. */
	fenced(): void;
	readonly hosts: Hosts;
};

const columns = `
	(select json_agg(json_build_object('host', h.host, 'silent', extract(epoch from clock_timestamp() - h.heard), 'report', h.report) order by h.host)
		from cutover.hosts h where h.cutover = $1) as hosts,
	(select l.host from cutover.leases l where l.cutover = $1 and l.until > clock_timestamp()) as leader, cutover.standbys() as standbys`;

/** Of an answer of cutover.standbys(). Without the right to see how each standby is confirmed, one that is there counts. */
export function replicationIn(answer: unknown): Replication | null {
	if (typeof answer !== 'object' || answer === null) return null;
	const {names, standbys, synchronous}: Readonly<Record<string, unknown>> = {...answer};
	if (names === '') return Number(standbys) > 0 ? 'behind' : 'single';
	return Number(synchronous ?? standbys) > 0 ? 'synchronous' : 'blocked';
}

/** Two machines may have one name; where this is not known, the name alone counts. */
const machine = (): string => ifExists(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';

const nothing: HostReport = {here: [], seen: {}, workspace: null};

/** What another version, or another login, may have written is no report. */
function reportIn(text: unknown): HostReport {
	const {here = [], seen = {}, workspace = null}: Partial<HostReport> = fieldsOf(parsed(String(text))) ?? {};
	return Array.isArray(here) ? {here, seen, workspace} : nothing;
}

const hostIn = ({host, silent, report}: Readonly<Record<string, unknown>>): HostSeen => {
	const seconds = Math.floor(Number(silent));
	return {
		host: String(host),
		silentSeconds: seconds < silentAfterSeconds ? 0 : seconds,
		report: reportIn(report),
	};
};

export function hostsLink(connection: Connection, id: string, here: string, clock: Clock): HostsLink {
	const holder = randomUUID();
	let observed: HostsObservation = {here, leader: null, all: [], replication: null};
	const opened = clock.steady();
	let readAt: number | null = null;
	let lease = {token: 0, until: Number.NEGATIVE_INFINITY};

	const ask = async (name: string, ...values: readonly unknown[]): Promise<unknown> => {
		const places = values.map((_, index) => `$${index + 1}`).join(', ');
		return (await rowsOf(connection, `select cutover.${name}(${places}) as answer`, values))[0]?.['answer'];
	};

	const term = (): number => (clock.steady() < lease.until ? lease.token : 0);

	return {
		columns,
		read({hosts, leader, standbys}) {
			const all = Array.isArray(hosts) ? hosts.map(hostIn) : [];
			readAt = clock.steady();
			observed = {
				here,
				leader: typeof leader === 'string' ? leader : null,
				all,
				replication: replicationIn(standbys),
			};
		},
		token: () => lease.token,
		fenced() {
			lease = {token: 0, until: Number.NEGATIVE_INFINITY};
		},
		hosts: {
			here,
			leadMs,
			term,
			observed() {
				const seconds = Math.floor((clock.steady() - (readAt ?? opened)) / 1000);
				// What was never read here was not heard a moment ago either: a command that only reads is over before that would tell.
				return readAgo(observed, readAt === null ? Math.max(seconds, silentAfterSeconds) : seconds);
			},
			beat: async report => void (await ask('beat', id, here, report === null ? null : JSON.stringify(report))),
			claim: async attempt => (await ask('claim', id, attempt, here, machine())) === true,
			async lead() {
				const asked = clock.steady();
				const answer = await ask('lease', id, here, holder, leadMs);
				const {token, from, lapsed}: Partial<Record<string, unknown>> =
					typeof answer === 'object' && answer !== null ? {...answer} : {};
				lease = {token: Number(token ?? 0), until: asked + leadMs};
				return {
					mine: lease.token > 0 && clock.steady() < lease.until,
					from: typeof from === 'string' ? {host: from, silentMs: 1000 * Number(lapsed) + leadMs} : null,
				};
			},
			async yield() {
				lease = {token: 0, until: Number.NEGATIVE_INFINITY};
				await ask('yield', id, holder);
			},
		},
	};
}
