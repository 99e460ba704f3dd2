/*
The board turns with the cutover: gates before T0, stages after it, sign-offs at the end. Only the turn itself moves the
mark, so that nobody is pulled away from where they look.
*/
import type {State, Status} from '../../cutover/model/state.ts';
import type {Message, Pane, View} from './view.ts';

export type Phase = 'before' | 'after' | 'records';

const records: readonly Status[] = ['kept', 'rolled-back', 'abandoned', 'closed'];

export const phaseOf = ({status, t0Started}: State): Phase => {
	if (records.includes(status)) return 'records';
	return t0Started === null ? 'before' : 'after';
};

const home = {before: 'gates', after: 'stages', records: 'signOffs'} satisfies Record<Phase, Pane>;

/** The board in the pane of this phase, seen or not. */
export const turned = (view: View, phase: Phase): View => {
	const moved = view.moved.filter(screen => screen !== 'board');
	return view.screen === 'board'
		? {...view, pane: home[phase], moved}
		: {...view, panesLeft: {...view.panesLeft, board: home[phase]}, moved};
};

/** How many warnings there are and where to see them; empty without any. */
function warned({runbook}: State): string {
	const count = runbook?.warnings ?? 0;
	if (runbook === null || count === 0) return '';
	const counted = count === 1 ? '1 warning. See it' : `${count} warnings. See them`;
	return `The runbook has ${counted} with: cutover-tui check ${runbook.path}`;
}

/** Said first on a screen, warnings until T0 starts: afterwards other things matter more; `before`: what else is to be said. */
export function greeting(state: State, before = ''): Message | null {
	const text = [before, phaseOf(state) === 'before' ? warned(state) : ''].filter(part => part !== '').join(' ');
	return text === '' ? null : {kind: 'done', text};
}
