/*
The zone that times are shown in: the cutover's own, from its settings or as the machine had it at begin, else this machine's.
*/

import {realpathSync} from 'node:fs';
import type {Clock, Journal} from '../cutover/ports.ts';
import {ifPossible} from '../disk/fault.ts';
import type {Environment} from '../net/proxy.ts';
import {showDaysBeside, showTimesIn} from '../text/time.ts';
import {isZone} from '../text/zone-offset.ts';

/** `zone`: null where Node knows it without our help. `doubt`: why it is only a guess. */
export type MachineZone = {readonly zone: string | null; readonly doubt: string | null};

/** `UTC-3` in POSIX's form is three hours ahead of UTC. */
function fixedIn(text: string): string | null {
	const [, sign, hours = '', minutes = '00'] =
		/^(?:[A-Za-z]{3,}|<[\w+-]+>)([+-]?)(\d{1,2})(?::(\d\d))?$/.exec(text) ?? [];
	return hours === '' ? null : `${sign === '-' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
}

function nameIn(text: string): string {
	const path = text.replace(/^:/, '');
	if (!path.startsWith('/')) return path;
	return ifPossible(() => realpathSync(path).replace(/^.*\/zoneinfo\/(?:posix\/|right\/)?/, '')) ?? path;
}

/** By TZ, which may be a name, a file, or a rule in POSIX's form. */
export function machineZone({TZ: text}: Environment): MachineZone {
	if (text === undefined) return {zone: null, doubt: null};
	// Set and empty is UTC, as the C library has it; Node names it Etc/Unknown.
	if (/^:?$/.test(text)) return {zone: 'UTC', doubt: null};
	const zone =
		[nameIn(text), fixedIn(text), text.replace(/^:/, '')].find(name => name !== null && isZone(name)) ?? null;
	if (zone !== null) return {zone, doubt: null};
	return {zone: 'UTC', doubt: `TZ=${text} is not a time zone that is known here, so times are shown in UTC`};
}

/** Shows times in this zone, or else in the machine's. */
export function showZone(env: Environment, zone: string | null | undefined, around: number | null = null): void {
	if (zone) showTimesIn(zone, around);
	else {
		const own = machineZone(env);
		showTimesIn(own.zone, around, own.doubt);
	}
}

/** Shows times as the cutover of this journal has them, also after T0 moved. */
export function showZoneOf(env: Environment, journal: Pick<Journal, 'state' | 'watch'>, clock: Clock): void {
	let known = '';
	const show = (): void => {
		const {zone, t0, begun} = journal.state();
		const key = `${zone} ${t0}`;
		if (begun === null || key === known) return;
		known = key;
		showZone(env, zone, t0);
	};
	show();
	showDaysBeside(() => clock.now());
	journal.watch(show);
}
