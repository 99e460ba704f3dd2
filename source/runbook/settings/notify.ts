/** What `notify` in the settings says, channel by channel. */
import type {NotifyTarget} from '../../cutover/model/notify.ts';
import type {ChannelField} from '../../notifications/channel.ts';
import {channelOf, usualChannel} from '../../notifications/channels.ts';
import type {NotifySet} from './notify-shape.ts';

type Values = NotifyTarget['values'];

/** What stands beside `on` and `to`: fields of the channel, as its shape checked them. */
const valuesOf = ({on: _, to: __, ...values}: NotifySet): Values =>
	Object.fromEntries(
		Object.entries(values).flatMap(([key, value]): readonly (readonly [string, string | readonly string[]])[] =>
			typeof value === 'string' ? [[key, value]] : Array.isArray(value) ? [[key, value.map(String)]] : [],
		),
	);

const nameOf = ({to}: NotifySet): string => to ?? usualChannel;

/** The set fields of one kind, with what they are set to. */
const fieldsOf = (set: NotifySet, wanted: ChannelField['kind']): readonly (readonly [key: string, value: string])[] =>
	Object.entries(valuesOf(set)).flatMap(([key, value]) =>
		typeof value === 'string' && channelOf(nameOf(set))?.fields[key]?.kind === wanted ? [[key, value] as const] : [],
	);

/** Its fields that are command lines. */
export const commandFields = (set: NotifySet) => fieldsOf(set, 'command');

export const targetOf = (set: NotifySet): NotifyTarget => ({
	on: set.on,
	to: nameOf(set),
	values: valuesOf(set),
	commands: commandFields(set).map(([, line]) => line),
	variables: fieldsOf(set, 'variable').map(([, name]) => name),
});
