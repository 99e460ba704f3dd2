/*
Acts by a personal link (RULES P3): what a link serves for, until when, in which roles, and how surely it must be known. Who
invited and how the link was sent are in the invitation, and are taken from there into every act.
*/
import {sameName} from '../../text/same-name.ts';
import {wall} from '../../text/time.ts';
import {plannedAt} from '../due/schedule.ts';
import type {Command} from '../model/command.ts';
import type {Invitation, LinkAct} from '../model/link.ts';
import {type LinkStrength, linkStrengths, type Person, type Strength} from '../model/person.ts';
import {ofPerson} from '../model/reached.ts';
import type {Refusal} from '../model/refusal.ts';
import type {Runbook} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import {fields, refuse} from './refusal.ts';

const dayMs = 86_400_000;

/** Wrong codes until a link is locked. */
export const mostTries = 5;

/** A day after the planned end, in ms: a sign-off may wait for the next morning. */
export const usualUntil = (state: State): number => {
	const last = state.runbook?.stages.at(-1);
	return (last === undefined ? state.t0 : Math.max(state.t0, plannedAt(state, last))) + dayMs;
};

/** Until when it works, in ms. */
export const untilOf = (state: State, {until}: Pick<Invitation, 'until'>): number => until ?? usualUntil(state);

/** Why a link does not work any more; null while it does. */
export const endOf = (state: State, link: Invitation, at: number): 'revoked' | 'locked' | 'expired' | null => {
	if (link.revoked !== null) return 'revoked';
	if (link.locked !== null) return 'locked';
	return at >= untilOf(state, link) ? 'expired' : null;
};

/** The one of that name, or the newest of who has it. */
export const linkOf = ({invitations}: State, named: string): Invitation | null => {
	const is = (text: string): boolean => sameName(text, named.trim());
	return invitations.find(({link}) => is(link)) ?? invitations.findLast(({name}) => is(name)) ?? null;
};

/** Those that work, oldest first. */
export const openLinks = (state: State, at: number): readonly Invitation[] =>
	state.invitations.filter(link => endOf(state, link, at) === null);

/** What a command is, where a link serves for it. */
export function linkActOf(command: Command): LinkAct | null {
	if (command.type === 'vote') return command.data.vote === 'keep' ? 'keep' : 'go';
	return acts[command.type] ?? null;
}

const acts: Readonly<Partial<Record<Command['type'], LinkAct>>> = {
	acknowledge: 'acknowledge',
	answerTrigger: 'answer',
	sign: 'sign',
	confirmRelay: 'confirm',
	prove: 'impact-over',
	note: 'note',
	hold: 'hold',
};

/** Decisions need the spoken code, unless the settings say otherwise. */
const usual: Readonly<Record<LinkAct, LinkStrength>> = {
	go: 'link+code',
	keep: 'link+code',
	answer: 'link+code',
	'impact-over': 'link+code',
	acknowledge: 'link',
	sign: 'link',
	confirm: 'link',
	note: 'link',
	hold: 'link',
};

/** How surely that act must be known. */
export const leastOf = ({least}: Runbook, act: LinkAct): LinkStrength => least?.[act] ?? usual[act];

const ranks: readonly Strength[] = linkStrengths;
/** -1 for who does not act by a link. */
const rankOf = (strength: Strength): number => ranks.indexOf(strength);

/** Whether the act takes the spoken code; `strength`: of who acts. A sign-in says more than the code. */
export const needsCode = (runbook: Runbook, act: LinkAct, strength: Strength): boolean =>
	leastOf(runbook, act) === 'link+code' && rankOf(strength) <= rankOf('link+code');

/** The account that this person signs in with: their mail address in the settings. Null where these have none. */
export const accountOf = ({mails}: Runbook, name: string): string | null =>
	ofPerson(mails, name)?.toLowerCase() ?? null;

const ended = (state: State, {link, name, revoked}: Invitation, why: 'revoked' | 'locked' | 'expired'): string => {
	if (why === 'revoked') return `Link ${link} of ${name} was revoked: ${revoked?.reason ?? ''}.`;
	if (why === 'locked') return `Link ${link} of ${name} is locked after ${mostTries} wrong codes.`;
	return `Link ${link} of ${name} was valid until ${wall(untilOf(state, linkOf(state, link) ?? {until: null}))}.`;
};

/** Whether the person of a link is known as surely as this act needs it. */
function unsure(
	runbook: Runbook,
	{code, link, name, by: issuer}: Invitation,
	by: Person,
	act: LinkAct,
): Refusal | null {
	const account = by.web?.account;
	const known = accountOf(runbook, name);
	if (account !== undefined && account !== known)
		return refuse(
			'sign-in-needed',
			`${account} is signed in, and ${name} has ${known === null ? 'no address' : 'another address'} in the settings.`,
			`Sign in as ${name}.`,
		);
	const least = leastOf(runbook, act);
	if (rankOf(by.strength) >= rankOf(least)) return null;
	if (least === 'oidc' || least === 'proxy')
		return refuse(
			'sign-in-needed',
			`${name} is not signed in.`,
			runbook.identity !== undefined && 'oidc' in runbook.identity
				? 'Sign in on your page; a sign-in serves for 15 minutes.'
				: 'Open the page by the address where you sign in.',
		);
	return refuse(
		'link-code-needed',
		code ? 'No code was given.' : `Link ${link} of ${name} was given without a code.`,
		code ? `Type the six digits that ${issuer.name} gave you.` : `Ask ${issuer.name} for a link with a code.`,
		code ? fields('code') : {},
	);
}

/** Null while the link works. */
export function endedForbidden(state: State, link: Invitation, at: number): Refusal | null {
	const why = endOf(state, link, at);
	return why === null ? null : refuse('link-ended', ended(state, link, why), `Ask ${link.by.name} for a new link.`);
}

/** Who acts by a link, with what its invitation says of it; or why the link does not serve for this. Others are returned as they are. */
export function throughLink(state: State, command: Command, by: Person, at: number): Person | Refusal {
	if (by.web === undefined || state.runbook === null) return by;
	const link = linkOf(state, by.web.link);
	if (link === null || link.name !== by.name)
		return refuse('link-ended', `${by.name} has no link ${by.web.link}.`, 'Open the link that you were sent.');
	const no = endedForbidden(state, link, at);
	if (no !== null) return no;
	const act = linkActOf(command);
	if (act === null || command.relayed !== undefined)
		return refuse('not-by-link', `${link.name} acts by link ${link.link}.`, 'Somebody with a login does this.');
	const doubt = unsure(state.runbook, link, by, act);
	if (doubt !== null) return doubt;
	return {...by, web: {...by.web, issuer: link.by.name, sent: link.sent, to: link.to}};
}
