/* Discord, by a webhook: an embed, with every mention off. */
import {cut, cutLines} from './cut.ts';
import {byWebhook} from './post.ts';
import {colours} from './slack.ts';

const plain = (text: string): string => text.replaceAll(/[\\`*_~|>[\]()#]/g, '\\$&');

export const discord = byWebhook({
	summary: 'a channel of Discord, by a webhook',
	address: 'the webhook',
	// All texts of an embed may have 6,000 characters together: 256 + 2,000 + 10 * (60 + 300) fit.
	body: ({title, text, lines, fields, link, level}) => ({
		content: cut(plain(text), 2000),
		embeds: [
			{
				title: cut(plain(title), 256),
				...(link === null ? {} : {url: link.url}),
				description: cut(plain(cutLines(lines, 1500)), 2000),
				color: Number.parseInt(colours[level].slice(1), 16),
				fields: fields.slice(0, 10).map(({name, value}) => ({
					name: cut(plain(name), 60),
					value: cut(plain(value), 300),
					inline: value.length <= 30,
				})),
			},
		],
		allowed_mentions: {parse: []},
	}),
});
