/*
`notify` in the settings: one shape for each channel, made of the channel's own fields. Apart from what reads its values, because
a runbook without settings loads no zod.
*/
import * as z from 'zod/mini';
import {type NotifyOn, notifyEvents} from '../../cutover/model/notify.ts';
import type {Channel, ChannelField} from '../../notifications/channel.ts';
import {channels, usualChannel} from '../../notifications/channels.ts';
import {path, text, variable} from './schemas.ts';

const schemaOf = {command: path, variable, text, texts: z.array(text)} satisfies {
	[K in ChannelField['kind']]: z.ZodMiniType;
};

const on = z.array(z.enum(Object.keys(notifyEvents) as [NotifyOn, ...NotifyOn[]]));

const fieldOf = ({kind, required}: ChannelField) => (required ? schemaOf[kind] : z.optional(schemaOf[kind]));

function shapeOf(name: string, {fields}: Channel) {
	const values = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldOf(field)]));
	const to = z.literal(name);
	return z.strictObject({...values, on, to: name === usualChannel ? z.optional(to) : to});
}

const [first, ...others] = Object.entries<Channel>(channels).map(([name, spec]) => shapeOf(name, spec));
if (first === undefined) throw new Error('There is no channel.');

export const notifyTarget = z.discriminatedUnion('to', [first, ...others]);

export type NotifySet = z.infer<typeof notifyTarget>;
