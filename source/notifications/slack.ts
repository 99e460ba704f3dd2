/*
Slack, by an incoming webhook. It takes whatever it understands of a payload and answers `ok`; every other text is a refusal, whatever
the status says. Attachments, because only they have a colour.
*/
import type {Level} from '../cutover/snapshot/notices.ts';
import type {Heard} from '../net/exchange.ts';
import {type Message, refused} from './channel.ts';
import {cutAs, cutLines} from './cut.ts';
import {byWebhook, saidIn} from './post.ts';

export const colours: Readonly<Record<Level, string>> = {
	bad: '#a8071a',
	warning: '#d48806',
	good: '#389e0d',
	info: '#096dd9',
};

/** Slack reads three characters as its own, and cards of Google Chat are HTML: without them no text mentions everybody, or passes for a link. */
export const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What Slack and Mattermost share. */
export function attachmentOf(message: Message, say: (text: string) => string) {
	const {title, text, lines, fields, link, level} = message;
	return {
		color: colours[level],
		fallback: cutAs(text, 1000, say),
		title: cutAs(title, 400, say),
		...(link === null ? {} : {title_link: link.url}),
		text: cutAs(cutLines([...(link === null ? [] : [`${link.text}: ${link.url}`]), ...lines], 2500), 3000, say),
		fields: fields.slice(0, 10).map(({name, value}) => ({
			title: cutAs(name, 100, say),
			value: cutAs(value, 500, say),
			short: value.length <= 40,
		})),
		mrkdwn_in: [],
	};
}

/** The address and the answers of both, too. */
export const asSlack = {
	address: 'the incoming webhook',
	denied: (heard: Heard) => (heard.body.trim() === 'ok' ? null : refused(saidIn(heard))),
};

export const slack = byWebhook({
	...asSlack,
	summary: 'a channel of Slack, by an incoming webhook',
	body: message => ({
		text: cutAs(message.text, 3000, escaped),
		mrkdwn: false,
		unfurl_links: false,
		unfurl_media: false,
		attachments: [attachmentOf(message, escaped)],
	}),
});
