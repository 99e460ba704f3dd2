/*
The link of an invitation that was recorded, as it is given away: once, because only its digest is kept. Mailed by the program, it
is shown nowhere; what the mail server does not take is revoked.
*/

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {EventData} from '../cutover/model/event.ts';
import {usualPlace} from '../cutover/model/page.ts';
import {itself, masked} from '../cutover/model/person.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import {snapshotNow} from '../cutover/snapshot/snapshot-of.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import {type Post, postOf, sendInvitation} from '../notifications/invitation.ts';
import {PersonalLink} from '../notifications/personal-link.ts';
import {authoritiesOf} from '../processes/environment.ts';
import {keepSecret, newSecret} from '../serve/secrets.ts';
import {errorText} from '../text/error-text.ts';
import {local} from '../text/time.ts';
import type {Opened} from './compose.ts';
import type {Io} from './io.ts';

type Invited = Readonly<EventData['invited']>;

/** `problem`: nothing was given. */
export type Given =
	| {
			/** Null where the program mailed it: nobody else sees it. */
			readonly link: string | null;
			/** `482 915`; null where the link has none. */
			readonly code: string | null;
			readonly lines: readonly string[];
			/** What has to run for it to open; null where the settings say that it does. */
			readonly needs: string | null;
	  }
	| {readonly problem: string};

type Place = Pick<Opened, 'journal' | 'folder' | 'clock'>;

const fileIn = (folder: string): string => join(folder, 'page-address');

/** Where the page is reached from outside; null where the settings do not say. */
export const urlOf = ({journal}: Pick<Place, 'journal'>): string | null => journal.state().runbook?.serve?.url ?? null;

/** The server says where it listens, for links of cutovers whose settings do not say how it is reached. */
export const noteAddress = (folder: string, address: string): void =>
	replaceFile(fileIn(folder), Buffer.from(`${address}\n`), 'nothing');

const addressIn = (folder: string): string =>
	(ifExists(() => readFileSync(fileIn(folder), 'utf8')) ?? `http://${usualPlace}`).trim();

const mailTarget = ({notify = []}: Runbook) => notify.find(({to}) => to === 'mail');

/** Why the program could mail no link from here; null where it could. */
export function mailProblem(runbook: Runbook, env: Io['env']): string | null {
	const target = mailTarget(runbook);
	if (target === undefined)
		return 'The settings name no mail server: add notify: [{to: mail, …}] to them, or pass the link on yourself.';
	return postOf(runbook, env, []) === null
		? `${target.variables.join(', ')} is not set here: it holds the address of the mail server. Export it, or pass the link on yourself.`
		: null;
}

/** Null once the mail server took it; else why it did not. */
async function mailed(
	place: Place,
	invited: Invited,
	by: string,
	link: PersonalLink,
	post: Post,
): Promise<string | null> {
	const state = place.journal.state();
	const {t0, ticket, title, links} = snapshotNow(place, null);
	const {name, roles, to, code} = invited;
	try {
		const answer = await sendInvitation(
			{
				id: `${state.id}/${invited.link}`,
				name,
				address: to ?? '',
				link,
				roles,
				title: `${ticket === null ? '' : `${ticket} · `}${title}`,
				by,
				t0: local(t0),
				until: local(links.find(each => each.link === invited.link)?.until ?? t0),
				hasCode: code,
				rehearsal: state.rehearsal !== null,
			},
			post,
		);
		return answer.arrived ? null : answer.reason;
	} catch (error) {
		return errorText(error);
	}
}

const codeLines = (name: string, code: string | null): readonly string[] =>
	code === null ? [] : [`Say these digits to ${name} on the phone, never in the same message: ${code}`];

const unserved = 'It opens only while cutover-tui serve runs, because the settings have no serve.';

/** `by`: who invited; `env`: of the shell, which holds the address of the mail server. */
export async function giveLink(place: Place, invited: Invited, by: string, env: Io['env']): Promise<Given> {
	const {journal, folder} = place;
	const {link, name, to, sent} = invited;
	const made = newSecret(invited.code);
	if (!(await keepSecret(folder, link, made)))
		return {problem: `Link ${link} was given before, and is not shown again. Invite ${name} anew.`};
	const address = `${urlOf(place) ?? addressIn(folder)}/i#${made.secret}`;
	const needs = journal.state().runbook?.serve === undefined ? unserved : null;
	const code = made.code === null ? null : `${made.code.slice(0, 3)} ${made.code.slice(3)}`;
	if (sent === 'print') {
		const lines = [`The link of ${name}, shown once: send it to ${name} alone, never to a channel.`, `  ${address}`];
		return {link: address, code, lines: [...lines, ...codeLines(name, code)], needs};
	}
	const state = journal.state();
	const post = state.runbook && postOf(state.runbook, env, authoritiesOf(folder, state));
	const why = post ? await mailed(place, invited, by, new PersonalLink(address), post) : 'no mail server is set here';
	if (why === null)
		return {
			link: null,
			code,
			needs,
			lines: [`The link of ${name} was mailed to ${masked(to ?? '')}, and is shown nowhere.`, ...codeLines(name, code)],
		};
	const reason = `the mail could not be sent: ${why}`;
	await journal.decide({id: `not mailed/${link}`, type: 'revoke', data: {link, reason}}, itself);
	return {problem: `Link ${link} is revoked, ${reason}. Invite ${name} again, or pass the link on yourself.`};
}
