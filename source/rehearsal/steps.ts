/*
What a rehearsal does of what waits: the core's own NEXT says which command is next, of what and by whom. No stage, gate or
role of the sample is named here, so that any runbook can be rehearsed, and each rehearsal shows that NEXT leads to the end.
*/

import type {Order} from '../cli/act.ts';
import type {CommandName} from '../cutover/model/command.ts';
import type {Stage} from '../cutover/model/runbook.ts';
import type {Waiting} from '../cutover/snapshot/next-step.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {calm, later, observeOn} from './after.ts';
import {act, actToEnd, type Play, Stopped, send, snapshot, until, wait} from './play.ts';

const now = {early: false, reason: null} as const;
const why = 'a rehearsal';

/** What NEXT names is there: a step without it is only watched. */
type Step = Waiting & {readonly act: CommandName};

const idOf = ({target}: Step): string => target?.id ?? '';

const stageOf = ({opened}: Play, id: string): Stage | null =>
	opened.journal.state().runbook?.stages.find(stage => stage.id === id) ?? null;

const runOrder = (target: string, kind: Stage['kind'] | null): Order => ({
	type: 'run',
	data: {...now, target, resume: false, reference: null, ticket: null},
	confirm: kind === 'act' ? ['T0'] : [],
});

const acknowledged = (gate: string, group: string): Order => ({
	type: 'acknowledge',
	data: {gate, group, yes: true, reason: null},
});

/** Nothing runs for a checks stage that people have not answered for: its words come first. */
async function wordsFor(play: Play, {gates}: Stage): Promise<void> {
	for (const {id, kind, awaits} of (await snapshot(play)).gates)
		if (gates.includes(id) && (kind === 'acknowledgement' || kind === 'statement'))
			for (const group of awaits) await act(play, acknowledged(id, group), play.players(group));
}

async function report(play: Play, {id, kind, owners}: Stage): Promise<void> {
	const {well, text} = kind === 'verification' ? await play.look() : {well: null, text: `${why}: said to be done`};
	const result = well === false ? 'fail' : 'pass';
	const data = {...now, stage: id, result, note: text, done: null, items: []} as const;
	const reference = kind === 'act' ? 'REHEARSAL' : null;
	const by = play.players(owners[0] ?? null);
	await act(play, {type: 'report', data: {...data, reference}, confirm: well === false ? ['FAILED'] : []}, by);
	if (well === false) throw new Stopped(`${id} failed: ${text}.`);
}

/** From its start to its end; what it leaves open is reported, for its owner knows. */
async function runStage(play: Play, stage: Stage): Promise<void> {
	if (stage.kind === 'checks') await wordsFor(play, stage);
	if (stage.kind === 'verification') await calm(play);
	await actToEnd(play, runOrder(stage.id, stage.kind), play.players(stage.owners[0] ?? null));
	const {outcome = null} = play.opened.journal.state().stages[stage.id] ?? {};
	if (outcome === null && stage.kind !== 'decision' && stage.kind !== 'closing') await report(play, stage);
}

async function run(play: Play, step: Step): Promise<void> {
	const stage = step.target?.kind === 'stage' ? stageOf(play, idOf(step)) : null;
	if (stage !== null) await runStage(play, stage);
	else await actToEnd(play, runOrder(idOf(step), null), play.players(step.role));
}

/** The stage of a vote runs before it, once. True where it ran now: what waits may be another thing then. */
async function ranFor(play: Play, {target}: Step): Promise<boolean> {
	const stage = target && stageOf(play, target.id);
	if (stage === null || play.opened.journal.state().stages[stage.id]?.started) return false;
	await runStage(play, stage);
	return true;
}

async function vote(play: Play, step: Step): Promise<void> {
	const word = step.act === 'keep' ? 'keep' : 'go';
	if (word === 'keep' && (await observeOn(play))) return;
	if (await ranFor(play, step)) return;
	if (word === 'go')
		await act(play, {type: 'freeze', data: {text: 'Everything but this cutover.'}}, play.players(step.role));
	for (const role of step.roles.length === 0 ? [null] : step.roles)
		await act(play, {type: 'vote', data: {...now, vote: word}, confirm: [word.toUpperCase()]}, play.players(role));
}

const notRecorded = (what: string, reason: string): Order => ({type: 'setNotRecorded', data: {what, reason}});

const does: {readonly [K in CommandName]?: (play: Play, step: Step) => Promise<unknown>} = {
	run,
	vote,
	keep: vote,
	async acknowledge(play, step) {
		for (const group of step.roles) await act(play, acknowledged(idOf(step), group), play.players(group));
	},
	async report(play, step) {
		const stage = stageOf(play, idOf(step));
		if (stage !== null) await report(play, stage);
	},
	t0: (play, {role}) => act(play, later(play), play.players(role)),
	async sign(play, step) {
		const by = play.players(step.role);
		const answer = await send(play, {type: 'sign', data: {signOff: idOf(step)}}, by);
		if (answer.refused) await act(play, notRecorded(idOf(step), answer.why), by);
	},
	setField: (play, step) => act(play, notRecorded(idOf(step), why), play.players(null)),
	close: (play, {role}) => act(play, {type: 'close', data: {reason: why}, confirm: ['CLOSE']}, play.players(role)),
};

const isDone = (step: Waiting): step is Step =>
	step.act !== null && Object.hasOwn(does, step.act) && (step.act !== 'vote' || step.target !== null);

const stuck = ({next, gates}: Snapshot): Stopped => {
	const open = gates.filter(({verdict}) => verdict !== 'pass');
	return new Stopped(
		`Nothing is left to do but: ${next?.text ?? 'nothing'}.${open.map(({id, verdict, reason}) => ` ${id} is ${verdict}${reason ? ` (${reason})` : ''}.`).join('')}`,
	);
};

/** Does what waits, the most urgent first, until the cutover is closed. Throws Alarm where a trigger fires. */
export async function playNext(play: Play): Promise<void> {
	for (;;) {
		const at = play.opened.clock.now();
		const seen = await snapshot(play);
		if (seen.status === 'closed') return;
		if (seen.running.length > 0) {
			await until(play, ({attempts}) => Object.values(attempts).every(({ended}) => ended !== null) || null);
			continue;
		}
		const step = seen.waits.find(isDone) ?? null;
		const due = step?.due ?? seen.waits.find(waiting => waiting.due !== null)?.due ?? null;
		if (step === null && (due === null || due <= at)) throw stuck(seen);
		const {seq} = play.opened.journal.state();
		if (due !== null && due > at) await wait(play, due);
		else if (step !== null) {
			await does[step.act]?.(play, step);
			if (play.opened.journal.state().seq === seq) throw stuck(seen);
		}
	}
}
