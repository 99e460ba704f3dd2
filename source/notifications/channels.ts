/*
The channels that `notify` may name. To add one: a file with its Channel, and a line in this table. The settings, `check`, the
approval, the secrets and docs/runbook-format.md follow from its fields.
*/
import type {Channel} from './channel.ts';
import {command} from './command.ts';

export const channels = {command} satisfies Readonly<Record<string, Channel>>;

/** The channel of a target that names none. */
export const usualChannel = 'command' satisfies keyof typeof channels;

export const channelOf = (name: string): Channel | null =>
	Object.hasOwn(channels, name) ? channels[name as keyof typeof channels] : null;
