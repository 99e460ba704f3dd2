/* Mattermost, by an incoming webhook: Slack's attachments, in Markdown, and mentions by name. */
import {refused} from './channel.ts';
import {cutAs} from './cut.ts';
import {addressIn, posting, saidIn} from './post.ts';
import {attachmentOf} from './slack.ts';

/** An `@` mentions nobody, and no character formats: what stands in a runbook or a reason is shown as it stands there. */
const plain = (text: string): string => text.replaceAll('@', '@\u200b').replaceAll(/[\\`*_{}[\]()#+!|~<>]/g, '\\$&');

export const mattermost = posting({
	summary: 'a channel of Mattermost, by an incoming webhook',
	fields: {
		url: {kind: 'variable', required: true, summary: 'variable with the address of the incoming webhook'},
	},
	posts: (message, {url}) => [
		{
			url: addressIn(url),
			body: {text: cutAs(message.text, 3000, plain), attachments: [attachmentOf(message, plain)]},
		},
	],
	denied: heard => (heard.body.trim() === 'ok' ? null : refused(saidIn(heard))),
});
