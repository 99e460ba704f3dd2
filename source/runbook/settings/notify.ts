/* `notify` in the settings: one shape for each channel, made of the channel's own fields, and what is set in it. */
import * as z from 'zod/mini';
import {isNotifyOn, type NotifyOn, type NotifyTarget, notifyEvents} from '../../cutover/model/notify.ts';
import {ofPerson} from '../../cutover/model/reached.ts';
import type {Channel, ChannelField} from '../../notifications/channel.ts';
import {channelOf, channels, usualChannel} from '../../notifications/channels.ts';
import {parseDuration, secondsIn} from '../../text/time.ts';
import {duration, mail, path, text, variable} from './schemas.ts';
import {perKind, programAt, setting} from './setting.ts';

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

const target = z.discriminatedUnion('to', [first, ...others]);

type NotifySet = z.infer<typeof target>;
type Values = NotifyTarget['values'];

/** What is beside `on` and `to`: fields of the channel, as its shape checked them. */
const valuesOf = ({on: _, to: __, every: ___, ...values}: NotifySet): Values =>
	Object.fromEntries(
		Object.entries(values).flatMap(([key, value]): readonly (readonly [string, string | readonly string[]])[] =>
			typeof value === 'string' ? [[key, value]] : Array.isArray(value) ? [[key, value.map(String)]] : [],
		),
	);

const nameOf = ({to}: NotifySet): string => to ?? usualChannel;
const kindOf = (set: NotifySet, key: string) => channelOf(nameOf(set))?.fields[key]?.kind;

/** The set fields of one kind, with what they name. */
const fieldsOf = (
	set: NotifySet,
	kind: ChannelField['kind'],
): readonly (readonly [key: string, names: readonly string[]])[] =>
	Object.entries(valuesOf(set)).flatMap(([key, value]) =>
		kindOf(set, key) === kind ? [[key, [value].flat()] as const] : [],
	);

const namesOf = (set: NotifySet, kind: ChannelField['kind']) => fieldsOf(set, kind).flatMap(([, names]) => names);

const eventsOf = (set: string | readonly string[]): readonly NotifyOn[] =>
	(set === 'all' ? Object.keys(notifyEvents) : [set].flat()).filter(isNotifyOn);

/** What `on` names is sent in the usual way, also where a field of the channel names it. */
function targetOf(set: NotifySet): NotifyTarget {
	const on = eventsOf(set.on);
	const values = Object.entries(valuesOf(set)).map(([key, value]): readonly [string, Values[string]] => [
		key,
		kindOf(set, key) === 'events' ? eventsOf(value).filter(event => !on.includes(event)) : value,
	]);
	const others = values.flatMap(([key, value]) => (kindOf(set, key) === 'events' ? eventsOf(value) : []));
	return {
		on: [...on, ...others],
		to: nameOf(set),
		values: Object.fromEntries(values),
		commands: namesOf(set, 'command'),
		variables: namesOf(set, 'variable'),
		...(set.every === undefined ? {} : {everySeconds: secondsIn(set.every) ?? 0}),
	};
}

/** What each field of the channels does, by its key. */
const fieldDocs = Object.fromEntries(
	Object.values<Channel>(channels)
		.flatMap(({fields}) => Object.keys(fields))
		.map(name => [name, perKind<Channel>(channels, ({fields}) => fields[name]?.summary)]),
);

export const notify = setting({
	schema: z.array(target),
	docs: {
		every: 'time between two status updates, at round times of the clock; none unless set',
		on: `moments that are reported, or \`all\`: ${Object.keys(notifyEvents)
			.map(name => `\`${name}\``)
			.join(', ')} ([Notifications](notifications.md))`,
		to: `channel, \`${usualChannel}\` unless set: ${perKind(channels, ({summary}) => summary)}`,
		...fieldDocs,
	},
	apply: (draft, set) => ({...draft, notify: set.map(targetOf)}),
	/** A channel whose variable is not set here, or that mails to somebody without an address, reaches nobody: better known in daylight. */
	check(all, {runbook, workspace, complain, at}) {
		for (const [index, set] of all.entries()) {
			for (const [key, names] of fieldsOf(set, 'variable'))
				for (const name of names)
					if (workspace.isSet?.(name) === false)
						complain('settings-unset', at(index, key), {name, channel: nameOf(set)});
			for (const [key, names] of fieldsOf(set, 'people'))
				names.forEach((name, place) => {
					if (ofPerson(runbook.mails, name) === undefined)
						complain('settings-mail-missing', at(index, key, place), {name});
				});
		}
	},
	paths: set =>
		set.flatMap((one, index) =>
			fieldsOf(one, 'command').flatMap(([key, lines]) => lines.flatMap(line => programAt(line, index, key))),
		),
});
