/** Which of the commands of a stage is next: each runs by a go-ahead of its own, in their order, and none again once it passed. */

import type {Stage} from '../model/runbook.ts';
import type {State, StepCommand} from '../model/state.ts';
import {attemptsOf, stuckAt} from './attempts-of.ts';

/** Whether the program runs something of its own for a stage. */
export const runsOwn = ({playbook, commands = []}: Stage): boolean => playbook !== null || commands.length > 0;

/** Kinds whose runner ends the stage; the others wait for a person's word after it. */
export const endsWithRunner = (stage: Stage): boolean =>
	stage.kind === 'checks' ||
	stage.kind === 'act' ||
	(runsOwn(stage) && stage.items.length === 0 && stage.kind !== 'decision' && stage.kind !== 'closing') ||
	(stage.playbook !== null && stage.kind === 'verification');

/** By their places in the stage as it is now: what passed is known again by its words where others were approved around it. */
export function commandsPassed({attempts}: State, {id, commands = []}: Stage): ReadonlySet<number> {
	const passed = attemptsOf({attempts}, id).flatMap(({command, ended}) =>
		command && ended?.outcome === 'pass' ? [command] : [],
	);
	const places = new Set(passed.flatMap(({index, text}) => (commands[index] === text ? [index] : [])));
	for (const {index, text} of passed) {
		if (commands[index] === text) continue;
		const moved = commands.findIndex((own, at) => own === text && !places.has(at));
		if (moved >= 0) places.add(moved);
	}
	return places;
}

/** Null where every one passed, or the stage has none. */
export function nextCommand(state: State, stage: Stage): StepCommand | null {
	const passed = commandsPassed(state, stage);
	const {commands = []} = stage;
	const index = commands.findIndex((_, at) => !passed.has(at));
	return index === -1 ? null : {index, text: commands[index] ?? ''};
}

/** What goes on with it once it failed or was lost: its command runs again, its playbook is resumed; null where only people know how. */
export const goesOnBy = (state: State, stage: Stage): 'run' | 'resume' | null => {
	if (nextCommand(state, stage) !== null) return 'run';
	return stage.playbook !== null && stuckAt(state, stage.id) === null ? 'resume' : null;
};

/** `2 of 5 commands done`; null of a stage without commands. */
export const commandProgress = (state: State, stage: Stage): string | null => {
	const count = stage.commands?.length ?? 0;
	return count === 0 ? null : `${commandsPassed(state, stage).size} of ${count} commands done`;
};
