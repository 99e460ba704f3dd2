/* Mattermost, by an incoming webhook: Slack's attachments, in Markdown, and mentions by name. */
import {cutAs} from './cut.ts';
import {byWebhook} from './post.ts';
import {asSlack, attachmentOf} from './slack.ts';

/** An `@` mentions nobody, and no character formats: what is in a runbook or a reason is shown as it is there. */
const plain = (text: string): string => text.replaceAll('@', '@\u200b').replaceAll(/[\\`*_{}[\]()#+!|~<>]/g, '\\$&');

export const mattermost = byWebhook({
	...asSlack,
	summary: 'a channel of Mattermost, by an incoming webhook',
	body: message => ({text: cutAs(message.text, 3000, plain), attachments: [attachmentOf(message, plain)]}),
});
