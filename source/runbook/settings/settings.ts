/*
The settings, in the order of docs/runbook-format.md. To add one: an entry here. Reading, its problems, where it is in force,
`check` and docs/runbook-format.md follow from it.
*/
import * as z from 'zod/mini';
import {linkActs} from '../../cutover/model/link.ts';
import {linkStrengths} from '../../cutover/model/person.ts';
import {secondsIn} from '../../text/time.ts';
import {columns as known} from '../words/words.ts';
import {gatesInForce, rollbackInForce, stagesInForce, triggersInForce} from './apply.ts';
import {checkGates, checkPass, checkRollback, checkStages, checkTriggers, checkWindow} from './check.ts';
import {endpoints} from './endpoints.ts';
import {notify} from './notify.ts';
import {page, signsIn} from './page.ts';
import {people} from './people.ts';
import {readingSetting} from './reading.ts';
import {address, anyPath, count, duration, id, instant, path, text, variable, zone} from './schemas.ts';
import {type Draft, fileAt, optional, programAt, required, type Setting, setting} from './setting.ts';
import {changeWindow, gate, rollback, stage, trigger} from './shape.ts';

/** What the runbook keeps under the name of the setting, as it is. */
const kept = <const K extends keyof Draft, const S extends z.ZodMiniType<NonNullable<Draft[K]>>>(
	key: K,
	schema: S,
	effect: string,
): Setting<S> => setting({schema, docs: {'': effect}, apply: (draft, value) => ({...draft, [key]: value})});

export const settings = {
	cutover: setting({
		schema: z.unknown(),
		docs: {'': 'version of the settings; always `1`, and required'},
	}),
	id: kept('id', id, 'id of the cutover and name of its folder; else made of title and date'),
	title: kept('title', text, 'takes the place of the heading'),
	environment: kept('environment', text, 'what is cut over; else asked when the cutover begins'),
	ticket: kept('ticket', text, 'the change ticket; else asked when the cutover begins'),
	t0: kept('t0', instant, 'planned time of T0, with its offset; `--t0` goes before it'),
	zone: kept(
		'zone',
		zone,
		"time zone that all times are shown in, such as `Europe/Berlin`; the machine's at begin unless set",
	),
	window: setting({
		schema: changeWindow,
		/** Absent ends are open; without `rollback` it takes as long as the slowest one before. */
		apply: (draft, {start, end, rollback}) => ({
			...draft,
			window: {start: start ?? null, end: end ?? null, rollbackSeconds: secondsIn(rollback)},
		}),
		check: checkWindow,
	}),
	reading: readingSetting,
	columns: setting({
		schema: z.partialRecord(
			z.enum(Object.keys(known) as [keyof typeof known, ...(keyof typeof known)[]]),
			z.array(text),
		),
		docs: {'*': 'more names for a column: any of the columns above'},
	}),
	roles: people.roles,
	deputies: people.deputies,
	serve: page.serve,
	identity: page.identity,
	publish: page.publish,
	least: setting({
		schema: z.partialRecord(z.enum(linkActs), z.enum(linkStrengths)),
		docs: {
			'*': 'how surely an act by a personal link must be known: `link`, `link+code` with the spoken digits, `proxy` by who is signed in, or `oidc` by who a provider signed in minutes before (`identity`). Of `go`, `keep`, `answer` and `impact-over` `link+code`, of `acknowledge`, `sign`, `confirm`, `note` and `hold` `link`, unless set',
		},
		apply: (draft, least) => ({...draft, least}),
		check(least, {runbook, complain, at}) {
			for (const [act, strength] of Object.entries(least))
				if (!signsIn(runbook, strength)) complain('settings-no-identity', at(act), {key: `least.${act}`});
		},
	}),
	people: people.people,
	onCall: people.onCall,
	bridge: people.bridge,
	gates: setting({
		schema: z.record(z.string(), gate),
		apply: (draft, set) => ({...draft, gates: gatesInForce(draft.gates, set)}),
		check: checkGates,
		paths: set =>
			Object.entries(set).flatMap(([id, {playbook, paths = []}]) => [
				...fileAt(playbook, id, 'playbook'),
				...paths.map((path, index) => ({below: [id, 'paths', index], path, kind: 'any'}) as const),
			]),
	}),
	stages: setting({
		schema: z.record(z.string(), stage),
		apply: (draft, set) => ({...draft, stages: stagesInForce(draft.stages, draft.gates, set)}),
		check: checkStages,
		paths: set => Object.entries(set).flatMap(([id, {playbook}]) => fileAt(playbook, id, 'playbook')),
	}),
	endpoints,
	control: kept('control', address, 'a second address, `host:port`, that tells our own network from their service'),
	quorum: kept('quorum', count, 'how many hosts must see an outage for it to count; 1 unless set'),
	durability: kept(
		'durability',
		z.literal('attested'),
		'`attested`: the database keeps what it acknowledged although it shows no synchronous standby, as managed services do',
	),
	ca: setting({
		schema: z.union([anyPath, z.array(anyPath)]),
		docs: {'': 'PEM file, or files, of certificate authorities that are trusted besides'},
		apply: (draft, files) => ({...draft, ca: [files].flat()}),
	}),
	triggers: setting({
		schema: z.record(z.string(), trigger),
		apply: (draft, set) => ({...draft, triggers: triggersInForce(draft.triggers, set)}),
		check: checkTriggers,
	}),
	rollback: setting({
		schema: rollback,
		apply: (draft, set) => ({...draft, rollback: rollbackInForce(draft.rollback, set)}),
		check: checkRollback,
	}),
	freeze: setting({
		schema: z.strictObject({check: required(path, 'script that tells whether others still change something')}),
		paths: ({check}) => fileAt(check, 'check'),
		later: true,
	}),
	'four-eyes': setting({
		schema: z.enum(['required', 'remarked']),
		docs: {
			'': '`required`: acts that need two people are refused where they are not proven to be two; `remarked` unless set: the evidence says so',
		},
		apply: (draft, value) => (value === 'required' ? {...draft, fourEyes: value} : draft),
	}),
	'allowed-signers': setting({
		schema: path,
		docs: {
			'': 'file that says who may sign with which key, as `ssh-keygen -Y verify` reads it; the names are those of the cutover',
		},
		apply: (draft, allowedSigners) => ({...draft, allowedSigners}),
		paths: path => fileAt(path),
	}),
	signatures: setting({
		schema: z.enum(['required', 'optional', 'off']),
		docs: {
			'': '`required`: go, no-go, T0, keep, stand-down, rollback and sign-offs need `--sign KEY`; `optional`; `off` unless set',
		},
		apply: (draft, value) => (value === 'off' ? draft : {...draft, signatures: value}),
		check(value, {runbook, complain, keyAt}) {
			if (value !== 'off' && runbook.allowedSigners === undefined) complain('settings-signers', keyAt(), {value});
		},
	}),
	witness: setting({
		schema: z.strictObject({
			command: required(path, 'script that is handed the head of the journal'),
			every: optional(duration, 'time between two heads'),
		}),
		paths: ({command}) => programAt(command, 'command'),
		later: true,
	}),
	user: setting({
		schema: text,
		docs: {'': 'account that playbooks run as'},
		later: true,
	}),
	secrets: kept('secrets', z.array(variable), 'names of environment variables whose values never reach a log'),
	pass: setting({
		schema: z.array(variable),
		docs: {'': 'names of environment variables that playbooks may see, beyond PATH, HOME, LANG and TZ'},
		apply: (draft, pass) => ({...draft, pass}),
		check: checkPass,
	}),
	notify,
};

/** What is set, as the schemas checked it. */
export type Settings = {
	readonly [K in keyof typeof settings]?: z.infer<(typeof settings)[K]['schema']> | undefined;
};
