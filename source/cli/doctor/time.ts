/* Whether the clock can be evidence: kept by a time service, and not far from the machine's own hardware clock. */
import {statSync} from 'node:fs';
import {durationText, instant, stamp} from '../../text/time.ts';
import {beware, type Found, unknown, yes} from './finding.ts';
import {type Machine, textOf} from './machine.ts';

const fix = 'Turn on time synchronization (systemd-timesyncd, chrony): times are evidence.';
const farMs = 60_000;
/** A clock before this is wrong. */
const early = '2025-01-01T00:00:00Z';

type Kept = {readonly kept: boolean; readonly by: string};

function chrony({print}: Machine): Kept | null {
	const said = print('chronyc', '-n', 'tracking');
	const leap = /^Leap status\s*:\s*(.*)$/m.exec(said ?? '')?.[1];
	return leap === undefined ? null : {kept: leap.trim() === 'Normal', by: 'chrony'};
}

function timedatectl({print}: Machine): Kept | null {
	const said = print('timedatectl', 'show', '--property=NTPSynchronized', '--value');
	return said === 'yes' || said === 'no' ? {kept: said === 'yes', by: 'timedatectl'} : null;
}

/** systemd-timesyncd leaves this file when it has set the clock. */
function timesyncd({root}: Machine): Kept | null {
	const file = `${root}/run/systemd/timesync/synchronized`;
	return statSync(file, {throwIfNoEntry: false}) ? {kept: true, by: 'systemd-timesyncd'} : null;
}

/** Ms that the clock is ahead of the hardware's; null where that cannot be read, or shows local time. */
function ahead(machine: Machine): number | null {
	const seconds = Number(textOf(machine, 'sys/class/rtc/rtc0/since_epoch') ?? '');
	const local = /^LOCAL$/m.test(textOf(machine, 'etc/adjtime') ?? '');
	return seconds > 0 && !local ? machine.clock.now() - seconds * 1000 : null;
}

export function time(machine: Machine): Found {
	const now = machine.clock.now();
	if (now < instant(early)) return beware(`The clock shows ${stamp(now)}, which cannot be right.`, fix);
	const off = ahead(machine);
	if (off !== null && Math.abs(off) > farMs)
		return beware(
			`The clock is ${durationText(Math.round(Math.abs(off) / 1000))} ${off > 0 ? 'ahead of' : 'behind'} the hardware clock.`,
			'Find out which is right, and set the other: times are evidence.',
		);
	const found = chrony(machine) ?? timedatectl(machine) ?? timesyncd(machine);
	if (found === null) return unknown(`No time service was found. It is ${stamp(now)} here.`, fix);
	return found.kept ? yes(`synchronized (${found.by})`) : beware(`The clock is not synchronized (${found.by}).`, fix);
}
