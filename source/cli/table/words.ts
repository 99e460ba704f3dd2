/* Words that several verbs take. */
import type {Argument, Option} from '../args.ts';

export const runbook: Argument = {name: 'RUNBOOK', about: 'the Markdown runbook', completes: 'runbook'};
export const t0: Option = {
	name: 't0',
	value: 'WHEN',
	about: 'when T0 is planned: 2031-03-08T22:00:00+01:00, 22:00, or +90m',
};
