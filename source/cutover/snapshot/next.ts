/*
What to do next (RULES S5): every wait names who, since when, until when, what then, and the command that does it. A list of acts in order of
urgency; the first is NEXT, the first that is yours is YOU. Never empty while the cutover is open.
*/
import {counted} from '../../text/counted.ts';
import {sameName} from '../../text/same-name.ts';
import {rolesOf} from '../decide/owners.ts';
import type {Person} from '../model/person.ts';
import type {Status} from '../model/state.ts';
import type {Act} from './acts.ts';
import {abandoned, executing, kept, observing, records} from './after-t0.ts';
import {go, hold, preparing} from './before-t0.ts';
import type {Next, Waiting} from './next-step.ts';
import {rollbackFailed, rollingBack} from './rollback-acts.ts';
import type {Whole} from './whole.ts';

const byStatus: {readonly [K in Status]: (whole: Whole) => readonly Act[]} = {
	preparing,
	hold,
	go,
	executing,
	observing,
	kept,
	'rolling-back': rollingBack,
	'rolled-back': records,
	'rollback-failed': rollbackFailed,
	abandoned,
	closed: () => [],
};

/** All that there is to do, most urgent first; empty only when closed. */
export const actsNow = (whole: Whole): readonly Act[] => byStatus[whole.state.status](whole);

const plain = ({roles: _, afterRoles: __, ...next}: Act): Next => next;

export const nextOf = ([first]: readonly Act[]): Next | null => (first ? plain(first) : null);

/** Where names are bound to roles, those alone, whatever role somebody says: in another the rules let nobody act. */
export const rolesHeld = ({state}: Pick<Whole, 'state'>, person: Person): readonly string[] => {
	const bound = rolesOf(state, person.name);
	if (bound !== null) return bound;
	const held = Object.entries(state.holders).flatMap(([role, {name}]) => (sameName(name, person.name) ? [role] : []));
	return [...new Set([...(person.role ? [person.role] : []), ...held])];
};

/** The acts that wait for who holds these roles; where there are none, those that anyone may do. `who` null: goes by itself. */
function mineOf(acts: readonly Act[], held: readonly string[]): readonly Act[] {
	const byRole = acts.filter(({roles}) => roles.some(role => held.includes(role)));
	return byRole.length > 0 ? byRole : acts.filter(({who, roles}) => roles.length === 0 && who !== null);
}

/** Everything that waits, most urgent first, and whether it waits for this person. */
export const waiting = (whole: Whole, acts: readonly Act[], person: Person | null): readonly Waiting[] => {
	const mine = person ? mineOf(acts, rolesHeld(whole, person)) : [];
	return acts.map(act => ({...plain(act), roles: act.roles, mine: mine.includes(act)}));
};

const idle = {
	brief: null,
	who: null,
	names: [],
	role: null,
	since: null,
	due: null,
	saysSince: false,
	saysDue: false,
	after: null,
	act: null,
	target: null,
} as const;

/** Where no names are bound to roles, a role that nobody has acted in is open to whoever acts in it first. */
const openRole = ({state}: Whole, {roles}: Act): string | null =>
	state.people === null ? (roles.find(role => state.holders[role] === undefined) ?? null) : null;

/** For this person; whoever acts in another of their roles learns which one it takes. */
const theirs = (act: Act, {role}: Person, held: readonly string[]): Next => {
	const {text, brief, roles} = act;
	const other = role === null || roles.includes(role) ? undefined : roles.find(each => held.includes(each));
	const said = other === undefined ? {} : {text: `as ${other}: ${text}`, brief: brief && `as ${other}: ${brief}`};
	return {...plain(act), ...said, who: null};
};

/** What comes after it, unless others decide it: of the sign-offs their own, then those that are not for this person to do. */
const afterMine = (acts: readonly Act[], mine: Act, roles: readonly string[]): string | null => {
	const others = acts.filter(({act}) => act === 'sign').filter(each => each !== mine);
	if (others.length === 0 || (mine.act !== 'sign' && mine.act !== 'setField')) {
		const {after, afterRoles} = mine;
		return afterRoles.length === 0 || afterRoles.some(role => roles.includes(role)) ? after : null;
	}
	const own = others.filter(each => each.roles.some(role => roles.includes(role))).length;
	return own === 0 ? `${counted(others.length, 'sign-off')} of others` : counted(own, 'more sign-off');
};

/** What this person has to do, or that nothing is waiting for them. */
export const yours = (whole: Whole, acts: readonly Act[], person: Person): Next | null => {
	const roles = rolesHeld(whole, person);
	const [mine] = mineOf(acts, roles);
	const urgent = acts[0];
	// NEXT says it already; what runs is nobody's to do.
	if (mine && mine === urgent && mine.act === null && mine.who === null)
		return {...plain(mine), text: 'nothing is waiting for you until it ends', brief: null, since: null, after: null};
	if (mine) return {...theirs(mine, person, roles), after: afterMine(acts, mine, roles)};
	if (!urgent) return null;
	if (roles.length > 0) return {...idle, text: 'nothing is waiting for you'};
	const role = openRole(whole, urgent);
	return {...idle, text: role === null ? 'watch: you hold no role here' : `if you are ${role}: ${urgent.text}`};
};
