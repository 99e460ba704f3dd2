/* Mail: all notices of a cutover are one thread, under one subject, because mailboxes thread by it. */
import {createHash} from 'node:crypto';
import {ofPerson} from '../cutover/model/reached.ts';
import {channel, type Message} from './channel.ts';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The same in every try, so that a mailbox that got it twice shows it once. */
export const messageIdOf = (id: string, from: string): string =>
	`${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domainOf(from)}`;

/** The mail that says that the cutover was begun: its entry is the first of the journal. */
const rootOf = ({cutover}: Message): string => `${cutover}/entry 1`;

const table = (fields: Message['fields']): readonly string[] => {
	const width = Math.max(0, ...fields.map(({name}) => name.length));
	return fields.map(({name, value}) => `${name.padEnd(width)}  ${value}`);
};

const textOf = ({text, lines, fields, link, title}: Message): string =>
	[
		text,
		...(lines.length === 0 ? [] : ['', ...lines]),
		'',
		...table(fields),
		...(link === null ? [] : ['', `${link.text}: ${link.url}`]),
		'',
		'-- ',
		`${title}. Sent by cutover-tui; nobody reads answers to this address.`,
		'',
	].join('\n');

export const mail = channel({
	summary: 'mail to people of the settings, in one thread',
	fields: {
		server: {
			kind: 'variable',
			required: true,
			summary: 'variable with the address of the mail server, `smtp://USER:PASSWORD@HOST:587` or `smtps://…`',
		},
		from: {kind: 'mail', required: true, summary: 'address that mail comes from'},
		people: {kind: 'people', required: true, summary: 'names of `people`, each with a `mail`'},
	},
	async send(message, {server, from, people}, {mails, ca, env}) {
		const to = people.flatMap(name => ofPerson(mails, name) ?? []);
		if (to.length === 0) throw new Error('none of its people has a mail address');
		const {sendMail} = await import('./smtp.ts');
		const root = messageIdOf(rootOf(message), from);
		const messageId = messageIdOf(message.id, from);
		return sendMail(
			{
				from,
				to,
				subject: message.title,
				text: textOf(message),
				messageId,
				inReplyTo: messageId === root ? null : root,
				calendar: message.calendar,
			},
			{server, ca, env},
		);
	},
});
