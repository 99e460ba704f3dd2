/*
`doctor [RUNBOOK]`: what a cutover needs of the machine, one check per line of the table; 0 where nothing is missing, 1 where something is. Each says what it found and how to fix it; what cannot
be determined is unknown.
*/

import {existsSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {identityText} from '../../cutover/model/person.ts';
import type {Runbook} from '../../cutover/model/runbook.ts';
import type {Environment} from '../../net/proxy.ts';
import {errorText} from '../../text/error-text.ts';
import {durationText, zoneShown} from '../../text/time.ts';
import {passwdName} from '../account.ts';
import type {Args} from '../args.ts';
import {systemClock} from '../clock.ts';
import {type cutovers, cutoversOf} from '../compose.ts';
import {onTerminal, say, sayJson} from '../io.ts';
import {readFor} from '../opening.ts';
import {person, thisMachine as thisProcess} from '../person.ts';
import {stateRoot} from '../state-root.ts';
import {machineZone} from '../zone.ts';
import {database} from './database.ts';
import {beware, type Finding, type Found, lineOf, no, yes} from './finding.ts';
import {logout} from './logout.ts';
import {thisMachine} from './machine.ts';
import {authorities, proxies} from './network.ts';
import {lacks} from './runbook.ts';
import {fileSystem, room, sync} from './store.ts';
import {time} from './time.ts';

function tool(name: string, without: string): Found {
	const [version] = thisMachine().print(name, '--version')?.split('\n') ?? [];
	return version === undefined ? no(`${name} cannot be run.`, without) : yes(version.trim());
}

/** Busybox has no versions of its programs to tell. */
function program(name: string, without: string): Found {
	const path = thisMachine().print('sh', '-c', `command -v ${name}`);
	return path === null ? no(`${name} is missing.`, without) : yes(path);
}

function terminal({io}: Args): Found {
	if (!onTerminal(io))
		return beware('stdin and stdout are not a terminal.', 'Commands work; the screen does not open here.');
	const columns = process.stdout.columns ?? 0;
	const rows = process.stdout.rows ?? 0;
	return columns < 80 || rows < 24
		? beware(`${columns}x${rows} is small.`, 'Use 80x24 or more.')
		: yes(`${columns}x${rows}`);
}

/** As `locale -a` spells it: `en_US.UTF-8` is `en_US.utf8`. */
const spelt = (name: string): string => name.toLowerCase().replace(/utf-?8/, 'utf8');

function locale({io}: Args): Found {
	const name = io.env['LC_ALL'] || io.env['LC_CTYPE'] || io.env['LANG'] || '';
	const installed = thisMachine().print('locale', '-a')?.split('\n').map(spelt);
	if (name !== '' && installed && !installed.includes(spelt(name)))
		return beware(
			`The locale ${name} is not installed here: bash and others complain of it in every log.`,
			'Use one of locale -a, such as LC_ALL=C.UTF-8.',
		);
	return /utf-?8/i.test(name)
		? yes(name)
		: beware(`The locale is ${name || 'not set'}.`, 'Shapes are shown in ASCII; set LANG=C.UTF-8 for the others.');
}

function you({io}: Args): Found {
	const {name, strength} = person(thisProcess(io.env), null, null);
	return strength !== 'system login'
		? beware(
				`${name}, identity: ${identityText({strength})}.`,
				'Votes and sign-offs say so; log in by SSH with an account of your own.',
			)
		: yes(`${name}, identity: ${identityText({strength})}`);
}

function account(): Found {
	const name = passwdName();
	return name === null
		? beware(`uid ${process.getuid?.()} has no passwd entry.`, 'Say who acts with --as NAME.')
		: yes(name);
}

function folder({io}: Args): Found {
	const gone = io.env['PWD'];
	return gone !== undefined && !existsSync(gone)
		? beware(
				`The working directory ${gone} no longer exists.`,
				`Relative paths start from ${io.cwd}: cd to another one.`,
			)
		: yes(io.cwd);
}

function zone(env: Environment): Found {
	const {zone: name, doubt} = machineZone(env);
	return doubt === null
		? yes(name ?? zoneShown())
		: beware(`${doubt}.`, 'Set TZ to a name such as Europe/Berlin, or zone: in the settings.');
}

function processes(): Found {
	try {
		readFileSync('/proc/self/stat');
		return yes('/proc is readable');
	} catch {
		return no('/proc cannot be read.', 'Mount it: running processes are identified by it.');
	}
}

const examinations: Readonly<Record<string, (call: Args) => Found>> = {
	node: () => yes(process.versions.node),
	bash: () => tool('bash', 'Command gates need it: install bash.'),
	git: () => tool('git', "Gates go stale by the workspace's history: install git."),
	mkfifo: () => program('mkfifo', 'Attempts pass their output on through named pipes: install coreutils.'),
	processes,
	state: call => room(stateRoot(call)),
	'file system': call => fileSystem(stateRoot(call)),
	sync: call => sync(stateRoot(call), systemClock),
	terminal,
	locale,
	proxy: ({io}) => proxies(io.env),
	authorities: ({io}) => authorities(io.env),
	folder,
	account,
	clock: () => time(thisMachine()),
	zone: ({io}) => zone(io.env),
	logout: () => logout(thisMachine()),
	you,
};

/** Open cutovers whose zone is another than this machine's, or whose newest entry lies ahead of its clock. */
async function differing(call: Args): Promise<readonly Finding[]> {
	const own = machineZone(call.io.env).zone ?? zoneShown();
	const now = systemClock.now();
	let known: Awaited<ReturnType<typeof cutovers>>;
	try {
		known = await cutoversOf(call);
	} catch {
		// The line of the state folder says what is wrong with it.
		return [];
	}
	return known
		.filter(({status, state}) => status !== 'closed' && status !== 'unreadable' && state.rehearsal === null)
		.flatMap(({id, state}) => {
			const ahead = state.at - now;
			const zones = beware(
				`${id} shows its times in ${state.zone}, and this machine is in ${own}.`,
				'Times that you type are read in the zone of the cutover.',
			);
			const clocks = beware(
				`The clock is ${durationText(Math.ceil(ahead / 1000))} behind the newest entry of ${id}.`,
				'Set it right: times are evidence.',
			);
			return [
				...(state.zone === null || state.zone === own ? [] : [{name: 'zone', ...zones}]),
				...(ahead <= 2000 ? [] : [{name: 'clock', ...clocks}]),
			];
		});
}

/** Of the database, where there is one. */
async function stored(call: Args, runbook: Runbook | null): Promise<readonly Finding[]> {
	try {
		return await database(call, runbook?.durability === 'attested');
	} catch (error) {
		return [{name: 'store', ...no(errorText(error), '')}];
	}
}

/** All of them; one that fails says so instead of ending the others. */
async function examine(call: Args): Promise<readonly Finding[]> {
	const findings = Object.entries(examinations).map(([name, look]): Finding => {
		try {
			return {name, ...look(call)};
		} catch (error) {
			return {name, ...no(errorText(error), '')};
		}
	});
	const word = call.word(0);
	const read = word === null ? null : readFor(call, word);
	const ofRunbook = read === null ? [] : await lacks(call, read);
	return [...findings, ...(await stored(call, read?.runbook ?? null)), ...(await differing(call)), ...ofRunbook];
}

export const run = async (call: Args): Promise<number> => {
	const findings = await examine(call);
	if (call.flag('json')) sayJson(call.io, {findings});
	else say(call.io, ...findings.map(lineOf));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
};
