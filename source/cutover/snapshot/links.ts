/** The personal links as every screen shows them. */
import {endOf, untilOf} from '../decide/links.ts';
import type {Invitation} from '../model/link.ts';
import type {State} from '../model/state.ts';
import type {LinkSnapshot} from './link-snapshot.ts';

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
