/** The personal links as every screen shows them. */
import {endOf, untilOf} from '../decide/links.ts';
import {listed} from '../decide/refusal.ts';
import type {Invitation} from '../model/link.ts';
import type {State} from '../model/state.ts';

/** Who without a login was invited, and whether they are there: the newest link of each name. Times in ms. */
export type LinkSnapshot = Pick<Invitation, 'link' | 'name' | 'roles' | 'sent' | 'code'> & {
	/** `sent`: nobody has opened it yet. */
	readonly state: 'sent' | 'opened' | 'locked' | 'revoked' | 'expired';
	/** Since when it is so. */
	readonly since: number;
	readonly until: number;
	readonly by: string;
};

const since = (link: Invitation, state: LinkSnapshot['state'], until: number): number => {
	if (state === 'revoked') return link.revoked?.at ?? link.at;
	if (state === 'locked') return link.locked ?? link.at;
	if (state === 'expired') return until;
	return link.opened?.at ?? link.at;
};

export const linkSnapshots = (state: State, at: number): readonly LinkSnapshot[] =>
	state.invitations
		.filter(({name}, index, all) => all.findLastIndex(other => other.name === name) === index)
		.map(link => {
			const until = untilOf(state, link);
			const now = endOf(state, link, at) ?? (link.opened === null ? 'sent' : 'opened');
			const {link: id, name, roles, sent, code, by} = link;
			return {link: id, name, roles, state: now, since: since(link, now, until), until, sent, code, by: by.name};
		});

/** `bob can answer at https://cutover.example.org/i`, where bob has opened his link; empty where nobody has. */
export function byLinkText(
	{links}: {readonly links: readonly LinkSnapshot[]},
	{runbook, rehearsal}: Pick<State, 'runbook' | 'rehearsal'>,
	roles: readonly string[],
): readonly string[] {
	const names = links
		.filter(({state, roles: own}) => state === 'opened' && own.some(role => roles.includes(role)))
		.map(({name}) => name);
	const url = rehearsal === null ? (runbook?.serve?.url ?? null) : null;
	return names.length === 0 ? [] : [`${listed(names)} can answer ${url === null ? 'by link' : `at ${url}/i`}`];
}
