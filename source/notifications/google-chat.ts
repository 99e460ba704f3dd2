/* Google Chat, by a webhook of a space: one thread a cutover, where the space has threads. */
import {cut, withinBytes} from './cut.ts';
import {byWebhook} from './post.ts';

const mostBytes = 30_000;

/** Texts of cards are HTML. */
const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

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
										...shown.map(line => ({textParagraph: {text: html(line)}})),
										...fields.slice(0, 12).map(({name, value}) => ({
											decoratedText: {topLabel: html(cut(name, 80)), text: html(cut(value, 400)), wrapText: true},
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
