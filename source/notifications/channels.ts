/*
The channels that `notify` may name. To add one: a file with its Channel, and a line in this table. The settings, `check`, the
approval, the secrets and docs/runbook-format.md follow from its fields.
*/
import type {Channel} from './channel.ts';
import {command} from './command.ts';
import {discord} from './discord.ts';
import {googleChat} from './google-chat.ts';
import {mail} from './mail.ts';
import {mattermost} from './mattermost.ts';
import {ntfy} from './ntfy.ts';
import {pagerduty} from './pagerduty.ts';
import {slack} from './slack.ts';
import {teams} from './teams.ts';
import {webhook} from './webhook.ts';

export const channels = {
	command,
	slack,
	teams,
	discord,
	'google-chat': googleChat,
	mattermost,
	ntfy,
	pagerduty,
	webhook,
	mail,
} satisfies Readonly<Record<string, Channel>>;

/** The channel of a target that names none. */
export const usualChannel = 'command' satisfies keyof typeof channels;

export const channelOf = (name: string): Channel | null =>
	Object.hasOwn(channels, name) ? channels[name as keyof typeof channels] : null;
