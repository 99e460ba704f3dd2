/*
`notify` in the settings: one shape for each channel, made of the channel's own fields.
*/
import * as z from 'zod/mini';
import {type NotifyOn, type NotifyTarget, notifyEvents} from '../../cutover/model/notify.ts';
import type {Channel, ChannelField} from '../../notifications/channel.ts';
import {channelOf, channels, usualChannel} from '../../notifications/channels.ts';
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

type Set = z.infer<typeof notifyTarget>;
type Values = NotifyTarget['values'];

/** What stands beside `on` and `to`: fields of the channel, as its shape checked them. */
const valuesOf = ({on: _, to: __, ...values}: Set): Values =>
	Object.fromEntries(
		Object.entries(values).flatMap(([key, value]): readonly (readonly [string, string | readonly string[]])[] =>
			typeof value === 'string' ? [[key, value]] : Array.isArray(value) ? [[key, value.map(String)]] : [],
		),
	);

const nameOf = ({to}: Set): string => to ?? usualChannel;

/** The set fields of one kind, with what they are set to. */
const fieldsOf = (set: Set, wanted: ChannelField['kind']): readonly (readonly [key: string, value: string])[] =>
	Object.entries(valuesOf(set)).flatMap(([key, value]) =>
		typeof value === 'string' && channelOf(nameOf(set))?.fields[key]?.kind === wanted ? [[key, value] as const] : [],
	);

/** Its fields that are command lines. */
export const commandFields = (set: Set) => fieldsOf(set, 'command');

export const targetOf = (set: Set): NotifyTarget => ({
	on: set.on,
	to: nameOf(set),
	values: valuesOf(set),
	commands: commandFields(set).map(([, line]) => line),
	variables: fieldsOf(set, 'variable').map(([, name]) => name),
});
