/* Google Chat, by a webhook of a space: one thread a cutover, where the space has threads. */
import {cut, withinBytes} from './cut.ts';
import {byWebhook} from './post.ts';
import {escaped} from './slack.ts';

const mostBytes = 30_000;

/** `<users/all>` mentions everybody, and the rest formats. */
const plain = (text: string): string => text.replaceAll(/[<*_~`]/g, '$&\u200b');

export const googleChat = byWebhook({
	summary: 'a space of Google Chat, by its webhook',
	address: 'the webhook',
	query: {messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD'},
	body: ({title, text, lines, fields, link, cutover}) =>
		withinBytes(
			lines.map(line => cut(line, 500)),
			mostBytes,
			shown => ({
				text: plain(cut(text, 2000)),
				thread: {threadKey: cutover},
				cardsV2: [
					{
						cardId: 'cutover',
						card: {
							header: {title: cut(title, 200)},
							sections: [
								{
									widgets: [
										...shown.map(line => ({textParagraph: {text: escaped(line)}})),
										...fields.slice(0, 12).map(({name, value}) => ({
											decoratedText: {topLabel: escaped(cut(name, 80)), text: escaped(cut(value, 400)), wrapText: true},
										})),
										...(link === null
											? []
											: [{buttonList: {buttons: [{text: link.text, onClick: {openLink: {url: link.url}}}]}}]),
									],
								},
							],
						},
					},
				],
			}),
		),
});
