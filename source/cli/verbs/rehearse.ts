/*
`rehearse`: the whole cutover against a service that ends with it, on a clock of its own. Nothing here decides anything:
the same journal, rules, runners and watcher as in a cutover.
*/

import type {Runbook} from '../../cutover/model/runbook.ts';
import {fileCatalog} from '../../journal/file-catalog.ts';
import {playItself} from '../../rehearsal/auto.ts';
import {endOrphans} from '../../rehearsal/cleanup.ts';
import {mayRun} from '../../rehearsal/confirm.ts';
import {expectedOf, expectedText} from '../../rehearsal/expect.ts';
import {type Fault, faultOf, faultText} from '../../rehearsal/fault.ts';
import {inject} from '../../rehearsal/inject.ts';
import {leave} from '../../rehearsal/leave.ts';
import {hold} from '../../rehearsal/owner.ts';
import {playFrom, Stopped} from '../../rehearsal/play.ts';
import {playersOf} from '../../rehearsal/players.ts';
import {needsSandbox, type Sandbox, startSandbox} from '../../rehearsal/sandbox.ts';
import {onScreen} from '../../rehearsal/screen.ts';
import {checkService, notChecked} from '../../rehearsal/service-check.ts';
import {sessionAt} from '../../rehearsal/session.ts';
import {beginRehearsal, type Prepared, prepare, rehearsalRoot} from '../../rehearsal/stage.ts';
import {errorText} from '../../text/error-text.ts';
import {defined} from '../../text/fields.ts';
import {type Args, numberGiven} from '../args.ts';
import {systemClock} from '../clock.ts';
import type {Opened} from '../compose.ts';
import {needTerminal, type Signal, say, tell} from '../io.ts';
import {person, thisMachine} from '../person.ts';
import {isPlain, Plain} from '../plain.ts';
import {codeOf} from '../until-end.ts';
import {UsageError} from '../usage-error.ts';

const usual = {auto: 600, screen: 10};
const fastest = 3600;

class Interrupted extends Error {
	readonly signal: Signal;

	constructor(signal: Signal) {
		super(`ended by ${signal}`);
		this.signal = signal;
	}
}

type Rehearsal = {
	readonly call: Args;
	readonly root: string;
	readonly prepared: Prepared;
	/** Null: a runbook of one's own that asks nothing of the world. */
	readonly sandbox: Sandbox | null;
	readonly isSample: boolean;
	readonly speed: number;
	readonly auto: boolean;
	readonly faults: readonly Fault[];
	/** Its messages really go to the channels. */
	readonly notify: boolean;
	readonly signal: AbortSignal;
};

const served = ({sandbox, isSample}: Rehearsal): string => {
	if (sandbox === null) return 'no service but its own';
	const {service, api} = sandbox.rehearsalTargets;
	return `${isSample ? 'service' : 'its endpoints are replaced by'} ${service}${api === null ? '' : `, GitHub by ${api}`}`;
};

function banner(rehearsal: Rehearsal, id: string): readonly string[] {
	const {prepared, speed, auto, faults} = rehearsal;
	const expected = expectedOf(faults, prepared.runbook);
	return [
		`REHEARSAL  ${prepared.runbook.title}  clock ${speed} times as fast${auto ? ' between what runs' : ''}`,
		served(rehearsal),
		`workspace ${prepared.copied.workspace}`,
		`cutover ${id}`,
		...faults.map(fault => `FAULT  ${faultText(fault)}`),
		...(faults.length > 0 && auto && expected !== null ? [`EXPECTED  ${expectedText(expected)}`] : []),
	];
}

/** Real ms in which an endpoint can be asked once without hurry. */
const asksWithin = 200;

/** How fast the clock may run while something is to be measured. */
const slowOf = ({endpoints = []}: Runbook, speed: number): number =>
	Math.max(1, Math.min(speed, ...endpoints.map(({everySeconds}) => (everySeconds * 1000) / asksWithin)));

/** Without a full screen: what is typed finds the cutover among the rehearsals. */
async function plainly(call: Args, root: string, opened: Opened): Promise<number> {
	await opened.reconcile();
	const signal = await new Plain(call, root).talk(opened, async () => null);
	return signal === null ? 0 : codeOf(signal);
}

/** The cutover from its beginning to wherever it is left; afterwards nothing of it runs. */
async function rehearse(rehearsal: Rehearsal): Promise<number> {
	const {call, root, prepared, sandbox, isSample, speed, auto, notify, signal} = rehearsal;
	const {io} = call;
	const {runbook, copied} = prepared;
	const sources = thisMachine(io.env);
	const players = playersOf(runbook, sources);
	const as = defined({
		speed,
		hurries: auto ? (true as const) : undefined,
		rehearsalTargets: sandbox?.rehearsalTargets,
		notify: notify || undefined,
	});
	const by = auto ? players(null) : person(sources, null, null);
	const opened = await beginRehearsal(io, fileCatalog(root, systemClock), prepared, as, by);
	hold(opened.folder);
	say(io, ...banner(rehearsal, opened.id));
	const session = sessionAt(io, opened, auto);
	const faults = inject({
		opened: session.opened,
		faults: rehearsal.faults,
		sandbox,
		killScreen: session.kill,
		said: text => auto && say(io, text),
	});
	let reason = 'it was left';
	try {
		if (!auto && isPlain(call)) return await plainly(call, root, session.opened());
		if (!auto) return await onScreen(io, session, signal);
		const look = () =>
			isSample && sandbox !== null
				? checkService(copied.workspace, sandbox.rehearsalTargets.service, signal)
				: Promise.resolve(notChecked);
		const play = playFrom(session, {players, speed, slow: slowOf(runbook, speed), faults, signal, look});
		const code = await playItself(io, play, expectedOf(rehearsal.faults, runbook));
		if (code !== 0) reason = 'it came to a stop';
		return code;
	} catch (error) {
		reason = errorText(error);
		throw error;
	} finally {
		faults.stop();
		await leave(session.opened(), players, reason);
		session.leave();
	}
}

const watched: ReadonlySet<Fault['kind']> = new Set(['outage', 'flap', 'slow']);

/** A fault that nothing of this runbook would notice is a mistake. Throws UsageError. */
function checkFaults(faults: readonly Fault[], {endpoints = [], rollback}: Runbook): void {
	for (const {kind} of faults) {
		if (watched.has(kind) && endpoints.length === 0)
			throw new UsageError(`${kind} needs endpoints, and the settings name none.`);
		if (kind.startsWith('github') && rollback?.remote == null)
			throw new UsageError(`${kind} needs a workflow path with its repository and ref, and none is configured.`);
	}
}

async function prepared(call: Args, auto: boolean, signal: AbortSignal): Promise<number> {
	const usualSpeed = auto ? usual.auto : usual.screen;
	const speed = numberGiven(call, 'speed', usualSpeed, [1, fastest], 'how many times as fast the clock runs');
	const faults = call.list('inject').map(faultOf);
	const root = rehearsalRoot(call);
	await endOrphans(root, systemClock);
	const ready = prepare(call, root);
	const {runbook, copied} = ready;
	checkFaults(faults, runbook);
	if (auto && !(await mayRun(call, ready, faults))) return 1;
	const isSample = call.word(0) === null;
	const place = {workspace: copied.workspace, runbook, isSample, env: call.io.env};
	const sandbox = needsSandbox(place) ? await startSandbox(place) : null;
	try {
		const notify = call.flag('notify');
		return await rehearse({call, root, prepared: ready, sandbox, isSample, speed, auto, faults, notify, signal});
	} finally {
		await sandbox?.stop();
	}
}

export async function run(call: Args): Promise<number> {
	const {io} = call;
	const auto = call.flag('auto');
	if (!auto && !isPlain(call)) needTerminal(io, 'rehearse --auto, which plays every role itself');
	const ending = new AbortController();
	const deaf = io.onSignal(signal => ending.abort(new Interrupted(signal)));
	try {
		return await prepared(call, auto, ending.signal);
	} catch (error) {
		if (error instanceof Interrupted) {
			tell(io, 'The rehearsal was ended. None of its processes is running.');
			return codeOf(error.signal);
		}
		if (!(error instanceof Stopped)) throw error;
		tell(io, error.message);
		return 1;
	} finally {
		deaf();
	}
}
