/*
The reader's warnings are shown when a screen opens on the cutover, until T0 starts: afterwards other things matter more.
*/
import type {State} from '../../cutover/model/state.ts';
import {phaseOf} from './phase.ts';
import type {Message} from './view.ts';

/** How many warnings there are and where to see them; empty without any. */
function warned({runbook}: State): string {
	const count = runbook?.warnings ?? 0;
	if (runbook === null || count === 0) return '';
	const counted = count === 1 ? '1 warning. See it' : `${count} warnings. See them`;
	return `The runbook has ${counted} with: cutover-tui check ${runbook.path}`;
}

/** Said first on a screen; `before`: what else is to be said. */
export function greeting(state: State, before = ''): Message | null {
	const text = [before, phaseOf(state) === 'before' ? warned(state) : ''].filter(part => part !== '').join(' ');
	return text === '' ? null : {kind: 'done', text};
}
