/**
 * A round: the gate is run, some of what takes part is killed at some moment, and what the program says of it afterwards is
 * held against what happened. Answers with what was wrong, a sentence each.
 */

import {createHash} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import {setTimeout as pause} from 'node:timers/promises';
import {isGate} from '../../../source/cutover/model/attempt-target.ts';
import {nameOf, runningOf} from '../../../source/processes/process.ts';
import {observed} from '../../harness/observed.ts';
import {pick} from '../../screen/terminal/random.ts';
import type {Lane, Plan, Truth} from './lane.ts';
import {type Kind, marked, ours, send} from './ours.ts';
import {type Ended, endOf, entriesOf} from './record.ts';

type Victim = Kind | 'client' | 'screen';

/** `toldMs`: from the runner's death to its end in the journal, where it was lost. */
export type Round = {
	readonly victims: readonly Victim[];
	readonly outcome: string;
	readonly wrong: readonly string[];
	readonly toldMs: number | null;
};

const everybody: readonly Victim[] = ['client', 'runner', 'scribe', 'watcher', 'screen'];
const withinMs = 1200;

const attempts = (lane: Lane): number =>
	entriesOf(lane.folder).filter(({type, data}) => type === 'started' && 'target' in data && isGate(data.target, 'G1'))
		.length;

/** At least one of them; the runner in most rounds, because it is what the verdict hangs on. */
function chosen(next: () => number): readonly Victim[] {
	const found = everybody.filter(one => next() < (one === 'runner' ? 0.7 : 0.35));
	return found.length > 0 ? found : [pick(next, everybody)];
}

/** A command that would never end is only for rounds in which its runner is killed. */
const planned = (next: () => number, victims: readonly Victim[]): Plan => ({
	seconds: pick(next, victims.includes('runner') ? [0, 0.3, 0.6, 300] : [0, 0.3, 0.6]),
	leaves: next() < 0.25,
	exit: pick(next, [0, 0, 3]),
});

type Drawn = {readonly victims: readonly Victim[]; readonly plan: Plan};

/** What no run is without: a runner that is lost, and an attempt that passes whatever else goes. */
const always: readonly Drawn[] = [
	{victims: ['runner'], plan: {seconds: 300, leaves: false, exit: 0}},
	{victims: ['client', 'watcher', 'screen'], plan: {seconds: 0.3, leaves: false, exit: 0}},
];

const drawn = (next: () => number): Drawn => {
	const victims = chosen(next);
	return {victims, plan: planned(next, victims)};
};

/**
 * Answers when the runner was killed, null where none was there any more. One that has not said yet that it has the attempt
 * is followed by another: a command that would never end waits for that one's death.
 */
async function killRunner(lane: Lane, attempt: number, seconds: number): Promise<number | null> {
	const kill = () => ours('runner', lane.folder).filter(pid => send(pid, 'SIGKILL')).length > 0;
	const first = kill() ? performance.now() : null;
	if (seconds < 300 || (first !== null && lane.isTaken(attempt))) return first;
	await observed('an attempt that somebody has', () => lane.isTaken(attempt));
	kill();
	return performance.now();
}

/** Nothing that was named is a stranger, and nothing that runs on was left unnamed. */
function stillWrong(ended: Ended, left: readonly number[]): readonly string[] {
	const unnamed = left.filter(pid => !ended.data.still.some(name => name.endsWith(`(pid ${pid})`)));
	const strangers = ended.data.still.filter(name => {
		const pid = Number(/\(pid (\d+)\)$/.exec(name)?.[1]);
		return runningOf(pid) !== null && !left.includes(pid);
	});
	return [
		...unnamed.map(pid => `${nameOf(pid)} runs on and was not named: ${ended.data.still.join(', ') || 'nothing was'}`),
		...strangers.map(name => `${name} was named and is not of it`),
	];
}

function outcomeWrong({data: {outcome}}: Ended, truth: Truth, killed: boolean): readonly string[] {
	const {begun, exit} = truth;
	return [
		begun.length > 1 ? `the command was begun ${begun.length} times in one attempt` : '',
		outcome === 'pass' && exit !== 0 ? `pass, but the command says ${exit ?? 'nothing'}` : '',
		outcome === 'fail' && exit !== 3 ? `fail, but the command says ${exit ?? 'nothing'}` : '',
		outcome === 'lost' && !killed ? 'lost, but nobody killed its runner' : '',
		['pass', 'fail', 'lost'].includes(outcome) ? '' : `${outcome}, which none of this leads to`,
	].filter(text => text !== '');
}

function logWrong({data: {log}}: Ended, bytes: Buffer | null): readonly string[] {
	if (log === null || bytes === null) return [];
	const digest = createHash('sha256').update(bytes).digest('hex');
	return digest === log.sha256 ? [] : ['the log is not the one whose digest the journal has'];
}

/** What `status` and the screen tell people, once it is over. */
async function toldWrong(lane: Lane, attempt: number, truth: Truth, killed: boolean): Promise<readonly string[]> {
	const {gates, running} = await lane.status();
	const [gate] = gates as readonly {verdict: string; attempt: number}[];
	const expected = gate?.verdict === 'pass' ? truth.exit === 0 : gate?.verdict === 'fail' ? truth.exit === 3 : killed;
	const word = gate?.verdict.toUpperCase() ?? '';
	const screen = await lane.screen();
	await screen.shows(new RegExp(`G1 ${word}`));
	return [
		gate?.attempt === attempt ? '' : `status speaks of attempt ${gate?.attempt}`,
		['pass', 'fail', 'unknown'].includes(gate?.verdict ?? '') ? '' : `status says ${gate?.verdict} after the end`,
		expected ? '' : `status says ${gate?.verdict}, but the command says ${truth.exit ?? 'nothing'}`,
		Array.isArray(running) && running.length === 0 ? '' : 'status says that something runs',
	].filter(text => text !== '');
}

/** `number`: of the round in its run, from 0. */
export async function round(lane: Lane, number: number, next: () => number): Promise<Round> {
	await lane.screen();
	const attempt = attempts(lane) + 1;
	const {victims, plan} = always[number] ?? drawn(next);
	lane.plan(attempt, plan);
	const client = lane.runs();
	await observed('the attempt in the journal', () => attempts(lane) === attempt);
	await pause(next() * withinMs);
	let killedAt: number | null = null;
	for (const victim of victims) {
		if (victim === 'client') send(-(client.pid ?? 0), 'SIGKILL');
		else if (victim === 'screen') await lane.killScreen();
		else if (victim === 'runner') killedAt = await killRunner(lane, attempt, plan.seconds);
		else for (const pid of ours(victim, lane.folder)) send(pid, 'SIGKILL');
	}
	await lane.screen();
	const ended = await observed(`the end of G1-${attempt}`, () => endOf(lane.folder, 'G1', attempt));
	const toldMs = ended.data.outcome === 'lost' && killedAt !== null ? performance.now() - killedAt : null;
	const left = marked(lane.folder, `G1-${attempt}`);
	const truth = lane.truth(attempt);
	const killed = killedAt !== null;
	const wrong = [
		...outcomeWrong(ended, truth, killed),
		...(ended.data.outcome === 'lost' ? stillWrong(ended, left) : []),
		...logWrong(ended, lane.log(attempt)),
		...(await toldWrong(lane, attempt, truth, killed)),
	];
	for (const pid of marked(lane.folder, `G1-${attempt}`)) send(pid, 'SIGKILL');
	return {victims, outcome: ended.data.outcome, wrong, toldMs};
}
