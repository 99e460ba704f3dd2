/** Acts on triggers. */
import {stamp} from '../../text/time.ts';
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	anything,
	choice,
	maybeTime,
	option,
	orNull,
	parsePast,
	preset,
	runbookOf,
	type ScreenContext,
	same,
	send,
	text,
	type Values,
} from './act.ts';
import {chosenIn} from './chosen.ts';
import {inWordsOf, relayFields} from './relaying.ts';

const triggersOf = (at: ScreenContext, kind: 'outage' | 'confirmation' | null) =>
	runbookOf(at).triggers.filter(trigger => kind === null || trigger.kind === kind);

const none = {
	outage: 'The runbook names no trigger that an outage fires.',
	confirmation: 'The runbook names no trigger that people answer.',
	any: 'The runbook names no rollback triggers.',
} as const;

const speaksOf = (kind: 'outage' | 'confirmation' | null): Pick<Act, 'on' | 'targets' | 'lines' | 'nothing'> => ({
	nothing: none[kind ?? 'any'],
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

const rolesOf = (at: ScreenContext, on: string) => runbookOf(at).triggers.find(({id}) => id === on)?.roles ?? [];

const factsOf = (at: ScreenContext, on: string) => at.snapshot.triggers.find(({id}) => id === on)?.facts ?? [];

const roleField = (roles: readonly string[], mine: string | null): readonly Field[] =>
	roles.length === 0
		? []
		: [
				preset(
					choice('role', 'as', roles.map(same)),
					roles.length === 1 ? (roles[0] ?? null) : mine !== null && roles.includes(mine) ? mine : null,
				),
			];

const factField = (at: ScreenContext, on: string): readonly Field[] => {
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

export const dismissTrigger: Act = {
	title: 'Lay a trigger aside',
	help: 'After the time to answer, the release manager ends the asking, with a reason.',
	...speaksOf('confirmation'),
	probe: (_, trigger) => ({type: 'dismissTrigger', data: {trigger, reason: anything}}),
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, trigger) => send({type: 'dismissTrigger', data: {trigger, reason}}),
};

const outageDraft = (trigger: string, down: boolean, values: Values, when: number | null): Draft => ({
	type: 'outage',
	data: {trigger, down, at: when === null ? null : stamp(when), reason: orNull(values['reason'])},
});

const isMeasured = ({snapshot}: ScreenContext, on: string): boolean =>
	snapshot.triggers.some(({id, measured}) => measured && (on === '' || id === on));

const outage = (
	down: boolean,
): Pick<Act, 'on' | 'targets' | 'nothing' | 'fits' | 'lines' | 'probe' | 'fields' | 'effect'> => ({
	...speaksOf('outage'),
	fits: (at, on) => !isMeasured(at, on),
	probe: (_, trigger) => outageDraft(trigger, down, {reason: anything}, null),
	fields: () => [
		maybeTime('at', down ? 'down since' : 'up since', 'HH:MM[:SS]; empty for now'),
		text('reason', 'because', 'what was seen, and where'),
	],
	effect: (values, trigger, at) => {
		const typed = orNull(values['at']);
		const when = typed === null ? null : parsePast(typed, at.snapshot.now);
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

/** Critical endpoints that nobody can see, first those for which one more word is needed. */
const blindOf = ({snapshot}: ScreenContext): readonly string[] =>
	snapshot.endpoints
		.filter(({critical, state}) => critical && state === 'unknown')
		.toSorted((a, b) => Number(a.answered !== null) - Number(b.answered !== null))
		.map(({name}) => name);

/** Of those the rules speak of: one that nobody can see, else any, to be told why not. */
const endpointFor = (at: ScreenContext): string => blindOf(at)[0] ?? at.snapshot.endpoints[0]?.name ?? anything;

const wordsLines = ({snapshot}: ScreenContext): readonly string[] =>
	snapshot.endpoints.flatMap(({name, words}) =>
		words.map(({by, up}) => `${by} says of ${name}: ${up ? 'up' : 'down'}`),
	);

export const observed: Act = {
	title: 'Answer for an endpoint that nobody can see',
	help: 'Says up or down of a critical endpoint without samples, by name, from looking in another way. Two people who agree count.',
	...speaksOf('outage'),
	fits: isMeasured,
	probe: (at, trigger) => ({
		type: 'endpointAttested',
		data: {trigger, endpoint: endpointFor(at), up: false, reason: anything},
	}),
	lines: (at, on) => [...speaksOf('outage').lines(at, on), ...wordsLines(at)],
	fields: at => {
		const names = blindOf(at);
		return [
			preset(choice('endpoint', 'endpoint', names.map(same)), names.length === 1 ? (names[0] ?? null) : null),
			choice('is', 'it is', [option('down', 'down'), option('up', 'up')]),
			text('reason', 'because', 'how you know, without the samples'),
		];
	},
	effect: ({endpoint = '', is, reason = ''}, trigger) =>
		send({type: 'endpointAttested', data: {trigger, endpoint, up: is === 'up', reason}}),
};

export const standDown: Act = {
	title: 'Stand a fired trigger down',
	help: 'Two people stand a fired trigger down, each by an own word and with a reason; it re-arms.',
	...speaksOf(null),
	probe: (_, trigger) => ({type: 'standDown', data: {trigger, reason: anything}}),
	fields: at => [...roleField(runbookOf(at).roles, at.view.person.role), text('reason', 'reason')],
	effect: ({role, reason = ''}, trigger) => send({type: 'standDown', data: {trigger, reason}}, orNull(role)),
};
