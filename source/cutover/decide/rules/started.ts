/** The beginning of an attempt: of a gate, a stage or a path of the rollback. */
import {nextCommand} from '../../due/next-command.ts';
import type {AttemptTarget} from '../../model/attempt-target.ts';
import type {Event, EventData} from '../../model/event.ts';
import type {Stage} from '../../model/runbook.ts';
import type {State} from '../../model/state.ts';

export const started = (
	target: AttemptTarget,
	attempt: number,
	rest: Partial<EventData['started']> = {},
): Event<'started'> => ({
	type: 'started',
	data: {
		target,
		attempt,
		resume: false,
		within: null,
		playbook: null,
		limitSeconds: null,
		early: null,
		environment: {},
		...rest,
	},
});

/** The next attempt of a stage: its playbook, or of its commands the one that is next. */
export const stageStarted = (state: State, stage: Stage, resume: boolean, early: string | null): Event => {
	const command = nextCommand(state, stage);
	return started({stage: stage.id}, (state.stages[stage.id]?.attempts ?? 0) + 1, {
		resume,
		playbook: stage.playbook,
		...(command && {command}),
		limitSeconds: stage.timeoutSeconds,
		early,
	});
};
