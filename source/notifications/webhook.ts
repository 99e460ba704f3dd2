/*
Any receiver of Standard Webhooks (https://www.standardwebhooks.com): signed, so that it knows the sender, and with an id that stays the
same in every try, so that it acts once.
*/
import {createHash, createHmac} from 'node:crypto';
import {stamp} from '../text/time.ts';
import {cut} from './cut.ts';
import {addressIn, posting} from './post.ts';

const secretForm = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;

/** Throws where the secret is none, without saying it. */
function keyOf(secret: string): Buffer {
	const [, text] = secretForm.exec(secret.trim()) ?? [];
	if (text === undefined) throw new Error('its secret is not whsec_ and 24 to 64 bytes in base64');
	return Buffer.from(text, 'base64');
}

/** An id of theirs has no dots and fits into a header. */
const idOf = (id: string): string => `msg_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;

/** `seconds`: when it is sent, since the epoch. */
const signatureOf = (secret: string, id: string, seconds: number, body: string): string =>
	`v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`;

export const webhook = posting({
	summary: 'any receiver of Standard Webhooks',
	each: true,
	fields: {
		url: {kind: 'variable', required: true, summary: 'variable with the address of the receiver'},
		secret: {
			kind: 'variable',
			required: true,
			summary: 'variable with the secret that messages are signed with, `whsec_…`',
		},
	},
	posts({id, on, level, title, text, fields, link, story, at, cutover, head, rehearsal}, {url, secret}, {now}) {
		const body = JSON.stringify({
			type: `cutover.${on}`,
			timestamp: stamp(at),
			data: {
				cutover,
				rehearsal,
				head,
				level,
				title: cut(title, 500),
				text: cut(text, 2000),
				fields: Object.fromEntries(fields.map(({name, value}) => [name, cut(value, 500)])),
				link: link?.url ?? null,
				story: story.slice(0, 100).map(line => cut(line, 120)),
			},
		});
		const seconds = Math.floor(now() / 1000);
		const own = idOf(id);
		return [
			{
				url: addressIn(url),
				body,
				headers: {
					'webhook-id': own,
					'webhook-timestamp': `${seconds}`,
					'webhook-signature': signatureOf(secret, own, seconds, body),
				},
			},
		];
	},
});
