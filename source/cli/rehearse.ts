/*
`rehearse`: the whole cutover against a service that ends with it, on a clock of its own. Nothing here decides anything:
the same journal, rules, runners and watcher as on the night.
*/
import {constants} from 'node:os';
import {type SafeText, safe} from '../text/clean.ts';
import type {Call} from './call.ts';
import {systemClock} from './clock.ts';
import {onTerminal, type Signal, say, tell} from './io.ts';
import {Misuse} from './misuse.ts';
import {person, thisMachine} from './person.ts';
import {playItself} from './rehearse/auto.ts';
import {castOf} from './rehearse/cast.ts';
import {mayRun} from './rehearse/consent.ts';
import {leave} from './rehearse/leave.ts';
import {endOrphans, hold} from './rehearse/leftovers.ts';
import {narrate} from './rehearse/narrate.ts';
import {Stopped} from './rehearse/play.ts';
import {onScreen} from './rehearse/screen.ts';
import {type Service, startService} from './rehearse/service.ts';
import {sightOf, unseen} from './rehearse/sight.ts';
import {beginRehearsal, type Prepared, prepare, rehearsalRoot} from './rehearse/stage.ts';

const usual = {auto: 600, screen: 10};
const fastest = 3600;

class Interrupted extends Error {
	readonly signal: Signal;

	constructor(signal: Signal) {
		super(`ended by ${signal}`);
		this.signal = signal;
	}
}

function speedOf(text: string | null, otherwise: number): number {
	const speed = text === null ? otherwise : Number(text);
	if ((text === null || /^\d+(\.\d+)?$/.test(text)) && speed >= 1 && speed <= fastest) return speed;
	throw new Misuse(
		`"${text}" is no speed. Write how many times as fast the clock runs, from 1 to ${fastest}: --speed 60.`,
	);
}

type Rehearsal = {
	readonly call: Call;
	readonly root: string;
	readonly prepared: Prepared;
	/** Null: a runbook of one's own cuts over what its own scripts do. */
	readonly service: Service | null;
	readonly speed: number;
	readonly auto: boolean;
	readonly signal: AbortSignal;
};

const banner = ({prepared, service, speed, auto}: Rehearsal, id: string): readonly SafeText[] => [
	safe(`REHEARSAL  ${prepared.runbook.title}  clock ${speed} times as fast${auto ? ' between what runs' : ''}`),
	safe(
		`${service === null ? 'no service but its own' : `service ${service.url}`}  workspace ${prepared.copied.workspace}  cutover ${id}`,
	),
];

/** The cutover from its beginning to wherever it is left; afterwards nothing of it runs. */
async function rehearse(rehearsal: Rehearsal): Promise<number> {
	const {call, root, prepared, service, speed, auto, signal} = rehearsal;
	const sources = thisMachine(call.io.env);
	const cast = castOf(prepared.runbook, sources);
	const opened = await beginRehearsal(
		call,
		root,
		prepared,
		{speed, auto},
		auto ? cast(null) : person(sources, null, null),
	);
	hold(opened.folder);
	for (const line of banner(rehearsal, opened.id)) say(call.io, line);
	const stop = auto ? narrate(opened.journal, line => say(call.io, line)) : () => {};
	let reason = 'it was left';
	try {
		if (!auto) return await onScreen(call, opened, signal);
		const look = () =>
			service === null ? Promise.resolve(unseen) : sightOf(prepared.copied.workspace, service.url, signal);
		const code = await playItself(call.io, {opened, cast, speed, signal, look});
		if (code !== 0) reason = 'it came to a stop';
		return code;
	} catch (error) {
		reason = error instanceof Error ? error.message : String(error);
		throw error;
	} finally {
		await leave(opened, cast, reason);
		stop();
	}
}

async function served(call: Call, auto: boolean, signal: AbortSignal): Promise<number> {
	const speed = speedOf(call.text('speed'), auto ? usual.auto : usual.screen);
	const root = rehearsalRoot(call);
	await endOrphans(root, systemClock);
	const prepared = prepare(call, root);
	if (auto && !(await mayRun(call, prepared))) return 1;
	const service = call.word(0) === null ? await startService(prepared.copied.workspace, call.io.env) : null;
	try {
		return await rehearse({call, root, prepared, service, speed, auto, signal});
	} finally {
		await service?.stop();
	}
}

export async function run(call: Call): Promise<number> {
	const {io} = call;
	const auto = call.flag('auto');
	if (!auto && !onTerminal(io)) {
		tell(
			io,
			safe(
				'The screen needs a terminal on stdin and stdout. Use instead: cutover-tui rehearse --auto, which plays every role itself.',
			),
		);
		return 2;
	}
	const ending = new AbortController();
	const deaf = io.onSignal(signal => ending.abort(new Interrupted(signal)));
	try {
		return await served(call, auto, ending.signal);
	} catch (error) {
		if (error instanceof Interrupted) {
			tell(io, safe('The rehearsal was ended; nothing of it runs any more.'));
			return 128 + constants.signals[error.signal];
		}
		if (!(error instanceof Stopped)) throw error;
		tell(io, safe(error.message));
		return 1;
	} finally {
		deaf();
	}
}
