/*
What a cutover needs of the machine, one examination a line of the table. Each says what it found and how to mend it;
what cannot be found out reads unknown.
*/
import {spawnSync} from 'node:child_process';
import {accessSync, constants, existsSync, readFileSync, statfsSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import type {Call} from './call.ts';
import {onTerminal} from './io.ts';
import {person, thisMachine} from './person.ts';
import {lacks} from './runbook-needs.ts';
import {stateRoot} from './world.ts';

/** `beware`: it works, and something may surprise. */
export type Finding = {
	readonly name: string;
	readonly holds: 'yes' | 'no' | 'unknown' | 'beware';
	readonly text: string;
	readonly mend: string;
};

type Found = Omit<Finding, 'name'>;

const yes = (text: string): Found => ({holds: 'yes', text, mend: ''});
const no = (text: string, mend: string): Found => ({holds: 'no', text, mend});
const beware = (text: string, mend: string): Found => ({holds: 'beware', text, mend});
const unknown = (text: string, mend = ''): Found => ({holds: 'unknown', text, mend});

/** First line that a program prints; null where it cannot be run. */
function printed(command: string, args: readonly string[]): string | null {
	const {status, stdout} = spawnSync(command, args, {encoding: 'utf8', timeout: 5000});
	return status === 0 ? (stdout.split('\n')[0] ?? '').trim() : null;
}

function node(): Found {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const enough = major > 22 || (major === 22 && minor >= 18);
	return enough
		? yes(process.versions.node)
		: no(`${process.versions.node} is too old.`, 'Install Node 22.18 or later.');
}

function tool(name: string, without: string): Found {
	const version = printed(name, ['--version']);
	return version === null ? no(`${name} cannot be run.`, without) : yes(version);
}

function nearest(folder: string): string {
	return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

function room(call: Call): Found {
	const root = stateRoot(call);
	const place = nearest(root);
	accessSync(place, constants.W_OK);
	const {mode, uid} = statSync(place);
	if (place === root && uid !== process.getuid?.())
		return no(`${root} belongs to uid ${uid}.`, 'Use a folder of your own: --state DIR.');
	if (place === root && (mode & 0o022) !== 0) return no(`${root} can be written by others.`, `chmod 700 ${root}`);
	const {bavail, bsize} = statfsSync(place);
	const mebibytes = Math.floor((bavail * bsize) / (1 << 20));
	return mebibytes < 256
		? no(`${root} has ${mebibytes} MiB left.`, 'Make room, or use another folder: --state DIR.')
		: yes(`${root}, ${mebibytes} MiB left`);
}

function terminal({io}: Call): Found {
	if (!onTerminal(io)) return beware('stdin and stdout are no terminal.', 'Verbs work; the screen does not open here.');
	const columns = process.stdout.columns ?? 0;
	const rows = process.stdout.rows ?? 0;
	return columns < 80 || rows < 24
		? beware(`${columns}x${rows} is small.`, 'Use 80x24 or more.')
		: yes(`${columns}x${rows}`);
}

function locale({io}: Call): Found {
	const name = io.env['LC_ALL'] || io.env['LC_CTYPE'] || io.env['LANG'] || '';
	return /utf-?8/i.test(name)
		? yes(name)
		: beware(`The locale is ${name || 'not set'}.`, 'Shapes are shown in ASCII; set LANG=C.UTF-8 for the others.');
}

function clockSet(): Found {
	const synchronized = printed('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
	if (synchronized === null)
		return unknown(
			'timedatectl does not say whether the clock is synchronized.',
			'See to it that it is: times are evidence.',
		);
	return synchronized === 'yes'
		? yes('synchronized')
		: beware('The clock is not synchronized.', 'Turn on time synchronization: times are evidence.');
}

/** systemd ends everything of a user at logout where it is told to: detached runners too. */
function logout(): Found {
	if (!existsSync('/run/systemd/system')) return yes('no systemd here that would end detached runs at logout');
	const value = printed('busctl', [
		'get-property',
		'org.freedesktop.login1',
		'/org/freedesktop/login1',
		'org.freedesktop.login1.Manager',
		'KillUserProcesses',
	]);
	if (value === null)
		return unknown(
			'Whether logout ends detached runs cannot be found out.',
			'Look for KillUserProcesses in /etc/systemd/logind.conf.',
		);
	if (!value.includes('true')) return yes('logout leaves detached runs alone');
	return beware(
		'KillUserProcesses=yes: logout ends detached runs.',
		'Start with: systemd-run --user --scope cutover-tui …, and loginctl enable-linger.',
	);
}

function you({io}: Call): Found {
	const {name, strength} = person(thisMachine(io.env), null, null);
	return strength === 'environment' || strength === 'disputed'
		? beware(
				`${name}, known by ${strength} only.`,
				'Votes and sign-offs say so; log in by SSH with an account of your own.',
			)
		: yes(`${name}, known by ${strength}`);
}

function processes(): Found {
	try {
		readFileSync('/proc/self/stat');
		return yes('/proc is readable');
	} catch {
		return no('/proc cannot be read.', 'Runners are told apart by it: mount /proc.');
	}
}

const examinations: Readonly<Record<string, (call: Call) => Found>> = {
	node,
	bash: () => tool('bash', 'Command gates need it: install bash.'),
	git: () => tool('git', "Gates go stale by the workspace's history: install git."),
	processes,
	state: room,
	terminal,
	locale,
	clock: clockSet,
	logout,
	you,
};

/** All of them; one that fails says so instead of ending the others. */
export async function examine(call: Call): Promise<readonly Finding[]> {
	const findings = Object.entries(examinations).map(([name, look]): Finding => {
		try {
			return {name, ...look(call)};
		} catch (error) {
			return {name, ...no(error instanceof Error ? error.message : String(error), '')};
		}
	});
	return [...findings, ...(await lacks(call))];
}
