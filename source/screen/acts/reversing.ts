/** Acts on triggers and on the rollback. */
import {stamp} from '../../text/time.ts';
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	type At,
	anything,
	choice,
	goAhead,
	maybeTime,
	nowhere,
	option,
	orNull,
	parsePast,
	preset,
	runbookOf,
	same,
	send,
	text,
	type Values,
} from './act.ts';
import {chosenIn} from './chosen.ts';
import {inWordsOf, relayFields} from './relaying.ts';

const triggersOf = (at: At, kind: 'outage' | 'confirmation' | null) =>
	runbookOf(at).triggers.filter(trigger => kind === null || trigger.kind === kind);

const speaksOf = (kind: 'outage' | 'confirmation' | null): Pick<Act, 'on' | 'targets' | 'lines'> => ({
	on: at => {
		const id = chosenIn(at, 'triggers');
		return triggersOf(at, kind).some(trigger => trigger.id === id) ? id : null;
	},
	targets: at => triggersOf(at, kind).map(({id, text: said}) => option(id, `${id} ${said}`)),
	lines: (at, on) =>
		triggersOf(at, kind)
			.filter(({id}) => id === on)
			.map(({id, text: said}) => `${id}  ${said}`),
});

const rolesOf = (at: At, on: string) => runbookOf(at).triggers.find(({id}) => id === on)?.roles ?? [];

const factsOf = (at: At, on: string) => at.standing.triggers.find(({id}) => id === on)?.facts ?? [];

const roleField = (roles: readonly string[], mine: string | null): readonly Field[] =>
	roles.length === 0
		? []
		: [
				preset(
					choice('role', 'as', roles.map(same)),
					roles.length === 1 ? (roles[0] ?? null) : mine !== null && roles.includes(mine) ? mine : null,
				),
			];

const factField = (at: At, on: string): readonly Field[] => {
	const facts = factsOf(at, on);
	return facts.length < 2
		? []
		: [
				choice('fact', 'fact', [
					...facts.map((fact, index) => option(String(index + 1), `${index + 1} ${fact.text}`)),
					option('all', 'all of them'),
				]),
			];
};

export const ask: Act = {
	title: 'Ask for the facts of a trigger',
	help: 'Asks the roles of a confirmation trigger, and starts the time they have to answer.',
	...speaksOf('confirmation'),
	probe: (at, trigger) => ({type: 'askTrigger', data: {trigger, roles: rolesOf(at, trigger)}}),
	fields: (at, on) => [
		choice('roles', 'ask', [option('', `all: ${rolesOf(at, on).join(', ')}`), ...rolesOf(at, on).map(same)]),
	],
	effect: ({roles = ''}, trigger, at) =>
		send({type: 'askTrigger', data: {trigger, roles: roles === '' ? rolesOf(at, trigger) : [roles]}}),
};

const answering = (trigger: string): Draft => ({
	type: 'answerTrigger',
	data: {trigger, fact: null, yes: false, reason: anything},
});

export const answer: Act = {
	title: 'Answer a trigger',
	help: 'Says yes or no to a fact of a confirmation trigger, by name. The yes that completes it fires.',
	...speaksOf('confirmation'),
	probe: (_, trigger) => answering(trigger),
	isRelayable: true,
	fields: (at, on) => [
		...relayFields(at, answering(on)),
		...factField(at, on),
		...roleField(rolesOf(at, on), at.view.person.role),
		choice('answer', 'answer', [option('no', 'no'), option('yes', 'yes')]),
		text('reason', 'because', 'what was seen'),
	],
	effect: (values, trigger) => {
		const {fact = 'all', answer: said, reason} = values;
		const data = {trigger, fact: fact === 'all' ? null : Number(fact), yes: said === 'yes', reason: orNull(reason)};
		return inWordsOf(values, send({type: 'answerTrigger', data}, orNull(values['role'])));
	},
};

export const layAside: Act = {
	title: 'Lay a trigger aside',
	help: 'After the time to answer, the release manager ends the asking, with a reason.',
	...speaksOf('confirmation'),
	probe: (_, trigger) => ({type: 'layAside', data: {trigger, reason: anything}}),
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, trigger) => send({type: 'layAside', data: {trigger, reason}}),
};

const outageDraft = (trigger: string, down: boolean, values: Values, when: number | null): Draft => ({
	type: 'outage',
	data: {trigger, down, at: when === null ? null : stamp(when), reason: orNull(values['reason'])},
});

const outage = (down: boolean): Pick<Act, 'on' | 'targets' | 'lines' | 'probe' | 'fields' | 'effect'> => ({
	...speaksOf('outage'),
	probe: (_, trigger) => outageDraft(trigger, down, {reason: anything}, null),
	fields: () => [
		maybeTime('at', down ? 'down since' : 'up since', 'HH:MM[:SS]; empty for now'),
		text('reason', 'because', 'what was seen, and where'),
	],
	effect: (values, trigger, at) => {
		const typed = orNull(values['at']);
		const when = typed === null ? null : parsePast(typed, at.standing.now);
		return typed !== null && when === null
			? {problem: `"${typed}" is no past time: HH:MM[:SS], or RFC 3339.`}
			: send(outageDraft(trigger, down, values, when));
	},
});

export const down: Act = {
	title: 'Outage clock by hand: down',
	help: 'Starts the outage clock of an unmeasured trigger; past its threshold the trigger fires.',
	...outage(true),
};

export const up: Act = {
	title: 'Outage clock by hand: up',
	help: 'Ends the outage that runs by hand.',
	...outage(false),
};

export const standDown: Act = {
	title: 'Stand a fired trigger down',
	help: 'Two people stand a fired trigger down, each by an own word and with a reason; it re-arms.',
	...speaksOf(null),
	probe: (_, trigger) => ({type: 'standDown', data: {trigger, reason: anything}}),
	fields: at => [...roleField(runbookOf(at).roles, at.view.person.role), text('reason', 'reason')],
	effect: ({role, reason = ''}, trigger) => send({type: 'standDown', data: {trigger, reason}}, orNull(role)),
};

const rollbackLines = (at: At): readonly string[] => {
	const plan = runbookOf(at).rollback;
	if (!plan) return ['The runbook names no rollback path: record one that was run by hand.'];
	const say = (name: string, path: typeof plan.preferred): readonly string[] => {
		if (path === null) return [`${name}: none`];
		if (path.kind === 'workflow')
			return [
				`${name}: workflow ${path.workflow}`,
				...Object.entries(path.inputs).map(([key, value]) => `  ${key}=${value}`),
			];
		const approved = at.state.approved[path.script];
		const changed = at.standing.changed.includes(path.script)
			? 'CHANGED since it was approved'
			: `approved ${approved ?? 'unknown'}`;
		return [
			`${name}: bash ${[path.script, ...(path.args ?? [])].join(' ')}`,
			`  ${changed}`,
			...Object.entries(plan.environment).map(([key, value]) => `  ${key}=${value}`),
		];
	};
	return [
		...say('preferred', plan.preferred),
		...say('fallback', plan.fallback),
		`as ${at.account} in ${at.state.workspace}; at most one path runs`,
		...at.standing.running.map(({of, attempt}) => `stops first: ${of}, attempt ${attempt}`),
	];
};

export const rollback: Act = {
	title: 'Roll back',
	help: 'Begins the rollback: the preferred path, and the fallback only where that is unavailable.',
	...nowhere,
	probe: () => ({type: 'rollback', data: {path: null, reason: anything}}),
	lines: rollbackLines,
	fields: () => [
		choice('path', 'path', [
			option('both', 'preferred, else fallback'),
			option('preferred', 'preferred only'),
			option('fallback', 'fallback'),
		]),
		text('reason', 'reason'),
	],
	effect: ({path, reason = ''}) =>
		send({type: 'rollback', data: {path: path === 'preferred' || path === 'fallback' ? path : null, reason}}),
};

export const cancel: Act = {
	title: 'Cancel the rollback path that runs',
	help: 'Ends the path that runs, so that the other one may be opened.',
	...nowhere,
	probe: () => ({type: 'cancelRollback', data: {reason: anything}}),
	lines: at => (at.standing.rollback ? [`${at.standing.rollback.path}: ${at.standing.rollback.state}`] : []),
	fields: () => [text('reason', 'reason')],
	effect: ({reason}) => send({type: 'cancelRollback', data: {reason: orNull(reason)}}),
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
	help: 'Proves a rollback by name, where nothing measures it.',
	...nowhere,
	probe: () => ({type: 'prove', data: {note: anything}}),
	lines: at =>
		at.standing.rollback
			? [`${at.standing.rollback.path}: ${at.standing.rollback.state}. ${at.standing.rollback.reason}`]
			: [],
	fields: () => [text('note', 'seen', 'how you know that it is over'), goAhead('the impact is over')],
	effect: ({note = ''}) => send({type: 'prove', data: {note}}),
};
