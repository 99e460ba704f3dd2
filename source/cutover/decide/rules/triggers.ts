/** Rollback triggers as people answer them (RULES T). Fired starts nothing: it makes rollback the next act. */
import {sameName} from '../../../text/same-name.ts';
import {instant, stamp, wall} from '../../../text/time.ts';
import {automaticAt} from '../../due/automatic.ts';
import {confirmed, openQuestion, type Question} from '../../due/triggers.ts';
import {advance} from '../../evolve/evolve.ts';
import {criticalThat, endpointAt, isMeasured, wordsWhileBlind} from '../../health/endpoint-state.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Person} from '../../model/person.ts';
import type {Refusal} from '../../model/refusal.ts';
import {type ConfirmationTrigger, criticalOf} from '../../model/runbook.ts';
import type {FactState, State, TriggerState} from '../../model/state.ts';
import {releaseManager, rolesOf, unknown} from '../owners.ts';
import {allAre, fields, instead, listed, needWords, refuse, usageError} from '../refusal.ts';
import {type Armed, find, staysFired} from './armed.ts';
import {down, keepFalls, up} from './outage.ts';
import {reasonFor} from './plan.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {notTwoPeople} from './two-people.ts';

/** Two people, each once, may answer for a critical endpoint that nobody can see (RULES T4). */
const answerFor = (
	state: State,
	data: CommandData['attestEndpoint'],
	{runbook, observed, at, by}: RuleContext,
): Decision => {
	const critical = criticalOf(runbook);
	if (critical.length === 0)
		return refuse(
			'not-endpoint-state',
			'No endpoint is bound: health is not measured here.',
			'Report it as down or up by hand.',
			instead('down', data.trigger),
		);
	const endpoint = critical.find(({name}) => sameName(name, data.endpoint));
	if (!endpoint)
		return unknown(
			'critical endpoint',
			data.endpoint,
			critical.map(({name}) => name),
		);
	const health = endpointAt(endpoint, observed, at);
	if (health !== 'unknown')
		return refuse(
			'not-endpoint-state',
			`${endpoint.name} is seen, and ${health}.`,
			'Nothing to do: the samples answer.',
		);
	const before = wordsWhileBlind(state, endpoint, observed).find(word => sameName(word.by.name, by.name));
	if (before && before.up === data.up)
		return refuse(
			'already-answered',
			`${by.name} said ${before.up ? 'up' : 'down'} at ${wall(before.at)}.`,
			'A second person answers.',
		);
	return (
		reasonFor(data.reason, 'answering for a blind endpoint') ?? [
			{type: 'endpointAttested', data: {...data, endpoint: endpoint.name}},
		]
	);
};

/** Each fact with who said yes to it; `next`: with the deciding answer. */
const firing = (next: State, trigger: ConfirmationTrigger, {at}: RuleContext): readonly Event[] => {
	const was = next.triggers[trigger.id];
	const yes = (fact: FactState): string => {
		const names = Object.values(fact.answers).flatMap(answer => (answer.yes ? [answer.by.name] : []));
		return names.length > 0 ? `${fact.text} (${listed(names)})` : `${fact.text} (not answered)`;
	};
	return [
		{
			type: 'fired',
			data: {
				trigger: trigger.id,
				facts: was?.facts.map(yes) ?? [],
				since: stamp(was?.asked?.at ?? at),
				elapsedSeconds: 0,
			},
		},
		...keepFalls(next, `trigger ${trigger.id} fired`),
	];
};

const asking = (trigger: ConfirmationTrigger, roles: readonly string[], at: number): Event => ({
	type: 'confirmationRequested',
	data: {trigger: trigger.id, roles, until: stamp(at + trigger.answerSeconds * 1000)},
});

const same = (was: TriggerState, facts: readonly number[], yes: boolean, key: string): Refusal | null => {
	const before = facts.map(fact => was.facts[fact - 1]?.answers[key]);
	const first = before[0];
	return first && before.every(answer => answer?.yes === yes)
		? refuse(
				'already-answered',
				`${first.by.name} answered ${yes ? 'yes' : 'no'} at ${wall(first.at)}.`,
				'Nothing to do; the other answer replaces it.',
			)
		: null;
};

/** No to every fact of a trigger, in a role of theirs or by name. */
export const saidNo = (state: State, {name, role}: Person, trigger: string): boolean => {
	const facts = state.triggers[trigger]?.facts ?? [];
	const keys = [role, name, ...(rolesOf(state, name) ?? [])].filter(key => key !== null);
	return facts.length > 0 && keys.some(key => facts.every(({answers}) => answers[key]?.yes === false));
};

/** At the time limit of an open question the release manager fires it alone, by a yes to every fact (RULES T3). */
const alone = (question: Question | null, now: TriggerState, {runbook, by, at}: RuleContext): boolean => {
	const manager = releaseManager(runbook);
	if (question?.until === null || question === null || at < question.until || manager === null) return false;
	return by.role === manager && now.facts.every(fact => fact.answers[manager]?.yes);
};

const answer = (
	state: State,
	{trigger, was}: Armed<ConfirmationTrigger>,
	data: {fact: number | null; yes: boolean; reason: string | null},
	asked: RuleContext,
): Decision => {
	const facts = data.fact === null ? was.facts.map((_, index) => index + 1) : [data.fact];
	if (facts.some(fact => fact < 1 || fact > was.facts.length))
		return usageError(
			'unknown-fact',
			`Trigger ${trigger.id} has no fact ${data.fact ?? 0}.`,
			`It has ${was.facts.map((fact, index) => `${index + 1} (${fact.text})`).join(', ')}.`,
		);
	const fired = staysFired(was);
	if (fired) return fired;
	const question = openQuestion(state, trigger);
	const twice = same(was, facts, data.yes, asked.by.role ?? asked.by.name);
	// At the time limit a yes says something new, whoever gave it before.
	if (twice && !(data.yes && alone(question, was, asked))) return twice;
	const answers: readonly Event[] = facts.map(fact => ({
		type: 'factAnswered',
		data: {trigger: trigger.id, fact, yes: data.yes, role: asked.by.role, reason: data.reason},
	}));
	const next = advance(state, answers, asked);
	const now = next.triggers[trigger.id] ?? was;
	const fires = confirmed(trigger, now) || (data.yes && alone(question, now, asked));
	if (fires)
		return (
			needWords(asked.confirm, ['FIRE'], `This answer fires trigger ${trigger.id} (${trigger.text})`) ?? [
				...answers,
				...firing(next, trigger, asked),
			]
		);
	const opens = question === null && openQuestion(next, trigger) !== null;
	return opens ? [...answers, asking(trigger, trigger.roles, asked.at)] : answers;
};

/** A fired trigger is stood down once every critical endpoint is up, seen or answered for by two (RULES T6). */
const notUp = (state: State, {observed, at}: RuleContext): Refusal | null => {
	const [down, blind] = [criticalThat(state, 'down', observed, at), criticalThat(state, 'unknown', observed, at)];
	if (down.length === 0 && blind.length === 0) return null;
	const why = [
		...(down.length > 0 ? [`${allAre(down)} down`] : []),
		...(blind.length > 0 ? [`nobody can see ${listed(blind)}`] : []),
	];
	return refuse(
		'not-all-up',
		`${listed(why)}.`,
		'Wait until it is up, have two people confirm what is unknown, or roll back.',
		instead('observed', null),
	);
};

const standDown = (state: State, id: string, reason: string, asked: RuleContext): Decision => {
	const was = state.triggers[id];
	if (!was) return unknown('trigger', id, asked.runbook.triggers);
	if (!was.fired || state.rollback)
		return refuse(
			'not-fired',
			`Trigger ${id} is not fired${state.rollback ? ' any more: the rollback answered it' : ''}.`,
			'Nothing to do.',
		);
	// Whoever objects to what would begin by itself has no time to wait for the service.
	const objects = was.standDown.length === 0 && automaticAt(state) !== null;
	if (was.down && !objects)
		return refuse(
			'not-all-up',
			`The outage runs since ${wall(was.down.since)}.`,
			'Report it when it is up again, or roll back.',
			instead('up', id),
		);
	const no = (objects ? null : notUp(state, asked)) ?? reasonFor(reason, 'standing down');
	if (no) return no;
	const {runbook, by} = asked;
	const first = was.standDown[0];
	const manager = releaseManager(runbook);
	const word: Event = {type: 'stoodDown', data: {trigger: id, role: by.role, reason}};
	if (!first) return [word];
	if (sameName(first.by.name, by.name))
		return refuse('second-person', `${by.name} said so at ${wall(first.at)}.`, 'Another owner completes it.');
	const same = notTwoPeople(runbook, by, [first.by]);
	if (same) return same;
	if (manager !== null && first.role !== manager && by.role !== manager)
		return refuse(
			'manager-needed',
			`${first.by.name} said so for ${first.role ?? 'nobody'}.`,
			`${manager} completes it.`,
		);
	return [
		word,
		{type: 'rearmed', data: {trigger: id, reason: `stood down by ${first.by.name} and ${by.name}: ${reason}`}},
	];
};

export const triggerRules = {
	askTrigger: (state, data, asked) => {
		const armed = find(state, data.trigger, 'confirmation', asked);
		if ('refused' in armed) return armed;
		const {trigger, was} = armed;
		const roles = data.roles.length > 0 ? data.roles : trigger.roles;
		const other = roles.find(role => !trigger.roles.includes(role));
		if (other !== undefined) return unknown(`role of trigger ${trigger.id}`, other, trigger.roles);
		const fired = staysFired(was);
		if (fired) return fired;
		if (was.asked && openQuestion(state, trigger))
			return refuse(
				'already-asked',
				`${was.asked.by.name} asked at ${wall(was.asked.at)}.`,
				`Wait for ${listed(openQuestion(state, trigger)?.awaits ?? [])} until ${wall(was.asked.until)}.`,
			);
		return [asking(trigger, roles, asked.at)];
	},
	answerTrigger: (state, data, asked) => {
		const armed = find(state, data.trigger, 'confirmation', asked);
		return 'refused' in armed ? armed : answer(state, armed, data, asked);
	},
	dismissTrigger: (state, {trigger: id, reason}, asked) => {
		const armed = find(state, id, 'confirmation', asked);
		if ('refused' in armed) return armed;
		const question = openQuestion(state, armed.trigger);
		if (!question || question.until === null)
			return refuse('no-question', `Trigger ${id} asks nothing now.`, 'Nothing to do.');
		if (asked.at < question.until)
			return refuse(
				'answer-not-due',
				`It waits for ${listed(question.awaits)} until ${wall(question.until)}.`,
				'Wait, or let them answer.',
			);
		return reasonFor(reason, 'the dismissal') ?? [{type: 'triggerDismissed', data: {trigger: id, reason}}];
	},
	outage: (state, data, asked) => {
		const armed = find(state, data.trigger, 'outage', asked, !data.down);
		if ('refused' in armed) return armed;
		if (isMeasured(state) && data.down)
			return refuse(
				'outage-measured',
				`Trigger ${data.trigger} is measured: ${listed(criticalOf(asked.runbook).map(({name}) => name))}.`,
				'Answer for an endpoint whose state is unknown, or roll back.',
				instead('observed', data.trigger),
			);
		const at = data.at === null ? asked.at : instant(data.at);
		if (at > asked.at) return usageError('future-outage', `${wall(at)} lies ahead.`, 'Correct the time.', fields('at'));
		return data.down ? down(state, armed, at, data.reason, asked) : up(armed, at, data.reason);
	},
	attestEndpoint: (state, data, asked) => {
		const armed = find(state, data.trigger, null, asked, true);
		return 'refused' in armed ? armed : answerFor(state, data, asked);
	},
	standDown: (state, {trigger, reason}, asked) => standDown(state, trigger, reason, asked),
} satisfies Partial<Rules>;
