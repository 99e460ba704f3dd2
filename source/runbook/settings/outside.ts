/* What the settings say of the world outside: endpoints, certificate authorities, where a workflow is dispatched, whom to notify. */
import * as z from 'zod/mini';
import {notifyEvents} from '../../cutover/model/notify.ts';
import {ofPerson} from '../../cutover/model/reached.ts';
import type {Channel} from '../../notifications/channel.ts';
import {channels, usualChannel} from '../../notifications/channels.ts';
import {rollbackInForce} from './apply.ts';
import {checkRollback} from './check.ts';
import {endpoints} from './endpoints.ts';
import {commandFields, nameOf, peopleFields, targetOf, variableFields} from './notify.ts';
import {type NotifySet, notifyTarget} from './notify-shape.ts';
import {address, anyPath} from './schemas.ts';
import {type Against, perKind, programAt, setting} from './setting.ts';
import {rollback} from './shape.ts';

/** What each field of the channels does, by its key. */
function channelDocs(): Readonly<Record<string, string>> {
	const names = new Set(Object.values<Channel>(channels).flatMap(({fields}) => Object.keys(fields)));
	return Object.fromEntries(
		[...names].map(name => [name, perKind<Channel>(channels, ({fields}) => fields[name]?.summary)]),
	);
}

/** A channel whose variable is not set here, or that mails to somebody without an address, reaches nobody: better known in daylight. */
function checkNotify(all: readonly NotifySet[], {runbook, workspace, complain, at}: Against): void {
	for (const [index, set] of all.entries()) {
		for (const [key, name] of variableFields(set))
			if (workspace.isSet?.(name) === false) complain('settings-unset', at(index, key), {name, channel: nameOf(set)});
		for (const [key, names] of peopleFields(set))
			names.forEach((name, place) => {
				if (ofPerson(runbook.mails, name) === undefined)
					complain('settings-mail-missing', at(index, key, place), {name});
			});
	}
}

export const outside = {
	endpoints,
	control: setting({
		schema: address,
		docs: {
			'': 'a second address, `host:port`, that tells our own network from their service',
		},
		apply: (draft, control) => ({...draft, control}),
	}),
	quorum: setting({
		schema: z
			.number()
			.check(z.refine(value => Number.isInteger(value) && value >= 1, {error: 'settings-type:a whole number from 1'})),
		docs: {
			'': 'how many hosts must see an outage for it to count; 1 unless set',
		},
		apply: (draft, quorum) => ({...draft, quorum}),
	}),
	durability: setting({
		schema: z.literal('attested'),
		docs: {
			'': '`attested`: the database keeps what it acknowledged although it shows no synchronous standby, as managed services do',
		},
		apply: (draft, durability) => ({...draft, durability}),
	}),
	ca: setting({
		schema: z.union([anyPath, z.array(anyPath)]),
		docs: {
			'': 'PEM file, or files, of certificate authorities that are trusted besides',
		},
		apply: (draft, files) => ({...draft, ca: [files].flat()}),
	}),
	rollback: setting({
		schema: rollback,
		docs: {
			repository: 'repository of the rollback workflow, `owner/name`',
			ref: 'branch or tag that the workflow runs from',
			token: 'name of the environment variable that holds the token',
			api: 'address of the API; http only on this machine',
			settle: 'how long every critical endpoint must be up after the end of a path; 2m unless set',
			prove: 'time for the proof, from the end of a path; 10m unless set',
		},
		apply: (draft, set) => ({...draft, rollback: rollbackInForce(draft.rollback, set)}),
		check: checkRollback,
	}),
	notify: setting({
		schema: z.array(notifyTarget),
		docs: {
			every: 'time between two updates of how the cutover stands, at round times of the clock; none unless set',
			on: `moments that are reported, or \`all\`: ${Object.keys(notifyEvents)
				.map(name => `\`${name}\``)
				.join(', ')} ([Notifications](notifications.md))`,
			to: `channel, \`${usualChannel}\` unless set: ${perKind(channels, ({summary}) => summary)}`,
			...channelDocs(),
		},
		apply: (draft, set) => ({...draft, notify: set.map(targetOf)}),
		check: checkNotify,
		paths: set => set.flatMap((one, index) => commandFields(one).flatMap(([key, line]) => programAt(line, index, key))),
	}),
};
