/* One mail by a server of SMTP: what it took, and what a refusal of it means. Loaded only when something is sent. */

import {createTransport, type SMTPTransportOptions} from 'nodemailer';
import type {Path} from '../cutover/model/runbook.ts';
import {bare, isLoopback} from '../net/host.ts';
import {trusted} from '../net/tls.ts';
import {decoded} from '../text/decoded.ts';
import {type Answer, arrived, refused} from './channel.ts';
import {cut} from './cut.ts';

export type Letter = {
	readonly from: string;
	/** Addresses; none of them sees the others. */
	readonly to: readonly string[];
	readonly subject: string;
	readonly text: string;
	/** Without angle brackets. */
	readonly messageId: string;
	/** Of the mail that it is under. */
	readonly inReplyTo: string | null;
	/** Named `calendar.ics`. */
	readonly calendar: string | null;
};

/** `server`: its address, `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the first byte. */
export type Mailer = {
	readonly server: string;
	readonly ca: readonly Path[];
	readonly env: Readonly<Record<string, string | undefined>>;
};

const timeoutMs = 15_000;

/** Throws where the variable holds no address of a server, without saying it: there may be a password in it. */
function serverIn(text: string) {
	const url = URL.parse(text.trim());
	if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
		throw new Error('its variable does not hold the address of a server, smtp://HOST:PORT');
	const secure = url.protocol === 'smtps:';
	const user = decoded(url.username);
	return {
		host: bare(url.hostname),
		port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
		secure,
		// A password is never sent in the clear.
		requireTLS: !secure && user !== '' && !isLoopback(bare(url.hostname)),
		...(user === '' ? {} : {auth: {user, pass: decoded(url.password)}}),
	};
}

const numberIn = (error: object, key: string): number | null => {
	const value: unknown = Reflect.get(error, key);
	return typeof value === 'number' ? value : null;
};

/** A server that puts a mail off (4xx), or that nobody reached, may take it later. */
function answerOf(error: unknown): Answer {
	if (!(error instanceof Error)) return refused(String(error));
	const code = numberIn(error, 'responseCode');
	const reason = cut(error.message.split(/\r?\n/)[0] ?? '', 160);
	return code !== null && code >= 500 ? refused(reason) : {arrived: false, reason, again: true};
}

/** Who has a mail already that the server put off for others, by its Message-ID: another try goes to those others alone. */
const taken = new Map<string, readonly string[]>();

/** One try. Rejects where the address of the server is none. */
export async function sendMail(letter: Letter, {server, ca, env}: Mailer): Promise<Answer> {
	const settings: SMTPTransportOptions = {
		...serverIn(server),
		connectionTimeout: timeoutMs,
		greetingTimeout: timeoutMs,
		socketTimeout: timeoutMs,
		dnsTimeout: timeoutMs,
		disableFileAccess: true,
		disableUrlAccess: true,
		tls: {rejectUnauthorized: true, secureContext: trusted({ca, env})},
	};
	const transport = createTransport(settings);
	const {from, to, subject, text, messageId, inReplyTo, calendar} = letter;
	const before = taken.get(messageId) ?? [];
	try {
		const {
			accepted,
			rejected,
			rejectedErrors = [],
			response,
		} = await transport.sendMail({
			from,
			// Everybody's address is nobody else's.
			to: to.length === 1 ? [...to] : from,
			envelope: {from, to: to.filter(address => !before.includes(address))},
			subject,
			text,
			messageId: `<${messageId}>`,
			...(inReplyTo === null ? {} : {inReplyTo: `<${inReplyTo}>`, references: `<${inReplyTo}>`}),
			headers: {'Auto-Submitted': 'auto-generated'},
			...(calendar === null
				? {}
				: {
						attachments: [
							{
								filename: 'calendar.ics',
								content: calendar,
								contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
							},
						],
					}),
		});
		const isPutOff = rejectedErrors.some(({responseCode = 500}) => responseCode < 500);
		if (isPutOff) taken.set(messageId, [...before, ...accepted]);
		else taken.delete(messageId);
		return rejected.length === 0
			? arrived(cut(response, 160))
			: {arrived: false, reason: `${rejected.length} of ${to.length} addresses were refused`, again: isPutOff};
	} catch (error) {
		return answerOf(error);
	} finally {
		transport.close();
	}
}
