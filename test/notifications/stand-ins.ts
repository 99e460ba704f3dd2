/*
Servers that stand in for the services of the channels: each takes what the real one takes, refuses what it refuses, and answers as it
answers. Their limits are those of the services' documentation.
*/
import type {IncomingHttpHeaders} from 'node:http';
import type {TestContext} from 'node:test';
import {Webhook} from 'standardwebhooks';
import {serve} from '../probes/around.ts';

export type Seen = {readonly path: string; readonly headers: IncomingHttpHeaders; readonly text: string};
export type Said = {
	readonly status: number;
	readonly text: string;
	readonly headers?: Readonly<Record<string, string>>;
};
type Judge = (seen: Seen, body: Body) => Said;
/** JSON that nobody trusts: any path of it may be missing. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what is tested
type Body = any;

const says = (status: number, text = ''): Said => ({status, text});

const texts = (value: unknown): readonly string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(texts)
			: [];

const longer = (value: unknown, most: number): boolean => typeof value !== 'string' || value.length > most;

const slack: Judge = (_, {text, attachments = []}) => {
	if (typeof text !== 'string' && attachments.length === 0) return says(400, 'no_text');
	if (longer(text, 40_000)) return says(400, 'msg_too_long');
	if (attachments.length > 20 || attachments.some(({text: own = ''}) => longer(own, 3000)))
		return says(400, 'invalid_attachments');
	const all = texts([text, attachments]).join('\n');
	if (/<[!@#]/.test(all)) return says(400, 'it mentions somebody');
	return says(200, 'ok');
};

const mattermost: Judge = (_, {text, attachments = []}) => {
	const all = texts([text, attachments]).join('\n');
	if (all.length > 16_383) return says(400, 'too long');
	if (/(?<!\\)@(?:channel|all|here)\b/.test(all)) return says(400, 'it mentions everybody');
	return text ? says(200, 'ok') : says(400, 'Invalid webhook payload');
};

const teams: Judge = ({text}, {type, attachments: [card] = []}) => {
	if (type !== 'message' || card?.contentType !== 'application/vnd.microsoft.card.adaptive')
		return says(400, 'TriggerInputSchemaMismatch');
	const {type: kind, body = []} = card.content;
	if (kind !== 'AdaptiveCard' || body.length === 0) return says(400, 'no card');
	// The real one accepts it, and posts nothing: here it is seen.
	return Buffer.byteLength(text) * 1.2 > 28_672 ? says(413, 'RequestEntityTooLarge') : says(202);
};

const discord: Judge = (_, {content = '', embeds = [], allowed_mentions: {parse = ['everyone']} = {}}) => {
	const no = (what: string): Said => says(400, JSON.stringify({message: 'Invalid Form Body', code: 50_035, what}));
	if (longer(content, 2000) || embeds.length > 10) return no('content');
	let sum = 0;
	for (const {title = '', description = '', fields = []} of embeds) {
		if (longer(title, 256) || longer(description, 4096) || fields.length > 25) return no('embeds');
		for (const {name, value} of fields)
			if (longer(name, 256) || longer(value, 1024) || name === '' || value === '') return no('fields');
		sum += texts([title, description, fields]).join('').length;
	}
	if (sum > 6000) return no('embeds together');
	return parse.length === 0 ? says(204) : no('it may mention everybody');
};

const googleChat: Judge = ({text: raw, path}, {text, cardsV2 = [], thread}) => {
	if (Buffer.byteLength(raw) > 32_000) return says(400, 'INVALID_ARGUMENT: message too large');
	if (typeof text !== 'string' && cardsV2.length === 0) return says(400, 'INVALID_ARGUMENT');
	if (text.includes('<users/')) return says(400, 'it mentions somebody');
	if (!/^\/v1\/spaces\/S\/messages\?key=K1234567890abcdef&token=T1234567890abcdef&messageReplyOption=/.test(path))
		return says(403, 'PERMISSION_DENIED');
	return thread?.threadKey ? says(200, '{"name": "spaces/S/messages/1"}') : says(400, 'no thread');
};

const ntfy: Judge = ({path, headers}, {topic, title, message, priority, tags}) => {
	if (path !== '/') return says(404, '{"code":40401}');
	if (headers.authorization !== 'Bearer tk_abcdefghijkl') return says(403, '{"code":40301,"error":"forbidden"}');
	if (topic !== 'night-of-the-ledger' || longer(title, 250)) return says(400, '{"code":40001}');
	if (Buffer.byteLength(message) > 4096) return says(400, 'it becomes an attachment');
	return priority >= 1 && priority <= 5 && Array.isArray(tags) ? says(200, '{"id":"x"}') : says(400, 'priority');
};

const pagerduty: Judge = ({path, text}, {routing_key: key, event_action: action, dedup_key: dedup, payload, links}) => {
	const no = (what: string): Said => says(400, JSON.stringify({status: 'invalid event', errors: [what]}));
	if (Buffer.byteLength(text) > 512_000) return says(413);
	if (key !== 'R'.repeat(32)) return no('routing_key');
	if (links !== undefined && !Array.isArray(links)) return no('links');
	const isWhole = payload && !longer(payload.summary, 1024) && payload.summary !== '';
	if (path === '/v2/change/enqueue') return isWhole ? says(202, '{"status":"success"}') : no('payload');
	if (path !== '/v2/enqueue') return says(404);
	if (longer(dedup, 255)) return no('dedup_key');
	if (action === 'resolve') return says(202, '{"status":"success"}');
	const isSevere = ['critical', 'error', 'warning', 'info'].includes(payload?.severity);
	return action === 'trigger' && isWhole && isSevere && payload.source
		? says(202, '{"status":"success"}')
		: no('payload');
};

export const secret = `whsec_${Buffer.from('a secret of twenty-four bytes').toString('base64')}`;

const webhook: Judge = ({text, headers}) => {
	try {
		new Webhook(secret).verify(text, headers as Record<string, string>);
	} catch (error) {
		return says(400, String(error));
	}
	return Buffer.byteLength(text) > 20_000 ? says(413, 'it is longer than advised') : says(204);
};

export const services = {slack, mattermost, teams, discord, 'google-chat': googleChat, ntfy, pagerduty, webhook};

/** Where each is posted to, what else it needs, and what of that is secret. */
export const settingsOf = (name: keyof typeof services, server: string): Readonly<Record<string, string>> => {
	const paths = {
		slack: '/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx',
		mattermost: '/hooks/abcdefghijklmnopqrstuvwxyz',
		teams: '/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sig=abcdefghijklmnopqrstuv',
		discord: '/api/webhooks/123456789012345678/abcdefghijklmnopqrstuvwxyz',
		'google-chat': '/v1/spaces/S/messages?key=K1234567890abcdef&token=T1234567890abcdef',
		ntfy: '/night-of-the-ledger',
		pagerduty: '',
		webhook: '/in/abcdefghijklmnopqrstuvwxyz',
	} as const;
	if (name === 'pagerduty') return {key: 'R'.repeat(32), host: server};
	const url = `${server}${paths[name]}`;
	return {url, ...(name === 'webhook' ? {secret} : {}), ...(name === 'ntfy' ? {token: 'tk_abcdefghijkl'} : {})};
};

/** A server that keeps what it was sent, and answers as it is told. */
export async function standIn(t: TestContext, judge: Judge): Promise<{readonly url: string; readonly seen: Seen[]}> {
	const seen: Seen[] = [];
	const url = await serve(t, (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			const one = {path: request.url ?? '', headers: request.headers, text};
			seen.push(one);
			const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '');
			const {status, text: answer, headers = {}} = isJson ? judge(one, JSON.parse(text)) : says(415, 'not JSON');
			response.writeHead(status, headers).end(answer);
		});
	});
	return {url, seen};
}
