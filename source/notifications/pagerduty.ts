/*
PagerDuty, Events API v2. What `on` names pages somebody: one alert a message, resolved once the trouble is over. What `change`
names pages nobody: it is shown beside the incidents of the service.
*/
import {stamp} from '../text/time.ts';
import {type Message, refused} from './channel.ts';
import {cut} from './cut.ts';
import {type Post, posting, saidIn} from './post.ts';

const usualHost = 'https://events.pagerduty.com';

const severity = {bad: 'critical', warning: 'warning', good: 'info', info: 'info'} as const;

const details = ({title, lines, fields}: Message): Readonly<Record<string, string>> =>
	Object.fromEntries([
		['cutover', cut(title, 500)],
		...fields.map(({name, value}) => [name, cut(value, 500)] as const),
		...lines.slice(0, 50).map((line, index) => [`event ${index + 1}`, cut(line, 500)] as const),
	]);

/** At most 255 characters. */
const keyOf = (id: string): string => cut(id, 255);

export const pagerduty = posting({
	summary: 'a service of PagerDuty',
	each: true,
	fields: {
		key: {
			kind: 'variable',
			required: true,
			summary: 'variable with the integration key (Events API v2) of the service',
		},
		change: {
			kind: 'events',
			required: false,
			summary: 'moments that are reported as change events, which page nobody, or `all`',
		},
		host: {
			kind: 'text',
			required: false,
			summary: `where events are sent, \`${usualHost}\` unless set; \`https://events.eu.pagerduty.com\` for accounts in Europe`,
		},
	},
	posts(message, {key, change = [], host = usualHost}) {
		const {id, on, text, level, link, ends, cutover, at} = message;
		const to = (path: string): URL => {
			const url = URL.parse(path, host);
			if (url === null || !/^https?:$/.test(url.protocol)) throw new Error('its host is not an http address');
			return url;
		};
		const links = link === null ? {} : {links: [{href: link.url, text: link.text}]};
		const event = (body: object): Post => ({url: to('/v2/enqueue'), body: {routing_key: key, ...body}});
		const over = ends.map(ended => event({event_action: 'resolve', dedup_key: keyOf(ended)}));
		const payload = {summary: cut(text, 1024), source: cutover, timestamp: stamp(at), custom_details: details(message)};
		const changed: Post = {url: to('/v2/change/enqueue'), body: {routing_key: key, payload, ...links}};
		if (change.includes(on) || on === 'update') return [...over, changed];
		const [first, ...others] = over;
		// Good news page nobody: they end what paged.
		if (level === 'good' || on === 'closed') return first === undefined ? [changed] : [first, ...others];
		const alert = {...payload, severity: severity[level]};
		return [event({event_action: 'trigger', dedup_key: keyOf(id), payload: alert, ...links})];
	},
	denied: heard => (heard.status === 202 ? null : refused(saidIn(heard))),
});
