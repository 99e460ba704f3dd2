/*
Microsoft Teams, by a flow of Workflows ("When a Teams webhook request is received"). The flow accepts, and posts later: what it answers
says nothing of the post. Teams refuses a card above 28 KB as it expands it, which is a fifth more than was sent.
*/
import type {Level} from '../cutover/snapshot/notices.ts';
import {refused} from './channel.ts';
import {cut, withinBytes} from './cut.ts';
import {byWebhook, saidIn} from './post.ts';

const colours: Readonly<Record<Level, string>> = {
	bad: 'Attention',
	warning: 'Warning',
	good: 'Good',
	info: 'Default',
};

const mostBytes = 20_000;

/** Cards read Markdown: nothing that is in a runbook or a reason becomes a link or a list. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]()#]|^[-+](?=\s)|(?<=^\d+)\.(?=\s)/gm, '\\$&');

const block = (text: string, more: object = {}) => ({type: 'TextBlock', text: plain(text), wrap: true, ...more});

export const teams = byWebhook({
	summary: 'a channel of Microsoft Teams, by a flow of Workflows',
	address: 'the flow',
	body: ({title, text, lines, fields, link, level}) =>
		withinBytes(
			lines.map(line => cut(line, 500)),
			mostBytes,
			shown => ({
				type: 'message',
				attachments: [
					{
						contentType: 'application/vnd.microsoft.card.adaptive',
						contentUrl: null,
						content: {
							$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
							type: 'AdaptiveCard',
							version: '1.2',
							body: [
								block(cut(text, 1000), {weight: 'Bolder', size: 'Medium', color: colours[level]}),
								block(cut(title, 200), {isSubtle: true, spacing: 'None'}),
								...shown.map(line => block(line, {spacing: 'Small'})),
								{
									type: 'FactSet',
									facts: fields.slice(0, 12).map(({name, value}) => ({
										title: plain(cut(name, 80)),
										value: plain(cut(value, 400)),
									})),
								},
							],
							...(link === null ? {} : {actions: [{type: 'Action.OpenUrl', title: link.text, url: link.url}]}),
						},
					},
				],
			}),
		),
	// The connectors before the flows answer 200 with the fault in the text; one such text is a limit of rate.
	denied: heard =>
		/\b(?:failed|error)\b/i.test(heard.body)
			? /HTTP error (?:429|5\d\d)/i.test(heard.body)
				? {arrived: false, reason: saidIn(heard), again: true}
				: refused(saidIn(heard))
			: null,
});
