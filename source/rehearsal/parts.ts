/*
What every role does at each kind of stage, from its own words: no stage, gate or role of the sample is named here, so
that any runbook can be rehearsed.
*/

import type {Order} from '../cli/act.ts';
import {plannedAt} from '../cutover/due/schedule.ts';
import type {Stage, StageKind} from '../cutover/model/runbook.ts';
import type {GateSnapshot} from '../cutover/snapshot/gate-snapshot.ts';
import {snapshotNow} from '../cutover/snapshot/snapshot-of.ts';
import {calm, observeOn} from './after.ts';
import {act, actToEnd, type Play, Stopped, wait} from './play.ts';

const now = {early: false, reason: null} as const;
const reference = 'REHEARSAL';
const beforeDecision = 5 * 60_000;

const run = (target: string): Order => ({
	type: 'run',
	data: {...now, target, resume: false, reference: null, ticket: null},
});

const gates = ({opened}: Play): readonly GateSnapshot[] => snapshotNow(opened, null).gates;

const ownerOf = ({owners}: Pick<Stage, 'owners'>): string | null => owners[0] ?? null;

const runIt = (play: Play, stage: Stage): Promise<void> => actToEnd(play, run(stage.id), play.players(ownerOf(stage)));

/** True until somebody or something has said how the stage ended. */
const isOpen = ({opened}: Play, {id}: Stage): boolean => !opened.journal.state().stages[id]?.outcome;

/** Every word that these gates wait for, or all of them, by the one who has to give it. */
async function giveWords(play: Play, of: readonly string[] | null = null): Promise<void> {
	for (const {id, kind, awaits} of gates(play)) {
		if ((kind !== 'acknowledgement' && kind !== 'statement') || (of !== null && !of.includes(id))) continue;
		for (const group of awaits) {
			await act(play, {type: 'acknowledge', data: {gate: id, group, yes: true, reason: null}}, play.players(group));
		}
	}
}

/** Gates that no stage has judged yet. */
async function judgeTheRest(play: Play): Promise<void> {
	for (const gate of gates(play)) {
		if (gate.verdict !== 'pass') await actToEnd(play, run(gate.id), play.players(gate.owners[0] ?? null));
	}
	const open = gates(play).filter(({verdict}) => verdict !== 'pass');
	if (open.length === 0) return;
	throw new Stopped(
		`No go: ${open.map(({id, verdict, reason}) => `${id} is ${verdict}${reason ? ` (${reason})` : ''}`).join(', ')}.`,
	);
}

async function vote(play: Play, {owners}: Stage, word: 'go' | 'keep'): Promise<void> {
	for (const role of owners.length === 0 ? [null] : owners) {
		await act(play, {type: 'vote', data: {...now, vote: word}, confirm: [word.toUpperCase()]}, play.players(role));
	}
}

async function decide(play: Play, stage: Stage): Promise<void> {
	await runIt(play, stage);
	await judgeTheRest(play);
	await act(play, {type: 'freeze', data: {text: 'Everything but this cutover.'}}, play.players(ownerOf(stage)));
	await vote(play, stage, 'go');
}

async function report(play: Play, stage: Stage, note: string, result: 'pass' | 'fail' = 'pass'): Promise<void> {
	const data = {
		...now,
		stage: stage.id,
		result,
		note,
		reference: stage.kind === 'act' ? reference : null,
		done: null,
		items: [],
	};
	await act(play, {type: 'report', data, confirm: result === 'fail' ? ['FAILED'] : []}, play.players(ownerOf(stage)));
}

async function cutOver(play: Play, stage: Stage): Promise<void> {
	await actToEnd(play, {...run(stage.id), confirm: ['T0']}, play.players(ownerOf(stage)));
	if (isOpen(play, stage)) await report(play, stage, 'a rehearsal: nobody cut anything over');
}

async function verify(play: Play, stage: Stage): Promise<void> {
	await calm(play);
	await runIt(play, stage);
	if (!isOpen(play, stage)) return;
	const {well, text} = await play.look();
	await report(play, stage, text, well === false ? 'fail' : 'pass');
	if (well === false) throw new Stopped(`${stage.id} failed: ${text}.`);
}

const parts = {
	checks: runIt,
	decision: decide,
	act: cutOver,
	verification: verify,
	async closing(play, stage) {
		await observeOn(play);
		await runIt(play, stage);
		await vote(play, stage, 'keep');
	},
	async manual(play, stage) {
		await runIt(play, stage);
		if (isOpen(play, stage)) await report(play, stage, 'a rehearsal: said to be done');
	},
} satisfies {[K in StageKind]: (play: Play, stage: Stage) => Promise<void>};

/** One stage from its time to its end. The words that a go needs are given a little before it. */
export async function playStage(play: Play, stage: Stage): Promise<void> {
	const state = () => play.opened.journal.state();
	if (stage.kind === 'decision') {
		await wait(play, plannedAt(state(), stage) - beforeDecision);
		await giveWords(play);
	}
	await wait(play, plannedAt(state(), stage));
	if (stage.kind === 'checks') await giveWords(play, stage.gates);
	await parts[stage.kind](play, stage);
}
