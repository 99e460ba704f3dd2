/** Relayed words and their confirmation (RULES D5); roles handed over and taken over (RULES P2). */
import {sameName} from '../../../text/same-name.ts';
import {wall} from '../../../text/time.ts';
import {stageOfKind} from '../../due/schedule.ts';
import type {Command, CommandType, Observation} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Person} from '../../model/person.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Runbook} from '../../model/runbook.ts';
import {everybody, type State} from '../../model/state.ts';
import {openLinks} from '../links.ts';
import {holderOf, rolesOf, unknown} from '../owners.ts';
import {fields, instead, listed, refuse, usageError} from '../refusal.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {notTwoPeople} from './two-people.ts';

/** How long a holder is silent before the deputy may take over. */
const silenceMs = 120_000;

/** What is somebody's own word. */
export const relayable: readonly CommandType[] = ['vote', 'acknowledge', 'report', 'answerTrigger', 'sign'];

/** Names of the other voters of this vote: who voted already, and who is bound to another of its roles. */
const otherVoters = (state: State, runbook: Runbook, vote: string, speaker: string): readonly string[] => {
	const owners = stageOfKind(runbook, vote === 'keep' ? 'closing' : 'decision')?.owners ?? [];
	const voted = Object.values(state.polls[vote === 'keep' ? 'keep' : 'go']?.votes ?? {}).map(({by}) => by.name);
	const bound = owners.flatMap(role => state.people?.[role] ?? []);
	return [...voted, ...bound].filter(name => !sameName(name, speaker));
};

/** Null where these words may be relayed by this person. */
export const relayForbidden = (
	state: State,
	command: Command,
	by: Person,
	{here = []}: Observation,
): Refusal | null => {
	const {relayed, type} = command;
	if (!relayed) return null;
	const {speaker, channel, words} = relayed;
	if (!relayable.includes(type))
		return usageError('not-relayable', `${type} is not one of them.`, 'Speak for yourself.');
	if (!speaker.trim() || !channel.trim() || !words.trim())
		return usageError(
			'relay-incomplete',
			'One of them is empty.',
			'Say who said it, over which channel, and the exact words.',
			fields('for', 'relayed', 'words'),
		);
	if (sameName(speaker, by.name)) return usageError('relay-self', `${by.name} is the speaker.`, 'Speak for yourself.');
	if (command.type !== 'vote' || state.runbook === null) return null;
	const voters = otherVoters(state, state.runbook, command.data.vote, speaker);
	const votes = (name: string): boolean => voters.some(other => sameName(other, name));
	// Two voters who are here must not wait for each other.
	const others = here.filter(name => !votes(name) && !sameName(name, speaker));
	return votes(by.name) && others.length > 0
		? refuse('voter-relays', `${by.name} votes here too.`, `Ask ${listed(others, 'or')} to relay it.`)
		: null;
};

const known = (runbook: Runbook, role: string): string | null =>
	runbook.roles.find(name => sameName(name, role)) ?? null;

/** Since when the holder is silent; null while they are here or acted lately. */
const silentSince = (state: State, name: string, {at, observed}: RuleContext): number | null => {
	const last = state.lastActs[name] ?? state.begun?.at ?? at;
	return observed.here?.some(other => sameName(other, name)) || at - last < silenceMs ? null : last;
};

/** Whoever gives a role up has no link to it any more. */
const revoking = (state: State, role: string, from: string | null, to: string, at: number): readonly Event[] =>
	openLinks(state, at)
		.filter(({name, roles}) => from !== null && sameName(name, from) && roles.includes(role))
		.map(({link}) => ({type: 'linkRevoked', data: {link, reason: `${role} goes from ${from ?? ''} to ${to}`}}));

const take = (state: State, role: string, reason: string, asked: RuleContext): Decision => {
	const from = holderOf(state, role);
	const {name} = asked.by;
	if (from !== null && sameName(from, name)) return refuse('same-holder', `${name} holds ${role}.`, 'Nothing to do.');
	if (!reason.trim()) return usageError('reason-needed', 'No reason was given.', 'Give a reason.', fields('reason'));
	const deputy = asked.runbook.deputies?.[role]?.some(other => sameName(other, name)) ?? false;
	const silent = from === null || silentSince(state, from, asked) !== null;
	const taken = (to: string, why: string): readonly Event[] => [
		{type: 'roleTaken', data: {role, from, to, reason: why}},
		...revoking(state, role, from, to, asked.at),
	];
	if (deputy && silent) return taken(name, reason);
	const mine = rolesOf(state, name);
	const owner =
		mine === null ||
		mine.some(held => held !== role && asked.runbook.stages.some(stage => stage.owners.includes(held)));
	if (!owner)
		return refuse(
			'two-owners-needed',
			`${name} owns no stage.`,
			`Let an owner of a stage say it${deputy ? `, or wait until ${from ?? 'the holder'} is silent for 2 minutes` : ''}.`,
		);
	const first = state.takes[role];
	if (!first) return [{type: 'roleTakeAsked', data: {role, to: name, reason}}];
	if (sameName(first.by.name, name))
		return refuse('two-owners-needed', `${name} said so at ${wall(first.at)}.`, 'Another owner completes it.');
	const same = notTwoPeople(asked.runbook, asked.by, [first.by]);
	if (same) return same;
	return taken(first.to, `${first.reason ?? ''}; ${name}: ${reason}`);
};

/** Everybody whom the settings name; null where they name nobody. */
const namedInSettings = (state: State, {identities, deputies}: Runbook): readonly string[] | null => {
	const names = [...everybody(state), ...Object.values(deputies ?? {}).flat(), ...Object.keys(identities ?? {})];
	return names.length === 0 ? null : [...new Set(names)];
};

const notKnown = (state: State, runbook: Runbook, to: string): Refusal | null => {
	const names = namedInSettings(state, runbook);
	if (names === null || names.some(name => sameName(name, to))) return null;
	return usageError(
		'not-in-settings',
		`${to} is not in the settings.`,
		`Hand it to one of ${listed(names)}, or add ${to} to the settings and approve them.`,
	);
};

export const peopleRules = {
	confirmRelay: (state, {entry}, {by}) => {
		const relay = state.relays[entry];
		if (!relay)
			return usageError(
				'unknown-entry',
				`Entry ${entry} was not relayed.`,
				`Relayed are: ${listed(Object.keys(state.relays))}.`,
			);
		if (relay.confirmed)
			return refuse(
				'already-confirmed',
				`${relay.confirmed.by.name} confirmed entry ${entry} at ${wall(relay.confirmed.at)}.`,
				'Nothing to do.',
			);
		if (!sameName(relay.speaker, by.name))
			return refuse('not-speaker', `Entry ${entry} speaks for ${relay.speaker}.`, `${relay.speaker} confirms it.`);
		return [{type: 'relayConfirmed', data: {entry}}];
	},
	handRole: (state, {role, to}, {runbook, by, at}) => {
		const name = known(runbook, role);
		if (name === null) return unknown('role', role, runbook.roles);
		const from = holderOf(state, name);
		if (!to.trim()) return usageError('name-needed', 'No name was given.', 'Name the person.', fields('to'));
		const stranger = notKnown(state, runbook, to);
		if (stranger) return stranger;
		if (from !== null && sameName(from, to)) return refuse('same-holder', `${from} holds ${name}.`, 'Nothing to do.');
		const mine = rolesOf(state, by.name);
		const holds =
			from === null ? mine === null || mine.includes(name) : sameName(from, by.name) || (mine?.includes(name) ?? false);
		return holds
			? [{type: 'roleTransferred', data: {role: name, from, to}}, ...revoking(state, name, from, to, at)]
			: refuse(
					'not-holder',
					`${name} is held by ${from ?? listed(state.people?.[name] ?? [])}.`,
					'Ask them to hand it over, or take it over.',
					instead('takeRole', role, 'reason'),
				);
	},
	takeRole: (state, {role, reason}, asked) => {
		const name = known(asked.runbook, role);
		return name === null ? unknown('role', role, asked.runbook.roles) : take(state, name, reason, asked);
	},
} satisfies Partial<Rules>;
