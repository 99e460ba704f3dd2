/** Commands on rollback triggers. */
import {saidNo} from '../cutover/decide/rules/triggers.ts';
import {stampOrNull, wall} from '../text/time.ts';
import {because, type Choice, choice, field, orNull, reason, same} from './field.ts';
import {anything, type Draft, runbookOf, type Situation} from './situation.ts';
import {pastOf, reasoned, type Spec, send} from './spec.ts';

type Kind = 'outage' | 'confirmation' | null;

const triggersOf = (situation: Situation, kind: Kind) =>
	runbookOf(situation).triggers.filter(trigger => kind === null || trigger.kind === kind);

const none = {
	outage: 'The runbook has no trigger that an outage fires.',
	confirmation: 'The runbook has no trigger that people answer.',
	any: 'The runbook has no rollback triggers.',
} as const;

const about =
	(kind: Kind) =>
	(situation: Situation, on: string): readonly string[] =>
		triggersOf(situation, kind)
			.filter(({id}) => id === on)
			.map(({id, text}) => `${id}  ${text}`);

const choicesOf = (situation: Situation, kind: Kind): readonly Choice[] =>
	triggersOf(situation, kind).map(({id, text}) => choice(id, `${id} ${text}`));

const speaksOf = (kind: Kind): Pick<Spec, 'target' | 'targets' | 'nothing' | 'about'> => ({
	target: 'trigger',
	targets: situation => choicesOf(situation, kind),
	nothing: none[kind ?? 'any'],
	about: about(kind),
});

const rolesOf = (situation: Situation, on: string): readonly string[] =>
	runbookOf(situation).triggers.find(({id}) => id === on)?.roles ?? [];

export const ask: Spec = {
	title: 'Ask for a trigger to be confirmed',
	summary: 'answers, asks about, dismisses or stands down a rollback trigger, or runs an outage clock by hand',
	help: 'Asks the roles of a confirmation trigger, and starts the time they have to answer.',
	examples: ['trigger 2 --ask L1 L2'],
	lines: [{command: 'trigger', flag: {name: 'ask'}}],
	...speaksOf('confirmation'),
	fields: [
		field('ask', 'roles', 'asks these roles, which starts the time to answer', {
			choices: (situation, on) => {
				const roles = rolesOf(situation, on);
				return [...(roles.length > 1 ? [choice(roles.join(','), `all: ${roles.join(', ')}`)] : []), ...roles.map(same)];
			},
			initial: (situation, on) => rolesOf(situation, on).join(','),
			requiredWhen: () => true,
			aside: true,
		}),
	],
	probe: (situation, trigger) => ({type: 'askTrigger', data: {trigger, roles: rolesOf(situation, trigger)}}),
	steps: ({ask: roles = ''}, trigger) =>
		send({type: 'askTrigger', data: {trigger, roles: roles.split(',').filter(role => role !== '')}}),
};

const factsOf = ({snapshot}: Situation, on: string) => snapshot.triggers.find(({id}) => id === on)?.facts ?? [];

const factChoices = (situation: Situation, on: string): readonly Choice[] => [
	...factsOf(situation, on).map((fact, index) => choice(String(index + 1), `${index + 1} ${fact.text}`)),
	choice('all', 'all of them'),
];

const answerDraft = (trigger: string, fact: number | null, yes: boolean, why: string | null): Draft => ({
	type: 'answerTrigger',
	data: {trigger, fact, yes, reason: why},
});

const factOf = (text: string | null, situation: Situation, on: string) => {
	if (text === null || text === 'all') return null;
	const facts = factsOf(situation, on);
	const fact = Number(text);
	if (Number.isInteger(fact) && fact >= 1 && fact <= facts.length) return fact;
	const list = facts.map((each, index) => `${index + 1} ${each.text}`).join(', ');
	return {
		problem:
			facts.length === 0
				? `Trigger ${on} has nothing to confirm.`
				: `Trigger ${on} has no confirmation ${text}. It has: ${list}.`,
	};
};

export const answer: Spec = {
	...ask,
	title: 'Answer a trigger',
	help: 'Says yes or no to a confirmation of a trigger, by name. The yes that completes it fires the trigger.',
	examples: ['trigger 2 --fact 1 --yes --reason "checkout fails for all" --role L1', 'trigger 3 --yes --confirm FIRE'],
	lines: [
		{command: 'trigger', flag: {name: 'yes', about: 'it is so'}, preset: {answer: 'yes'}},
		{command: 'trigger', flag: {name: 'no', about: 'it is not so'}, preset: {answer: 'no'}},
	],
	relayable: true,
	fields: [
		field('fact', 'choice', 'which confirmation, from 1; all of them without it', {
			metavar: 'N',
			label: 'what',
			choices: factChoices,
			askedWhen: (_, situation, on) => factsOf(situation, on).length > 1,
			requiredWhen: (_, situation, on) => factsOf(situation, on).length > 1,
		}),
		field('answer', 'choice', '', {
			only: 'form',
			choices: () => [choice('no', 'no'), choice('yes', 'yes')],
			requiredWhen: () => true,
		}),
		{...reason, hint: 'what was seen'},
	],
	// What is left to whoever said no is yes.
	probe: ({state, person}, trigger) => answerDraft(trigger, null, saidNo(state, person, trigger), anything),
	steps: (values, trigger, situation) => {
		const fact = factOf(orNull(values['fact']), situation, trigger);
		if (typeof fact === 'object' && fact !== null) return fact;
		return send(answerDraft(trigger, fact, values['answer'] === 'yes', orNull(values['reason'])));
	},
};

export const dismiss: Spec = {
	...ask,
	title: 'Dismiss a trigger',
	help: 'After the time to answer, the release manager ends the question, with a reason.',
	examples: ['trigger 2 --dismiss --reason "one test account only"'],
	lines: [{command: 'trigger', flag: {name: 'dismiss', about: 'dismisses it at the end of the time to answer'}}],
	...reasoned((reason, trigger) => ({type: 'dismissTrigger', data: {trigger, reason}})),
};

const outageDraft = (trigger: string, down: boolean, at: number | null, why: string | null): Draft => ({
	type: 'outage',
	data: {trigger, down, at: stampOrNull(at), reason: why},
});

const isMeasured = ({snapshot}: Situation, on: string): boolean =>
	snapshot.triggers.some(({id, measured}) => measured && (on === '' || id === on));

const outage = (down: boolean): Omit<Spec, 'title' | 'help' | 'examples' | 'lines'> => ({
	...speaksOf('outage'),
	fits: (situation, on) => !isMeasured(situation, on),
	probe: (_, trigger) => outageDraft(trigger, down, null, anything),
	fields: [
		field('at', 'past', 'when it began or ended', {label: down ? 'down since' : 'up since'}),
		{...reason, hint: 'what was seen, and where'},
	],
	steps: (values, trigger, {snapshot}) => {
		const at = pastOf(orNull(values['at']), snapshot.now);
		return typeof at === 'object' && at !== null ? at : send(outageDraft(trigger, down, at, orNull(values['reason'])));
	},
});

export const down: Spec = {
	title: 'Outage clock by hand: down',
	help: 'Starts the outage clock of a trigger that is not measured; past its threshold the trigger fires.',
	examples: ['trigger 1 --down --at 22:28:05 --reason "health answers 503"'],
	lines: [{command: 'trigger', flag: {name: 'down', about: 'an outage began'}}],
	...outage(true),
};

export const up: Spec = {
	title: 'Outage clock by hand: up',
	help: 'Ends the outage that was started by hand.',
	examples: ['trigger 1 --up --reason "pods restarted"'],
	lines: [{command: 'trigger', flag: {name: 'up', about: 'the outage ended'}}],
	...outage(false),
};

/** Critical endpoints without samples, first those for which one more answer is needed. */
const blindOf = ({snapshot}: Situation): readonly string[] =>
	snapshot.endpoints
		.filter(({critical, state}) => critical && state === 'unknown')
		.toSorted((a, b) => Number(a.answered !== null) - Number(b.answered !== null))
		.map(({name}) => name);

/** One without samples, else any: the rules then say why not. */
const endpointFor = (situation: Situation): string =>
	blindOf(situation)[0] ?? situation.snapshot.endpoints[0]?.name ?? anything;

const answersSoFar = ({snapshot}: Situation): readonly string[] =>
	snapshot.endpoints.flatMap(({name, words}) =>
		words.map(({by, at, up: isUp}) => `${wall(at)} ${by}: ${name} is ${isUp ? 'up' : 'down'}`),
	);

export const observed: Spec = {
	title: 'Answer for an endpoint without samples',
	help: 'Says up or down of a critical endpoint without samples, by name, from looking in another way. Two people who agree count.',
	examples: ['trigger 1 --seen up --endpoint api --reason "curl from the bastion answers 200"'],
	lines: [{command: 'trigger', flag: {name: 'seen'}}],
	...speaksOf(null),
	targets: situation => {
		const outages = choicesOf(situation, 'outage');
		return outages.length > 0 ? outages : choicesOf(situation, null);
	},
	fits: ({snapshot}) => snapshot.endpoints.some(({critical}) => critical),
	about: (situation, on) => [...about(null)(situation, on), ...answersSoFar(situation)],
	fields: [
		field('endpoint', 'choice', 'which endpoint was seen', {
			metavar: 'NAME',
			choices: situation => blindOf(situation).map(same),
			requiredWhen: () => true,
		}),
		field('seen', 'choice', 'answers for an endpoint without samples', {
			metavar: 'STATE',
			label: 'it is',
			values: ['down', 'up'],
			requiredWhen: () => true,
		}),
		{...reason, hint: 'how you know, without the samples'},
	],
	probe: (situation, trigger) => ({
		type: 'attestEndpoint',
		data: {trigger, endpoint: endpointFor(situation), up: false, reason: anything},
	}),
	steps: (values, trigger) =>
		send({
			type: 'attestEndpoint',
			data: {
				trigger,
				endpoint: values['endpoint'] ?? '',
				up: values['seen'] === 'up',
				reason: because(values),
			},
		}),
};

export const standDown: Spec = {
	title: 'Stand a fired trigger down',
	course: true,
	help: 'Two people stand a fired trigger down, each with a reason; the second completes it, and the trigger arms again.',
	examples: ['trigger 1 --stand-down --reason "false alarm: the probe host lost its network"'],
	lines: [
		{
			command: 'trigger',
			flag: {name: 'stand-down', about: 'stands a fired trigger down; the second of two people completes it'},
		},
	],
	...speaksOf(null),
	...reasoned((reason, trigger) => ({type: 'standDown', data: {trigger, reason}})),
};
