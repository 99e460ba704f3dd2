/* ntfy: a topic's address is its password, so all of it is in the variable. */
import type {Level} from '../cutover/snapshot/notices.ts';
import {cut} from './cut.ts';
import {addressIn, posting} from './post.ts';

const urgency: Readonly<Record<Level, readonly [priority: number, tag: string]>> = {
	bad: [5, 'rotating_light'],
	warning: [4, 'warning'],
	good: [3, 'white_check_mark'],
	info: [3, 'information_source'],
};

/** A longer message becomes an attachment. */
const mostBytes = 4096;

/** As many whole lines as fit, the first of them in any case. */
function within(lines: readonly string[]): string {
	let count = lines.length;
	while (count > 1 && Buffer.byteLength(lines.slice(0, count).join('\n')) > mostBytes) count--;
	return lines.slice(0, count).join('\n');
}

export const ntfy = posting({
	summary: 'a topic of ntfy',
	fields: {
		url: {kind: 'variable', required: true, summary: 'variable with the address of the topic'},
		token: {kind: 'variable', required: false, summary: 'variable with an access token of the server'},
	},
	posts({title, text, lines, fields, link, level}, {url, token}) {
		const address = addressIn(url);
		const [, above = '', topic = ''] = /^(.*\/)?([^/]+)\/?$/.exec(address.pathname.slice(1)) ?? [];
		if (topic === '') throw new Error('its variable does not hold the address of a topic');
		const [priority, tag] = urgency[level];
		const server = new URL(`/${above}`, address.origin);
		const facts = fields.map(({name, value}) => `${name}: ${cut(value, 300)}`);
		return [
			{
				url: server,
				...(token === undefined ? {} : {headers: {authorization: `Bearer ${token}`}}),
				body: {
					topic,
					title: cut(title, 200),
					message: within([cut(text, 1000), ...lines.map(line => cut(line, 300)), ...facts]),
					priority,
					tags: [tag],
					...(link === null ? {} : {click: link.url}),
				},
			},
		];
	},
});
