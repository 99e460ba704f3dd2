/*
`notify` in the settings: one shape for each channel, made of the channel's own fields. Apart from what reads its values, because
a runbook without settings loads no zod.
*/
import * as z from 'zod/mini';
import {type NotifyOn, notifyEvents} from '../../cutover/model/notify.ts';
import type {Channel, ChannelField} from '../../notifications/channel.ts';
import {channels, usualChannel} from '../../notifications/channels.ts';
import {parseDuration} from '../../text/time.ts';
import {duration, mail, path, text, variable} from './schemas.ts';

const events = z.union([z.literal('all'), z.array(z.enum(Object.keys(notifyEvents) as [NotifyOn, ...NotifyOn[]]))]);

const schemaOf = {command: path, variable, text, texts: z.array(text), people: z.array(text), mail, events} satisfies {
	[K in ChannelField['kind']]: z.ZodMiniType;
};

/** Updates that come more often are read by nobody. */
const every = duration.check(
	z.refine(value => (parseDuration(value) ?? 0) >= 60_000, {error: 'settings-type:a minute or more'}),
);

const fieldOf = ({kind, required}: ChannelField) => (required ? schemaOf[kind] : z.optional(schemaOf[kind]));

function shapeOf(name: string, {fields}: Channel) {
	const values = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldOf(field)]));
	const to = z.literal(name);
	return z.strictObject({
		...values,
		on: events,
		every: z.optional(every),
		to: name === usualChannel ? z.optional(to) : to,
	});
}

const [first, ...others] = Object.entries<Channel>(channels).map(([name, spec]) => shapeOf(name, spec));
if (first === undefined) throw new Error('There is no channel.');

export const notifyTarget = z.discriminatedUnion('to', [first, ...others]);

export type NotifySet = z.infer<typeof notifyTarget>;
