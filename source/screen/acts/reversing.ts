/** Acts on the rollback. */
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	anything,
	choice,
	goAhead,
	nowhere,
	option,
	orNull,
	preset,
	type ScreenContext,
	send,
	text,
} from './act.ts';
import {forbids, ruling} from './ruling.ts';
import {willRun} from './will-run.ts';

const rolling = (path: string, reason: string = anything): Draft => ({
	type: 'rollback',
	data: {path: path === 'preferred' || path === 'fallback' ? path : null, reason},
});

/** Only what the rules would let begin now; where that is one thing, it stands already. */
function pathField(at: ScreenContext): Field {
	const {preferred = null, fallback = null} = at.state.runbook?.rollback ?? {};
	const named = [
		...(preferred && fallback ? [option('both', 'preferred, else fallback')] : []),
		...(preferred ? [option('preferred', fallback ? 'preferred only' : 'preferred')] : []),
		...(fallback ? [option('fallback', 'fallback')] : []),
	];
	const open = named.filter(({value}) => !forbids(ruling(at, rolling(value))));
	const options = open.length > 0 ? open : named;
	const [only, ...others] = options;
	return preset(choice('path', 'path', options), others.length === 0 ? (only?.value ?? null) : null);
}

export const rollback: Act = {
	title: 'Roll back',
	help: 'Begins the rollback: the preferred path, and the fallback only where that is unavailable.',
	...nowhere,
	probe: () => rolling('both'),
	lines: willRun,
	fields: at => [pathField(at), text('reason', 'reason')],
	effect: ({path = '', reason = ''}) => send(rolling(path, reason)),
};

export const cancel: Act = {
	title: 'Cancel the rollback path that runs',
	help: 'Ends the path that runs, so that the other one may be opened.',
	...nowhere,
	probe: () => ({type: 'cancelRollback', data: {reason: anything}}),
	lines: ({snapshot: {rollback: now}}) => {
		if (now === null) return [];
		const run = now.run === null ? [] : [`run ${now.run} ${now.url ?? ''}: what it did so far stays done`];
		return [`${now.path}: ${now.state}`, ...run];
	},
	fields: () => [text('reason', 'reason')],
	effect: ({reason}) => send({type: 'cancelRollback', data: {reason: orNull(reason)}}),
};

export const adoptRun: Act = {
	title: 'Say which run was sent',
	help: 'Where nobody knows which run of the workflow is the one that was sent: names it by its number. Nothing is sent; that run is watched.',
	...nowhere,
	fits: ({snapshot}) => snapshot.rollback?.state === 'unknown',
	probe: () => ({type: 'adoptRun', data: {run: 1}}),
	lines: ({snapshot: {rollback: now}}) => (now === null ? [] : [`${now.path}: ${now.state}. ${now.reason}`]),
	fields: () => [text('run', 'run', 'its number, as the link has it')],
	effect: ({run = ''}) =>
		/^\d{1,15}$/.test(run.trim())
			? send({type: 'adoptRun', data: {run: Number(run.trim())}})
			: {problem: `"${run}" is no number of a run.`},
};

export const byHand: Act = {
	title: 'Record a rollback run by hand',
	help: 'Records a rollback that people ran elsewhere: path, outcome and reference.',
	...nowhere,
	probe: () => ({type: 'rollbackByHand', data: {path: anything, result: 'pass', reference: anything}}),
	lines: () => ['Nothing is run. "none" as path says that nothing was changed.'],
	fields: () => [
		text('path', 'path', 'what was run, or none'),
		choice('result', 'result', [option('fail', 'fail'), option('pass', 'pass')]),
		text('reference', 'reference'),
	],
	effect: ({path = '', result, reference = ''}) =>
		send({type: 'rollbackByHand', data: {path, result: result === 'pass' ? 'pass' : 'fail', reference}}),
};

export const prove: Act = {
	title: 'Say that the impact is over',
	help: 'Says so by name. Where nothing measures health that proves the rollback; else health proves it as well.',
	...nowhere,
	probe: () => ({type: 'prove', data: {note: anything}}),
	lines: at =>
		at.snapshot.rollback
			? [`${at.snapshot.rollback.path}: ${at.snapshot.rollback.state}. ${at.snapshot.rollback.reason}`]
			: [],
	fields: () => [text('note', 'observed', 'how you know that it is over'), goAhead('the impact is over')],
	effect: ({note = ''}) => send({type: 'prove', data: {note}}),
};

export const copyLink: Act = {
	title: 'Copy the link of the workflow run',
	help: 'Copies the link of the run that the rollback waits for to the clipboard of your terminal, over SSH as well (OSC 52).',
	...nowhere,
	unless: ({snapshot}) =>
		snapshot.rollback?.url == null ? 'No run of a workflow is known: there is no link to copy.' : null,
	probe: () => null,
	lines: () => [],
	fields: () => [],
	effect: (_, __, {snapshot}) => ({kind: 'copy', what: {link: snapshot.rollback?.url ?? ''}}),
};
