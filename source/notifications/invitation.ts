/*
The letter that brings somebody their personal link: to one address, by nobody's hand, so that whoever invited them never sees the link.
The digits that go with it are given in another way, and are not in it.
*/
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import {safe} from '../text/clean.ts';
import type {Answer} from './channel.ts';
import {messageIdOf} from './mail.ts';
import type {PersonalLink} from './personal-link.ts';
import type {Mailer} from './smtp.ts';

export type Invitation = {
	/** Of the link: the same in every try. */
	readonly id: string;
	readonly name: string;
	readonly address: string;
	readonly link: PersonalLink;
	/** In which they are asked. */
	readonly roles: readonly string[];
	/** Of what: ticket and heading of the runbook. */
	readonly title: string;
	/** Who invited them. */
	readonly by: string;
	/** When T0 is planned, and until when the link opens, as people read it. */
	readonly t0: string;
	readonly until: string;
	/** Whether six digits go with it. */
	readonly hasCode: boolean;
	readonly rehearsal: boolean;
};

export type Post = Mailer & {readonly from: string};

/** By which server the settings send mail: that of their first target with `to: mail`. Null where none is named, or its address is not set. */
export function postOf({notify = []}: Pick<Runbook, 'notify'>, env: Post['env'], ca: readonly Path[]): Post | null {
	const {server, from} = notify.find(({to}) => to === 'mail')?.values ?? {};
	const address = typeof server === 'string' ? env[server] : undefined;
	return typeof from !== 'string' || !address ? null : {server: address, from, ca, env};
}

const textOf = ({name, link, roles, title, by, t0, until, hasCode, rehearsal}: Invitation): string =>
	[
		`${rehearsal ? 'This is a rehearsal.\n\n' : ''}${safe(by)} invites you, ${safe(name)} (${safe(roles.join(', '))}), to ${safe(title)}.`,
		'',
		`T0 is planned for ${safe(t0)}. When you are asked, open your own link:`,
		'',
		link.reveal(),
		'',
		'It is yours alone: do not forward it. Opening it decides nothing; each answer is typed.',
		...(hasCode
			? ['You will get six digits in another way, on the bridge or by phone. They belong to this link.']
			: []),
		`If the link does not open, open its address without what follows the # and paste the rest there. It works until ${safe(until)}.`,
		'',
		'-- ',
		'Sent by cutover-tui; nobody reads answers to this address.',
		'',
	].join('\n');

/** One try. Rejects where the address of the server is none. The reason of a refusal holds no link. */
export async function sendInvitation(invitation: Invitation, {server, from, ca, env}: Post): Promise<Answer> {
	const {sendMail} = await import('./smtp.ts');
	const {id, address, title, rehearsal, link} = invitation;
	const answer = await sendMail(
		{
			from,
			to: [address],
			subject: `${rehearsal ? 'REHEARSAL: ' : ''}Your link to ${safe(title)}`,
			text: textOf(invitation),
			messageId: messageIdOf(`invitation/${id}`, from),
			inReplyTo: null,
			calendar: null,
		},
		{server, ca, env},
	);
	return answer.arrived ? answer : {...answer, reason: answer.reason.replaceAll(link.reveal(), String(link))};
}
