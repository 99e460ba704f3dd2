/*
`rollback`: begins one and follows its path; `--cancel`, `--proved` and `--by-hand` are its other acts.
*/
import {owed} from '../../cutover/owed.ts';
import type {State} from '../../cutover/state.ts';
import {safe} from '../../text/clean.ts';
import {type Acting, acting, type Order, send} from '../act.ts';
import {tell} from '../io.ts';
import {known, Misuse} from '../misuse.ts';
import {followed, startedIn} from '../outcome.ts';

const only = (context: Acting, names: readonly string[]): void => {
	const given = ['cancel', 'proved', 'by-hand'].filter(name => context.call.flag(name));
	if (given.length > 1) throw new Misuse(`Say only one of ${given.map(name => `--${name}`).join(', ')}.`);
	for (const name of ['note', 'result', 'reference']) {
		if (context.call.text(name) !== null && !names.includes(name))
			throw new Misuse(`--${name} does not belong to this act; --help shows what does.`);
	}
};

function byHand(context: Acting): Order {
	only(context, ['result', 'reference']);
	const {call} = context;
	const path = call.text('path');
	const result = call.text('result');
	const reference = call.text('reference');
	if (path === null || (result !== 'pass' && result !== 'fail') || reference === null)
		throw new Misuse('A rollback by hand needs --path TEXT, --result pass or fail, and --reference TEXT.');
	return {type: 'rollbackByHand', data: {path, result, reference}};
}

function proof(context: Acting): Order {
	only(context, ['note']);
	return {type: 'prove', data: {note: context.call.text('note') ?? ''}};
}

function cancel(context: Acting): Order {
	only(context, []);
	return {type: 'cancelRollback', data: {reason: context.call.text('reason')}};
}

const isPath = (word: string): word is 'preferred' | 'fallback' => word === 'preferred' || word === 'fallback';

function begin(context: Acting): Order {
	only(context, []);
	const {call} = context;
	const given = call.text('path');
	const path = given === null ? null : known('rollback path', given, ['preferred', 'fallback']);
	return {
		type: 'rollback',
		data: {path: path !== null && isPath(path) ? path : null, reason: call.text('reason') ?? ''},
	};
}

/** 0 rolled back, or its path ended well and proof is awaited; else 1. */
function ending(context: Acting, state: State): number {
	if (state.status === 'rolled-back') return 0;
	if (state.status !== 'rolling-back' || state.rollback?.pathEnded == null) return 1;
	tell(
		context.call.io,
		safe(
			'The path ended well. Proof is awaited: cutover-tui rollback --proved --note TEXT, by name, once the impact is over.',
		),
	);
	return 0;
}

async function follow(context: Acting): Promise<number> {
	const sent = await send(context, begin(context));
	if (sent.recorded === null) return sent.code;
	let attempt = startedIn(sent.recorded);
	if (attempt === null || context.call.flag('detach')) return sent.code;
	for (let seq = sent.recorded.at(-1)?.seq ?? 0; attempt !== null; ) {
		const code = await followed(context, attempt, seq);
		if (code > 128) return code;
		const {journal} = context.opened;
		seq = journal.state().seq;
		const next = owed(journal.state()).find(duty => duty.kind === 'attempt' && duty.of.startsWith('rollback-'));
		attempt = next?.kind === 'attempt' ? next : null;
	}
	return ending(context, context.opened.journal.state());
}

export const run = (call: Acting['call']): Promise<number> =>
	acting(call, async context => {
		if (call.flag('proved')) return (await send(context, proof(context))).code;
		if (call.flag('cancel')) return (await send(context, cancel(context))).code;
		if (call.flag('by-hand')) return (await send(context, byHand(context))).code;
		return follow(context);
	});
