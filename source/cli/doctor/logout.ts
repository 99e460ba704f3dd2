/*
Whether a logout ends what was begun before it. A session of one's own keeps signals and terminals away, but systemd ends
everything of a login session where KillUserProcesses says so; only what runs below the user's own manager is spared, and
that manager itself stays after the last logout only where the user lingers.
*/
import {beware, type Found, unknown, yes} from './finding.ts';
import {type Machine, namesIn, textOf} from './machine.ts';

const mainFiles = ['usr/lib/systemd/logind.conf', 'etc/systemd/logind.conf'];
const dropIns = ['usr/lib', 'usr/local/lib', 'run', 'etc'].map(place => `${place}/systemd/logind.conf.d`);

/** In the order in which systemd reads them: drop-ins by name, one in /etc instead of its namesake elsewhere. */
function configured(machine: Machine): readonly string[] {
	const byName = new Map(
		dropIns.flatMap(folder =>
			namesIn(machine, folder)
				.filter(name => name.endsWith('.conf'))
				.map((name): readonly [string, string] => [name, `${folder}/${name}`]),
		),
	);
	const names = [...byName.keys()].toSorted();
	return [...mainFiles, ...names.map(name => byName.get(name) ?? name)];
}

type Setting = {readonly value: string; readonly file: string};

/** The assignment that counts: the last one. */
function settingOf(machine: Machine, name: string): Setting | null {
	const found = configured(machine).flatMap(file =>
		[...(textOf(machine, file) ?? '').matchAll(new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'gm'))].map(
			([, value = '']) => ({value, file: `/${file}`}),
		),
	);
	return found.at(-1) ?? null;
}

const isTrue = (text: string): boolean => /^(?:1|yes|y|true|t|on)$/i.test(text);

const manager = ['org.freedesktop.login1', '/org/freedesktop/login1', 'org.freedesktop.login1.Manager'];

/** What systemd does, as it says itself or else as its files say; null where neither does. */
function killing(machine: Machine): {readonly kills: boolean; readonly reported: string} | null {
	const said = machine.print('busctl', 'get-property', ...manager, 'KillUserProcesses');
	if (said !== null) return {kills: said.includes('true'), reported: 'as systemd says'};
	const set = settingOf(machine, 'KillUserProcesses');
	return set === null ? null : {kills: isTrue(set.value), reported: set.file};
}

/** Root is left alone unless the settings say otherwise. */
const isSpared = (machine: Machine): boolean =>
	(settingOf(machine, 'KillExcludeUsers')?.value ?? 'root').split(/\s+/).includes(machine.user);

const ownManager = (machine: Machine): boolean =>
	/\/user@\d+\.service\//.test(textOf(machine, 'proc/self/cgroup') ?? '');

const lingers = ({print, user}: Machine): boolean | null => {
	const said = print('loginctl', 'show-user', user, '--property=Linger', '--value');
	return said === null ? null : isTrue(said);
};

const fix = ({user}: Machine): string =>
	`Once: loginctl enable-linger ${user}. Then start with: systemd-run --user --scope cutover-tui …`;

export function logout(machine: Machine): Found {
	if (!namesIn(machine, 'run/systemd').includes('system')) return yes('no systemd here that would end detached runs');
	const found = killing(machine);
	if (found === null)
		return unknown(
			'Whether logout ends detached runs cannot be found out: KillUserProcesses is set nowhere, and systemd does not answer.',
			fix(machine),
		);
	if (!found.kills) return yes(`logout leaves detached runs alone (${found.reported})`);
	if (isSpared(machine)) return yes(`logout leaves detached runs of ${machine.user} alone (${found.reported})`);
	if (!ownManager(machine))
		return beware(`KillUserProcesses=yes (${found.reported}): logout ends detached runs.`, fix(machine));
	return lingers(machine) === true
		? yes(`KillUserProcesses=yes (${found.reported}), but this runs in a scope of its own and ${machine.user} lingers`)
		: beware(`${machine.user} does not linger: the last logout ends detached runs.`, fix(machine));
}
