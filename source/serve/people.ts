/*
People with a personal link: the door, what waits for them, the form of an act and its record. A GET changes nothing; an act is
decided by the rules on exactly what was shown, and is the same act however often its form is sent.
*/
import {randomBytes} from 'node:crypto';
import {situationIn} from '../commands/situation-in.ts';
import {accountOf, endedForbidden, linkOf, openLinks} from '../cutover/decide/links.ts';
import type {Invitation} from '../cutover/model/link.ts';
import {itself} from '../cutover/model/person.ts';
import {type Clock, type Entry, type Journal, StoreFault} from '../cutover/ports.ts';
import {formPolicy} from '../page/ask.ts';
import {donePage, doorPage, doorPolicy, mePage, mePolicy, shutPage} from '../page/me.ts';
import {Acts, typedIn} from './acting.ts';
import type {Front} from './front.ts';
import type {Answer, Asked, Page, Route} from './route.ts';
import {linkWith} from './secrets.ts';
import {notice} from './server.ts';
import {personOf, type Session, Sessions} from './sessions.ts';

export type PeopleWorld = {
	readonly journal: Journal;
	readonly clock: Clock;
	/** Of the cutover. */
	readonly folder: string;
	/** Readers come by https. */
	readonly secure: boolean;
	/** Null: nobody is signed in. */
	readonly front: Front | null;
};

export type People = {
	readonly routes: readonly Route[];
	/** Whether a personal link is open in this browser, or somebody of the settings is signed in. */
	isIn(asked: Asked): boolean;
};

/** The browser's address; over a unix socket the proxy in front says it. */
const addressOf = ({from, header}: Asked): string =>
	from ?? header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';

const longestAgent = 120;

const shut = (asked: Asked, title: string, text: string): Page => ({
	status: 403,
	policy: formPolicy,
	body: shutPage(title, text, typedIn(asked)),
});

const notOpen =
	'Your link is not open in this browser. Open it again as you got it; if you just did, this browser takes no cookies.';

/** Opens a link, which is recorded; a store that is away is said. */
async function orFault(work: () => Promise<Answer>): Promise<Answer> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		return notice(503, 'Not open', 'The journal cannot be written now. Open your link again in a minute.');
	}
}

/** The first entry of each act: what it says itself, and not what follows from it. */
const actsBy = (entries: readonly Entry[], link: string): readonly Entry[] => {
	const mine = entries.filter(({by}) => by.web?.link === link);
	return mine.filter(({cause}, index) => mine.findIndex(other => other.cause === cause) === index);
};

export function peopleOf(world: PeopleWorld): People {
	const {journal, clock, folder, secure, front} = world;
	const sessions = new Sessions(clock);
	const acts = new Acts(world);
	const cookie = secure ? '__Host-cutover-link' : 'cutover-link';
	const set = (value: string, maxAge: number) => ({
		'set-cookie': `${cookie}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAge}${secure ? '; Secure' : ''}`,
	});
	const now = (): number => Math.max(clock.now(), journal.state().at);

	const accountFor = (name: string): string | null => {
		const {runbook} = journal.state();
		return runbook && accountOf(runbook, name);
	};
	/** Whether this person is signed in. */
	const has = ({account}: Asked, {name}: Pick<Invitation, 'name'>): boolean =>
		account !== null && accountFor(name) === account.mail;
	/** Of a person without an address a sign-in says nothing. */
	const isAnother = (asked: Asked, link: Invitation): boolean =>
		asked.account !== null && accountFor(link.name) !== null && !has(asked, link);
	const linkOfAccount = (asked: Asked): string | null =>
		openLinks(journal.state(), now()).findLast(link => has(asked, link))?.link ?? null;

	const signsIn = ({account}: Asked): boolean => account === null && (front?.routes.length ?? 0) > 0;

	const inside =
		(handle: (asked: Asked, session: Session, link: Invitation) => Answer | Promise<Answer>) =>
		(asked: Asked): Answer | Promise<Answer> => {
			const session = sessions.find(asked.cookie(cookie));
			const link = session && linkOf(journal.state(), session.link);
			// Who just signed in has the door before them, which then takes no code.
			if (session === null || link === null)
				return asked.account === null ? shut(asked, 'Not open', notOpen) : {location: '/i'};
			const ended = journal.state().closed === null ? endedForbidden(journal.state(), link, now()) : null;
			if (ended !== null) return shut(asked, 'Link ended', `${ended.why} ${ended.fix}`);
			if (isAnother(asked, link))
				return shut(
					asked,
					'Signed in as somebody else',
					`${asked.account?.mail} is signed in; this link is of ${link.name}.`,
				);
			return handle(has(asked, link) ? asked : {...asked, account: null}, session, link);
		};

	const door = (asked: Asked, problem: string | null = null, status = 200): Page => ({
		status,
		policy: doorPolicy,
		body: doorPage(problem, {
			mail: asked.account?.mail ?? null,
			has: linkOfAccount(asked) !== null,
			signsIn: signsIn(asked),
		}),
	});

	const open = (asked: Asked): Promise<Answer> =>
		orFault(async () => {
			const from = addressOf(asked);
			if (sessions.isTooMany(from)) return door(asked, 'Too many tries. Wait a minute.', 429);
			const secret = (asked.form.get('secret') ?? '').trim();
			const link = secret === '' ? linkOfAccount(asked) : linkWith(folder, secret);
			const invitation = link === null ? null : linkOf(journal.state(), link);
			if (link === null || invitation === null) {
				sessions.failed(from);
				return door(asked, 'No link has this code. It may have been replaced: ask who invited you.', 403);
			}
			if (isAnother(asked, invitation)) {
				sessions.failed(from);
				return door(asked, `${asked.account?.mail} is signed in, and this link is of somebody else.`, 403);
			}
			if ((asked.form.get('word') ?? '').trim().toUpperCase() !== 'OPEN')
				return door(asked, 'Type OPEN to open your link.', 422);
			const agent = (asked.header('user-agent') ?? 'unknown').slice(0, longestAgent);
			const session = sessions.open(link, from, agent);
			if (session === null) return door(asked, 'This link was opened too often. Wait a minute.', 429);
			const id = `open/${link}/${randomBytes(9).toString('base64url')}`;
			const answer = await journal.decide({id, type: 'recordOpened', data: {link, from, agent}}, itself);
			if (answer.refused) {
				sessions.end(session);
				return door(asked, `${answer.why} ${answer.fix}`, 403);
			}
			return {location: '/me', headers: set(session.id, 43_200)};
		});

	const me = (asked: Asked, session: Session, link: Invitation): Page => ({
		policy: mePolicy,
		body: mePage(
			situationIn(journal, now(), personOf(session, link, asked.account)),
			actsBy(journal.entries(), link.link),
			signsIn(asked) && accountFor(link.name) !== null,
		),
	});

	const done = ({query}: Asked, _: Session, {link}: Invitation): Page => {
		const entries = journal.entries().filter(({cause}) => cause === acts.idOf(link, query.get('id') ?? ''));
		return entries.length === 0
			? notice(404, 'Nothing recorded', 'There is no such act of this link.')
			: {body: donePage(entries.filter(({by}) => by.web !== undefined)), policy: acts.policy};
	};

	const leave = (asked: Asked): Answer => {
		const session = sessions.find(asked.cookie(cookie));
		if (session !== null) sessions.end(session);
		front?.end(asked);
		return {location: '/i', headers: set('', 0)};
	};

	return {
		isIn: asked => {
			if (Object.keys(journal.state().runbook?.mails ?? {}).some(name => has(asked, {name}))) return true;
			const session = sessions.find(asked.cookie(cookie));
			const link = session && linkOf(journal.state(), session.link);
			return link !== null && endedForbidden(journal.state(), link, now()) === null;
		},
		routes: [
			{method: 'GET', path: '/i', name: 'door', handle: asked => door(asked)},
			{method: 'POST', path: '/i', name: 'open link', handle: open},
			{method: 'GET', path: '/me', name: 'me', handle: inside(me)},
			{
				method: 'GET',
				path: '/act',
				name: 'form',
				handle: inside((asked, session, link) => acts.form(asked, session, link)),
			},
			{
				method: 'POST',
				path: '/act',
				name: 'act',
				handle: inside((asked, session, link) => acts.record(asked, session, link)),
			},
			{method: 'GET', path: '/done', name: 'done', handle: inside(done)},
			{method: 'POST', path: '/leave', name: 'leave', handle: leave},
			...(front?.routes ?? []),
		],
	};
}
