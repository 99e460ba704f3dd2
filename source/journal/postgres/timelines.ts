/*
Each promotion of a standby begins a new timeline. An old primary that comes back takes writes, and nobody else would ever see them:
a host refuses a timeline that is older than the newest one it has seen.
*/
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {readRecord, replaceFile} from '../../disk/atomic-file.ts';
import {ifPossible} from '../../disk/fault.ts';

/** The greatest timeline that this host has seen of a server and its standbys, which share a system identifier. */
export type Timelines = {newest(system: string): number; saw(system: string, timeline: number): void};

/** On a server that takes writes: its `timeline` and `system`. */
export const timelineNow = `select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline,
	(select system_identifier::text from pg_control_system()) as system`;

/** Kept beside the cutovers of this host. */
export function timelinesIn(root: string): Timelines {
	const file = join(root, '.timelines.json');
	const known = (): Readonly<Record<string, unknown>> => readRecord(file) ?? {};
	/** What this process saw, whether the disk took it or not: a full one must not keep it from the database. */
	const seen = new Map<string, number>();
	return {
		newest: system => Math.max(Number(known()[system] ?? 0), seen.get(system) ?? 0),
		saw(system, timeline) {
			seen.set(system, timeline);
			// Nothing is kept where this host has no cutover yet.
			if (!existsSync(root)) return;
			ifPossible(() => replaceFile(file, {...known(), [system]: timeline}));
		},
	};
}
