/** What `notify` in the settings says, channel by channel. */
import {isNotifyOn, type NotifyOn, type NotifyTarget, notifyEvents} from '../../cutover/model/notify.ts';
import type {ChannelField} from '../../notifications/channel.ts';
import {channelOf, usualChannel} from '../../notifications/channels.ts';
import {secondsIn} from '../../text/time.ts';
import type {NotifySet} from './notify-shape.ts';

type Values = NotifyTarget['values'];

/** What stands beside `on` and `to`: fields of the channel, as its shape checked them. */
const valuesOf = ({on: _, to: __, every: ___, ...values}: NotifySet): Values =>
	Object.fromEntries(
		Object.entries(values).flatMap(([key, value]): readonly (readonly [string, string | readonly string[]])[] =>
			typeof value === 'string' ? [[key, value]] : Array.isArray(value) ? [[key, value.map(String)]] : [],
		),
	);

export const nameOf = ({to}: NotifySet): string => to ?? usualChannel;

/** The set fields of one kind, with what they are set to. */
const fieldsOf = (set: NotifySet, wanted: ChannelField['kind']): readonly (readonly [key: string, value: string])[] =>
	Object.entries(valuesOf(set)).flatMap(([key, value]) =>
		typeof value === 'string' && channelOf(nameOf(set))?.fields[key]?.kind === wanted ? [[key, value] as const] : [],
	);

/** Its fields that are command lines. */
export const commandFields = (set: NotifySet) => fieldsOf(set, 'command');

/** Its fields that name environment variables. */
export const variableFields = (set: NotifySet) => fieldsOf(set, 'variable');

/** Its fields that name people. */
export const peopleFields = (set: NotifySet): readonly (readonly [key: string, names: readonly string[]])[] =>
	Object.entries(valuesOf(set)).flatMap(([key, value]) =>
		typeof value !== 'string' && channelOf(nameOf(set))?.fields[key]?.kind === 'people' ? [[key, value] as const] : [],
	);

const eventsOf = (set: string | readonly string[]): readonly NotifyOn[] =>
	(set === 'all' ? Object.keys(notifyEvents) : [set].flat()).filter(isNotifyOn);

/** What `on` names is sent in the usual way, also where a field of the channel names it. */
export function targetOf(set: NotifySet): NotifyTarget {
	const on = eventsOf(set.on);
	const fields = channelOf(nameOf(set))?.fields ?? {};
	const values = Object.entries(valuesOf(set)).map(([key, value]): readonly [string, Values[string]] => [
		key,
		fields[key]?.kind === 'events' ? eventsOf(value).filter(event => !on.includes(event)) : value,
	]);
	const others = values.flatMap(([key, value]) => (fields[key]?.kind === 'events' ? eventsOf(value) : []));
	return {
		on: [...on, ...others],
		to: nameOf(set),
		values: Object.fromEntries(values),
		commands: commandFields(set).map(([, line]) => line),
		variables: variableFields(set).map(([, name]) => name),
		...(set.every === undefined ? {} : {everySeconds: secondsIn(set.every) ?? 0}),
	};
}
